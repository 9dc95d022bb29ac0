"""opendibao match: 核对认人, which rows of a department's file are about which of our people, with the evidence."""

from datetime import datetime
from pathlib import Path

import click

from opendibao.verification.linkage.identity_files import BadIdentities
from opendibao.verification.linkage.links_file import match_files
from opendibao.verification.linkage.model import BadWeights, newest_model


@click.command(
    "match",
    help="核对认人：把一个部门的记录（RECORDS）认到我们的人员（PERSONS）上，写出关联和逐项依据；关联只是线索，不是结论。\n\n"
    "Link the rows of a department's file to our people, with the evidence of each field; leads, never verdicts.\n\n"
    "退出状态 exit status：0 完成 done，2 输入被退回或用法不对 refused or wrong usage（什么也不写 nothing written）。",
)
@click.argument("persons", type=click.Path(path_type=Path))
@click.argument("records", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="结果文件 / result file")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="按哪天的权重，默认最新 / weights of which day")
@click.option("--source", default="", help="来源的英文名，用它自己的权重 / source whose own weights apply")
@click.option("--dry-run", is_flag=True, help="只检查和计数，不写 / only check and count, write nothing")
def command(persons: Path, records: Path, out: Path, day: datetime | None, source: str, dry_run: bool) -> None:
    """Write the links and say how many there are, or say why not."""
    try:
        model = newest_model(day.date() if day else None, source)
        done = match_files(persons, records, out, model, is_trial=dry_run)
    except (BadIdentities, BadWeights) as fault:
        raise click.UsageError(str(fault)) from None
    except OSError as fault:
        raise click.UsageError(f"{out} 写不成（{fault.strerror}），请换一个可写的目录") from None
    for path in done.unended:
        click.echo(f"注意：{path} 最后一行没有换行，文件可能不全，请核对行数", err=True)
    click.echo(f"人员 {done.persons} 人，记录 {done.records} 条，权重 {model.version}")
    click.echo(f"自动认定：证件号和姓名相符 {done.confirmed} 条，证件号有误、其他信息相符 {done.repaired} 条")
    click.echo(f"待人工认定 {done.review} 条；没有认到人 {done.unmatched} 条；只有姓名、无法核对 {done.without_key} 条")
    click.echo("只检查，没有写文件" if dry_run else f"已写入 {out}")
