"""定稿、重建、核对: make a year's report final, write a version again, verify what was locked."""

import pathlib

import click

from opendibao.commands.officer import for_officer, on_duty
from opendibao.kernel.duties import Duty

OUT = click.Path(file_okay=False, path_type=pathlib.Path)


@click.command(
    help="把 YEAR 年的报告定稿：再取一次数，和草稿相同、没有未了结的错误，就连同文字一起锁定并写出文件。\n\n"
    "Make the report of YEAR final: refused while an error is open, a month not closed, or figures have moved.\n\n"
    "退出状态 exit status：0 已定稿 final，1 不能定稿 refused，2 用法不对 wrong usage。"
)
@click.argument("year", type=int)
@click.option("--out", type=OUT, help="写到哪里。 Folder to write to.")
@click.option("--dry-run", is_flag=True, help="只看能不能定稿，不锁定。 Only say whether it could be made final.")
@for_officer
def lock(year: int, out: pathlib.Path | None, dry_run: bool, officer: str | None) -> None:
    """Make the year final, or say why not."""
    from django.conf import settings

    from opendibao.commands.setup import django_setup, var_folder

    django_setup()
    from opendibao.evaluation.conclusion import NoSheet
    from opendibao.evaluation.refusal import EvaluationRefused
    from opendibao.reporting.finalising import finalise, would_be_final
    from opendibao.reporting.yearly import end_of_today, write_files

    make = would_be_final if dry_run else finalise
    try:
        with on_duty("evaluate lock", officer, Duty.EVALUATE):
            made = make(year, settings.OPENDIBAO_COUNTY, at=end_of_today())
            if made is None:
                click.echo(f"{year}年度可以定稿（试运行，没有锁定）")
                return
            for line in write_files(made, out or var_folder() / "reports" / str(year)):
                click.echo(line)
    except (EvaluationRefused, NoSheet) as refusal:
        raise click.ClickException(str(refusal)) from None


@click.command(
    help="按锁定的快照重新写出 YEAR 年的报告文件，并说明文字和定稿时是否完全相同。\n\n"
    "Write the files of a locked version again and say whether the text is identical.\n\n"
    "退出状态 exit status：0 写出 written，1 没有这一版或内容被改动 refused，2 用法不对 wrong usage。"
)
@click.argument("year", type=int)
@click.option("--version", type=int, help="第几版，不写就是最新一版。 Which version, the newest by default.")
@click.option("--out", type=OUT, required=True, help="写到哪里。 Folder to write to.")
@click.option("--dry-run", is_flag=True, help="只比较文字，不写文件。 Compare only.")
@for_officer
def rebuild(year: int, version: int | None, out: pathlib.Path, dry_run: bool, officer: str | None) -> None:
    """Write a version again."""
    from django.conf import settings

    from opendibao.commands.setup import django_setup

    django_setup()
    from opendibao.evaluation.conclusion import NoSheet
    from opendibao.evaluation.refusal import EvaluationRefused
    from opendibao.reporting.finalising import NoSuchVersion
    from opendibao.reporting.finalising import rebuild as write_again

    try:
        with on_duty("evaluate rebuild", officer, Duty.EVALUATE, Duty.AUDIT, Duty.FINANCE, Duty.OVERSEE):
            for line in write_again(year, settings.OPENDIBAO_COUNTY, None if dry_run else out, version):
                click.echo(line)
    except (EvaluationRefused, NoSheet, NoSuchVersion) as refusal:
        raise click.ClickException(str(refusal)) from None


@click.command(
    help="重算全部快照的校验码和定稿链：完整则退出码 0，否则说出第一处不符，退出码 1。\n\n"
    "Recompute the hashes of all snapshots and the chain of the final ones; exit 1 and the first fault."
)
@for_officer
@click.pass_context
def verify(context: click.Context, officer: str | None) -> None:
    """Verify what was locked."""
    from opendibao.commands.setup import django_setup

    django_setup()
    from opendibao.evaluation.snapshot_chain import verify_snapshots

    with on_duty("evaluate verify", officer, Duty.AUDIT, Duty.EVALUATE, Duty.OPERATE, Duty.FINANCE):
        found = verify_snapshots()
    if found.fault:
        click.echo(found.fault, err=True)
        context.exit(1)
    click.echo(f"快照完整：{found.snapshots}份，其中定稿{found.finals}份，定稿链没有断开")
