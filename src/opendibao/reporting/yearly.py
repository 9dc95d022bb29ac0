"""年度报告: locks the year's figures and writes its documents: figures, Word, PDF, evidence pack; all or none."""

from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path

from django.conf import settings

from opendibao.evaluation.actions import lock_year
from opendibao.evaluation.conclusion import Conclusion, NoSheet, conclude
from opendibao.evaluation.queries import final_snapshot, measure_year, period, snapshot_period
from opendibao.evaluation.snapshot import Snapshot, content_of
from opendibao.payment.coverage import COUNTY_TIME
from opendibao.registry.queries import division_names
from opendibao.reporting import glyphs
from opendibao.reporting.content import ReportContent
from opendibao.reporting.documents import documents
from opendibao.reporting.finalising import finalise_content, paper_of
from opendibao.reporting.gathering import day_text
from opendibao.reporting.packing import put_files
from opendibao.reporting.pdf_file import lacking_in

END_OF_DAY = time(23, 59, 59)


class NothingToEvaluate(ValueError):
    """The year has no county, or no indicator sheet: there is nothing to write a report on."""


def write_year(year: int, folder: Path, *, at: datetime | None = None, dry_run: bool = False) -> Iterator[str]:
    """Lock the year's figures and write its files into a folder, telling each step. Raises NothingToEvaluate.

    `at` is when the figures are taken (None: the end of the county's today); `dry_run` locks and writes nothing.
    """
    county, at = settings.OPENDIBAO_COUNTY, at or end_of_today()
    if county not in division_names():
        raise NothingToEvaluate(f"还没有区划{county}的资料，请先建账（演示可运行 make demo）")
    try:
        yield from _measure_only(year, county, at) if dry_run else _write(year, county, at, folder)
    except NoSheet as refusal:
        raise NothingToEvaluate(str(refusal)) from None


def end_of_today() -> datetime:
    """The end of the county's today: what is known then is what a report rests on."""
    today = settings.OPENDIBAO_TODAY or datetime.now(COUNTY_TIME).date()
    return datetime.combine(today, END_OF_DAY, tzinfo=COUNTY_TIME)


def _measure_only(year: int, county: str, at: datetime) -> Iterator[str]:
    asked = period(year, known_at=at, division=county)
    measured = measure_year(asked)
    yield f"量出{len(measured)}个数字（截至{day_text(asked.as_of)}）"
    yield _concluded(conclude(asked, measured))
    yield "试运行：没有锁定快照，也没有写文件"


def finish_year(year: int, folder: Path, *, at: datetime | None = None) -> Iterator[str]:
    """Take the year's figures, make the report final and write its files. Raises NothingToEvaluate, NotFinal."""
    county, at = settings.OPENDIBAO_COUNTY, at or end_of_today()
    asked = period(year, known_at=at, division=county)
    try:
        snapshot = finalise_content(asked, content_of(asked), at=at)
    except NoSheet as refusal:
        raise NothingToEvaluate(str(refusal)) from None
    yield from write_files(snapshot, folder)


def _write(year: int, county: str, at: datetime, folder: Path) -> Iterator[str]:
    snapshot = lock_year(year, county, at=at)
    # a draft that was begun after a report was final never takes its place
    is_later = not snapshot.is_final and final_snapshot(year, county) is not None
    yield from write_files(snapshot, folder / f"草稿第{snapshot.version}版" if is_later else folder)


def write_files(snapshot: Snapshot, folder: Path) -> Iterator[str]:
    """Write the files of a snapshot, telling what it says. Raises NoSheet."""
    asked, paper = snapshot_period(snapshot), paper_of(snapshot)
    stage = "定稿" if snapshot.is_final else "草稿"
    figures = len(snapshot.content["figures"])
    yield f"快照第{snapshot.version}版（{stage}）：{figures}个数字（截至{day_text(asked.as_of)}）"
    yield _told(paper.content)
    if note := glyphs.told(lacking_in(paper.content, paper.blocks)):
        yield note
    files = documents(paper.content, paper.blocks)
    put_files(folder, files)
    yield from (f"写出 {folder / name}" for name in files)


def _told(content: ReportContent) -> str:
    still_open = sum(one.is_open for one in content.findings)
    lacking = f"，未测得{len(content.unmeasured)}项" if content.unmeasured else ""
    told = f"，体检还有{still_open}项错误没有改正或说明" if still_open else ""
    return f"得分{content.total}/{content.weights}，等级“{content.grade}”（{content.score}分）{lacking}{told}"


def _concluded(said: Conclusion) -> str:
    still_open = sum(one.is_open for one in said.findings)
    lacking = f"，未测得{len(said.unmeasured)}项" if said.unmeasured else ""
    told = f"，体检还有{still_open}项错误没有说明" if still_open else ""
    return f"得分{said.score}/{said.weights}，等级“{said.grade}”（{said.grade_score}分）{lacking}{told}"
