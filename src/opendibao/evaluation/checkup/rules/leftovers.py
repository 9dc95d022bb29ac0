"""遗留体检: places left to be filled, and what the word processor left behind (D03)."""

import re
from collections.abc import Iterator, Sequence

from opendibao.evaluation.checkup.catalogue import Hit, check
from opendibao.evaluation.checkup.document import Paragraph, Table
from opendibao.evaluation.checkup.finding import Place, Severity
from opendibao.evaluation.checkup.report import Report
from opendibao.evaluation.checkup.sentences import quoted
from opendibao.evaluation.checkup.unfilled import placeholder

# bookmarks are told by W15
_BOOKMARK = re.compile(r"_GoBack|bookmark|书签[:：]|_Toc|_Ref|_Hlk")
_FIELD_ERROR = "域错误："
_CELL_ALONE = re.compile(r"(?:待定|待核实|待完善|待确认|待更新|待统计|待核|未填|[?？]{1,3})")


@check("D03", Severity.FORMAT, "留有未填的空、占位字样或软件痕迹")
def leftovers(report: Report) -> Iterator[Hit]:
    """Look for placeholders in paragraphs and cells, for comments, tracked changes and broken fields of the file."""
    for block, one in enumerate(report.document.blocks):
        if isinstance(one, Paragraph):
            if found := placeholder(one.text):
                yield _left(found, Place(block))
            else:
                yield from _traces(block, one.leftovers)
        else:
            yield from _in_table(block, one)


def _in_table(block: int, table: Table) -> Iterator[Hit]:
    """Each row with its placeholder; the traces of all its cells once, but for field errors that a row has told."""
    told = []
    for row, cells in enumerate(table.rows):
        if found := next((said for cell in cells if (said := placeholder(cell) or _alone(cell))), ""):
            told.append(found)
            yield _left(found, Place(block, row))
    yield from _traces(block, [one for one in table.leftovers if not _is_told(one, told)])


def _is_told(trace: str, told: Sequence[str]) -> bool:
    error = trace.removeprefix(_FIELD_ERROR)
    return error != trace and any(one in error or error in one for one in told)


def _traces(block: int, leftovers: Sequence[str]) -> Iterator[Hit]:
    traces = [one for one in leftovers if not _BOOKMARK.search(one)]
    if traces:
        yield Hit(f"文件里还留着{'、'.join(quoted(one) for one in traces)}，印发前请处理干净", Place(block))


def _alone(cell: str) -> str:
    return cell.strip() if _CELL_ALONE.fullmatch(cell.strip()) else ""


def _left(found: str, place: Place) -> Hit:
    return Hit(f"留有未填写或者未清理的“{quoted(found)}”，请填上内容或者删去", place)
