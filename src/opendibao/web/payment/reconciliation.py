"""对账: what was sent is what was answered, each term opens its rows; our ledger, finance and the bank side by side."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.payment.reconciliation import ExceptionRow, Reconciliation, exceptions, reconciliation
from opendibao.payment.three_way import ThreeWay, three_way
from opendibao.web.access import PAYERS, may
from opendibao.web.act_fields import Label
from opendibao.web.labels import EXCEPTIONS, RUNS
from opendibao.web.payment.bucket_words import BESIDE, NONE_YET, TERMS
from opendibao.web.payment.closing_act import step_to_close
from opendibao.web.payment.run_asked import month_said, run_asked, way
from opendibao.web.payment.run_files import files_part
from opendibao.web.tables import Cell, Crumb, Table, count, heads, money, more


@dataclass(frozen=True)
class Part:
    """A term of the equation: what it is, how many lines and fen, and where its rows are."""

    words: str
    tone: str
    lines: int
    fen: int
    href: str


# what each line of the comparison is held against, and where that is entered
ENTERED = {"voucher": "vouchers", "in": "statement", "out": "statement", "back": "statement"}
# shorter than on paper, where the sentence has room: what “已付” holds stands below the table
COMPARED: dict[str, Label] = {
    "voucher": gettext_lazy("送银行与财政凭证"), "in": gettext_lazy("送银行与拨入"),
    "out": gettext_lazy("已付与付出"), "back": gettext_lazy("退回与退回入账"),
}  # fmt: skip


def reconciled(request: HttpRequest, month: str) -> HttpResponse:
    """The page."""
    run = run_asked(month)
    seen, sides = reconciliation(run.pk), three_way(run.pk)
    open_now = exceptions(run_id=run.pk, is_open=True)
    waiting = sum(not row.resolution for row in open_now)
    shown = {
        "run": run, "state": RUNS[run.state], "equation": seen, "sent": _part(month, "sent", "", "", seen),
        "parts": [_part(month, key, words, tone, seen) for key, (words, tone) in TERMS.items()],
        "beside": [_part(month, key, words, "", seen) for key, words in BESIDE.items()],
        "sides": sides, "three": _three(month, sides), "exceptions": _kinds(month, open_now), "open": len(open_now),
        "waiting": waiting, "decides": bool(open_now) and may(request, PAYERS),
        "files": files_part(request, month, run), "close": step_to_close(request, month, run),
        "crumbs": [*way(month), Crumb(_("对账"))], "month": month_said(run.month),
    }  # fmt: skip
    return render(request, "web/reconciliation.html", shown)


def _part(month: str, key: str, words: object, tone: str, seen: Reconciliation) -> Part:
    bucket = getattr(seen, key)
    href = reverse("reconciliation-rows", args=[month, key]) if bucket.lines else ""
    return Part(str(words), tone if bucket.lines else "", bucket.lines, bucket.fen, href)


def _three(month: str, sides: ThreeWay) -> Table:
    """Line by line: ours, theirs, the difference; theirs opens where it comes from."""
    has = {"voucher": sides.has_vouchers, "in": sides.has_statement}
    rows = []
    for row in sides.rows:
        href = reverse(ENTERED[row.key], args=[month])
        told = has.get(row.key, sides.has_statement)
        rows.append([
            Cell(str(COMPARED[row.key])), money(row.ledger_fen), Cell(row.other, href),
            money(row.other_fen, href) if told else Cell(_("还没有"), href),
            _difference(row.difference) if told else Cell(_("等登记"), tone="warn"),
        ])  # fmt: skip
    named = heads(_("核什么"), "#" + _("台账（元）"), _("另一方"), "#" + _("另一方（元）"), _("差额（元）"))
    return Table(named, rows, caption=_("三方核对"))


def _difference(fen: int) -> Cell:
    return Cell(more(fen).text, tone="bad") if fen else Cell(_("相等"), tone="ok")


def _kinds(month: str, open_now: Sequence[ExceptionRow]) -> Table:
    """How many of each kind are open, and how many of them nobody answers for."""
    every, waiting = Counter(row.kind for row in open_now), Counter(row.kind for row in open_now if not row.resolution)
    fen: Counter[str] = Counter()
    for row in open_now:
        fen[row.kind] += row.fen
    page = reverse("run-exceptions", args=[month])
    rows = [
        [Cell(words, f"{page}?kind={kind}"), count(every[kind]), money(fen[kind]),
         Cell(_("%(n)s 项待定") % {"n": waiting[kind]}, tone="warn") if waiting[kind] else Cell(_("都已定"), tone="ok")]
        for kind, words in EXCEPTIONS.items() if every[kind]
    ]  # fmt: skip
    return Table(
        heads(_("差异"), "#" + _("项"), "#" + _("元"), _("责任人和处理决定")), rows, caption=_("对账差异"),
        nothing=_("没有待了结的差异"), empty=str(NONE_YET),
    )  # fmt: skip
