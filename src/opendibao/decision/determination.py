"""审核确认: confirms or refuses an application, changes or stops a benefit; amounts come from the rules alone."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.decision.assessing import (
    GRANTED,
    against,
    decided_on_rules,
    in_favour,
    persons_of,
    refuse_unless,
)
from opendibao.decision.entering import Ruling, enter
from opendibao.decision.ground import Ground, entry_lacks, ground_of, is_more, refuse_unreported
from opendibao.decision.hearing import hearing_needed, is_heard
from opendibao.decision.models import Cause, Decision, DecisionKind, Objection, PublicNotice
from opendibao.decision.refusal import DecisionRefused, HearingMissing
from opendibao.intake.actions import move_case
from opendibao.intake.states import CaseState
from opendibao.kernel.duties import Duty
from opendibao.kernel.money import yuan_text
from opendibao.kernel.month import add_months, month_of, parse_month
from opendibao.registry.queries import members_on
from opendibao.rules.answer import Answer, Reason

ENDED = ("none", "edge", "rigid_expenditure")
RULES_MUST_SAY: dict[str, tuple[str, ...]] = {
    Cause.INCOME: ENDED,
    Cause.PROPERTY: ENDED,
    Cause.MEMBERS: (*ENDED, "tekun"),
    Cause.EMPLOYMENT: (*ENDED, "grace"),
    Cause.TEKUN: ("tekun",),
}
"""What the rules must find before a benefit may be stopped for a cause; the other causes are facts of their own."""
FACTS_THEMSELVES: dict[str, str] = {
    Cause.DEATH: "家庭成员均已去世",
    Cause.MOVED: "全家户籍已迁出本县",
    Cause.VOLUNTARY: "你家书面提出不再享受最低生活保障",
}
CHANGES = (Cause.INCOME, Cause.EMPLOYMENT, Cause.PROPERTY, Cause.DEATH, Cause.MEMBERS, Cause.STANDARD)


@needs(Duty.CONFIRM)
@transaction.atomic
def confirm_case(
    case_id: int, *, on: date, at: datetime, maker: str | None = None, approver: str | None = None
) -> Decision:
    """确认同意: the rules' amount on the survey's facts, paid from the month after (57号 第二十一条).

    Raises DecisionRefused where a step, a hand or the end of the notice is missing, RulesDisagree where the rules
    do not grant.
    """
    ground = ground_of(case_id, on=on, at=at, maker=maker, approver=approver)
    _refuse_entry(ground)
    answer = decided_on_rules(ground.survey.found, on)
    refuse_unless(answer, GRANTED, "不能确认同意，请办理不予确认")
    ruling = granting(DecisionKind.CONFIRM, Cause.APPLICATION, ground.survey.found, answer, on)
    return enter(ground, ruling, CaseState.CONFIRMED)


def _refuse_entry(ground: Ground) -> None:
    if ground.former:
        raise DecisionRefused(f"这一户已有有效的决定{ground.former.number}，请按复核办理调整")
    refuse_unreported(ground.case)
    notice = PublicNotice.objects.filter(case=ground.case).order_by("-sequence").first()
    if notice is None or notice.ends_on >= ground.on:
        until = f"，公示到{notice.ends_on}为止" if notice else "，请先张贴公示"
        raise DecisionRefused(f"案件{ground.case.number}公示未满，不能确认同意{until}（57号第十九条）")
    if Objection.objects.filter(case=ground.case, settled_on=None).exists():
        raise DecisionRefused(f"案件{ground.case.number}的公示异议还没有办结，请重新调查或评议后再办")
    if lacks := entry_lacks([ground.case.pk], ground.on):
        raise DecisionRefused(f"案件{ground.case.number}：{lacks[ground.case.pk]}，不能确认同意")


@needs(Duty.CONFIRM)
@transaction.atomic
def refuse_case(
    case_id: int, *, on: date, at: datetime, maker: str | None = None, approver: str | None = None
) -> Decision:
    """不予确认同意: only where the rules refuse; the reasons stand in the letter (57号 第二十一条)."""
    ground = ground_of(case_id, on=on, at=at, maker=maker, approver=approver)
    answer = decided_on_rules(ground.survey.found, on)
    refuse_unless(answer, (*ENDED, "tekun"), "不能不予确认，请继续办理")
    if ground.former:
        raise DecisionRefused(f"这一户已有有效的决定{ground.former.number}，请按复核办理停发")
    refuse_unreported(ground.case)
    reasons = against(answer)
    facts = {**ground.survey.found, "refusal": [reason.zh for reason in reasons]}
    ruling = Ruling(
        DecisionKind.REFUSE, Cause.APPLICATION, facts, reasons, outcome=answer.outcome, gap_fen=answer.gap_before_fen,
        rule_set=answer.rule_set,
    )  # fmt: skip
    return enter(ground, ruling, CaseState.REFUSED)


@needs(Duty.CONFIRM)
@transaction.atomic
def change_benefit(
    case_id: int,
    *,
    cause: str,
    facts: Mapping[str, Any],
    on: date,
    at: datetime,
    maker: str | None = None,
    approver: str | None = None,
) -> Decision | None:
    """增发、减发: the amount by the rules on the facts after the change; None when nothing changes (复核不变).

    Raises DecisionRefused where the facts are not those that were surveyed, RulesDisagree where the rules no longer
    grant, HearingMissing for a reduction from 2026-07-01 on.
    """
    ground = ground_of(case_id, on=on, at=at, maker=maker, approver=approver)
    former = ground.covered
    if cause not in CHANGES:
        raise DecisionRefused(f"“{cause}”不是调整保障金的事由，请改选")
    if _as_kept(facts) != _as_kept(ground.survey.found):
        raise DecisionRefused(f"案件{ground.case.number}的核定情况与入户调查表不一致，请以调查表为准")
    answer = decided_on_rules(facts, on)
    refuse_unless(answer, GRANTED, "不能调整，请办理停发")
    amount, persons = answer.monthly_benefit_fen, persons_of(answer)
    if (amount, persons) == (former.amount_fen, former.persons):
        _keep(ground)
        return None
    kind = is_more(ground, amount, persons)
    if kind == DecisionKind.REDUCE:
        _refuse_unheard(ground)
    return enter(ground, granting(kind, cause, facts, answer, on), CaseState.CONFIRMED)


def _as_kept(facts: Mapping[str, Any]) -> object:
    """Facts as the database gives them back (a tuple comes back as a list)."""
    return json.loads(json.dumps(facts, default=str))


def _keep(ground: Ground) -> None:
    move_case(ground.case, CaseState.KEPT, on=ground.on)
    payload: dict[str, object] = {"on": str(ground.on), "decision": ground.covered.number}
    record("复核不变", f"案件 {ground.case.number}", division=ground.case.division, at=ground.at, payload=payload)


@needs(Duty.CONFIRM)
@transaction.atomic
def stop_benefit(
    case_id: int, *, cause: str, on: date, at: datetime, maker: str | None = None, approver: str | None = None
) -> Decision:
    """停发: for a cause that the rules bear out on the survey's facts, or that is a fact of its own.

    After a new job the rules may give a time of grace instead (57号 第三十三条). Raises RulesDisagree where the
    household is still entitled, HearingMissing from 2026-07-01 on.
    """
    ground = ground_of(case_id, on=on, at=at, maker=maker, approver=approver)
    former = ground.covered
    if cause in FACTS_THEMSELVES:
        return _stop_by_fact(ground, cause)
    if cause not in RULES_MUST_SAY:
        raise DecisionRefused(f"“{cause}”不是停发保障金的事由，请改选")
    _refuse_unheard(ground)
    facts = dict(ground.survey.found)
    if cause == Cause.EMPLOYMENT:
        facts["current"] = {"benefit": yuan_text(former.amount_fen), "exit_cause": "employment"}
    answer = decided_on_rules(facts, on)
    refuse_unless(answer, RULES_MUST_SAY[cause], "不能按这个事由停发，请改办调整或改选事由")
    if answer.outcome == "grace":
        return enter(ground, _grace(facts, answer, on), CaseState.CONFIRMED)
    return enter(ground, _stopping(cause, facts, against(answer), answer), CaseState.CONFIRMED)


def _stop_by_fact(ground: Ground, cause: str) -> Decision:
    alive = [m.name for m in members_on(ground.case.household_id, ground.on) if m.died is None]
    if cause == Cause.DEATH and alive:
        raise DecisionRefused(f"家庭成员{'、'.join(alive)}仍登记在世，请改按家庭成员变化调整，或先登记死亡")
    if cause == Cause.MOVED:
        _refuse_unheard(ground)
    reasons = [Reason(cause, FACTS_THEMSELVES[cause], "")]
    return enter(ground, _stopping(cause, ground.survey.found, reasons, None), CaseState.CONFIRMED)


def _refuse_unheard(ground: Ground) -> None:
    """社会救助法 第四十八条: heard before a reduction or stop."""
    if hearing_needed(ground.case.division, ground.on) and not is_heard(ground.case.pk, ground.on):
        raise HearingMissing(
            f"{ground.on}起适用社会救助法：调减、终止救助前应当听取家庭意见（第四十八条）。"
            f"案件{ground.case.number}没有听取意见的记录，请先听取意见"
        )


def granting(kind: DecisionKind, cause: str, facts: Mapping[str, Any], answer: Answer, on: date) -> Ruling:
    """A ruling that pays what the rules give, from the month after the decision (57号 第二十一条)."""
    return Ruling(
        kind, cause, facts, in_favour(answer), outcome=answer.outcome, persons=persons_of(answer),
        amount_fen=answer.monthly_benefit_fen, supplement_fen=answer.supplement_fen, gap_fen=answer.gap_before_fen,
        rule_set=answer.rule_set, first_month=add_months(month_of(on), 1),
    )  # fmt: skip


def _grace(facts: Mapping[str, Any], answer: Answer, on: date) -> Ruling:
    """The former amount for some months; the decision ends by itself with the last of them."""
    last = parse_month(str(answer.payments[0].last_month))
    return Ruling(
        DecisionKind.GRACE, Cause.EMPLOYMENT, facts, in_favour(answer), outcome=answer.outcome, persons=answer.members,
        amount_fen=answer.monthly_benefit_fen, supplement_fen=answer.supplement_fen, gap_fen=answer.gap_before_fen,
        rule_set=answer.rule_set, first_month=add_months(month_of(on), 1), last_month=last,
        ended_on=add_months(last, 1),
    )  # fmt: skip


def _stopping(cause: str, facts: Mapping[str, Any], reasons: Sequence[Reason], answer: Answer | None) -> Ruling:
    return Ruling(
        DecisionKind.STOP, cause, facts, reasons, outcome=answer.outcome if answer else "",
        rule_set=answer.rule_set if answer else "",
    )  # fmt: skip
