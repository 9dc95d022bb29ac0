"""opendibao assess-batch: 成批认定, the same rules over many households, identical to `assess` for each of them."""

import os
from datetime import date
from pathlib import Path

import click

from opendibao.commands.progress import every_million
from opendibao.kernel.month import NotAMonth, parse_month
from opendibao.policy.pack import BadPolicy
from opendibao.rules.batch import assess_snapshot
from opendibao.rules.fields import FIRST_YEAR, LAST_YEAR, CaseError
from opendibao.rules.law import law_of
from opendibao.rules.snapshot import BadSnapshot, read_manifest, refuse_taken

ENGINES = ("numpy", "duckdb", "postgresql", "spark")
NOT_BUILT = ("duckdb", "spark")


class Month(click.ParamType[date]):
    """A month written 2024-06; a month that does not exist is wrong input, not wrong usage."""

    name = "month"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the month; ends with status 1 when there is no such month."""
        try:
            month = value if isinstance(value, date) else parse_month(str(value))
        except NotAMonth as fault:
            raise click.ClickException(f"--month：{fault}") from None
        if not FIRST_YEAR <= month.year <= LAST_YEAR:
            raise click.ClickException(f"--month：“{value}”不在{FIRST_YEAR}年到{LAST_YEAR}年之间，请核对年份")
        return month


@click.command(
    "assess-batch",
    help="成批认定：对快照里的每一户，按某月起发的钱作出与 assess 相同的认定，写成一个 Parquet 文件。\n\n"
    "Decide every household of a snapshot for a first month of money, exactly as `assess` decides each, "
    "and write one Parquet file.\n\n"
    "退出状态 exit status：0 完成 done，1 输入被退回 refused，2 用法不对或没有这个引擎 wrong usage, engine not built。",
)
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--month", type=Month(), required=True, help="起发月份，决定日是上月末 / first month of money")
@click.option("--engine", type=click.Choice(ENGINES), default="numpy", show_default=True, help="引擎 / engine")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="结果文件 / result file")
@click.option("--dry-run", is_flag=True, help="只检查，不算也不写 / only check, compute and write nothing")
def command(folder: Path, month: date, engine: str, out: Path, dry_run: bool) -> None:
    """Write the decisions, or say why not."""
    if engine in NOT_BUILT:
        raise click.UsageError(f"还没有这个引擎：{engine}，请用 numpy 或 postgresql")
    try:
        manifest = read_manifest(folder)
        law_of(manifest.policy)
        refuse_taken(out)
        if dry_run:
            click.echo(f"可以认定：{manifest.households} 户，{month:%Y-%m} 起发，引擎 {engine}")
            return
        done = _run(folder, month, engine, out)
    except (BadSnapshot, BadPolicy, CaseError) as fault:
        raise click.ClickException(str(fault)) from None
    except OSError as fault:
        raise click.ClickException(f"{out} 写不成（{fault.strerror}），请换一个可写的目录") from None
    click.echo(f"已认定 {done} 户，写入 {out}")


def _run(folder: Path, month: date, engine: str, out: Path) -> int:
    if engine == "numpy":
        return assess_snapshot(folder, month, out, told=every_million("已认定"))
    import psycopg

    from opendibao.commands.batch_postgresql import assess_in_postgresql
    from opendibao.commands.setup import start_database
    from opendibao.config.embedded import DatabaseDown

    try:
        start_database()
        with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
            return assess_in_postgresql(connection, folder, month, out, told=every_million("已认定"))
    except (DatabaseDown, psycopg.OperationalError) as fault:
        raise click.ClickException(f"连不上数据库：{fault}") from None
