"""退回款清单: for the township clerk: whose money came back, why, what to do, and what to say on the telephone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.kernel.duties import Duty
from opendibao.payment.reasons import ReturnReason, reason_of
from opendibao.payment.returned_list import Returned, returned_list
from opendibao.registry.telephones import telephones
from opendibao.web.access import FILES, may
from opendibao.web.asking import BadQuestion
from opendibao.web.context import today_in_county
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.places import places
from opendibao.web.tables import Choice, Choices, Crumb

WAITING, AGAIN, ALL = "waiting", "again", "all"
STILL_SHOWN = timedelta(days=60)
# the state of a row: its words and tone
STATES = {
    "account": (gettext_lazy("等更正账户"), "warn"), "joins": (gettext_lazy("账户已更正，下批补发"), "info"),
    "again": (gettext_lazy("已再次送出"), "info"), "booked": (gettext_lazy("补发到账"), "ok"),
    "stopped": (gettext_lazy("不再发放，交县民政局处理"), "warn"),
}  # fmt: skip
RETURN_READERS = frozenset({Duty.ACCEPT, Duty.PAY, Duty.CONFIRM, Duty.FINANCE, Duty.AUDIT, Duty.OVERSEE})
"""Who follows returned money: the township that calls the family, the county that sends it again, who looks on."""
OPEN = ("account", "joins", "stopped")


@dataclass(frozen=True)
class Line:
    """A row: what came back, what its reason means, where the family is called, and what is done about it."""

    row: Returned
    place: str
    reason: ReturnReason
    phone: str
    words: str
    tone: str
    form: str

    @property
    def tel(self) -> str:
        """The number as a telephone dials it."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")


def returns(request: HttpRequest) -> HttpResponse:
    """The list, of the townships in the viewer's sight."""
    today, view = today_in_county(), request.GET.get("view", WAITING)
    if view not in (WAITING, AGAIN, ALL):
        raise BadQuestion(_("退回款没有“%(view)s”这一组，请从页面上方点开") % {"view": view})
    every = returned_list(today, since=today - STILL_SHOWN)
    chosen = [row for row in every if view == ALL or (row.state in OPEN) == (view == WAITING)]
    found = pager(request, len(chosen))
    shown = {
        "lines": _lines(request, chosen[found.offset : found.offset + ROWS_A_PAGE]), "pager": found, "view": view,
        "views": _views(view, every), "count": len(chosen), "fen": sum(row.fen for row in chosen),
        "waits": sum(row.state == "account" for row in every),
        "crumbs": [Crumb(_("发放批次"), reverse("pay-runs")), Crumb(_("退回款"))],
    }  # fmt: skip
    return render(request, "web/returns.html", shown)


def _views(current: str, every: Sequence[Returned]) -> Choices:
    waiting = sum(row.state in OPEN for row in every)
    counts = {WAITING: waiting, AGAIN: len(every) - waiting, ALL: len(every)}
    words = {WAITING: _("待办 %(n)s"), AGAIN: _("已补发 %(n)s"), ALL: _("全部 %(n)s")}
    return Choices(
        _("看哪些"), [Choice(words[view] % {"n": n}, f"?view={view}", view == current) for view, n in counts.items()]
    )


def _lines(request: HttpRequest, rows: Sequence[Returned]) -> list[Line]:
    names, phones = places(), telephones([row.household_id for row in rows])
    corrects = may(request, FILES)
    return [
        Line(
            row, names.full(row.division), reason_of(row.reason), phones.get(row.household_id, ""), *_standing(row),
            reverse("correct-account", args=[row.household]) if corrects and row.state == "account" else "",
        )
        for row in rows
    ]  # fmt: skip


def _standing(row: Returned) -> tuple[str, str]:
    words, tone = STATES[row.state]
    return str(words), tone
