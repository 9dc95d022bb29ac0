"""案件下一步: what a case needs next, in words, with the way to do it where the viewer may."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.decision.case_steps import CaseSteps
from opendibao.decision.open_cases import OpenCase, open_case
from opendibao.decision.waiting import next_step
from opendibao.intake.queries import CaseFile
from opendibao.intake.states import ENDED
from opendibao.kernel.duties import Duty
from opendibao.web.access import may
from opendibao.web.labels import CASE_STATES, DUTIES


@dataclass(frozen=True)
class Next:
    """What comes next: words for the page, the button, the route of the act ("" there is none), whose turn it is."""

    words: str | Promise
    button: str | Promise
    route: str
    duty: Duty


@dataclass(frozen=True)
class NextStep:
    """The next step as one viewer sees it; `href` is "" where it is not his turn, or where days must pass."""

    words: str
    button: str
    href: str
    whose: str


# posting gives the opinion with it
POST = Next(
    gettext_lazy("把初审意见在村里公示 7 天；不符合规定的，提出不同意的初审意见。"), gettext_lazy("预览并张贴"),
    "case-notice", Duty.REVIEW,
)  # fmt: skip
STEPS = {
    "accept": Next(
        gettext_lazy("看材料齐不齐：齐了就受理，不齐就一次告知要补什么。"), gettext_lazy("审查材料"), "accept-case",
        Duty.ACCEPT,
    ),
    "supplement": Next(
        gettext_lazy("等家庭补材料；补来了就登记，再看一遍。"), gettext_lazy("登记补正"), "resubmit-case", Duty.ACCEPT
    ),
    "consent": Next(
        gettext_lazy("成年成员还没有都签核对授权书，签了才能核对。"), gettext_lazy("登记授权书"), "sign-consent",
        Duty.ACCEPT,
    ),
    "match": Next(
        gettext_lazy("提请信息核对，等各部门回音。"), gettext_lazy("提请核对"), "request-match", Duty.ACCEPT
    ),
    "hits": Next(gettext_lazy("核到的信息要逐条处置。"), gettext_lazy("逐条处置"), "hits", Duty.ACCEPT),
    "survey": Next(gettext_lazy("派两个人入户调查。"), gettext_lazy("入户调查"), "new-survey", Duty.SURVEY),
    "meeting": Next(
        gettext_lazy("开民主评议会，逐户表决。"), gettext_lazy("登记评议会"), "case-meeting", Duty.REVIEW
    ),
    "opinion": POST,
    "notice": POST,
    "objection": Next(
        gettext_lazy("有人提出异议，办结了才能往下办。"), gettext_lazy("办结异议"), "case-objection", Duty.REVIEW
    ),
    "noticing": Next(gettext_lazy("公示还没有满期。"), "", "", Duty.REVIEW),
    "report": Next(
        gettext_lazy("公示期满，把案件报县民政局。"), gettext_lazy("报县审核"), "report-case", Duty.REVIEW
    ),
    "report-refusal": Next(
        gettext_lazy("拟同意的，提出后在村里公示；拟不同意的，可以直接报县（57号第十九条）。"),
        gettext_lazy("报县审核"), "report-case", Duty.REVIEW,
    ),
    "decide": Next(gettext_lazy("县民政局审核确认。"), gettext_lazy("审核确认"), "approval", Duty.CONFIRM),
    "confirm": Next(gettext_lazy("由乡镇审核确认。"), gettext_lazy("审核确认"), "approval", Duty.CONFIRM),
    "hear": Next(
        gettext_lazy("作决定以前先听取家庭意见。"), gettext_lazy("登记家庭意见"), "record-hearing", Duty.REVIEW
    ),
    "deliver": Next(
        gettext_lazy("把决定告知书送到家，登记谁签收。"), gettext_lazy("看告知书"), "case-decision", Duty.REVIEW
    ),
    "recheck": Next(
        gettext_lazy("按查明的情况决定变还是不变。"), gettext_lazy("复核决定"), "decide-review", Duty.CONFIRM
    ),
}  # fmt: skip


def next_of(request: HttpRequest, file: CaseFile, steps: CaseSteps, unsigned: int, today: date) -> NextStep | None:
    """What comes next in a case; None where nothing does. `unsigned`: adults who have not signed."""
    key = _key(file, steps, unsigned, today)
    if not key:
        return None
    step = STEPS[key]
    return NextStep(str(step.words), str(step.button), _href(request, file, step), DUTIES[step.duty])


def standing_words(file: CaseFile) -> str:
    """How a case stands, in words."""
    ended = file.state in ENDED and file.closed_on
    return _("%(day)s %(state)s") % {"day": file.closed_on, "state": CASE_STATES[file.state]} if ended else (
        CASE_STATES[file.state]
    )  # fmt: skip


def _href(request: HttpRequest, file: CaseFile, step: Next) -> str:
    if not step.route or not may(request, frozenset({step.duty})):
        return ""
    return reverse(step.route, args=[file.id])


def _key(file: CaseFile, steps: CaseSteps, unsigned: int, today: date) -> str:
    """Which step is next: of an open case what every list says of it, of an ended one its letter."""
    if file.state in ENDED:
        return "deliver" if steps.decided_on and not steps.delivered_on else ""
    if file.state == "accepted" and unsigned:
        return "consent"
    case = open_case(file.id)
    return _by_case(case, next_step(case, today).key) if case else ""


def _by_case(case: OpenCase, key: str) -> str:
    """A step that is another one for a re-verification, a refusal, or where the township confirms."""
    if key == "decide" and case.kind != "application":
        return "recheck"
    if key == "decide" and case.confirming_authority == "township":
        return "confirm"
    return "report-refusal" if key == "report" and case.view == "refuse" else key
