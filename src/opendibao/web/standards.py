"""规则与标准: every number in force on a day, by topic, with its days, its document and who approved it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.policy.pack import Row
from opendibao.web.asking import BadQuestion
from opendibao.web.context import today_in_county
from opendibao.web.standards_changes import hands
from opendibao.web.standards_law import amount_words, asked_day, level_of, pack_in_county, tabs, topic_of, topics
from opendibao.web.tables import Cell, Head, Table, day, heads, text

LONGEST = 60
Hands = Mapping[tuple[str, date], str]
"""Through whose hands a changed number went, by path and first day."""


@dataclass(frozen=True)
class Section:
    """The numbers of one topic."""

    title: str
    table: Table


@dataclass(frozen=True)
class Search:
    """What a page of the law is asked for: the day, and words that must occur."""

    day: date
    words: str

    @property
    def tail(self) -> str:
        """The day as the tail of a link."""
        return f"?{urlencode({'on': self.day.isoformat()})}"

    def finds(self, *among: str) -> bool:
        """Whether the words occur in one of these texts."""
        return any(self.words.casefold() in one.casefold() for one in among)


def standards(request: HttpRequest) -> HttpResponse:
    """The numbers of a day."""
    asked = asked_search(request)
    rows = [row for row in pack_in_county().on(asked.day).rows.values() if asked.finds(row.zh, row.path, row.source)]
    shown = {
        "asked": asked,
        "tabs": tabs(request, "standards", asked.tail),
        "is_today": asked.day == today_in_county(),
        "sections": _sections(rows, asked),
        "found": len(rows),
        "unverified": sum(not row.is_verified for row in rows),
    }
    return render(request, "web/standards.html", shown)


def asked_search(request: HttpRequest) -> Search:
    """The day and the words of the address. Raises BadQuestion."""
    words = request.GET.get("q", "").strip()
    if len(words) > LONGEST:
        raise BadQuestion(_("要找的字太多，最多 %(most)s 个") % {"most": LONGEST})
    return Search(asked_day(request, "on", today_in_county()), words)


def _sections(rows: Sequence[Row], asked: Search) -> list[Section]:
    through = hands()
    by_topic = {topic: [row for row in rows if topic_of(row.path) == topic] for topic in topics()}
    return [
        Section(topic, Table(row_heads(_("项目")), [_line(row, asked, through) for row in found], caption=topic))
        for topic, found in by_topic.items()
        if found
    ]


def row_heads(first: str) -> list[Head]:
    """Heads of a table of numbers."""
    return heads(first, "#" + _("数值"), "!" + _("起"), "!" + _("止"), _("依据"), "!" + _("核对"), "!" + _("哪一级"))


def _line(row: Row, asked: Search, through: Hands) -> list[Cell]:
    return [Cell(row.zh, reverse("standard", args=[row.path]) + asked.tail), *row_cells(row, through)]


def row_cells(row: Row, through: Hands) -> list[Cell]:
    """A number: value, days, document and who approved it, whether it was checked, whose it is."""
    by = through.get((row.path, row.since), "")
    source = _("%(source)s（%(by)s）") % {"source": row.source, "by": by} if by else row.source
    return [
        Cell(amount_words(row.value, row.unit)), day(row.since), Cell(str(row.until or "")), text(source),
        checked(row), Cell(level_of(row)),
    ]  # fmt: skip


def checked(row: Row) -> Cell:
    """Whether the number was compared with its document."""
    return Cell(_("已核对原文"), tone="ok") if row.is_verified else Cell(_("演示参数，未核"), tone="warn")
