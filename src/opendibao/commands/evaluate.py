"""绩效评价: measure the year, lock the snapshot, write report and evidence pack."""

import json
import os
import pathlib
from datetime import datetime
from functools import partial

import click

from opendibao.commands.evaluate_final import lock, rebuild, verify
from opendibao.commands.officer import for_officer, on_duty
from opendibao.kernel.duties import Duty

_WHY_UNWRITTEN: dict[type[OSError], str] = {
    FileNotFoundError: "没有这个文件夹",
    NotADirectoryError: "上一级不是文件夹",
    PermissionError: "没有写的权限",
}


@click.group()
def command() -> None:
    """绩效评价。 Evaluation of a year."""


for one in (lock, rebuild, verify):
    command.add_command(one)


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


@command.command(
    help="运行监控表：YEAR 年截至某一天的进度、全年预计和预警，写成 Word 和 PDF。\n\n"
    "How each row of the sheet stands on a day of YEAR, where it will end, and its warning light.\n\n"
    "退出状态 exit status：0 写好了 written，1 日期不对或没有指标表 refused，2 用法不对 wrong usage。",
)
@click.argument("year", type=int)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="截至哪一天，不写是今天。 As of which day.")
@click.option("--out", type=click.Path(file_okay=False, path_type=pathlib.Path), help="写到哪里。 Folder to write to.")
@click.option("--dry-run", is_flag=True, help="只推算，不写文件。 Forecast only.")
@for_officer
def monitor(year: int, as_of: datetime | None, out: pathlib.Path | None, dry_run: bool, officer: str | None) -> None:
    """Write the monitoring sheet of a day."""
    from opendibao.commands.setup import django_setup, var_folder

    django_setup()
    from opendibao.evaluation.monitoring import CannotMonitor
    from opendibao.reporting.monitored import monitored_lines, write_monitoring
    from opendibao.reporting.yearly import end_of_today

    today = end_of_today().date()
    day, folder = as_of.date() if as_of else today, out or var_folder() / "reports" / str(year)
    try:
        with on_duty("evaluate monitor", officer, Duty.EVALUATE, Duty.AUDIT, Duty.OVERSEE):
            told = monitored_lines if dry_run else partial(write_monitoring, folder=folder)
            for line in told(year, as_of=day, today=today):
                click.echo(line)
    except CannotMonitor as refusal:
        raise click.ClickException(str(refusal)) from None


@command.command(
    "samples",
    help="重抽核对：按留下的种子和名单把 YEAR 年的样本再抽一遍，逐个比较。\n\n"
    "Draw the samples of YEAR again from seed and list, and compare one by one.\n\n"
    "退出状态 exit status：0 全部相同 all the same，1 有不同或没有样本 something differs or none drawn，"
    "2 用法不对 wrong usage。",
)
@click.argument("year", type=int)
@for_officer
def samples(year: int, officer: str | None) -> None:
    """Print for each purpose whether the draw stands."""
    from django.conf import settings

    from opendibao.commands.setup import django_setup

    django_setup()
    from opendibao.evaluation.sampled import repeats, told

    with on_duty("evaluate samples", officer, Duty.EVALUATE, Duty.AUDIT, Duty.OVERSEE):
        found = repeats(year, settings.OPENDIBAO_COUNTY)
    if not found:
        raise click.ClickException(f"{year}年度没有留下抽取记录的样本")
    for one in found:
        click.echo(told(one))
    if not all(one.is_same for one in found):
        raise click.ClickException("有样本和重抽的不一样，见上")


@command.command(
    help="体检一份评价报告 FILE（.docx、.txt、.md），不用县的数据，也不用数据库。\n\n"
    "Check any evaluation report: what does not add up, contradicts itself or is missing, with its place.\n\n"
    "退出状态 exit status：0 体检完（有没有发现问题都是 0）checked，"
    "1 文件被退回或者 Word 写不出 refused or not written，2 用法不对 wrong usage。",
)
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=pathlib.Path))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。 Print JSON.")
@click.option(
    "--docx",
    "out",
    metavar="OUT",
    type=click.Path(dir_okay=False, path_type=pathlib.Path),
    help="另写一份 Word，每处发现是一条批注。 Write a copy as docx with the findings as comments.",
)
@click.option("--dry-run", is_flag=True, help="只体检，不写 Word。 Check only, write nothing.")
def check(file: pathlib.Path, as_json: bool, out: pathlib.Path | None, dry_run: bool) -> None:
    """Print the findings of a report and, if asked, write them into a copy as Word comments."""
    from opendibao.evaluation.checkup.answer import answer, told
    from opendibao.evaluation.checkup.catalogue import check_document
    from opendibao.evaluation.checkup.comments import commented
    from opendibao.evaluation.checkup.reading import BadReport, read_file

    if out:
        _refuse_place(file, out)
    try:
        content, document, marks = read_file(file)
        findings = check_document(document)
        copy = commented(content, document, marks, findings) if out and not dry_run else b""
    except (BadReport, OSError) as refusal:
        raise click.ClickException(f"{file.name} 被退回：{refusal}") from None
    if out and not dry_run:
        _write(out, copy)
    if as_json:
        click.echo(json.dumps(answer(file.name, findings), ensure_ascii=False, indent=1))
    else:
        click.echo(told(file.name, document.form, findings))
        if out and not dry_run:
            click.echo(f"带批注的 Word：{out}")


def _refuse_place(file: pathlib.Path, out: pathlib.Path) -> None:
    """The copy must not take the report's own place."""
    if out.suffix.lower() != ".docx":
        raise click.BadParameter("要写的是 Word 文件，名字应以 .docx 结尾", param_hint="--docx")
    try:
        same = out.exists() and out.samefile(file)
    except OSError as failed:
        raise _unwritten(out, failed) from None
    if same:
        raise click.BadParameter("不能写在原文件上，请换一个名字", param_hint="--docx")


def _write(out: pathlib.Path, content: bytes) -> None:
    """The whole file or none."""
    part = out.with_name(f".{out.name}.part")
    try:
        try:
            part.write_bytes(content)
            os.replace(part, out)
        finally:
            part.unlink(missing_ok=True)
    except OSError as failed:
        raise _unwritten(out, failed) from None


def _unwritten(out: pathlib.Path, failed: OSError) -> click.ClickException:
    why = _WHY_UNWRITTEN.get(type(failed), failed.strerror or str(failed))
    return click.ClickException(f"写不出 {out}（{why}）：请换一个已有的、能写的文件夹")
