"""报送与整改待办: what finance and the evaluator owe each other, and points of rectification that are due."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.evaluation.rectifications import DUE_SOON, overdue_or_soon
from opendibao.evaluation.states import SubmissionState
from opendibao.evaluation.submissions import Submission, latest_submission, open_questions
from opendibao.kernel.duties import Duty
from opendibao.web.receiving_words import submission_page
from opendibao.web.today_task import Task

# the state a submission is in: what it waits for, the act, and whose turn it is
WAITS_FOR = {
    SubmissionState.SUBMITTED: (gettext_lazy("绩效评价报送待审核"), gettext_lazy("审核"), Duty.FINANCE),
    SubmissionState.REPLIED: (gettext_lazy("审核意见已答复"), gettext_lazy("接着审核"), Duty.FINANCE),
    SubmissionState.ASKED: (gettext_lazy("财政审核意见待答复"), gettext_lazy("答复"), Duty.EVALUATE),
    SubmissionState.RETURNED: (gettext_lazy("绩效评价被退回"), gettext_lazy("改正后重新定稿、报送"), Duty.EVALUATE),
}


def receiving(today: date) -> Iterator[Task]:
    """Last year's submission where somebody owes the next step."""
    sent = latest_submission(today.year - 1, settings.OPENDIBAO_COUNTY)
    if sent is None or sent.state not in WAITS_FOR:
        return
    what, act, duty = WAITS_FOR[SubmissionState(sent.state)]
    yield Task(
        str(what), str(act), duty, settings.OPENDIBAO_COUNTY, submission_page(sent),
        _("%(year)s 年度评价") % {"year": sent.year}, since=_since(sent), tag=_tag(sent),
    )  # fmt: skip


def _since(sent: Submission) -> date:
    return sent.concluded_on or sent.submitted_on


def _tag(sent: Submission) -> str:
    if waiting := open_questions(sent.pk):
        return _("%(n)d 条") % {"n": waiting}
    return _("第 %(n)d 次") % {"n": sent.number}


def rectifying(today: date) -> Iterator[Task]:
    """Points of rectification that are overdue or due within a month."""
    for one in overdue_or_soon(settings.OPENDIBAO_COUNTY, today):
        yield Task(
            _("整改：%(problem)s") % {"problem": one.problem}, _("整改销号"), Duty.EVALUATE, settings.OPENDIBAO_COUNTY,
            f"{reverse('rectifications')}?year={one.year}", _("%(year)s 年度第 %(n)d 条") % {
                "year": one.year, "n": one.number,
            }, due=one.due_on, since=one.due_on - DUE_SOON, tag=one.owner,
            form=reverse("close-rectification", args=[one.pk]),
        )  # fmt: skip
