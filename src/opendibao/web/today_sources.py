"""待办来源: the rows of every stage that wait for somebody, as things to do; one query a kind."""

from collections.abc import Callable, Iterator
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.decision.waiting import DEPARTMENTS, FAMILY, NOTICE, next_step, open_cases, outbox_waiting
from opendibao.intake.queries import waiting_leads
from opendibao.kernel.duties import READ_ONLY, Duty
from opendibao.kernel.money import yuan_text
from opendibao.kernel.month import add_months, last_day, month_of
from opendibao.outreach.queries import vacant_posts, waiting_tickets
from opendibao.reviews.queries import due
from opendibao.web.access import CASES, EVALUATION, MONEY, RULERS
from opendibao.web.counted import returned_waiting, unscheduled
from opendibao.web.labels import LEAD_SOURCES, REVIEW_CLASSES
from opendibao.web.today_changes import changes_waiting, numbers_ending
from opendibao.web.today_office import evaluation, machine, pay_run
from opendibao.web.today_receiving import receiving, rectifying
from opendibao.web.today_task import Task
from opendibao.web.viewing import Viewer

MONTHS_AHEAD = 2
# what a case needs next (decision.waiting): in words, the act, and whose turn it is
STEPS = {
    "accept": (gettext_lazy("审查申请材料"), gettext_lazy("受理或告知补正"), Duty.ACCEPT),
    "supplement": (gettext_lazy("等补正材料"), gettext_lazy("联系家庭"), Duty.ACCEPT),
    "consent": (gettext_lazy("缺授权签字"), gettext_lazy("请成年成员签字"), Duty.ACCEPT),
    "match": (gettext_lazy("核对结果未回"), gettext_lazy("催办核对"), Duty.ACCEPT),
    "hits": (gettext_lazy("核到的信息待处置"), gettext_lazy("逐条处置"), Duty.REVIEW),
    "survey": (gettext_lazy("入户调查"), gettext_lazy("两人入户"), Duty.SURVEY),
    "meeting": (gettext_lazy("民主评议"), gettext_lazy("组织评议"), Duty.REVIEW),
    "notice": (gettext_lazy("张贴公示"), gettext_lazy("打印张贴"), Duty.REVIEW),
    "objection": (gettext_lazy("公示异议"), gettext_lazy("核实异议"), Duty.REVIEW),
    "noticing": (gettext_lazy("公示中"), gettext_lazy("看公示"), Duty.REVIEW),
    "decide": (gettext_lazy("审核确认"), gettext_lazy("作出决定"), Duty.CONFIRM),
}
OUTSIDE = {FAMILY: gettext_lazy("家庭"), DEPARTMENTS: gettext_lazy("核对部门"), NOTICE: gettext_lazy("公示期"), "": ""}
REVIEWS = {"yearly": gettext_lazy("年度复核"), "halfyear": gettext_lazy("半年复核")}


def cases(today: date) -> Iterator[Task]:
    """Open cases with the clock that runs."""
    for case in open_cases():
        step = next_step(case, today)
        what, act, duty = STEPS[step.key]
        yield Task(
            str(what), str(act), duty, case.division, household_id=case.household_id, due=step.due, since=step.since,
            waits_for=str(OUTSIDE[step.waits_for]), tag=case.number,
        )  # fmt: skip


def reviews(today: date) -> Iterator[Task]:
    """Re-verifications that are due in this month or the next two; a review's window is its month."""
    words, act = {key: str(zh) for key, zh in REVIEWS.items()}, _("登记走访")  # said once, not for every household
    for row in due(upto=last_day(add_months(month_of(today), MONTHS_AHEAD))):
        yield Task(
            words[row.review_class], act, Duty.SURVEY, row.division, household_id=row.household_id,
            opens=month_of(row.due_on), due=row.due_on, tag=REVIEW_CLASSES[row.review_class], form="keep-review",
        )  # fmt: skip


