"""表格: cells that reach over columns and rows, as printed forms have them; a form is its tables in their order."""

from collections.abc import Iterator
from dataclasses import dataclass

from opendibao.reporting.charts.picture import Picture

HEAD, TEXT, CENTRE, NUMBER, LABEL = "head", "text", "centre", "number", "label"


@dataclass(frozen=True)
class Cell:
    """Words of a cell, how many columns and rows it takes, its look, and the evidence ids of its figures."""

    text: str
    look: str = TEXT
    across: int = 1
    down: int = 1
    ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grid:
    """A table: widths in mm, rows of the cells that begin in them, how many of the first rows repeat on each page."""

    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    heads: int = 0
    caption: str = ""


@dataclass(frozen=True)
class Words:
    """A paragraph between tables; `look` is text, or label for the head of a part."""

    text: str
    look: str = TEXT


@dataclass(frozen=True)
class Pictures:
    """Drawings side by side, each with its width in mm."""

    shown: tuple[tuple[Picture, int], ...]


Part = Grid | Words | Pictures


@dataclass(frozen=True)
class Form:
    """A printed form: title, the line under it left and right, its parts, the line at the foot.

    `is_numbered` puts the number of each page and how many there are at its foot (in Word).
    """

    title: str
    left: str
    right: str
    parts: tuple[Part, ...]
    foot: str = ""
    is_landscape: bool = False
    mark: str = ""
    author: str = ""
    year: int = 0
    is_numbered: bool = False


class BadGrid(ValueError):
    """The cells of a table do not fill its rows exactly; the text names the row."""


def placed(grid: Grid) -> list[list[tuple[Cell, int] | None]]:
    """Rows with a slot for every column: (cell, which row of it), None beside. Raises BadGrid."""
    rows: list[list[tuple[Cell, int] | None]] = []
    hanging: dict[int, tuple[Cell, int]] = {}
    for number, begun in enumerate(grid.rows, 1):
        row = list(_row(begun, hanging, len(grid.widths), number))
        rows.append(row)
    if hanging:
        raise BadGrid("最后一行之下还有没有占完的格子")
    return rows


def _row(
    begun: tuple[Cell, ...], hanging: dict[int, tuple[Cell, int]], columns: int, number: int
) -> Iterator[tuple[Cell, int] | None]:
    """The slots of one row; what reaches below stays in `hanging` by its first column."""
    waiting, column = list(begun), 0
    while column < columns:
        cell, at = hanging.pop(column) if column in hanging else (waiting.pop(0) if waiting else None, 0)
        if cell is None or column + cell.across > columns:
            raise BadGrid(f"第{number}行的格子没有填满{columns}列，或超出了表格")
        if at + 1 < cell.down:
            hanging[column] = (cell, at + 1)
        yield cell, at
        yield from [None] * (cell.across - 1)
        column += cell.across
    if waiting:
        raise BadGrid(f"第{number}行多了{len(waiting)}格")


def words_of(form: Form) -> Iterator[str]:
    """Every text that the form prints, in order."""
    yield from (form.title, form.left, form.right)
    for part in form.parts:
        if isinstance(part, Words):
            yield part.text
        elif isinstance(part, Grid):
            yield from (part.caption, *(cell.text for row in part.rows for cell in row))
        else:
            yield from (text for picture, _ in part.shown for text in (picture.caption, picture.svg))
    yield form.foot
