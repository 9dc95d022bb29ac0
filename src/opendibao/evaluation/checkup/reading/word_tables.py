"""Word的表格: a table as a rectangle of cells, merged cells named once, with where each row stands in the file."""

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from opendibao.evaluation.checkup.reading.text_tables import Rows, rectangle
from opendibao.evaluation.checkup.reading.word_names import (
    CELL,
    PARAGRAPH,
    ROW,
    TABLE,
    W,
    inside,
    number,
    value,
)

MOST_SPANNED = 200
ROWS, CELLS, CONTENT = frozenset({ROW}), frozenset({CELL}), frozenset({PARAGRAPH, TABLE})
Lines = Callable[[Element], tuple[list[str], tuple[str, ...]]]
"""What a paragraph says: its lines, its traces."""


@dataclass
class Grid:
    """A table as read: its rows, the paragraph of each row that a note is fastened to, traces, tables within."""

    rows: list[list[str]] = field(default_factory=list)
    marks: list[Element | None] = field(default_factory=list)
    leftovers: list[str] = field(default_factory=list)
    nested: list[Element] = field(default_factory=list)

    @property
    def rectangle(self) -> Rows:
        """All rows of one length."""
        return rectangle(self.rows)


def frame_of(table: Element) -> Element | None:
    """The one cell of a table that only draws a frame around its content; None for a true table."""
    rows = list(inside(table, ROWS))
    cells = list(inside(rows[0], CELLS)) if len(rows) == 1 else []
    return cells[0] if len(cells) == 1 else None


def grid_of(table: Element, lines: Lines) -> Grid:
    """Read a table. A cell merged across or downwards holds its text in its first place; the others are empty."""
    grid = Grid()
    for row in inside(table, ROWS):
        properties = row.find(f"{W}trPr")
        if properties is not None and properties.find(f"{W}del") is not None:
            grid.leftovers.append("修订删除：表格的一行")
            continue
        if properties is not None and properties.find(f"{W}ins") is not None:
            grid.leftovers.append("修订插入：表格的一行")
        _row(row, number(value(properties, "gridBefore")), lines, grid)
    return grid


def _row(row: Element, before: int, lines: Lines, grid: Grid) -> None:
    read: list[str] = [""] * min(before, MOST_SPANNED)
    marks: list[tuple[bool, Element]] = []
    for cell in inside(row, CELLS):
        properties = cell.find(f"{W}tcPr")
        text, paragraph = ("", None) if _goes_on(properties) else _cell(cell, lines, grid)
        span = min(max(number(value(properties, "gridSpan"), 1), 1), MOST_SPANNED)
        read += [text, *[""] * (span - 1)]
        if text and paragraph is not None:
            marks.append((value(properties, "vMerge") is None, paragraph))
    grid.rows.append(read or [""])
    # a note to a row is fastened to its first own cell rather than to the group it belongs to
    chosen = next((one for is_own, one in marks if is_own), marks[0][1] if marks else next(row.iter(PARAGRAPH), None))
    grid.marks.append(chosen)


def _goes_on(properties: Element | None) -> bool:
    """Whether a cell only goes on with the one above it or left of it."""
    merges = (value(properties, name) for name in ("vMerge", "hMerge"))
    return any(merge is not None and merge != "restart" for merge in merges)


def _cell(cell: Element, lines: Lines, grid: Grid) -> tuple[str, Element | None]:
    said: list[str] = []
    first: Element | None = None
    for content in inside(cell, CONTENT):
        if content.tag == TABLE:
            grid.nested.append(content)
            continue
        read, leftovers = lines(content)
        grid.leftovers += leftovers
        kept = [line.replace("\t", " ").strip() for line in read if line.strip()]
        first = content if first is None and kept else first
        said += kept
    return "\n".join(said), first
