"""低收入家庭: 低保边缘 and 刚性支出困难 households are recognised on a decision and looked at again; they end."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.decision.assessing import NOT_FACTS, answer_again, decided_on_rules, keep_rules
from opendibao.decision.hands import hands_of
from opendibao.decision.low_income_letter import ended_text, recognised_text
from opendibao.decision.models import Decision, DecisionKind, LowIncomeEntry, LowIncomeKind
from opendibao.decision.queries import in_force
from opendibao.decision.refusal import DecisionRefused, RulesDisagree
from opendibao.intake.actions import locked_case
from opendibao.intake.case_letters import write_letter
from opendibao.intake.models import Case
from opendibao.kernel.duties import Duty
from opendibao.kernel.month import add_months, last_day, month_of
from opendibao.policy.reader import pack_of_division
from opendibao.registry.queries import members_on
from opendibao.rules.answer import Answer
from opendibao.rules.vocabulary import OUTCOME_ZH

REASONS = dict(LowIncomeEntry._meta.get_field("end_reason").flatchoices)
BY_HAND = ("expired", "moved", "death")
"""The reasons that an officer gives; the others follow from a decision or a re-check."""
WORDS_LENGTH = 200


@needs(Duty.CONFIRM)
@transaction.atomic
def recognise_low_income(case_id: int, *, on: date, at: datetime) -> LowIncomeEntry:
    """认定低收入家庭: what the rules answered when dibao was refused or stopped (社会救助法 第二十一、二十二条).

    Whoever is in the register already is entered anew on the new facts. Raises DecisionRefused naming what is wrong.
    """
    case = locked_case(case_id)
    decision = _decision_of(case)
    _refuse_recognising(case, decision, on)
    answer = answer_again(decision.facts, decision.decided_on, decision.rule_set)
    if answer.outcome != decision.outcome:
        raise RulesDisagree(f"决定{decision.number}现在按规则重算不出来，请先核对规则存档")
    former = LowIncomeEntry.objects.select_for_update().filter(household=case.household_id, ended_on=None).first()
    if former and former.case_id == case.pk:
        raise DecisionRefused(f"案件{case.number}已认定（{former.number}），请勿重复；到期请办复查")
    words = f"家庭重新申请，按决定{decision.number}查明的情况" if former else ""
    facts = {key: value for key, value in decision.facts.items() if key not in NOT_FACTS}
    return _enter(case, answer, facts, decision.rule_set, former=former, words=words, on=on, at=at)


def _decision_of(case: Case) -> Decision:
    """The decision that refused or stopped dibao for a case. Raises DecisionRefused where there is none."""
    kinds = (DecisionKind.REFUSE, DecisionKind.STOP)
    found = Decision.objects.filter(case=case, kind__in=kinds, voided_on=None).order_by("-decided_on", "-pk").first()
    if found is None or found.outcome not in LowIncomeKind.values:
        raise DecisionRefused(
            f"案件{case.number}没有按规则认定为低保边缘家庭或刚性支出困难家庭的决定，不能登记；请先作出决定"
        )
    return found


def _refuse_recognising(case: Case, decision: Decision, on: date) -> None:
    if on < decision.decided_on:
        raise DecisionRefused(f"认定日期{on}早于决定{decision.number}的日期{decision.decided_on}，请改正")
    if now := in_force(case.household_id, on).first():
        raise DecisionRefused(f"这一户正在享受低保（{now.number}），不能同时认定为低收入家庭")
    later = Decision.objects.filter(household=case.household_id, decided_on__gt=decision.decided_on, voided_on=None)
    if newer := later.order_by("-decided_on").first():
        raise DecisionRefused(f"这一户后来又有决定{newer.number}，请按最新的决定认定")
    if unfit := hands_of(case).unfit(officer_name(), case.number):
        raise DecisionRefused(unfit)


@needs(Duty.CONFIRM)
@transaction.atomic
def recheck_low_income(entry_id: int, *, words: str, on: date, at: datetime) -> LowIncomeEntry | None:
    """复查: the facts still stand as kept; by the numbers of the day the entry goes on anew, or ends (None).

    `words` say who looked and what he found. Where facts changed the family applies again. Raises DecisionRefused,
    RulesDisagree where the rules now grant dibao, RuleGap where a number is missing.
    """
    entry, words = _held(entry_id), words.strip()
    if fault := _recheck_fault(entry, words, on):
        raise DecisionRefused(f"{entry.number}：{fault}")
    case = locked_case(entry.case_id)
    answer = decided_on_rules(entry.facts, on)
    if answer.outcome == "none":
        _end(entry, "over", on, at, words)
        write_letter(case, "low_income", ended_text(case, entry, answer, on), on=on, at=at)
        return None
    if answer.outcome not in LowIncomeKind.values:
        said = OUTCOME_ZH[answer.outcome]
        raise RulesDisagree(f"{entry.number}：按{on}的标准结果是“{said}”，请帮家庭登记低保申请，不要续期")
    keep_rules(answer.rule_set, on)
    return _enter(case, answer, entry.facts, answer.rule_set, former=entry, words=words, on=on, at=at)


def _recheck_fault(entry: LowIncomeEntry, words: str, on: date) -> str:
    if on <= entry.recognised_on:
        return f"复查日期{on}应晚于认定日期{entry.recognised_on}，请改正"
    if not 0 < len(words) <= WORDS_LENGTH:
        return f"请用{WORDS_LENGTH}字以内写明谁复查、怎样复查、查到什么"
    if unfit := hands_of(entry.case).unfit(officer_name(), entry.case.number):
        return unfit
    return ""


@needs(Duty.CONFIRM)
@transaction.atomic
def end_low_income(entry_id: int, *, reason: str, on: date, at: datetime) -> LowIncomeEntry:
    """终止登记: its days ran out, the family moved away, or nobody of it lives. Raises DecisionRefused."""
    entry = _held(entry_id)
    if fault := _end_fault(entry, reason, on):
        raise DecisionRefused(f"{entry.number}：{fault}")
    return _end(entry, reason, on, at, "")


def _end_fault(entry: LowIncomeEntry, reason: str, on: date) -> str:
    if reason not in BY_HAND:
        return f"终止原因“{reason}”不在可选项内，请在{'、'.join(REASONS[each] for each in BY_HAND)}中选一项"
    if on < entry.recognised_on:
        return f"终止日期{on}早于认定日期{entry.recognised_on}，请改正"
    if reason == "expired" and on <= entry.valid_until:
        return f"有效期到{entry.valid_until}为止，还没有满；情况变了的请家庭重新申请"
    alive = [member.name for member in members_on(entry.household_id, on) if member.died is None]
    if reason == "death" and alive:
        return f"家庭成员{'、'.join(alive)}仍登记在世，请先登记死亡，或者让家庭重新申请"
    return ""


def _held(entry_id: int) -> LowIncomeEntry:
    """An entry in force, locked. Raises DecisionRefused."""
    entry = LowIncomeEntry.objects.select_for_update(of=("self",)).filter(pk=entry_id).first()
    if entry is None:
        raise DecisionRefused("没有这个登记，或不在本人可见的区划内")
    if entry.ended_on:
        raise DecisionRefused(f"{entry.number}已于{entry.ended_on}失效（{REASONS[entry.end_reason]}），请勿重复")
    return entry


def _end(entry: LowIncomeEntry, reason: str, on: date, at: datetime, words: str) -> LowIncomeEntry:
    entry.ended_on, entry.end_reason = on, reason
    entry.save(update_fields=["ended_on", "end_reason"])
    payload: dict[str, object] = {"on": str(on), "entry": entry.number, "reason": REASONS[reason], "words": words}
    record("终止低收入家庭登记", f"低收入家庭 {entry.number}", division=entry.division, at=at, payload=payload)
    return entry


def _enter(
    case: Case,
    answer: Answer,
    facts: dict[str, Any],
    rule_set: str,
    *,
    former: LowIncomeEntry | None,
    words: str,
    on: date,
    at: datetime,
) -> LowIncomeEntry:
    """A new entry with its days and its letter; the former one ends the same day."""
    if former:
        _end(former, "renewed", on, at, words)
    valid_until, recheck_by = valid_days(case.division, on)
    entry = LowIncomeEntry.objects.create(
        number=_next_number(on), household_id=case.household_id, case=case, division=case.division, area=case.area,
        kind=answer.outcome, persons=answer.members, facts=facts, rule_set=rule_set, recognised_on=on,
        recognised_by=officer_name(), former=former, words=words, valid_until=valid_until, recheck_by=recheck_by,
    )  # fmt: skip
    write_letter(case, "low_income", recognised_text(case, entry, answer, on), on=on, at=at)
    payload: dict[str, object] = {"on": str(on), "entry": entry.number, "kind": LowIncomeKind(entry.kind).label}
    payload |= {"persons": entry.persons, "valid_until": str(valid_until), "case": case.number}
    record("认定低收入家庭", f"低收入家庭 {entry.number}", division=entry.division, at=at, payload=payload)
    return entry


def valid_days(division: str, on: date) -> tuple[date, date]:
    """Until when an entry of a day is valid and from when on it is to be looked at again. Raises RuleGap."""
    pack = pack_of_division(division)
    month = add_months(month_of(on), pack.value("low_income.valid", on))
    ends = min(month + timedelta(days=on.day - 1), last_day(month)) - timedelta(days=1)
    return ends, ends - timedelta(days=pack.value("low_income.recheck", on))


def _next_number(on: date) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT next_low_income_number(%s)", [on.year])
        return str(cursor.fetchone()[0])
