"""opendibao score: 给一张绩效指标表评分, score and grade a performance sheet."""

import json
from pathlib import Path

import click

from opendibao.evaluation.score_answer import answer, tell
from opendibao.evaluation.sheet import SheetError, read_sheet


@click.command(
    "score",
    help="给一张绩效指标表评分、定级、体检：读入 SHEET.yaml。\n\n"
    "Score, grade and check a performance sheet from SHEET.yaml.\n\n"
    "退出状态 exit status：0 完成 done，1 输入被退回 refused，2 用法不对 wrong usage。",
)
@click.argument("sheet_file", metavar="SHEET.yaml", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / print JSON")
def command(sheet_file: Path, as_json: bool) -> None:
    """Print the scored sheet."""
    try:
        sheet = read_sheet(_text(sheet_file))
    except SheetError as fault:
        raise click.ClickException(f"{sheet_file.name} 被退回：{fault}") from None
    click.echo(json.dumps(answer(sheet), ensure_ascii=False, indent=1) if as_json else tell(sheet))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise SheetError("文件", "不是 UTF-8 编码，请另存为 UTF-8") from None
