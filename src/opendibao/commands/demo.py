"""演示: a synthetic county is planned, opened, lived through a year, evaluated, written out and served."""

import os
import pathlib
import shutil
from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from opendibao.demo.targets import Targets

HERE = pathlib.Path
HOST = "127.0.0.1"
MADE = (
    "pg",
    "pg.secret",
    "pg.log",
    "pg.lock",
    "roster",
    "departments",
    "bank",
    "outbox",
    "sandbox",
    "reports",
    "static",
    "county.json",
    "demo.json",
)


@click.command()
@click.option("--targets", type=click.Path(exists=True, dir_okay=False, path_type=HERE), help="目标文件 / targets")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=HERE), help="数据和文件的目录 / folder for data and files"
)
@click.option("--no-serve", is_flag=True, help="写完文件就停 / stop after the files are written")
@click.option("--remove", is_flag=True, help="删除这个演示县 / remove this demonstration county")
@click.option("--dry-run", is_flag=True, help="只检查目标能否达到 / only check whether the targets can be met")
@click.option("--port", default=8000, show_default=True, help="端口 / port")
def command(targets: HERE | None, out: HERE | None, no_serve: bool, remove: bool, dry_run: bool, port: int) -> None:
    """合成一个县，过完一年，写出评价报告。 Make a synthetic county, live its year, write its report.

    退出状态 exit status：0 完成 done，1 目标做不到 impossible，2 用法不对 wrong usage。
    """
    from opendibao.commands.setup import var_folder
    from opendibao.demo.targets import BadTargets, ImpossibleTargets, default_targets, read_targets

    out = (out or var_folder()).resolve()
    if remove:
        _remove(out)
        return
    try:
        wanted = read_targets(targets) if targets else default_targets()
        if dry_run:
            _only_check(wanted)
        else:
            _run(wanted, out, None if no_serve else port)
    except (BadTargets, ImpossibleTargets) as refusal:
        raise click.ClickException(str(refusal)) from None


def _remove(out: HERE) -> None:
    """Delete what the demonstration made, and nothing else that lies in the folder."""
    from opendibao.config import embedded

    if embedded.is_running(out / "pg"):
        raise click.ClickException(f"{out} 的数据库还在运行，请先停止网站")
    for name in MADE:
        path = out / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    click.echo(f"已删除 {out} 里的演示县")


def _refuse_taken(is_new: bool) -> None:
    """A database of the environment is never emptied: it must be empty when a county is to be made in it."""
    from opendibao.demo.mark import AnotherCounty
    from opendibao.registry.queries import divisions

    if is_new and divisions():
        raise AnotherCounty("DATABASE_URL 指向的数据库里已经有资料，演示县要建在空的数据库里，请换一个或先清空它")


def _only_check(wanted: "Targets") -> None:
    from opendibao.demo.county import plan_county

    plan_county(wanted)
    click.echo("目标可以达到。")


def _run(wanted: "Targets", out: HERE, port: int | None) -> None:
    """Build the county unless the folder holds it already; with a port, the site is up while the year runs."""
    from opendibao.commands.setup import django_setup, found, migrating, tidy
    from opendibao.config.sandbox import clear
    from opendibao.config.serving import PortTaken, site
    from opendibao.demo.county import plan_county
    from opendibao.demo.days import report_day
    from opendibao.demo.mark import AnotherCounty, is_built

    try:
        built = is_built(wanted, out, has_own_database=not os.environ.get("DATABASE_URL"))
        found(out, county=wanted.county + "000000", policy=wanted.policy, today=report_day(wanted.year).isoformat())
        django_setup(var=out, afresh=not built)
        with migrating():
            plan = None if built else plan_county(wanted)
        _refuse_taken(plan is not None)
        os.environ["OPENDIBAO_DEMO_ROLES"] = "on"  # HOST is the loopback: who sits here may take any role
        with site(HOST, port) if port else nullcontext() as web:
            if port:
                clear(out)  # what a former serving left of it
                click.echo(f"网站：http://{HOST}:{port}/　（演示不需要登录，按 Ctrl-C 停止）")
            if plan:
                from opendibao.demo.whole import build

                build(plan, wanted, out, say=click.echo)
                tidy()
            click.echo(f"报告和凭据：{out / 'reports' / str(wanted.year)}")
            if web:
                web.wait()
    except (AnotherCounty, PortTaken) as refusal:
        raise click.ClickException(str(refusal)) from None