def plan_of_reviews(today: date) -> Iterator[Task]:
    """The year's re-verifications must be laid down before its first month ends."""
    if number := unscheduled(today):
        yield Task(
            _("排 %(year)s 年定期复核") % {"year": today.year}, _("看没有排的家庭"), Duty.CONFIRM,
            settings.OPENDIBAO_COUNTY, reverse("unscheduled"), _("%(n)s 户") % {"n": f"{number:,}"},
            opens=date(today.year, 1, 1), due=date(today.year, 1, 31),
        )  # fmt: skip


def leads(today: date) -> Iterator[Task]:
    """Families somebody told of, whom nobody has visited."""
    for row in waiting_leads():
        yield Task(
            _("主动发现：%(summary)s") % {"summary": row.summary}, _("上门告知政策"), Duty.ACCEPT, row.division,
            reverse("leads"), _("线索 %(n)s") % {"n": row.id}, since=row.found_on, tag=LEAD_SOURCES[row.source],
            form=reverse("contact-lead", args=[row.id]),
        )  # fmt: skip


def tickets(today: date) -> Iterator[Task]:
    """Calls and letters that nobody has answered."""
    for row in waiting_tickets():
        yield Task(
            f"{row.kind}：{row.summary}", _("核实答复"), Duty.ACCEPT, row.division, reverse("hotline"), row.number,
            due=row.due_on, since=row.received_on, tag=_("实名") if row.is_named else "",
            form=reverse("answer-ticket", args=[row.number]),
        )  # fmt: skip


def returned(today: date) -> Iterator[Task]:
    """Money the bank sent back: first the account is corrected, then it is sent again."""
    for row in returned_waiting(today):
        act, duty = (_("补发"), Duty.PAY) if row.has_new_account else (_("核对账户"), Duty.ACCEPT)
        said = {"month": row.month.month, "reason": row.reason}
        yield Task(
            _("%(month)s 月退回 · %(reason)s") % said, act, duty, row.division, household_id=row.household_id,
            since=row.sent_on, tag=_("%(yuan)s 元") % {"yuan": yuan_text(row.fen, grouped=True)},
            form="" if row.has_new_account else "correct-account",
        )  # fmt: skip


def outbox(today: date) -> Iterator[Task]:
    """Decisions that the superior system has not taken: to be sent, sent back, or sent without a receipt."""
    for row in outbox_waiting():
        act = _("催回执") if row.sent_on else _("改正重报") if row.rejected_reason else _("上报")
        yield Task(
            _("上报决定 %(number)s") % {"number": row.decision}, act, Duty.CONFIRM, row.division, reverse("outbox"),
            household_id=row.household_id, due=row.due_on, since=row.sent_on or row.happened_on,
            waits_for=_("上级系统") if row.sent_on else "", tag=row.rejected_reason,
        )  # fmt: skip


def posts(today: date) -> Iterator[Task]:
    """Posts that nobody fills."""
    for row in vacant_posts():
        yield Task(
            _("岗位空缺"), _("安排到岗"), Duty.CONFIRM, row.division, reverse("posts"), row.title, due=row.due_on,
            since=row.needed_since,
        )  # fmt: skip


# who is shown which kind
SOURCES: tuple[tuple[frozenset[Duty], Callable[[date], Iterator[Task]]], ...] = (
    (CASES, cases),
    (CASES, reviews),
    (READ_ONLY | {Duty.CONFIRM}, plan_of_reviews),
    (CASES, leads),
    (CASES, tickets),
    (MONEY - {Duty.EVALUATE}, returned),
    (CASES, outbox),
    (READ_ONLY | {Duty.CONFIRM}, posts),
    (READ_ONLY | RULERS, changes_waiting),
    (READ_ONLY | RULERS, numbers_ending),
    (MONEY - {Duty.ACCEPT, Duty.EVALUATE}, pay_run),
    (EVALUATION - {Duty.FINANCE, Duty.CONFIRM, Duty.PAY}, evaluation),
    (frozenset({Duty.EVALUATE, Duty.FINANCE}), receiving),
    (frozenset({Duty.EVALUATE, Duty.CONFIRM}), rectifying),
    (frozenset({Duty.OPERATE}), machine),
)


def tasks_of(viewer: Viewer, today: date) -> Iterator[Task]:
    """Everything that waits and that the viewer's duties have to do with."""
    for duties, source in SOURCES:
        if duties & viewer.duties:
            yield from source(today)
