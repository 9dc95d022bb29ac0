"""Word的正文: walks a Word file in the order of its text and gives blocks, each with its place in the file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from opendibao.evaluation.checkup.document import Block, Paragraph, Table
from opendibao.evaluation.checkup.reading.limits import refuse_many_cells
from opendibao.evaluation.checkup.reading.plain_text import cleaned, spoken
from opendibao.evaluation.checkup.reading.word_names import (
    ID,
    PARAGRAPH,
    TABLE,
    VAL,
    W,
    inside,
    number,
    value,
)
from opendibao.evaluation.checkup.reading.word_numbering import Numbering
from opendibao.evaluation.checkup.reading.word_paragraph import ParagraphReader
from opendibao.evaluation.checkup.reading.word_styles import Style, Styles, outline_level
from opendibao.evaluation.checkup.reading.word_tables import CONTENT, frame_of, grid_of

GALLERY = "Table of Contents"
CHINESE = re.compile(r"[一-鿿]")
SDT = f"{W}sdt"


@dataclass(frozen=True)
class Placed:
    """A block with its place: for a paragraph its number in the file, for a table those of its rows' marks.

    `line` is the paragraph with its tabs, as lists of contents are told by; "" for a table.
    """

    block: Block
    marks: tuple[int, ...]
    line: str = ""


def comments_of(root: Element | None) -> dict[str, str]:
    """The texts of a file's comments by their ids."""
    if root is None:
        return {}
    found = root.findall(f"{W}comment")
    return {one.get(ID, ""): "".join(text.text or "" for text in one.iter(f"{W}t")) for one in found}


class BodyReader:
    """Reads the body of a Word file once, from its beginning to its end, since lists count as they go."""

    def __init__(self, root: Element, styles: Styles, numbering: Numbering, comments: dict[str, str]) -> None:
        self._root, self._styles, self._numbering = root, styles, numbering
        self._paragraphs = ParagraphReader(comments)
        self._numbers = {id(one): at for at, one in enumerate(root.iter(PARAGRAPH))}
        self._pending: list[str] = []
        self._cells = 0

    def blocks(self) -> list[Placed]:
        """All blocks in order; traces in paragraphs without text are handed on to the block after them."""
        body = self._root.find(f"{W}body")
        found = list(self._blocks(body)) if body is not None else []
        if self._pending and found:
            found[-1] = _with(found[-1], tuple(self._pending))
        return found

    def _blocks(self, parent: Element, host: int | None = None) -> Iterator[Placed]:
        for child in parent:
            if child.tag == PARAGRAPH:
                yield from self._paragraph(child, host)
            elif child.tag == TABLE:
                yield from self._table(child, host)
            elif child.tag == SDT and _is_contents(child):
                continue
            elif child.tag != f"{W}sectPr":
                yield from self._blocks(child, host)

    def _paragraph(self, element: Element, host: int | None) -> Iterator[Placed]:
        style, level = self._look(element)
        said = self._paragraphs.read(element)
        prefix = self._count(element, style) if not style.is_contents else ""
        mark = self._numbers[id(element)] if host is None else host
        traces = (*self._pending, *said.traces())
        is_said = any(map(str.strip, said.lines)) and not style.is_contents and not _is_margin_note(element, said.lines)
        self._pending = [] if is_said else list(traces)
        if is_said:
            said.lines[0] = prefix + said.lines[0].lstrip()
        for line in said.lines if is_said else ():
            if text := spoken(cleaned(line)):
                yield Placed(Paragraph(text, level, traces), (mark,), line)
                traces = ()
        for box in said.boxes:
            yield from self._blocks(box, mark)

    def _look(self, element: Element) -> tuple[Style, int]:
        properties = element.find(f"{W}pPr")
        style = self._styles.of(value(properties, "pStyle") or "")
        own = outline_level(properties)
        return style, style.level if own is None else own

    def _count(self, element: Element, style: Style) -> str:
        """The number that Word writes before the paragraph."""
        properties = element.find(f"{W}pPr")
        own = None if properties is None else properties.find(f"{W}numPr")
        list_id = value(own, "numId") or style.list_id
        if not list_id or list_id == "0":
            return ""
        tied = self._numbering.level_of_style(list_id, value(properties, "pStyle") or "")
        at = number(value(own, "ilvl"), style.list_level if style.list_level >= 0 else tied)
        return self._numbering.next(list_id, at)

    def _table(self, element: Element, host: int | None) -> Iterator[Placed]:
        if (cell := frame_of(element)) is not None:
            yield from self._blocks(cell, host)
            return
        grid = grid_of(element, self._lines)
        self._cells += sum(map(len, grid.rows))
        refuse_many_cells(self._cells)
        leftovers = tuple(dict.fromkeys((*self._pending, *grid.leftovers)))
        if any(any(row) for row in grid.rows):
            marks = (host if mark is None or host is not None else self._numbers[id(mark)] for mark in grid.marks)
            self._pending = []
            yield Placed(Table(grid.rectangle, leftovers), tuple(mark or 0 for mark in marks))
        else:
            self._pending = list(leftovers)
        for nested in grid.nested:
            yield from self._table(nested, host)

    def _lines(self, paragraph: Element) -> tuple[list[str], tuple[str, ...]]:
        """The lines of a paragraph of a cell; text boxes in it are lines of the cell."""
        style, _ = self._look(paragraph)
        said = self._paragraphs.read(paragraph)
        said.lines[0] = self._count(paragraph, style) + said.lines[0].lstrip()
        lines, traces = [cleaned(line) for line in said.lines], list(said.traces())
        for box in said.boxes:
            for inner in (one for one in inside(box, CONTENT) if one.tag == PARAGRAPH):
                more, found = self._lines(inner)
                lines += more
                traces += found
        return lines, tuple(traces)


def _is_margin_note(paragraph: Element, lines: list[str]) -> bool:
    """Whether a paragraph stands in a frame beside the text and holds numbers of lines or of evidence, no words."""
    frame = paragraph.find(f"{W}pPr/{W}framePr")
    return frame is not None and frame.get(f"{W}hAnchor") == "page" and not any(map(CHINESE.search, lines))


def _is_contents(control: Element) -> bool:
    """Whether a content control holds Word's own list of contents."""
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(VAL) == GALLERY


def _with(placed: Placed, traces: tuple[str, ...]) -> Placed:
    block = placed.block
    kept = tuple(dict.fromkeys((*block.leftovers, *traces)))
    made: Block = Paragraph(block.text, block.level, kept) if isinstance(block, Paragraph) else Table(block.rows, kept)
    return Placed(made, placed.marks, placed.line)
