"""文字稿: a plain text as paragraphs, a line each, and tables."""

import re
from collections.abc import Sequence

from opendibao.evaluation.checkup.document import Block, Document, Paragraph, Table
from opendibao.evaluation.checkup.reading.contents_list import contents_list
from opendibao.evaluation.checkup.reading.text_tables import TableFinder
from opendibao.evaluation.checkup.reading.wrapped import goes_on, margin_of

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def cleaned(text: str) -> str:
    """A line without invisible signs; every kind of space that is not full-width is a space."""
    return INVISIBLE.sub("", text).replace("\xa0", " ").replace("\f", " ").replace("\v", " ")


def spoken(text: str) -> str:
    """A paragraph as it is read: no tabs, no outer spaces."""
    return text.replace("\t", " ").strip()


def read_plain(name: str, text: str) -> Document:
    """A text file as a document."""
    return Document(name, "text", tuple(_blocks([cleaned(line).rstrip(" ") for line in text.split("\n")])))


def _blocks(lines: list[str]) -> list[Block]:
    passed_over, margin, tables = contents_list(lines), margin_of(lines), TableFinder(lines)
    found: list[Block] = []
    at = 0
    while at < len(lines):
        if at in passed_over:
            at += 1
        elif table := tables.at(at):
            found.append(Table(table[0]))
            at = table[1]
        else:
            said, at = _paragraph(lines, at, margin)
            if said:
                found.append(Paragraph(said))
    return found


def _paragraph(lines: Sequence[str], at: int, margin: int) -> tuple[str, int]:
    """The paragraph of a line with the lines that go on with it, and the next line's number."""
    said = lines[at]
    while at + 1 < len(lines) and goes_on(lines[at], lines[at + 1], margin):
        at += 1
        said += lines[at].strip()
    return spoken(said), at + 1
