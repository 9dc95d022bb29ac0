"""待办来源: the rows of every stage that wait for somebody, as things to do; one query a kind."""

from collections.abc import Callable, Iterator
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.decision.waiting import (
    DEPARTMENTS,
    FAMILY,
    NOTICE,
    PAUSED,
    DecidedWaiting,
    NextStep,
    OpenCase,
    decided_waiting,
    next_step,
    open_cases,
)
from opendibao.intake.archive_queries import lent_out
from opendibao.intake.queries import waiting_leads
from opendibao.kernel.duties import READ_ONLY, Duty
from opendibao.kernel.month import add_months, last_day, month_of
from opendibao.outreach.queries import vacant_posts, waiting_tickets
from opendibao.reviews.queries import due
from opendibao.web.access import CASES, EVALUATION, FILES, MONEY, RULERS
from opendibao.web.counted import unscheduled
from opendibao.web.decision.beyond_access import INQUIRY_READERS
from opendibao.web.labels import LEAD_SOURCES, REVIEW_CLASSES
from opendibao.web.today_accounts import accounts_waiting
from opendibao.web.today_alerts import alerts_waiting
from opendibao.web.today_beyond import beside_cases, inquiries_open
from opendibao.web.today_changes import changes_waiting, numbers_ending
from opendibao.web.today_funds import funds_short
from opendibao.web.today_lookups import lookups_to_ask_about
from opendibao.web.today_matching import matching_waiting
from opendibao.web.today_money_changes import money_changes_to_do
from opendibao.web.today_office import evaluation, machine
from opendibao.web.today_online import online_waiting
from opendibao.web.today_paying import held_back, pay_run, towns_to_confirm
from opendibao.web.today_receiving import receiving, rectifying
from opendibao.web.today_region_requests import region_requests_waiting
from opendibao.web.today_retention import data_to_clear
from opendibao.web.today_returned import differences, returned
from opendibao.web.today_task import Task
from opendibao.web.today_uprating import (
    back_pay_waiting,
    price_money_waiting,
    prices_waiting,
    uprating_letters,
    upratings_waiting,
)
from opendibao.web.viewing import Viewer

MONTHS_AHEAD = 2
# what a case needs next (decision.waiting): in words, the act, and whose turn it is
STEPS = {
    "accept": (gettext_lazy("审查申请材料"), gettext_lazy("受理或告知补正"), Duty.ACCEPT),
    "supplement": (gettext_lazy("等补正材料"), gettext_lazy("联系家庭"), Duty.ACCEPT),
    "consent": (gettext_lazy("缺授权签字"), gettext_lazy("请成年成员签字"), Duty.ACCEPT),
    "match": (gettext_lazy("核对结果未回"), gettext_lazy("催办核对"), Duty.ACCEPT),
    "hits": (gettext_lazy("核到的信息待处置"), gettext_lazy("逐条处置"), Duty.ACCEPT),
    "survey": (gettext_lazy("入户调查"), gettext_lazy("两人入户"), Duty.SURVEY),
    "meeting": (gettext_lazy("民主评议"), gettext_lazy("组织评议"), Duty.REVIEW),
    "opinion": (gettext_lazy("初审意见"), gettext_lazy("提出初审意见"), Duty.REVIEW),
    "notice": (gettext_lazy("张贴公示"), gettext_lazy("打印张贴"), Duty.REVIEW),
    "objection": (gettext_lazy("公示异议"), gettext_lazy("核实异议"), Duty.REVIEW),
    "noticing": (gettext_lazy("公示中"), gettext_lazy("看公示"), Duty.REVIEW),
    "report": (gettext_lazy("报县审核"), gettext_lazy("上报材料"), Duty.REVIEW),
    "decide": (gettext_lazy("审核确认"), gettext_lazy("作出决定"), Duty.CONFIRM),
    "hear": (gettext_lazy("听取家庭意见"), gettext_lazy("登记家庭意见"), Duty.REVIEW),
}
# where each step is done; a re-verification is decided on a page of its own, the others stand on the case's page
DONE_AT = {
    "accept": "accept-case", "supplement": "resubmit-case", "consent": "sign-consent", "match": "request-match",
    "hits": "hits", "survey": "new-survey", "meeting": "case-meeting", "opinion": "give-opinion",
    "notice": "case-notice", "report": "report-case", "decide": "approval", "hear": "record-hearing",
}  # fmt: skip
OUTSIDE = {
    FAMILY: gettext_lazy("家庭"), DEPARTMENTS: gettext_lazy("核对部门"), NOTICE: gettext_lazy("公示期"),
    "": "",
}  # fmt: skip
REVIEWS = {"yearly": gettext_lazy("年度复核"), "halfyear": gettext_lazy("半年复核")}


def cases(today: date) -> Iterator[Task]:
    """Open cases with the clock that runs."""
    for case in open_cases():
        step = next_step(case, today)
        what, act, duty = STEPS[step.key]
        yield Task(
            str(what), str(act), duty, case.division, household_id=case.household_id, opens=step.opens, due=step.due,
            since=step.since, waits_for=holder(case, step), tag=case.number, form=_done_at(case, step),
            stuck=step.since,
        )  # fmt: skip


