"""新指标: the folder of a new indicator, for who writes its query."""

import pathlib

import click


@click.command()
@click.argument("name")
@click.option("--zh", help="中文名称，不写就用 NAME。 Chinese name, NAME by default.")
@click.option("--level1", default="产出指标", show_default=True, help="一级指标。 First level.")
@click.option("--level2", default="质量指标", show_default=True, help="二级指标。 Second level.")
@click.option(
    "--into",
    type=click.Path(exists=True, file_okay=False, path_type=pathlib.Path),
    help="写到哪里。 Folder to write to.",
)
@click.option("--dry-run", is_flag=True, help="只列出将要写的文件。 Only list the files.")
def command(name: str, zh: str | None, level1: str, level2: str, into: pathlib.Path | None, dry_run: bool) -> None:
    """新建名为 NAME 的指标文件夹：先印“未测得”，等写好查询。 Make the folder of a new indicator.

    退出状态 exit status：0 完成 done，1 名字不行 refused，2 用法不对 wrong usage。
    """
    from opendibao.evaluation.new_indicator import BadIndicatorName, indicators_folder, new_indicator

    where = into or indicators_folder()
    try:
        written = new_indicator(name, zh=zh or name, level1=level1, level2=level2, into=where, dry_run=dry_run)
    except BadIndicatorName as refusal:
        raise click.ClickException(str(refusal)) from None
    for path in written:
        click.echo(f"{'将写' if dry_run else '写出'} {path}")
    click.echo("下一步：写查询和例子（docs/guide/indicators.md），再运行 make test")
