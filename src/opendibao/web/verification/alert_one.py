"""一条预警: what was found and where it was read, the household, the rules' effect, what was done, and four keys."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.audit.actions import record_view
from opendibao.registry.queries import cards
from opendibao.verification.rematch.queries import AlertRow, alert_of, alerts_of, evidence_of, steps_of
from opendibao.verification.rematch.reasons import reason_zh
from opendibao.web.access import may
from opendibao.web.clock import now_in_county, today_in_county
from opendibao.web.labels import DEPARTMENTS
from opendibao.web.places import places
from opendibao.web.tables import Cell, Crumb, Table, day, heads, text
from opendibao.web.verification.alert_evidence import grounds
from opendibao.web.verification.alerts_words import (
    ALERT_KINDS,
    ALERT_STATES,
    DECIDERS,
    LOOKERS,
    OPENERS,
    SETTLERS,
    STATE_TONES,
    UNDOERS,
    effect_words,
)

LOOKED = ("explained", "visited")
HASH = 12


@dataclass(frozen=True)
class Key:
    """A key of the page: what it does, and the form it opens."""

    key: str
    words: str
    href: str


def known_alert(alert_id: int) -> AlertRow:
    """The warning; Http404 where there is none in sight."""
    row = alert_of(alert_id)
    if row is None:
        raise Http404(f"没有预警 {alert_id}")
    return row


def way_to(row: AlertRow) -> list[Crumb]:
    """The way to a warning's page."""
    return [
        Crumb(_("预警清单"), reverse("alerts")),
        Crumb(f"{ALERT_KINDS[row.kind]} {row.person}", reverse("alert", args=[row.id])),
    ]


def one_alert(request: HttpRequest, alert_id: int) -> HttpResponse:
    """A warning with all that is known about it."""
    row = known_alert(alert_id)
    record_view(f"家庭 {row.household}", row.division, "预警", at=now_in_county())
    card = cards([row.household_id]).get(row.household_id)
    return render(request, "web/alert.html", {
        "row": row, "kind": ALERT_KINDS[row.kind], "state": ALERT_STATES[row.state],
        "tone": STATE_TONES.get(row.state, ""),
        "source": DEPARTMENTS.get(row.source, row.source), "effect": effect_words(row), "hash": row.sha256[:HASH],
        "place": places().full(row.division), "head": card.head if card else row.household,
        "is_overdue": row.is_overdue(today_in_county()),
        "reason": reason_zh(row.reason_code) if row.reason_code else "",
        "keys": list(_keys(request, row)), "undo": _may_undo(request, row), "turn": _turn(row),
        "grounds": grounds(evidence_of(row.link_id)),
        "steps": _steps(row), "others": _others(row),
        "may_open": row.state == "confirmed" and row.case_id is None and may(request, OPENERS),
        "crumbs": [Crumb(_("预警清单"), reverse("alerts")), Crumb(f"{ALERT_KINDS[row.kind]} {row.person}")],
    })  # fmt: skip


def _keys(request: HttpRequest, row: AlertRow) -> Iterator[Key]:
    """What the viewer may do with it now; 1 to 4 on the keyboard."""
    if not row.is_waiting:
        return
    if may(request, DECIDERS) and row.state in LOOKED:
        yield Key("1", _("属实"), reverse("settle-alert", args=[row.id, "true"]))
        yield Key("2", _("不属实"), reverse("settle-alert", args=[row.id, "false"]))
        yield Key("3", _("退回再查"), reverse("return-alert", args=[row.id]))
    elif may(request, LOOKERS):
        if row.state in ("open", "visited"):
            yield Key("1", _("登记说明"), reverse("explain-alert", args=[row.id]))
        if row.state != "visited":
            yield Key("2", _("登记入户"), reverse("visit-alert", args=[row.id]))
    if may(request, SETTLERS):
        yield Key("4", _("不是本人"), reverse("alert-of-another", args=[row.id]))


def _may_undo(request: HttpRequest, row: AlertRow) -> bool:
    """Whether the last step is the viewer's own and may be taken back."""
    name = request.viewer.name  # type: ignore[attr-defined]
    own = row.looked_by if row.state in LOOKED else row.settled_by
    return may(request, UNDOERS) and row.case_id is None and row.state not in ("open", "ended") and own == name


def _turn(row: AlertRow) -> str:
    """Whose turn it is, in words."""
    if row.state == "open":
        return _("等乡镇听家庭说明或者入户核实")
    if row.state in LOOKED:
        return _("等县局处置；处置的人不能是核实的人")
    if row.state == "confirmed" and row.case_id is None:
        return _("等乡镇立复核案件；发放前核对会建议暂缓，暂缓不暂缓由发放的人定")
    return ""


def _steps(row: AlertRow) -> Table:
    made = [
        [day(step.done_on), text(_("撤回为“%(state)s”") % {"state": ALERT_STATES[step.came_to]} if step.is_undo
                                 else ALERT_STATES[step.came_to]),
         text(_("、").join(name for name in (step.officer, step.companion) if name)),
         text(reason_zh(step.reason_code) if step.reason_code else ""), text(step.words)]
        for step in steps_of(row.id)
    ]  # fmt: skip
    named = heads("!" + _("日期"), "!" + _("办理"), "!" + _("谁"), _("理由"), _("说明"))
    return Table(
        named, made, caption=_("办理经过"), nothing=_("还没有人办理"),
        empty=_("听了说明、入了户、作了处置，都会记在这里。"),
    )  # fmt: skip


def _others(row: AlertRow) -> Table | None:
    """Other warnings about the same family."""
    rows = [other for other in alerts_of(row.household_id) if other.id != row.id]
    if not rows:
        return None
    made = [
        [Cell(ALERT_KINDS[other.kind], reverse("alert", args=[other.id])), text(other.person), day(other.found_on),
         Cell(ALERT_STATES[other.state], tone=STATE_TONES.get(other.state, ""))]
        for other in rows
    ]  # fmt: skip
    return Table(heads(_("预警"), _("谁"), "!" + _("发现"), _("状态")), made, caption=_("这一家的其他预警"))
