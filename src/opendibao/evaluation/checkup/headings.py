"""标题: headings of a report, by the style of the paragraph, by the number before it, or by their words."""

import re
from dataclasses import dataclass

from opendibao.evaluation.checkup.document import Document, Paragraph
from opendibao.evaluation.checkup.numbering import CONTINUED, FREE, Numbered, numbered
from opendibao.evaluation.checkup.outline_words import BARE, CHAPTERS, parts_of

_CONTENTS = re.compile(r"(?:[.．·]{3,}|…+|\t)\s*\d+\s*$")  # a line of the table of contents
_STYLED = 1  # rank of a styled heading without a number: 一、 stands beside it, （一） in it
_SPACED = re.compile(r"(\d{1,2})[ \u3000]+(?=[一-鿿])")
_LONGEST = 24
_SENTENCE = re.compile(r"[：:。；;]")


@dataclass(frozen=True)
class Heading:
    """A heading: its block, its depth (1 = 一、), its number as written (`七、`, `（二）`, `3.`), the words after it.

    `rest` is text that follows on the same line after a colon or the first sentence, "" where there is none.
    `form` is the form of the number (`一、`, `（一）`, `1.` …) and `value` what it counts; "" and 0 without a number.
    """

    block: int
    level: int
    mark: str
    title: str
    rest: str = ""
    form: str = ""
    value: int = 0


@dataclass(frozen=True)
class _Open:
    form: str
    level: int
    rank: int
    value: int


def headings_of(document: Document) -> tuple[Heading, ...]:
    """Every heading of a report in order, with its depth."""
    found, reader = [], _Reader(document)
    for block, paragraph in document.paragraphs():
        if heading := reader.read(block, paragraph):
            found.append(heading)
    return tuple(found)


class _Reader:
    """Reads one paragraph after another; remembers the headings that are open above it."""

    def __init__(self, document: Document) -> None:
        styled = [(block, one) for block, one in document.paragraphs() if one.level and one.text.strip()]
        self._title = _title_of(styled)
        self._styled = len(styled) > (self._title is not None)
        self._outermost = min((one.level for block, one in styled if block != self._title), default=1)
        self._open: list[_Open] = []

    def read(self, block: int, paragraph: Paragraph) -> Heading | None:
        text = paragraph.text.strip()
        if not text or block == self._title or _CONTENTS.search(text):
            return None
        number = numbered(text) or _spaced(text)
        if paragraph.level:
            return self._heading(block, number, text, self._by_style(paragraph, number))
        if number:
            return self._heading(block, number, text, self._by_number(number))
        if not self._styled and BARE.fullmatch(text.rstrip("：:")):
            return self._heading(block, None, text, self._by_words(text.rstrip("：:")))
        return None

    def _heading(self, block: int, number: Numbered | None, text: str, level: int) -> Heading:
        words = number.words if number else text.lstrip("#").strip()
        title, rest = _split(words)
        if number is None:
            return Heading(block, level, "", title, rest)
        return Heading(block, level, number.mark, title, rest, number.form, number.value)

    def _by_style(self, paragraph: Paragraph, number: Numbered | None) -> int:
        level = paragraph.level - self._outermost + 1
        while self._open and self._open[-1].level >= level:
            self._open.pop()
        form, rank, value = (number.form, number.rank, number.value) if number else ("", _STYLED, 0)
        self._open.append(_Open(form, level, rank, value))
        return level

    def _by_number(self, number: Numbered) -> int:
        if (above := self._continued(number)) is not None:
            del self._open[above + 1 :]
        elif number.form in (forms := [one.form for one in self._open]):
            del self._open[forms.index(number.form) + 1 :]
        else:
            while self._open and self._closes(self._open[-1].rank, number.rank):
                self._open.pop()
            self._open.append(_Open("", (self._open[-1].level if self._open else 0) + 1, 0, 0))
        sibling = self._open.pop()
        form, rank = (sibling.form, sibling.rank) if above is not None else (number.form, number.rank)
        self._open.append(_Open(form, sibling.level, rank, number.value))
        return sibling.level

    @staticmethod
    def _closes(open_rank: int, rank: int) -> bool:
        """Whether a number ends the heading open above it: it stands further out, or as far out in another form."""
        return open_rank > rank or open_rank == rank < FREE

    def _continued(self, number: Numbered) -> int | None:
        """Where a plain number goes on counting an outer form: 六、 … 7、."""
        if number.form not in CONTINUED or number.value < 2 or any(one.form == number.form for one in self._open):
            return None
        for at, one in enumerate(self._open):
            if one.rank < FREE and one.value + 1 == number.value:
                return at
        return None

    def _by_words(self, text: str) -> int:
        level = 1 if CHAPTERS.fullmatch(text) else 2
        while self._open and self._open[-1].level >= level:
            self._open.pop()
        self._open.append(_Open("", level, FREE, 0))
        return level


def _title_of(styled: list[tuple[int, Paragraph]]) -> int | None:
    """The paragraph that is the report's title though it has the style of a heading: alone at its level, unnumbered."""
    if len(styled) < 2:
        return None
    block, first = styled[0]
    alone = all(one.level > first.level for _, one in styled[1:])
    return block if alone and not numbered(first.text) and not parts_of(first.text) else None


def _spaced(text: str) -> Numbered | None:
    """A chapter whose number is followed by a blank alone: 1 基本情况; only where the words are those of a part."""
    found = _SPACED.match(text)
    if found is None:
        return None
    words = text[found.end() :].strip()
    short = len(words) <= _LONGEST and not re.search(r"[，。；：]", words)
    if short and (CHAPTERS.fullmatch(words) or parts_of(words)):
        return Numbered(found.group(1), "1 ", 1, int(found.group(1)), words)
    return None


def _split(words: str) -> tuple[str, str]:
    found = _SENTENCE.search(words)
    if found is None:
        return words, ""
    return words[: found.start()].strip(), words[found.end() :].strip()
