"""追缴的一笔: its months, what lowered it, the letters, what can be done; and the letters of every change."""

from collections.abc import Callable, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.audit.actions import record_view
from opendibao.kernel.month import month_text
from opendibao.payment import change_letters
from opendibao.payment.limits import change_limits
from opendibao.payment.recovery_queries import (
    ReceivableRow,
    movements,
    orders,
    receivable_months,
    receivables,
    suspensions,
    waivers,
)
from opendibao.payment.refusal import PaymentRefused
from opendibao.web.access import PAYERS, may
from opendibao.web.clock import now_in_county
from opendibao.web.context import today_in_county
from opendibao.web.labels import MOVED, RETURN_WAYS
from opendibao.web.payment.change_acts import changes_way
from opendibao.web.payment.change_words import outcome
from opendibao.web.tables import Cell, Crumb, Table, day, heads, money, text

# a matter: its letter, and whose it is (household number and division)
LETTERS: dict[str, tuple[Callable[[int], str], Callable[[int], list[tuple[str, str]]]]] = {
    "order": (
        change_letters.order_letter,
        lambda number: [(row.household, row.division) for row in orders(order_id=number)],
    ),
    "suspension": (
        change_letters.suspension_letter,
        lambda number: [(row.household, row.division) for row in suspensions(suspension_id=number)],
    ),
    "receivable": (
        change_letters.claim_letter,
        lambda number: [(row.household, row.division) for row in receivables(receivable_id=number)],
    ),
    "waiver": (
        change_letters.waiver_letter,
        lambda number: [(row.household, row.division) for row in waivers(waiver_id=number)],
    ),
}


def receivable(request: HttpRequest, receivable_id: int) -> HttpResponse:
    """One receivable: its months, what lowered it, its letters, and what can be done.

    Raises Http404 where there is none.
    """
    row = next(iter(receivables(receivable_id=receivable_id)), None)
    if row is None:
        raise Http404(f"没有追缴 {receivable_id}，或不在本人可见的区划内")
    record_view(row.household, row.division, "追缴", at=now_in_county())
    shown = {
        "row": row, "outcome": outcome(row.outcome), "way": RETURN_WAYS[row.way], "months": _months(row),
        "moved": _moved(row), "acts": _acts(request, row), "letters": _letters(row),
        "letter": change_letters.claim_letter(row.id).splitlines()[1:] if row.outcome == "approved" else [],
        "limits": change_limits(today_in_county()), "crumbs": [*changes_way(), Crumb(row.household)],
    }  # fmt: skip
    return render(request, "web/receivable.html", shown)


def _acts(request: HttpRequest, row: ReceivableRow) -> Sequence[Crumb]:
    if not may(request, PAYERS):
        return []
    steps = {"": {"approve": _("批准追缴"), "refuse": _("不批准")}, "refused": {}, "approved": {}}
    if row.outcome == "approved" and row.left_fen > 0:
        steps["approved"] = {
            "cash": _("登记现金退回"),
            "way": _("约定退回方式"),
            "waive": _("申请困难减免"),
        }
    return [
        Crumb(words, reverse("settle-change", args=["receivable", row.id, step]))
        for step, words in steps[row.outcome].items()
    ]


def _letters(row: ReceivableRow) -> list[Crumb]:
    """What is printed for the family."""
    found = [Crumb(_("退回通知书"), reverse("change-letter", args=["receivable", row.id]))]
    found += [
        Crumb(_("减免告知书"), reverse("change-letter", args=["waiver", one.id]))
        for one in waivers(row.id) if one.outcome == "approved"
    ]  # fmt: skip
    return found if row.outcome == "approved" else []


def _months(row: ReceivableRow) -> Table:
    months = receivable_months(row.id)
    paid, due = sum(m.paid_fen for m in months), sum(m.due_fen for m in months)
    rows = [[text(month_text(m.month)), money(m.paid_fen), money(m.due_fen), money(m.fen)] for m in months]
    return Table(
        heads("!" + _("月份"), "#" + _("已发"), "#" + _("应发"), "#" + _("多发")), rows,
        [Cell(_("合计")), money(paid), money(due), money(row.fen)],
        caption=_("各月多发的金额（元）"),
    )  # fmt: skip


def _moved(row: ReceivableRow) -> Table:
    rows = [
        [day(m.on_day), text(MOVED[m.kind]), money(m.fen), text(m.words), text(m.officer)] for m in movements(row.id)
    ]
    return Table(
        heads("!" + _("日期"), _("种类"), "#" + _("金额（元）"), _("收据、批次或理由"), _("办理人")), rows,
        caption=_("退回、抵扣和减免"), nothing=_("还没有退回"), empty=_("退回、抵扣或者减免以后列在这里。"),
    )  # fmt: skip


def change_letter(request: HttpRequest, matter: str, matter_id: int) -> HttpResponse:
    """The letter of a change, printed for the family. Raises Http404 where there is none, or it is not approved."""
    if matter not in LETTERS:
        raise Http404(f"没有“{matter}”的告知书")
    write, whose = LETTERS[matter]
    found = next(iter(whose(matter_id)), None)
    if found is None:
        raise Http404(f"没有{matter} {matter_id}，或不在本人可见的区划内")
    household, division = found
    try:
        lines = write(matter_id).splitlines()
    except PaymentRefused as refusal:
        raise Http404(str(refusal)) from None
    record_view(household, division, "变动告知书", at=now_in_county())
    shown = {
        "title": lines[0], "lines": lines[1:], "household": household,
        "crumbs": [*changes_way(), Crumb(household, reverse("household", args=[household])), Crumb(lines[0])],
    }  # fmt: skip
    return render(request, "web/change_letter.html", shown)
