"""公示异议: an objection to a notice is looked into and answered; until then nothing goes on (57号 第十九条)."""

from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.decision.models import Objection, ObjectionOutcome, PublicNotice
from opendibao.decision.refusal import DecisionRefused
from opendibao.intake.actions import locked_case, move_case
from opendibao.intake.case_letters import day_words, whom_to_ask, write_letter
from opendibao.intake.models import Case
from opendibao.intake.queries import procedure_of_case
from opendibao.intake.states import CaseState
from opendibao.kernel.duties import Duty
from opendibao.kernel.workdays import add_workdays

WORDS_LENGTH, ANSWER_LENGTH, NAME_LENGTH = 300, 300, 60
WHAT_NOW = {
    ObjectionOutcome.GROUNDLESS: "经查，所反映的情况不成立，公示的初审意见不变。",
    ObjectionOutcome.SURVEY: "重新组织入户调查，调查以后重新提出初审意见。",
    ObjectionOutcome.REVIEW: "重新开展民主评议，评议以后重新提出初审意见。",
}


@needs(Duty.REVIEW, Duty.ACCEPT)
@transaction.atomic
def register_objection(
    case_id: int, *, words: str, on: date, at: datetime, person: str = "", contact: str = ""
) -> Objection:
    """登记异议: named or anonymous, to the notice that hangs; the answer is due by the procedure's clock.

    Raises DecisionRefused where no notice runs, or the words are missing.
    """
    case = locked_case(case_id)
    notice = PublicNotice.objects.filter(case=case).order_by("-sequence").first()
    if notice is None or case.state != CaseState.NOTICED:
        raise DecisionRefused(_not_running(case))
    if fault := _words_fault(notice, words, person, contact, on):
        raise DecisionRefused(fault)
    due = add_workdays(on, procedure_of_case(case).clock("objection"))
    found = Objection.objects.create(
        notice=notice, case=case, division=case.division, received_on=on, person=person.strip(),
        contact=contact.strip(), words=words.strip(), due_on=due, taken_by=officer_name(),
    )  # fmt: skip
    payload: dict[str, object] = {"on": str(on), "due_on": str(due), "named": bool(found.person)}
    record("登记公示异议", f"案件 {case.number}", division=case.division, at=at, payload=payload)
    return found


def _not_running(case: Case) -> str:
    state = CaseState(case.state)
    if state in (CaseState.REPORTED, CaseState.CONFIRMED):
        return f"案件{case.number}{state.label}，请按投诉举报交县民政局入户核查（57号第二十条）"
    return f"案件{case.number}现在是“{state.label}”，没有公示中的初审意见，不能登记公示异议"


def _words_fault(notice: PublicNotice, words: str, person: str, contact: str, on: date) -> str:
    if on < notice.posted_on:
        return f"收到日期{on}早于张贴日期{notice.posted_on}，请改正"
    if not 0 < len(words.strip()) <= WORDS_LENGTH:
        return f"请用{WORDS_LENGTH}字以内写明异议内容"
    if max(len(person.strip()), len(contact.strip())) > NAME_LENGTH:
        return f"异议人姓名和联系方式各不超过{NAME_LENGTH}字，请缩短"
    return ""


@needs(Duty.REVIEW)
@transaction.atomic
def settle_objection(objection_id: int, *, outcome: str, answer: str, on: date, at: datetime) -> Objection:
    """办结异议: groundless, or a new survey, or a new review; who objected gets the answer in writing.

    A new survey takes the case back to where it was accepted; for a new review it waits, noticed, for its meeting.
    Raises DecisionRefused.
    """
    objection = Objection.objects.select_for_update(of=("self",)).filter(pk=objection_id).first()
    if objection is None:
        raise DecisionRefused("没有这件异议，或不在本人可见的区划内")
    case = locked_case(objection.case_id)
    if fault := _settling_fault(objection, case, outcome, answer, on):
        raise DecisionRefused(f"案件{case.number}的异议：{fault}")
    objection.settled_on, objection.outcome, objection.answer = on, outcome, answer.strip()
    objection.settled_by = officer_name()
    objection.save(update_fields=["settled_on", "outcome", "answer", "settled_by"])
    if outcome == ObjectionOutcome.SURVEY and case.state != CaseState.ACCEPTED:
        move_case(case, CaseState.ACCEPTED)
    write_letter(case, "objection", letter_text(objection, case), on=on, at=at)
    payload: dict[str, object] = {"on": str(on), "outcome": str(ObjectionOutcome(outcome).label)}
    record("办结公示异议", f"案件 {case.number}", division=case.division, at=at, payload=payload)
    return objection


def _settling_fault(objection: Objection, case: Case, outcome: str, answer: str, on: date) -> str:
    if objection.settled_on:
        return f"已于{objection.settled_on}办结，请勿重复办理"
    if outcome not in ObjectionOutcome.values:
        return f"结果“{outcome}”不在可选项内，请重选"
    if not 0 < len(answer.strip()) <= ANSWER_LENGTH:
        return f"请用{ANSWER_LENGTH}字以内写明查了什么、结果怎样"
    if on < objection.received_on:
        return f"办结日期{on}早于收到日期{objection.received_on}，请改正"
    if outcome == ObjectionOutcome.REVIEW and procedure_of_case(case).democratic_review == "NEVER":
        return "本地程序没有民主评议，请改为重新调查（57号第十九条）"
    return ""


def letter_text(objection: Objection, case: Case) -> str:
    """The answer to who objected: result first, why, what comes; nothing of the family but that it was posted."""
    outcome = ObjectionOutcome(objection.outcome)
    named = objection.person or "提出异议的群众"
    return "\n".join([
        "公示异议答复书",
        f"{named}：",
        f"一、结果：{outcome.label}。{WHAT_NOW[outcome]}",
        f"二、您反映的：{objection.words}（{day_words(objection.received_on)}收到）",
        f"三、查明的情况：{objection.answer}",
        "四、依据：最低生活保障审核确认办法第十九条。",
        f"五、还有意见：可以再向乡镇反映，也可以向县民政局举报；实名举报逐一核查并反馈（第三十七条）。{whom_to_ask(case)}",
        f"案号：{case.number}",
        f"日期：{day_words(objection.settled_on or objection.received_on)}",
    ])  # fmt: skip
