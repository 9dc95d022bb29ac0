"""opendibao synth: 虚构资料, made-up households for trials of size and of equality; nobody in them exists."""

from datetime import date
from functools import partial
from pathlib import Path

import click

from opendibao.commands.deadlines import Day
from opendibao.commands.progress import every_million
from opendibao.policy.pack import BadPolicy, RuleGap
from opendibao.rules.snapshot import BadSnapshot, refuse_taken, write_snapshot
from opendibao.rules.snapshot_cases import write_cases
from opendibao.rules.snapshot_families import lines_of


@click.group(
    "synth",
    help="造虚构资料，供试算用；里面没有任何真实的人。\n\nMake fictional data for trials; nobody in it exists.",
)
def command() -> None:
    """The kinds of data that can be made."""


@command.command(
    "snapshot",
    help="写一个快照：许多虚构家庭的事实，一目录 Parquet 文件，同一种子写出同样的家庭。\n\n"
    "Write a snapshot: the facts of many fictional households in Parquet files, the same for the same seed.\n\n"
    "退出状态 exit status：0 完成 done，1 写不成 refused，2 用法不对 wrong usage。",
)
@click.option("--households", type=click.IntRange(1, 100_000_000), required=True, help="户数 / number of households")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), required=True, help="种子 / seed")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="新目录 / new folder")
@click.option("--policy", default="jx-demo-2024", show_default=True, help="参数包 / policy pack")
@click.option(
    "--cases",
    type=click.IntRange(0, 10_000),
    default=0,
    help="前几户同时写成 CASE 文件 / households also as CASE files",
)
@click.option(
    "--decision-date", type=Day(), default="2024-05-31", help="CASE 文件的决定日期 / day of decision of the cases"
)
@click.option("--dry-run", is_flag=True, help="只检查，不写 / only check, write nothing")
def snapshot(
    households: int, seed: int, out: Path, policy: str, cases: int, decision_date: date, dry_run: bool
) -> None:
    """Write the folder, or say why not."""
    try:
        refuse_taken(out)
        lines_of(policy)
        if dry_run:
            click.echo(f"可以写：{households} 户，种子 {seed}，目录 {out}")
            return
        write_snapshot(
            households, seed, out, policy, told=every_million("已写"),
            finish=partial(write_cases, count=cases, on=decision_date),
        )  # fmt: skip
    except (BadSnapshot, BadPolicy, RuleGap) as fault:
        raise click.ClickException(str(fault)) from None
    except OSError as fault:
        raise click.ClickException(f"{out} 写不成（{fault.strerror}），请换一个可写的目录") from None
    click.echo(f"已写 {households} 户到 {out}" + (f"，CASE 文件在 {out / 'cases'}" if cases else ""))
