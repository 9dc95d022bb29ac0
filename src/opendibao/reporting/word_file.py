"""评价报告Word版: fills the Word template with the report's blocks; same content, same bytes."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from opendibao.reporting.blocks import Block
from opendibao.reporting.charts.album import pictures, png
from opendibao.reporting.charts.picture import Picture
from opendibao.reporting.content import ReportContent
from opendibao.reporting.cover import cover
from opendibao.reporting.packing import same_bytes
from opendibao.reporting.sentences import DEPARTMENT_EVALUATION, template_bytes

LONGEST_PROPERTY = 255
WIDEST, FULL = 154, 720  # mm of a drawing, and the pixels that take them


def word_bytes(content: ReportContent, blocks: Iterable[Block], report: str = DEPARTMENT_EVALUATION) -> bytes:
    """The report as docx, cover first."""
    from docxtpl import DocxTemplate

    blocks = tuple(blocks)
    filled = DocxTemplate(io.BytesIO(template_bytes(report, "style.docx")))
    drawn = pictures(content)
    shown = [_picture(filled, one, drawn[one.name]) if one.kind == "picture" else _block(one) for one in blocks]
    filled.render({**cover(content, report), "blocks": shown}, autoescape=True)
    _describe(filled.docx, [drawn[one.name] for one in blocks if one.kind == "picture"])
    placed = [one.table for one in blocks if one.table]
    for made, table in zip(filled.docx.tables, placed, strict=True):
        for column in range(table.merged):
            _merge_down(made, column)
    _fix_properties(filled.docx.core_properties, content)
    out = io.BytesIO()
    filled.save(out)
    return same_bytes(out.getvalue())


def _block(block: Block) -> dict[str, object]:
    if block.table:
        return {"kind": "table", "name": block.name, "caption": block.table.caption, "rows": block.table.rows}
    return {"kind": block.kind, "name": "", "text": block.text, "ids": "\n".join(block.figures)}


def _picture(filled: Any, block: Block, picture: Picture) -> dict[str, object]:
    from docx.shared import Mm
    from docxtpl import InlineImage

    image = InlineImage(filled, io.BytesIO(png(picture.svg)), width=Mm(min(WIDEST, picture.width * WIDEST // FULL)))
    return {"kind": block.kind, "name": "", "text": block.text, "ids": "", "image": image}


def _describe(document: Any, shown: Sequence[Picture]) -> None:
    """Say each drawing in words, for who cannot see it."""
    for shape, picture in zip(document.inline_shapes, shown, strict=True):
        shape._inline.docPr.set("descr", picture.alt)
        shape._inline.docPr.set("title", picture.caption)


def _merge_down(table: Any, column: int) -> None:
    """Merge equal neighbours of a column, as a printed sheet does; the first cell keeps the text."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    above = ""
    for row in table._tbl.tr_lst[1:]:
        cell = row.tc_lst[column]
        text = "".join(part.text or "" for part in cell.iter(qn("w:t")))
        merge = OxmlElement("w:vMerge")
        merge.set(qn("w:val"), "continue" if text and text == above else "restart")
        cell.get_or_add_tcPr().append(merge)
        if text and text == above:
            for part in cell.iter(qn("w:t")):
                part.text = ""
        above = text


def _fix_properties(properties: Any, content: ReportContent) -> None:
    from datetime import datetime

    properties.title = f"{content.county}{content.year}年度{content.project}部门评价报告"[:LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = f"{content.county}{content.department}"[:LONGEST_PROPERTY]
    properties.comments, properties.revision = "", 1
    properties.created = properties.modified = datetime(content.year, 12, 31)
