"""自查: our own draft goes through the check-up as any foreign report does; nothing is said twice."""

from collections.abc import Iterable

from opendibao.evaluation.checkup.catalogue import check_document
from opendibao.evaluation.checkup.document import Block as PaperBlock
from opendibao.evaluation.checkup.document import Document, Paragraph
from opendibao.evaluation.checkup.document import Table as PaperTable
from opendibao.evaluation.checkup.finding import Finding
from opendibao.evaluation.conclusion import FindingLine, finding_line
from opendibao.evaluation.queries import Notes
from opendibao.reporting.blocks import Block, Table
from opendibao.reporting.content import FindingContent, ReportContent, clean
from opendibao.reporting.cover import COVER_LINES, cover

WHOLE_SHEET = ("W01", "W02", "W03")  # findings on the sheet as a whole: two of them are one, wherever they were seen
COMMA = "，"


def as_document(content: ReportContent, blocks: Iterable[Block]) -> tuple[Document, dict[int, str]]:
    """The draft as the check-up reads a report, and the place of each of its paragraphs by block number."""
    front = cover(content)
    read: list[PaperBlock] = [Paragraph(f"{front['county']}{front['year']}{front['project']}{front['title']}")]
    read += [Paragraph(f"{zh}：{front[key]}") for zh, key in COVER_LINES]
    places: dict[int, str] = {}
    for block in blocks:
        if block.table:
            read += [Paragraph(block.table.caption), _table(block.table)]
            continue
        places[len(read)] = block.place
        read.append(Paragraph(block.text, int(block.kind[-1]) if block.kind.startswith("heading") else 0))
    return Document(f"{content.year}年度报告草稿", "draft", tuple(read)), places


def _table(table: Table) -> PaperTable:
    rows, above = [table.heads], [""] * table.merged
    for row in table.rows:
        same = [text if text != above[column] else "" for column, text in enumerate(row[: table.merged])]
        rows.append((*same, *row[table.merged :]))
        above = list(row[: table.merged])
    return PaperTable(tuple(rows))


def own_findings(content: ReportContent, blocks: Iterable[Block]) -> list[tuple[Finding, str]]:
    """What the check-up finds in the draft, each with the place of its paragraph ("" in tables and of the whole)."""
    document, places = as_document(content, blocks)
    return [(one, places.get(one.place.block, "")) for one in check_document(document)]


def merged(of_sheet: Iterable[FindingContent], own: Iterable[Finding], signed: Notes) -> tuple[FindingContent, ...]:
    """The findings of the sheet and those of the draft's own text, each once by id and place, by id."""
    found = list(of_sheet)
    known = {(one.id, one.where) for one in found} | {(one.id, "") for one in found if one.id in WHOLE_SHEET}
    for one in own:
        keys = {(one.id, one.where), (one.id, one.where.rpartition(COMMA)[2]), (one.id, "")}
        if not keys & known:
            found.append(_said(finding_line(one, signed)))
            known.add((one.id, one.where))
    return tuple(sorted(found, key=lambda one: one.id))


def _said(one: FindingLine) -> FindingContent:
    texts = map(clean, (one.zh, one.where, one.note, one.officer))
    return FindingContent(one.id, one.severity, *texts)
