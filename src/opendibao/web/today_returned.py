"""退回和差异的待办: accounts to be put right in the townships, and differences nobody in the county answers for."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.kernel.duties import Duty
from opendibao.kernel.money import yuan_text
from opendibao.kernel.month import month_text
from opendibao.payment import returned_list as payment
from opendibao.payment.reasons import reason_of
from opendibao.web.payment.run_asked import exceptions
from opendibao.web.remembering import EVERYTHING, remembered
from opendibao.web.today_task import Task

returned_list = remembered(EVERYTHING)(payment.returned_list)


def returned(today: date) -> Iterator[Task]:
    """Money the bank sent back: the township puts the account right, then it goes with the next run by itself."""
    for row in returned_list(today, since=today):
        if row.state not in ("account", "joins"):
            continue
        waits = row.state == "joins"
        said = {"month": row.month.month, "reason": reason_of(row.reason).zh}
        yield Task(
            _("%(month)s 月退回 · %(reason)s") % said, _("账户已更正") if waits else _("核对账户"),
            Duty.PAY if waits else Duty.ACCEPT, row.division, reverse("returns"), household_id=row.household_id,
            since=row.sent_on, tag=_("%(yuan)s 元") % {"yuan": yuan_text(row.fen, grouped=True)},
            waits_for=_("下批补发") if waits else "", form="" if waits else "correct-account",
        )  # fmt: skip


def differences(today: date) -> Iterator[Task]:
    """What does not agree after the bank's answer and has nobody who answers for it, month by month."""
    waiting = [row for row in exceptions(is_open=True) if not row.resolution]
    first = {row.month: min(one.found_on for one in waiting if one.month == row.month) for row in waiting}
    for month, number in sorted(Counter(row.month for row in waiting).items()):
        page = reverse("reconciliation", args=[month_text(month)])
        yield Task(
            _("%(month)s 月对账差异") % {"month": month.month}, _("定责任人和办法"), Duty.PAY,
            settings.OPENDIBAO_COUNTY, page, _("%(n)s 项") % {"n": f"{number:,}"}, since=first[month],
            form=reverse("decide-exceptions", args=[month_text(month)]),
        )  # fmt: skip
