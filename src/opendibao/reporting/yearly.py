"""年度报告: locks the year's figures and writes its documents: figures, Word, PDF, evidence pack; all or none."""

from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path

from django.conf import settings

from opendibao.evaluation.actions import lock_year
from opendibao.evaluation.conclusion import Conclusion, NoSheet, conclude
from opendibao.evaluation.queries import measure_year, period, snapshot_period
from opendibao.evaluation.snapshot import conclusion_of
from opendibao.payment.coverage import COUNTY_TIME
from opendibao.registry.queries import division_names
from opendibao.reporting import glyphs
from opendibao.reporting.blocks import Block
from opendibao.reporting.content import ReportContent, cleaned
from opendibao.reporting.figures_file import figures_bytes
from opendibao.reporting.gathering import day_text, gather
from opendibao.reporting.pack import pack_bytes
from opendibao.reporting.packing import put_files
from opendibao.reporting.pdf_file import lacking_in, pdf_bytes
from opendibao.reporting.sentences import write_body
from opendibao.reporting.word_file import word_bytes

END_OF_DAY = time(23, 59, 59)


class NothingToEvaluate(ValueError):
    """The year has no county, or no indicator sheet: there is nothing to write a report on."""


def write_year(year: int, folder: Path, *, at: datetime | None = None, dry_run: bool = False) -> Iterator[str]:
    """Lock the year's figures and write its files into a folder, telling each step. Raises NothingToEvaluate.

    `at` is when the figures are taken (None: the end of the county's today); `dry_run` locks and writes nothing.
    """
    county, at = settings.OPENDIBAO_COUNTY, at or _end_of_today()
    if county not in division_names():
        raise NothingToEvaluate(f"还没有区划{county}的资料，请先建账（演示可运行 make demo）")
    try:
        yield from _measure_only(year, county, at) if dry_run else _write(year, county, at, folder)
    except NoSheet as refusal:
        raise NothingToEvaluate(str(refusal)) from None


def _end_of_today() -> datetime:
    today = settings.OPENDIBAO_TODAY or datetime.now(COUNTY_TIME).date()
    return datetime.combine(today, END_OF_DAY, tzinfo=COUNTY_TIME)


def _measure_only(year: int, county: str, at: datetime) -> Iterator[str]:
    asked = period(year, known_at=at, division=county)
    measured = measure_year(asked)
    yield f"量出{len(measured)}个数字（截至{day_text(asked.as_of)}）"
    yield _concluded(conclude(asked, measured))
    yield "试运行：没有锁定快照，也没有写文件"


def _write(year: int, county: str, at: datetime, folder: Path) -> Iterator[str]:
    snapshot = lock_year(year, county, at=at)
    asked, said = snapshot_period(snapshot), conclusion_of(snapshot)
    yield f"快照第{snapshot.version}版：{len(snapshot.content['figures'])}个数字（截至{day_text(asked.as_of)}）"
    yield _concluded(said)
    content = cleaned(gather(asked, snapshot.content["figures"], said))
    blocks = write_body(content)
    if note := glyphs.told(lacking_in(content, blocks)):
        yield note
    files = documents(content, blocks)
    put_files(folder, files)
    yield from (f"写出 {folder / name}" for name in files)


def documents(content: ReportContent, blocks: tuple[Block, ...]) -> dict[str, bytes]:
    """Every file of a year by name, the list of figures last."""
    return {
        f"部门评价报告-{content.year}.docx": word_bytes(content, blocks),
        f"部门评价报告-{content.year}.pdf": pdf_bytes(content, blocks),
        f"证据包-{content.year}.html": pack_bytes(content, blocks),
        "figures.json": figures_bytes(content),
    }


def _concluded(said: Conclusion) -> str:
    still_open = sum(one.is_open for one in said.findings)
    lacking = f"，未测得{len(said.unmeasured)}项" if said.unmeasured else ""
    told = f"，体检还有{still_open}项错误没有说明" if still_open else ""
    return f"得分{said.score}/{said.weights}，等级“{said.grade}”（{said.grade_score}分）{lacking}{told}"
