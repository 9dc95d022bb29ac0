"""Markdown稿: headings, paragraphs, pipe tables; the marks of the writing are taken off."""

import re
from collections.abc import Iterator, Sequence
from html import unescape

from opendibao.evaluation.checkup.document import Block, Document, Paragraph, Table
from opendibao.evaluation.checkup.reading.plain_text import cleaned, spoken
from opendibao.evaluation.checkup.reading.text_tables import Rows, TableFinder
from opendibao.evaluation.checkup.reading.wrapped import goes_on, margin_of

HEADING = re.compile(r" {0,3}(#{1,6})[ \t]")
UNDERLINE = re.compile(r" {0,3}(=+|-{2,})\s*$")
RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$")
FENCE = re.compile(r" {0,3}(?:```|~~~)")
LEADING = re.compile(r"\s*(?:>\s?)*\s*(?:[-*+]\s+(?:\[[ xX]\]\s+)?)?")
BREAK = re.compile(r"<br\s*/?>|\\$", re.I)
# nothing here may look further than the next sign of its own kind, so that no text takes long to read
TAG = re.compile(r"</?(?:p|div|span|b|i|u|em|strong|font|center|sub|sup)\b[^<>]{0,200}>", re.I)
MARKS = (
    (re.compile(r"!?\[([^\[\]]*)\]\([^()\s]{0,500}(?:\s+\"[^\"]{0,200}\")?\)"), r"\1"),
    (re.compile(r"(?<!\\)\*\*(?=\S)((?:[^*]|\*(?!\*))+?)(?<=\S)\*\*"), r"\1"),
    # a row of strokes to write on is none
    (re.compile(r"(?<![\\_])__(?=[^\s_])((?:[^_]|_(?!_))+?)(?<=[^\s_])__(?!_)"), r"\1"),
    # neither is a product of numbers
    (re.compile(r"(?<![\\*0-9A-Za-z])\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?![*0-9A-Za-z])"), r"\1"),
    (re.compile(r"(?<!\\)~~([^~]+)~~"), r"\1"),
    (re.compile(r"(?<![\\`])`{1,3}([^`]+)`{1,3}(?!`)"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~<])"), r"\1"),
)


def bare(text: str) -> str:
    """Text without the marks of the writing."""
    for mark, kept in MARKS:
        text = mark.sub(kept, text)
    return unescape(TAG.sub("", text))


def read_markdown(name: str, text: str) -> Document:
    """A Markdown file as a document."""
    lines = [cleaned(line) for line in _without_comments(text).split("\n")]
    return Document(name, "markdown", tuple(_blocks([line for line in lines if not FENCE.match(line)])))


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    margin, tables = margin_of(lines), TableFinder(lines)
    at = 0
    while at < len(lines):
        if heading := HEADING.match(lines[at]):
            yield from _said(_heading(lines[at][heading.end() :]), len(heading[1]))
            at += 1
        elif table := tables.at(at):
            yield Table(_cells(table[0]))
            at = table[1]
        elif lines[at].strip() and at + 1 < len(lines) and UNDERLINE.match(lines[at + 1]):
            yield from _said(lines[at], 1 if "=" in lines[at + 1] else 2)
            at += 2
        else:
            said, at = _paragraph(lines, at, margin)
            yield from _said(said)


def _without_comments(text: str) -> str:
    begun, *rest = text.split("<!--")
    return begun + "".join(part.partition("-->")[2] for part in rest)


def _heading(text: str) -> str:
    """The words of a heading without the signs that may close it."""
    bare_end = text.rstrip()
    words = bare_end.rstrip("#")
    return words if words != bare_end and words[-1:] in ("", " ", "\t") else bare_end


def _paragraph(lines: Sequence[str], at: int, margin: int) -> tuple[str, int]:
    said = "" if RULE.match(lines[at]) else LEADING.sub("", lines[at], count=1)
    while said and at + 1 < len(lines) and goes_on(lines[at], lines[at + 1], margin):
        at += 1
        said += lines[at].strip()
    return said, at + 1


def _said(text: str, level: int = 0) -> Iterator[Paragraph]:
    for part in BREAK.split(text):
        if said := spoken(bare(part)):
            yield Paragraph(said, level)


def _cells(rows: Rows) -> Rows:
    """Cells without marks; a break in a cell is a line end."""
    return tuple(tuple("\n".join(bare(part).strip() for part in BREAK.split(cell)) for cell in row) for row in rows)
