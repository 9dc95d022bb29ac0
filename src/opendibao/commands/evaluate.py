"""绩效评价: measure the year, lock the snapshot, write report and evidence pack."""

import pathlib

import click

from opendibao.commands.officer import for_officer, on_duty
from opendibao.kernel.duties import Duty


@click.group()
def command() -> None:
    """绩效评价。 Evaluation of a year."""


@command.command()
@click.argument("year", type=int)
@click.option("--out", type=click.Path(file_okay=False, path_type=pathlib.Path), help="写到哪里。 Folder to write to.")
@click.option("--dry-run", is_flag=True, help="只量数字，不锁定不写文件。 Measure only.")
@for_officer
def run(year: int, out: pathlib.Path | None, dry_run: bool, officer: str | None) -> None:
    """量出 YEAR 年的全部数字并写出报告。 Measure YEAR and write its report."""
    from opendibao.commands.setup import django_setup, var_folder

    django_setup()
    from opendibao.reporting.yearly import NothingToEvaluate, write_year

    folder = out or var_folder() / "reports" / str(year)
    try:
        with on_duty("evaluate run", officer, Duty.EVALUATE):
            for line in write_year(year, folder, dry_run=dry_run):
                click.echo(line)
    except NothingToEvaluate as refusal:
        raise click.ClickException(str(refusal)) from None
