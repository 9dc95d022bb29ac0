"""新来源: the folder of a new source, for who knows how the department writes its rows."""

import pathlib

import click


@click.command()
@click.argument("name")
@click.option("--zh", help="中文名称，不写就用 NAME。 Chinese name, NAME by default.")
@click.option(
    "--into",
    type=click.Path(exists=True, file_okay=False, path_type=pathlib.Path),
    help="写到哪里。 Folder to write to.",
)
@click.option("--dry-run", is_flag=True, help="只列出将要写的文件。 Only list the files.")
def command(name: str, zh: str | None, into: pathlib.Path | None, dry_run: bool) -> None:
    """新建名为 NAME 的来源文件夹：写出来就能读样例、跑例子。 Make the folder of a new source, which runs at once.

    退出状态 exit status：0 完成 done，1 名字不行 refused，2 用法不对 wrong usage。
    """
    from opendibao.verification.deliveries.new_source import BadSourceName, new_source, sources_folder

    try:
        written = new_source(name, zh=zh or name, into=into or sources_folder(), dry_run=dry_run)
    except BadSourceName as refusal:
        raise click.ClickException(str(refusal)) from None
    for path in written:
        click.echo(f"{'将写' if dry_run else '写出'} {path}")
    click.echo("下一步：改列、写 find 和例子（docs/how-to/add-a-source.md），再运行 make test")
