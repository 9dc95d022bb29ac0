"""是否以外的待办: families to be recognised or looked at again, referrals without an answer, inquiries that run."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.decision.beyond_queries import BesideWaiting, beside_waiting, inquiries
from opendibao.kernel.duties import Duty
from opendibao.web.labels import INQUIRY_FINDINGS, OUTCOMES, REFERRAL_KINDS
from opendibao.web.today_task import Task


def beside_cases(today: date) -> Iterator[Task]:
    """Families to be recognised as low-income or looked at again, and referrals whose office has not answered."""
    for row in beside_waiting(today):
        yield _referral(row) if row.what == "referral" else _low_income(row)


def _low_income(row: BesideWaiting) -> Task:
    is_new, kind = row.what == "recognise", {"kind": OUTCOMES[row.kind]}
    return Task(
        (_("认定%(kind)s") if is_new else _("复查%(kind)s")) % kind, _("认定并写告知书") if is_new else _("登记复查"),
        Duty.CONFIRM, row.division, household_id=row.household_id, since=row.since, due=row.due, tag=row.tag,
        form=reverse("recognise-low-income" if is_new else "recheck-low-income", args=[row.id]),
    )  # fmt: skip


def _referral(row: BesideWaiting) -> Task:
    return Task(
        _("催办转介：%(kind)s") % {"kind": REFERRAL_KINDS[row.kind]}, _("催办或登记结果"), Duty.ACCEPT, row.division,
        reverse("referral", args=[row.id]), household_id=row.household_id, due=row.due, since=row.since, tag=row.tag,
        form=reverse("close-referral", args=[row.id]),
    )  # fmt: skip


def inquiries_open(today: date) -> Iterator[Task]:
    """Decisions found wrong that are being looked into."""
    for row in inquiries("open", limit=None):
        yield Task(
            _("问责核查：%(finding)s") % {"finding": INQUIRY_FINDINGS[row.finding]}, _("查清办结"), Duty.CONFIRM,
            row.division, reverse("inquiry", args=[row.id]), household_id=row.household_id, due=row.due_on,
            since=row.opened_on, tag=row.decision, form=reverse("close-inquiry", args=[row.id]),
        )  # fmt: skip
