"""opendibao assess: 认定一户, decide one household and explain every fen."""

import json
from pathlib import Path

import click

from opendibao.rules.assess import Answer, assess
from opendibao.rules.case import Case, CaseError
from opendibao.rules.case_file import read_case
from opendibao.rules.outlook import outlook
from opendibao.rules.telling import tell


@click.command(
    "assess",
    help="认定一户：读入 CASE.yaml，给出结果、金额、理由、条款、计算过程，以及差多少就变化、还可以申请什么。\n\n"
    "Decide one household from CASE.yaml: outcome, amount, reasons with clauses, calculation, what would change it.\n\n"
    "退出状态 exit status：0 完成 done，1 输入被退回 refused，2 用法不对 wrong usage。",
)
@click.argument("case_file", metavar="CASE.yaml", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / print JSON")
def command(case_file: Path, as_json: bool) -> None:
    """Print the answer."""
    try:
        case = read_case(_text(case_file))
        answer = assess(case)
    except CaseError as fault:
        raise click.ClickException(f"{case_file.name} 被退回：{fault}") from None
    click.echo(_printed(case, answer, as_json))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise CaseError("文件", "不是 UTF-8 编码，请另存为 UTF-8") from None


def _printed(case: Case, answer: Answer, as_json: bool) -> str:
    ahead = outlook(case)
    if as_json:
        return json.dumps(answer.as_json() | ahead.as_json(), ensure_ascii=False, indent=1)
    return tell(case, answer, ahead)
