"""opendibao score: 给一张绩效指标表评分, score and grade a performance sheet."""

import json
from pathlib import Path

import click

from opendibao.evaluation.score_answer import answer, tell
from opendibao.evaluation.sheet import SheetError, read_sheet


class InBothLanguages(click.Command):
    """A command whose wrong usage is told in Chinese, with click's own English beside it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments. Raises UsageError in both languages."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as fault:
            raise click.UsageError(f"{_in_chinese(fault)} / {fault.format_message()}", ctx) from None


def _in_chinese(fault: click.UsageError) -> str:
    if isinstance(fault, click.NoSuchOption):
        return f"没有选项“{fault.option_name}”，用 --help 看全部选项"
    if isinstance(fault, click.MissingParameter):
        return "没有写要评分的文件，应写成 opendibao score SHEET.yaml"
    if isinstance(fault, click.BadParameter):
        return "要评分的文件不在这个位置，或者是文件夹、不能读，请核对路径"
    return "多写了参数，只要一个文件名，应写成 opendibao score SHEET.yaml"


@click.command(
    "score",
    cls=InBothLanguages,
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
