"""问责核查: a decision found wrong is looked into by others than those who made it (57号 第三十九条)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.decision.accountable import hands_on
from opendibao.decision.models import EXEMPTIONS, Decision, Inquiry
from opendibao.decision.refusal import DecisionRefused
from opendibao.kernel.duties import Duty
from opendibao.kernel.workdays import add_workdays
from opendibao.policy.reader import pack_of_division

FINDINGS = dict(Inquiry._meta.get_field("finding").flatchoices)
SOURCES = dict(Inquiry._meta.get_field("source").flatchoices)
OUTCOMES = dict(Inquiry._meta.get_field("outcome").flatchoices)
CONDITIONS = dict(EXEMPTIONS)
EXEMPT, EDUCATED = "exempt", "educated"
EXEMPTION = (
    "民发〔2021〕57号第三十九条：对秉持公心、履职尽责但因客观原因出现失误偏差且能够及时纠正的，依法依规免于问责。"
)
WORDS_LENGTH, TOPIC_LENGTH = 300, 60


@needs(Duty.CONFIRM, Duty.EVALUATE)
@transaction.atomic
def open_inquiry(decision_id: int, *, finding: str, source: str, words: str, on: date, at: datetime) -> Inquiry:
    """立项核查: what was found wrong with a decision, and from where it is known.

    Raises DecisionRefused naming what is wrong, RuleGap where no number of days is in force.
    """
    decision = Decision.objects.select_for_update(of=("self",)).filter(pk=decision_id).first()
    if decision is None:
        raise DecisionRefused("没有这个决定，或不在本人可见的区划内")
    words = words.strip()
    if fault := _open_fault(decision, finding, source, words, on):
        raise DecisionRefused(f"决定{decision.number}：{fault}")
    days = pack_of_division(decision.division).value("clock.inquiry", on)
    made = Inquiry.objects.create(
        household_id=decision.household_id, decision=decision, division=decision.division, finding=finding,
        source=source, words=words, opened_on=on, opened_by=officer_name(), due_on=add_workdays(on, days),
    )  # fmt: skip
    payload: dict[str, object] = {"on": str(on), "decision": decision.number, "finding": FINDINGS[finding]}
    payload |= {"source": SOURCES[source], "due": str(made.due_on)}
    record("问责立项", f"问责核查 {made.pk}", division=made.division, at=at, payload=payload)
    return made


def _open_fault(decision: Decision, finding: str, source: str, words: str, on: date) -> str:
    if finding not in FINDINGS:
        return f"发现的问题“{finding}”不在可选项内，请在{'、'.join(FINDINGS.values())}中选一项"
    if source not in SOURCES:
        return f"发现来源“{source}”不在可选项内，请在{'、'.join(SOURCES.values())}中选一项"
    if not 0 < len(words) <= WORDS_LENGTH:
        return f"请用{WORDS_LENGTH}字以内写明问题情况"
    if on < decision.decided_on:
        return f"立项日期{on}早于决定日期{decision.decided_on}，请改正"
    if before := Inquiry.objects.filter(decision=decision, closed_on=None).first():
        return f"已于{before.opened_on}立项（{FINDINGS[before.finding]}），还没有办结，请先办结"
    return ""


@needs(Duty.CONFIRM, Duty.EVALUATE)
@transaction.atomic
def close_inquiry(
    inquiry_id: int,
    *,
    outcome: str,
    reason: str,
    on: date,
    at: datetime,
    conditions: Sequence[str] = (),
    topic: str = "",
) -> Inquiry:
    """办结核查: the outcome with its reason, by somebody who had no hand in the decision.

    尽职免责 needs every condition of the exemption; 批评教育 names what is to be trained. Raises DecisionRefused.
    """
    inquiry = Inquiry.objects.select_for_update(of=("self",)).filter(pk=inquiry_id).first()
    if inquiry is None:
        raise DecisionRefused("没有这项核查，或不在本人可见的区划内")
    found = [code for code in CONDITIONS if code in conditions]
    reason, topic = reason.strip(), topic.strip()
    if fault := _close_fault(inquiry, outcome, reason, on) or _outcome_fault(outcome, found, topic):
        raise DecisionRefused(f"核查{inquiry.pk}：{fault}")
    inquiry.closed_on, inquiry.closed_by, inquiry.outcome = on, officer_name(), outcome
    inquiry.reason, inquiry.conditions, inquiry.topic = reason, found, topic
    inquiry.save(update_fields=["closed_on", "closed_by", "outcome", "reason", "conditions", "topic"])
    payload: dict[str, object] = {"on": str(on), "outcome": OUTCOMES[outcome], "topic": topic}
    payload |= {"conditions": [CONDITIONS[code] for code in found], "reason": reason}
    record("问责办结", f"问责核查 {inquiry.pk}", division=inquiry.division, at=at, payload=payload)
    return inquiry


def _close_fault(inquiry: Inquiry, outcome: str, reason: str, on: date) -> str:
    if inquiry.closed_on:
        return f"已于{inquiry.closed_on}由{inquiry.closed_by}办结（{OUTCOMES[inquiry.outcome]}），不能改写"
    officer = officer_name()
    mine = [hand.did_zh for hand in hands_on(inquiry.decision_id) if hand.name == officer]
    if mine:
        return f"{officer}经手过这个决定（{'、'.join(mine)}），不能办结，请换没有经手的人"
    if outcome not in OUTCOMES:
        return f"核查结论“{outcome}”不在可选项内，请在{'、'.join(OUTCOMES.values())}中选一项"
    if on < inquiry.opened_on:
        return f"办结日期{on}早于立项日期{inquiry.opened_on}，请改正"
    return "" if 0 < len(reason) <= WORDS_LENGTH else f"请用{WORDS_LENGTH}字以内写明结论的理由"


def _outcome_fault(outcome: str, found: Sequence[str], topic: str) -> str:
    lacks = [words for code, words in CONDITIONS.items() if code not in found]
    if outcome == EXEMPT and lacks:
        return f"尽职免责要四条都查明（57号第三十九条），还缺：{'；'.join(lacks)}。查不明的请改选别的结论"
    if outcome != EXEMPT and found:
        return "只有尽职免责才填免责条件，请改选结论或去掉条件"
    if outcome == EDUCATED and not topic:
        return "批评教育请写明要补训的主题"
    return "" if len(topic) <= TOPIC_LENGTH else f"培训主题最多{TOPIC_LENGTH}字，请缩短"
