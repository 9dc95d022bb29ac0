"""表: heads and cells of a list page, so that every list is printed by one template."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from opendibao.kernel.money import yuan_text
from opendibao.web.templatetags.figures import MINUS

SIGNS = {"ok": "✓", "warn": "▲", "bad": "●"}


@dataclass(frozen=True)
class Head:
    """A column: its words, and whether it holds figures (right-aligned) or may not be broken."""

    words: str
    kind: str = ""


@dataclass(frozen=True)
class Cell:
    """What stands in a place of the table; `href` makes it a link, `tone` (ok, warn, bad) a mark."""

    text: str
    href: str = ""
    tone: str = ""

    @property
    def html(self) -> SafeString:
        """The cell as markup, its text escaped; made here because a list has five hundred cells."""
        said = escape(self.text)
        if self.href:
            said = format_html('<a class="{}" href="{}">{}</a>', "" if self.tone else "datum", self.href, said)
        return (
            format_html('<span class="tag {}">{} {}</span>', self.tone, SIGNS[self.tone], said) if self.tone else said
        )


@dataclass(frozen=True)
class Table:
    """Rows under heads, a line of totals, and what to do where there are no rows."""

    heads: Sequence[Head]
    rows: Sequence[Sequence[Cell]]
    totals: Sequence[Cell] = ()
    empty: str = "没有这样的行。"
    caption: str = ""

    @property
    def lines(self) -> list[list[tuple[Head, Cell]]]:
        """Rows with the head of each cell."""
        return [list(zip(self.heads, row, strict=True)) for row in self.rows]

    @property
    def last_line(self) -> list[tuple[Head, Cell]]:
        """The totals with the head of each cell; empty where nothing is summed."""
        return list(zip(self.heads, self.totals, strict=True)) if self.totals else []


@dataclass(frozen=True)
class Choice:
    """One of several views of the same rows."""

    words: str
    href: str
    is_current: bool


@dataclass(frozen=True)
class Choices:
    """Views that exclude one another, and what they choose."""

    words: str
    options: Sequence[Choice]


@dataclass(frozen=True)
class Crumb:
    """A step on the way here."""

    words: str
    href: str = ""


@dataclass(frozen=True)
class ListPage:
    """A page of rows: title, sentence of counts, way here, other views, breakdown beside, rows."""

    title: str
    lead: str
    table: Table
    crumbs: Sequence[Crumb] = ()
    choices: Sequence[Choices] = ()
    breakdown: Table | None = None
    notes: Sequence[str] = ()


def heads(*words: str) -> list[Head]:
    """Heads from words; a leading # marks figures, a leading ! what may not be broken."""
    kinds = {"#": "n", "!": "nb"}
    return [Head(word.lstrip("#!"), kinds.get(word[0], "")) for word in words]


def text(value: object) -> Cell:
    """Plain words; a dash where there is nothing."""
    return Cell(str(value) if value not in (None, "") else "—")


def count(number: int, href: str = "") -> Cell:
    """A count with thousands marks."""
    return Cell(f"{number:,}", href)


def money(fen: int, href: str = "") -> Cell:
    """Fen as yuan with two decimals."""
    return Cell(yuan_text(fen, grouped=True).replace("-", MINUS), href)


def day(value: date | None) -> Cell:
    """A day, a dash where there is none."""
    return text(value and value.isoformat())


def household(number: str) -> Cell:
    """A household number that opens its page."""
    return Cell(number, reverse("household", args=[number]))


def blanks(number: int) -> Iterable[Cell]:
    """Empty places of a totals line."""
    return [Cell("")] * number
