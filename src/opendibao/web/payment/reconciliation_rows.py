"""对账明细: the payments of one term: what was sent, what the bank says, what to do, what the family is told."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.payment.reasons import reason_of
from opendibao.payment.reconciliation import BucketRow, bucket_rows, reconciliation
from opendibao.registry.telephones import telephones
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.payment.bucket_words import BESIDE, SAID, TERMS, bucket_name
from opendibao.web.payment.run_asked import run_asked, way
from opendibao.web.places import Places, places
from opendibao.web.tables import Cell, Choice, Choices, Crumb, Head, ListPage, Table, blanks, day, heads, money, text

BUCKETS = ("sent", *TERMS, *BESIDE)


def reconciliation_rows(request: HttpRequest, month: str, bucket: str) -> HttpResponse:
    """The rows of one term."""
    run = run_asked(month)
    if bucket not in BUCKETS:
        raise Http404(f"对账里没有“{bucket}”这一项")
    seen = reconciliation(run.pk)
    term = getattr(seen, bucket)
    found, words = pager(request, term.lines), bucket_name(bucket)
    listed, names = bucket_rows(run.pk, bucket, limit=ROWS_A_PAGE, offset=found.offset), places()
    called = telephones([row.household_id for row in listed if row.household_id]) if bucket == "returned" else {}
    rows = [[*_who(row, names), *_money(row, bucket), *_said(row, bucket, called)] for row in listed]
    columns = _columns(bucket)
    table = Table(
        columns, rows, [Cell(_("合计 %(n)s 笔") % {"n": f"{term.lines:,}"}), *blanks(3), money(term.fen),
                        *blanks(len(columns) - 5)],
        caption=words, nothing=_("这一项没有"), empty=str(SAID[bucket]),
    )  # fmt: skip
    page = ListPage(
        _("%(month)s 对账：%(what)s") % {"month": month, "what": words}, str(SAID[bucket]), table,
        [*way(month), Crumb(_("对账"), reverse("reconciliation", args=[month])), Crumb(words)],
        [_choices(month, bucket)],
    )  # fmt: skip
    return render(request, "web/rows.html", {"page": page, "pager": found})


def _choices(month: str, current: str) -> Choices:
    return Choices(_("看哪一项"), [
        Choice(bucket_name(each), reverse("reconciliation-rows", args=[month, each]), each == current)
        for each in BUCKETS
    ])  # fmt: skip


def _columns(bucket: str) -> Sequence[Head]:
    own = [_("家庭"), _("村社区"), "!" + _("发放月"), "!" + _("账号"), "#" + _("金额（元）")]
    if bucket == "returned":
        return heads(*own, _("退回原因"), _("怎么办"), _("对家庭说"), "!" + _("电话"))
    return heads(*own, "#" + _("银行所报（元）"), "!" + _("到账"), _("银行说明"))


def _who(row: BucketRow, names: Places) -> list[Cell]:
    if not row.household:  # not ours: only its number is known
        return [text(row.e2e), text(""), text(""), text("")]
    return [
        Cell(row.head or row.household, reverse("household", args=[row.household])), text(names.full(row.division)),
        text(f"{row.month:%Y-%m}" if row.month else ""), text(row.account_masked),
    ]  # fmt: skip


def _money(row: BucketRow, bucket: str) -> list[Cell]:
    own = money(row.fen)
    if bucket == "returned":
        return [own]
    answered = Cell("—") if row.answered_fen is None else money(row.answered_fen)
    return [own, answered, day(row.booked_on)]


def _said(row: BucketRow, bucket: str, called: dict[int, str]) -> list[Cell]:
    if bucket != "returned":
        return [text(row.reason)]
    meant, phone = reason_of(row.reason), called.get(row.household_id or 0, "")
    dialled = "".join(sign for sign in phone if sign.isdigit() or sign == "+")
    return [text(meant.zh), text(meant.clerk), text(meant.family), Cell(phone, f"tel:{dialled}") if phone else text("")]
