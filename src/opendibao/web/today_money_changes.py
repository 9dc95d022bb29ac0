"""变动待办: what waits for another officer's approval, what is not given back by its day, who is suspended for long."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.audit.session import current_session
from opendibao.kernel.duties import Duty
from opendibao.kernel.money import yuan_text
from opendibao.kernel.month import month_text
from opendibao.payment import change_waiting
from opendibao.payment.change_waiting import ChangeTask
from opendibao.web.labels import LINES
from opendibao.web.remembering import EVERYTHING, remembered
from opendibao.web.today_task import Task

change_tasks = remembered(EVERYTHING)(change_waiting.change_tasks)
LATE = {
    "due": (gettext_lazy("追缴逾期没有退清"), gettext_lazy("联系家庭，或申请减免")),
    "instalment": (gettext_lazy("分月退回的这一期没有退"), gettext_lazy("联系家庭")),
    "no_money": (gettext_lazy("约定抵扣，但已经不发保障金"), gettext_lazy("改约现金退回")),
}


def money_changes_to_do(today: date) -> Iterator[Task]:
    """Approvals by another officer of payment, waivers for finance, money that is late, suspensions that last."""
    for row in change_tasks(today):
        if row.matter == "late":
            yield _late(row)
        elif row.matter == "long":
            yield _long(row)
        elif row.matter == "forgotten":
            yield _forgotten(row)
        else:
            yield _approval(row)


def _yuan(fen: int) -> str:
    return _("%(yuan)s 元") % {"yuan": yuan_text(fen, grouped=True)}


def _form(matter: str, number: int, step: str) -> str:
    return reverse("settle-change", args=[matter, number, step])


def _approval(row: ChangeTask) -> Task:
    """Whoever asked waits for somebody else."""
    page = reverse("receivable", args=[row.id]) if row.matter == "receivable" else reverse("money-changes")
    subject = _("%(n)s 户") % {"n": f"{row.households:,}"} if row.households > 1 else ""
    return Task(
        _what(row), _("财政审批") if row.matter == "waiver" else _("核对后批准"),
        Duty.FINANCE if row.matter == "waiver" else Duty.PAY, row.division or settings.OPENDIBAO_COUNTY, page, subject,
        household_id=row.household_id, since=row.since, tag=_yuan(row.fen) if row.fen else row.words,
        waits_for=_("另一人批准") if row.made_by == current_session().officer else "",
        form=_form(row.matter, row.id, "approve"),
    )  # fmt: skip


def _what(row: ChangeTask) -> str:
    if row.matter == "order":
        return _("批准%(kind)s") % {"kind": LINES[row.what]}
    if row.matter == "suspension" and row.month:
        return _("批准暂停发放：%(month)s 起") % {"month": month_text(row.month)}
    return _("审批困难减免") if row.matter == "waiver" else _("批准追缴")


def _late(row: ChangeTask) -> Task:
    what, act = LATE[row.what]
    return Task(
        str(what), str(act), Duty.PAY, row.division, reverse("receivable", args=[row.id]),
        household_id=row.household_id, due=row.due_on, tag=_yuan(row.fen),
        form=_form("receivable", row.id, "way") if row.what == "no_money" else "",
    )  # fmt: skip


def _forgotten(row: ChangeTask) -> Task:
    """No family loses a month in silence: a late decision, or a list that passed it over."""
    page = reverse("forgotten-months")
    return Task(
        _("有家庭当月没有列入名册"), _("逐户提出补发"), Duty.PAY, settings.OPENDIBAO_COUNTY, page,
        _("%(n)s 户") % {"n": f"{row.households:,}"}, since=row.month, tag=_yuan(row.fen), form=page,
    )  # fmt: skip


def _long(row: ChangeTask) -> Task:
    since = month_text(row.month) if row.month else ""
    return Task(
        _("从 %(month)s 起一直暂停发放") % {"month": since}, _("恢复或作决定"), Duty.PAY, row.division,
        reverse("money-changes"), household_id=row.household_id, since=row.since, tag=row.words,
        form=_form("suspension", row.id, "lift"),
    )  # fmt: skip
