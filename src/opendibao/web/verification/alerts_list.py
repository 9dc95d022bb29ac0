"""预警清单: warnings about families covered, the grave and dear first, with clocks and each township's load."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.audit.actions import record_view
from opendibao.kernel.ids import is_division, part_width, reach_of
from opendibao.kernel.month import NotAMonth, month_text, parse_month
from opendibao.verification.rematch.queries import AlertQuestion, AlertRow, alerts, alerts_count, loads
from opendibao.web.access import may
from opendibao.web.asking import BadQuestion
from opendibao.web.clock import now_in_county, today_in_county
from opendibao.web.labels import DEPARTMENTS
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.places import places
from opendibao.web.table_files import table_file
from opendibao.web.tables import Cell, Choice, Choices, Crumb, ListPage, Table, count, day, heads, household, text
from opendibao.web.verification.alerts_words import (
    ALERT_KINDS,
    ALERT_STATES,
    RUN_READERS,
    STATE_TONES,
    effect_words,
    rate_words,
)
from opendibao.web.verification.match_tabs import match_tabs
from opendibao.web.viewing import Viewer

WAITING, ALL = "waiting", "all"
OVERDUE, SETTLED = "overdue", "settled"
CONFIRMED = "confirmed"


@dataclass(frozen=True)
class Asked:
    """What the address asks for: place, kind, standing, month of finding ("" and None: all)."""

    division: str
    kind: str
    standing: str
    month: date | None

    def but(self, **changes: str) -> str:
        """The same question with some parts changed, as the tail of a link."""
        parts = {
            "division": self.division, "kind": self.kind, "standing": self.standing,
            "month": month_text(self.month) if self.month else "",
        }  # fmt: skip
        kept = {name: value for name, value in {**parts, **changes}.items() if value}
        return f"?{urlencode(kept)}" if kept else "?"


def alert_list(request: HttpRequest) -> HttpResponse:
    """The warnings that were asked for, page by page."""
    asked, today = _asked(request), today_in_county()
    question = _question(request, asked, today)
    found = pager(request, alerts_count(question))
    rows = alerts(question, limit=ROWS_A_PAGE, offset=found.offset)
    _seen(request, rows)
    page = ListPage(
        title=_("预警清单"), lead=_lead(question), table=_table(rows, today),
        crumbs=[Crumb(_("今日工作"), reverse("today")), Crumb(_("预警清单"))],
        choices=[match_tabs(request, "alerts"), _standings(asked), _kinds(asked)],
        breakdown=_breakdown(question, asked),
        acts=list(_acts(request, asked)),
        notes=[_("预警只是线索：不处置，钱照发；属实的，暂缓和调整也由人另行决定。按“严重程度×影响”排，重的在前。")],
    )  # fmt: skip
    return render(request, "web/rows.html", {"page": page, "pager": found})


def alert_file(request: HttpRequest) -> HttpResponse:
    """All that was asked for, as a workbook."""
    asked, today = _asked(request), today_in_county()
    rows = alerts(_question(request, asked, today))
    _seen(request, rows)
    return table_file(_("预警清单 %(day)s") % {"day": today}, _table(rows, today))


def _seen(request: HttpRequest, rows: Sequence[AlertRow]) -> None:
    if rows:
        viewer: Viewer = request.viewer  # type: ignore[attr-defined]
        record_view("预警清单", viewer.division, "预警清单", at=now_in_county())


def _asked(request: HttpRequest) -> Asked:
    parts = request.GET
    division, kind = parts.get("division", ""), parts.get("kind", "")
    standing, month = parts.get("standing", "" if parts.get("month") else WAITING), parts.get("month", "")
    if division and not is_division(division):
        raise BadQuestion(_("“%(text)s”不是区划代码，应为 12 位数字") % {"text": division})
    if kind and kind not in ALERT_KINDS:
        raise BadQuestion(_("没有“%(text)s”这种预警，请从页上的几种里选") % {"text": kind})
    if standing not in ("", ALL, WAITING, OVERDUE, SETTLED, *ALERT_STATES):
        raise BadQuestion(_("“%(text)s”不是预警状态，请从页上的几项里选") % {"text": standing})
    try:
        return Asked(division, kind, standing, parse_month(month) if month else None)
    except NotAMonth as refusal:
        raise BadQuestion(str(refusal)) from None


def _question(request: HttpRequest, asked: Asked, today: date) -> AlertQuestion:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    reach = reach_of(asked.division) if asked.division else viewer.reach
    standing = "" if asked.standing == ALL else asked.standing
    return AlertQuestion(reach, asked.kind, standing, asked.month, today)


def _lead(question: AlertQuestion) -> str:
    every = loads(replace(question, standing=""), 6)
    found, settled = sum(row.found for row in every), sum(row.settled for row in every)
    overdue = sum(row.overdue for row in every)
    said = _("共 %(found)s 条，待处置 %(waiting)s 条，其中逾期 %(overdue)s 条；处置率 %(rate)s。")
    return said % {
        "found": f"{found:,}", "waiting": f"{found - settled:,}", "overdue": f"{overdue:,}",
        "rate": rate_words(settled, found),
    }  # fmt: skip


def _standings(asked: Asked) -> Choices:
    named = {
        WAITING: _("待处置"), OVERDUE: _("逾期"), CONFIRMED: ALERT_STATES[CONFIRMED], SETTLED: _("已处置"),
        ALL: _("全部"),
    }  # fmt: skip
    now = asked.standing or ALL
    return Choices(_("看哪些"), [Choice(words, asked.but(standing=code), code == now) for code, words in named.items()])


def _kinds(asked: Asked) -> Choices:
    options = [Choice(_("各种"), asked.but(kind=""), not asked.kind)]
    options += [Choice(ALERT_KINDS[code], asked.but(kind=code), code == asked.kind) for code in ALERT_KINDS]
    return Choices(_("哪种预警"), options)


def _acts(request: HttpRequest, asked: Asked) -> Iterator[Crumb]:
    yield Crumb(_("导出 Excel"), reverse("alerts-file") + asked.but())
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if may(request, RUN_READERS) and viewer.sees_county:
        yield Crumb(_("全县复核比对"), reverse("rematches"))


def _table(rows: Sequence[AlertRow], today: date) -> Table:
    names = places()
    made = [
        [Cell(ALERT_KINDS[row.kind], reverse("alert", args=[row.id])), text(row.person), household(row.household),
         text(names.full(row.division)), text(_found(row)), text(effect_words(row)), _due(row, today),
         Cell(ALERT_STATES[row.state], tone=STATE_TONES.get(row.state, ""))]
        for row in rows
    ]  # fmt: skip
    named = heads(_("预警"), "!" + _("谁"), "!" + _("户编号"), _("村社区"), _("核到"), _("按规则的影响"),
                  "!" + _("期限"), "!" + _("状态"))  # fmt: skip
    return Table(
        named, made, caption=_("预警"), nothing=_("这里没有预警"),
        empty=_("全县复核比对发现的死亡、服刑、特困、新车、存款超限等，会列在这里等人核实。"),
    )  # fmt: skip


def _found(row: AlertRow) -> str:
    """Which department said what."""
    source = DEPARTMENTS.get(row.source, row.source)
    return _("%(source)s：%(words)s") % {"source": source, "words": row.words}


def _due(row: AlertRow, today: date) -> Cell:
    if row.is_overdue(today):
        return Cell(_("%(day)s 逾期") % {"day": row.due_on}, tone="bad")
    return day(row.due_on)


def _breakdown(question: AlertQuestion, asked: Asked) -> Table | None:
    """The load and rate of each part of the place."""
    width = part_width(asked.division or question.division.ljust(12, "0"))
    rows = loads(replace(question, standing=""), width)
    if not rows:
        return None
    names = places()
    made = [
        [Cell(names.names.get(code := row.place.ljust(12, "0"), code), asked.but(division=code)),
         count(row.found - row.settled), count(row.overdue), text(rate_words(row.settled, row.found))]
        for row in rows
    ]  # fmt: skip
    found, settled = sum(row.found for row in rows), sum(row.settled for row in rows)
    totals = [Cell(_("合计")), count(found - settled), count(sum(row.overdue for row in rows)),
              Cell(rate_words(settled, found))]  # fmt: skip
    named = heads(_("地方"), "#" + _("待处置"), "#" + _("逾期"), _("处置率"))
    return Table(named, made, totals, caption=_("各地的预警"))
