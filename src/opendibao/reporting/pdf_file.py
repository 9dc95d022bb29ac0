"""评价报告PDF版: typesets the report's blocks with an embedded font; the texts travel as data, never as source."""

import json
from collections.abc import Iterable
from dataclasses import asdict

from opendibao.reporting import glyphs
from opendibao.reporting.blocks import Block
from opendibao.reporting.charts.album import pictures
from opendibao.reporting.charts.picture import Picture
from opendibao.reporting.content import ReportContent
from opendibao.reporting.cover import COVER_LINES, cover
from opendibao.reporting.sentences import DEPARTMENT_EVALUATION, template_bytes
from opendibao.reporting.word_file import FULL, WIDEST

BOLD = ("score", "grade")


def pdf_bytes(content: ReportContent, blocks: Iterable[Block], report: str = DEPARTMENT_EVALUATION) -> bytes:
    """The report as PDF, cover first; characters that the font lacks are marked and named at the end."""
    import typst

    blocks = tuple(blocks)
    lacking = lacking_in(content, blocks, report)
    data = glyphs.replaced(_said(content, blocks, report, missing=glyphs.told(lacking)), lacking)
    pdf = typst.compile(template_bytes(report, "report.typ"), font_paths=glyphs.fonts(), sys_inputs={"report": data})
    assert isinstance(pdf, bytes)
    return pdf


def lacking_in(content: ReportContent, blocks: Iterable[Block], report: str = DEPARTMENT_EVALUATION) -> list[str]:
    """Characters of the report that its font cannot draw."""
    return glyphs.missing(_said(content, blocks, report))


def _drawn(one: Picture) -> dict[str, object]:
    return {"svg": one.svg, "alt": one.alt, "width": min(WIDEST, one.width * WIDEST // FULL)}


def _said(content: ReportContent, blocks: Iterable[Block], report: str, *, missing: str = "") -> str:
    front = cover(content, report)
    said = {
        "cover": front,
        "lines": [(zh, front[key], key in BOLD) for zh, key in COVER_LINES],
        "blocks": [{**asdict(block), "figures": block.figures} for block in blocks],
        "missing": missing,
        "pictures": {name: _drawn(one) for name, one in pictures(content).items()},
    }
    return json.dumps(said, ensure_ascii=False)
