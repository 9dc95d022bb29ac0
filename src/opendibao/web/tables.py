"""表: heads and cells of a list page, so that every list is printed by one template."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from opendibao.kernel.money import yuan_text
from opendibao.web.templatetags.figures import MINUS

NO_ROWS = _("没有这样的行。")
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
        """The cell as markup, its text escaped."""
        said = escape(self.text)
        if self.href:
            said = f'<a class="{"" if self.tone else "datum"}" href="{escape(self.href)}">{said}</a>'
        if self.tone:
            said = f'<span class="tag {self.tone}">{SIGNS[self.tone]} {said}</span>'
        return mark_safe(said)


@dataclass(frozen=True)
class Table:
    """Rows under heads, a line of totals, and what to say (`nothing`) and to do (`empty`) where there are no rows."""

    heads: Sequence[Head]
    rows: Sequence[Sequence[Cell]]
    totals: Sequence[Cell] = ()
    empty: str | Promise = NO_ROWS
    caption: str = ""
    nothing: str | Promise = ""

    @property
    def body(self) -> SafeString:
        """The rows as markup, made here: five hundred cells cost a template thirty milliseconds, and this two."""
        return mark_safe("\n".join(f"<tr>{self._line(row)}</tr>" for row in self.rows))

    @property
    def last_line(self) -> SafeString:
        """The totals as markup; empty where nothing is summed."""
        return mark_safe(self._line(self.totals) if self.totals else "")

    def _line(self, cells: Sequence[Cell]) -> str:
        """The cells of a row, each under its head; the first names the row."""
        first, *others = [
            f' class="{head.kind}{"" if cell.text else " nil"}" data-th="{escape(head.words)}">{cell.html}'
            for head, cell in zip(self.heads, cells, strict=True)
        ]
        return f'<th scope="row"{first}</th>' + "".join(f"<td{each}</td>" for each in others)


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
    """A page of rows: title, sentence of counts, way here, other views, breakdown beside, rows, what can be done."""

    title: str
    lead: str
    table: Table
    crumbs: Sequence[Crumb] = ()
    choices: Sequence[Choices] = ()
    breakdown: Table | None = None
    notes: Sequence[str] = ()
    acts: Sequence[Crumb] = ()


def more(fen: int, href: str = "") -> Cell:
    """A difference in yuan, with its sign."""
    said = money(fen, href)
    return Cell(f"+{said.text}", href) if fen > 0 else said


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
