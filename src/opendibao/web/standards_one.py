"""一个数的沿革: all values of one number over time, who drafted and approved them, and which rules read it."""

from dataclasses import replace
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.policy.pack import Pack, Row
from opendibao.rulemaking.actions import FROM_ABOVE
from opendibao.rulemaking.queries import changes
from opendibao.web.access import RULERS, may
from opendibao.web.context import today_in_county
from opendibao.web.rules_words import readers_of
from opendibao.web.standards import row_cells, row_heads
from opendibao.web.standards_changes import changes_table, hands
from opendibao.web.standards_law import amount_words, asked_day, pack_in_county, plan_on
from opendibao.web.tables import Cell, Crumb, Table, heads


def standard(request: HttpRequest, path: str) -> HttpResponse:
    """One number; 404 where the county has none of this path."""
    day, pack = asked_day(request, "on", today_in_county()), pack_in_county()
    rows = rows_of(pack, path)
    if not rows:
        raise Http404(f"没有“{path}”这个数")
    now = pack.find(path, day)
    shown = {
        "path": path,
        "zh": rows[0].zh,
        "day": day,
        "now": now,
        "value": amount_words(now.value, now.unit) if now else "",
        "history": _history(rows, now, day),
        "readers": _readers(path, day),
        "changes": changes_table(changes(path=path)),
        "may_draft": is_of_the_county(rows[0]) and may(request, RULERS),
        "crumbs": [Crumb(_("规则与标准"), reverse("standards") + f"?on={day}"), Crumb(rows[0].zh)],
    }
    return render(request, "web/standard.html", shown)


def rows_of(pack: Pack, path: str) -> list[Row]:
    """All rows of a number, the nearest division's first, each division's latest first."""
    return [row for level in pack.levels for row in reversed(level.get(path, ()))]


def is_of_the_county(row: Row) -> bool:
    """Whether a county may change it: the procedure and its deadlines come from above."""
    return row.unit != "word" and row.path.split(".")[0] not in FROM_ABOVE


def _history(rows: list[Row], now: Row | None, day: date) -> Table:
    through = hands()
    lines = [
        [_when(row, now, day), *row_cells(replace(row, until=_last_day(row, rows)), through)]
        for row in rows
    ]  # fmt: skip
    return Table(row_heads(_("这一天")), lines, caption=_("各个时期的数值"))


def _when(row: Row, now: Row | None, day: date) -> Cell:
    """How a row stands to the day."""
    if row is now:
        return Cell(_("现行"), tone="ok")
    return Cell(_("还没到") if row.since > day else _("不再用"))


def _last_day(row: Row, rows: list[Row]) -> date | None:
    """The day it ends, or the day before the same division's next number begins."""
    later = [one.since - timedelta(days=1) for one in rows if one.division == row.division and one.since > row.since]
    return min([*later, row.until] if row.until else later, default=None)


def _readers(path: str, day: date) -> Table:
    rows = [
        [Cell(rule.zh, reverse("rule", args=[rule.entity, rule.name]) + f"?on={day}"), Cell(rule.clause)]
        for rule in readers_of(plan_on(day), path)
    ]
    return Table(heads(_("规则"), _("依据")), rows, caption=_("哪些规则用到它"))