def _done_at(case: OpenCase, step: NextStep) -> str:
    is_review = step.key == "decide" and case.kind != "application"
    return reverse("decide-review" if is_review else DONE_AT.get(step.key, "case"), args=[case.id])


def holder(case: OpenCase, step: NextStep) -> str:
    """Who outside holds a case up, where its clock stands still why; "" where it is an officer's turn."""
    if step.waits_for != PAUSED:
        return str(OUTSIDE[step.waits_for])
    return _("暂停计时：%(ground)s") % {"ground": case.paused_for.partition("（")[0]}


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


def decided(today: date) -> Iterator[Task]:
    """Decisions that are not done with: the superior system has not taken them, or the family was not told."""
    for row in decided_waiting():
        yield _told(row) if row.what == "letter" else _entered(row)


def _told(row: DecidedWaiting) -> Task:
    """A refusal that the family has not been told in writing, through its township."""
    return Task(
        _("送达不予确认告知书"), _("登记送达"), Duty.ACCEPT, row.division, household_id=row.household_id,
        opens=row.happened_on, due=row.due_on, since=row.happened_on, tag=row.decision, stuck=row.happened_on,
        form=reverse("deliver-decision", args=[row.decision_id]),
    )  # fmt: skip


def _entered(row: DecidedWaiting) -> Task:
    """A decision to be sent to the superior system, sent back by it, or sent without a receipt."""
    what = _("上报决定 %(number)s") % {"number": row.decision}
    if row.rejected_reason:
        return Task(
            what, _("改正重报"), Duty.ACCEPT, row.division, household_id=row.household_id, due=row.due_on,
            since=row.happened_on, tag=row.rejected_reason, form=reverse("correct-return", args=[row.decision_id]),
        )  # fmt: skip
    return Task(
        what, _("催回执") if row.sent_on else _("上报"), Duty.CONFIRM, row.division, reverse("outbox"),
        household_id=row.household_id, due=row.due_on, since=row.sent_on or row.happened_on,
        waits_for=_("上级系统") if row.sent_on else "",
    )  # fmt: skip


def posts(today: date) -> Iterator[Task]:
    """Posts that nobody fills."""
    for row in vacant_posts():
        yield Task(
            _("岗位空缺"), _("安排到岗"), Duty.CONFIRM, row.division, reverse("posts"), row.title, due=row.due_on,
            since=row.needed_since,
        )  # fmt: skip


def archives_out(today: date) -> Iterator[Task]:
    """Files that were lent and are not back though their day is over."""
    for row in lent_out():
        if row.due_on < today:
            yield Task(
                _("档案借出未还"), _("催还或登记归还"), Duty.ACCEPT, row.division, household_id=row.household_id,
                due=row.due_on, since=row.lent_on, tag=f"{row.unit} {row.borrower}",
                form=reverse("return-archive", args=[row.archive_id]),
            )  # fmt: skip


# who is shown which kind
SOURCES: tuple[tuple[frozenset[Duty], Callable[[date], Iterator[Task]]], ...] = (
    (CASES, cases),
    (CASES, reviews),
    (READ_ONLY | {Duty.CONFIRM}, plan_of_reviews),
    (CASES, leads),
    (CASES, online_waiting),
    (CASES, tickets),
    (CASES, alerts_waiting),
    (CASES, matching_waiting),
    (MONEY - {Duty.EVALUATE}, returned),
    (READ_ONLY | FILES, accounts_waiting),
    (frozenset({Duty.PAY}), differences),
    (CASES, decided),
    (CASES, archives_out),
    (CASES, beside_cases),
    (INQUIRY_READERS, inquiries_open),
    (READ_ONLY | {Duty.CONFIRM}, region_requests_waiting),
    (READ_ONLY | {Duty.CONFIRM}, posts),
    (READ_ONLY | RULERS, changes_waiting),
    (READ_ONLY | RULERS, numbers_ending),
    (MONEY - {Duty.ACCEPT, Duty.EVALUATE}, pay_run),
    (READ_ONLY | {Duty.PAY, Duty.FINANCE}, funds_short),
    (READ_ONLY | {Duty.CONFIRM}, upratings_waiting),
    (CASES, uprating_letters),
    (READ_ONLY | {Duty.CONFIRM}, prices_waiting),
    (READ_ONLY | {Duty.PAY}, back_pay_waiting),
    (READ_ONLY | {Duty.PAY}, price_money_waiting),
    (READ_ONLY | {Duty.ACCEPT, Duty.PAY}, towns_to_confirm),
    (READ_ONLY | {Duty.PAY}, held_back),
    (READ_ONLY | {Duty.PAY, Duty.FINANCE}, money_changes_to_do),
    (EVALUATION - {Duty.FINANCE, Duty.CONFIRM, Duty.PAY}, evaluation),
    (frozenset({Duty.EVALUATE, Duty.FINANCE}), receiving),
    (frozenset({Duty.EVALUATE, Duty.CONFIRM}), rectifying),
    (frozenset({Duty.OPERATE}), machine),
    (frozenset({Duty.OPERATE}), data_to_clear),
    (frozenset({Duty.AUDIT}), lookups_to_ask_about),
)


def tasks_of(viewer: Viewer, today: date) -> Iterator[Task]:
    """Everything that waits and that the viewer's duties have to do with."""
    for duties, source in SOURCES:
        if duties & viewer.duties:
            yield from source(today)
