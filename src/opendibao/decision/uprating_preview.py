"""提标测算: what a new standard does to every decision in force from its month, one by one and in sum."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from opendibao.audit.sql_rows import read_whole
from opendibao.decision.assessing import GRANTED, case_of, persons_of
from opendibao.decision.hearing import hearing_needed
from opendibao.decision.models import UpratingResult
from opendibao.decision.refusal import DecisionRefused
from opendibao.decision.standard_change import (
    StandardChange,
    areas_of,
    former_numbers,
    month_from,
    standard_changes,
)
from opendibao.kernel.money import yuan_text
from opendibao.kernel.month import add_months, month_of, month_text
from opendibao.rulemaking.queries import pack_in_force, policy_in_force
from opendibao.rules.answer import Answer
from opendibao.rules.assess import assess, assess_many
from opendibao.rules.case import Case, CaseError, parse_case
from opendibao.rules.law import law_of
from opendibao.rules.vocabulary import OUTCOME_ZH, RULE_GAP

# Who was decided by the former numbers and is owed a month of the new ones: those in force on the day, and those that
# have ended since. Whom an approved uprating took there, or left as he is, does not come again; who was sent to review
# does, until he is decided.
CONCERNED = """
SELECT d.id, d.number, d.household_id, h.number, d.division, d.area, d.kind,
  coalesce(d.reckoned_on, d.decided_on), d.persons, d.amount_fen,
  d.supplement_fen, d.in_force @> %(on)s::date, d.ended_on, d.facts::text
FROM decision_decision d JOIN registry_household h ON h.id = d.household_id
WHERE d.amount_fen > 0 AND d.voided_on IS NULL AND d.decided_on <= %(on)s AND d.area = ANY(%(areas)s)
  AND coalesce(d.reckoned_on, d.decided_on) < %(since)s AND d.months && daterange(%(month)s::date, NULL)
  AND NOT EXISTS (SELECT FROM decision_upratingline l JOIN decision_uprating u ON u.id = l.uprating_id
    WHERE l.former_id = d.id AND u.state = 'approved' AND u.since = %(since)s AND l.reason = '')
ORDER BY d.division COLLATE "C", h.number, d.id
"""
R = UpratingResult
DECIDED = (R.INCREASE, R.REDUCE)


@dataclass(frozen=True)
class Standing:
    """A decision by the numbers of `reckoned_on`; money is fen a month, `is_in_force` on the day of the uprating."""

    pk: int
    number: str
    household_id: int
    household: str
    division: str
    area: str
    kind: str
    reckoned_on: date
    persons: int
    amount_fen: int
    supplement_fen: int
    is_in_force: bool
    ended_on: date | None
    facts: str


@dataclass(frozen=True)
class Uprated:
    """What the new numbers make of a decision: `held_fen` by the former numbers on the same day, fen a month."""

    standing: Standing
    result: UpratingResult
    reason: str = ""
    outcome: str = ""
    persons: int = 0
    held_fen: int | None = None
    amount_fen: int = 0
    supplement_fen: int = 0
    gap_fen: int = 0

    @property
    def then_fen(self) -> int:
        """What the household gets once the uprating is approved; who goes to review stays as he is."""
        return self.amount_fen if self.result in (R.INCREASE, R.REDUCE, R.KEEP) else self.standing.amount_fen


@dataclass(frozen=True)
class UpratingPreview:
    """A new standard over the county; `since` is the day of its numbers, `reckoned_on` the day that counts."""

    month: date
    since: date
    reckoned_on: date
    on: date
    changes: tuple[StandardChange, ...]
    rule_set: str
    lines: tuple[Uprated, ...]

    @property
    def first_month(self) -> date:
        """The first month that decisions taken on the day pay (57号 第二十一条)."""
        return add_months(month_of(self.on), 1)

    @cached_property
    def counts(self) -> dict[UpratingResult, int]:
        """How many decisions by what becomes of them."""
        return {result: sum(one.result == result for one in self.lines) for result in R}

    @property
    def households(self) -> int:
        """How many households the new numbers concern, but for those that are only owed a difference."""
        return len(self.lines) - self.counts[R.ENDED]

    @property
    def before_fen(self) -> int:
        """What those in force get a month before it."""
        return sum(one.standing.amount_fen for one in self.lines if one.standing.is_in_force)

    @property
    def after_fen(self) -> int:
        """What those in force get a month after it."""
        return sum(one.then_fen for one in self.lines if one.standing.is_in_force)

    @property
    def late_months(self) -> list[date]:
        """The months that are owed by the new numbers and that decisions taken on the day do not pay any more."""
        found, month = [], self.month
        while month < self.first_month:
            found.append(month)
            month = add_months(month, 1)
        return found


def uprate_preview(month: date, *, on: date, since: date | None = None) -> UpratingPreview:
    """What taking everybody to the numbers owed from a month on would do, decided on a day; nothing is stored.

    `since`: the day of the numbers where a late document has them owed from an earlier month. Raises DecisionRefused
    where no number changes, or it is too early to decide.
    """
    _refuse_months(month, on, since)
    changes = standard_changes(pack_in_force(), month, since=since)
    if not changes:
        begun = f"{since}起" if since else f"{month_text(month)}起"
        raise DecisionRefused(
            f"{begun}没有标准调整，不能提标；请先在“规则与标准”起草、批准、排定新标准，起始日写新标准执行的日子"
        )
    day, policy = max(since or month, month), policy_in_force()
    newest = max(one.since for one in changes)
    asked = {"on": on, "month": month, "since": newest, "areas": areas_of(changes)}
    concerned = read_whole(Standing, CONCERNED, asked)
    lines = _uprated(concerned, changes, day, on, policy)
    return UpratingPreview(month, newest, day, on, changes, law_of(policy).rule_set, tuple(lines))


def _refuse_months(month: date, on: date, since: date | None) -> None:
    if month.day != 1:
        raise DecisionRefused(f"执行月应写当月第一天，收到的是{month}")
    first = add_months(month_of(on), 1)
    begins = max(month, month_from(since)) if since else month
    if begins > first:
        raise DecisionRefused(
            f"新标准从{month_text(begins)}执行，{month_text(add_months(begins, -1))}起才能办提标："
            f"{on}作出的决定从{month_text(first)}起发，会早于新标准"
        )


def _uprated(
    concerned: Sequence[Standing], changes: Sequence[StandardChange], day: date, on: date, policy: str
) -> list[Uprated]:
    """Each decision by the new numbers, by the former numbers on the same day, and by its own day's."""
    read = [(one, read_case(one.facts, day, policy)) for one in concerned]
    cases = [case for _, case in read if isinstance(case, Case)]
    earlier = former_numbers(changes, day - timedelta(days=1))
    new = iter(assess_many(cases))
    held = iter(assess_many([replace(case, overrides=earlier) for case in cases]))
    found: list[Uprated | None] = []
    for one, case in read:
        if isinstance(case, str):
            found.append(Uprated(one, R.REVIEW if one.is_in_force else R.ENDED, case, persons=one.persons))
        else:
            judge = _judge if one.is_in_force else _judge_ended
            found.append(judge(one, case, (next(new), next(held)), on, policy))
    return [one for one in found if one]


def read_case(kept: str, day: date, policy: str) -> Case | str:
    """A decision's facts as a case of the day; why it goes to review where they cannot be read."""
    facts = json.loads(kept)
    if "lacks" in facts or not facts.get("members"):
        return "存量核定情况不全，按新标准算不出来，请先复核补齐"
    try:
        return parse_case(case_of(facts, day, policy))
    except CaseError as fault:
        return f"核定情况不能按规则计算（{fault}），请先复核"[:200]


def _judge(one: Standing, case: Case, answers: tuple[Answer, Answer], on: date, policy: str) -> Uprated:
    new, held = answers
    if reason := _why_review(one, case, new, held):
        return Uprated(one, R.REVIEW, reason, new.outcome, one.persons)
    amount, kept = new.monthly_benefit_fen, held.monthly_benefit_fen
    result = _result(one, amount)
    reason = _why_not_alone(one, result, amount - kept, on)
    if not reason and kept != one.amount_fen and result != R.KEEP:
        reason = _why_not_former(one, policy)
    if result == R.KEEP and not reason:  # nothing is decided: the former decision goes on as it is
        return Uprated(one, R.KEEP, "", new.outcome, one.persons, kept, one.amount_fen, one.supplement_fen)
    return Uprated(
        one, R.REVIEW if reason else result, reason, new.outcome, one.persons, kept, amount, new.supplement_fen,
        new.gap_before_fen,
    )  # fmt: skip


def _judge_ended(one: Standing, case: Case, answers: tuple[Answer, Answer], on: date, policy: str) -> Uprated | None:
    """One that has ended since: what its months were paid short, or why nobody can tell; None where nothing is owed."""
    new, held = answers
    if one.kind == "grace" or new.outcome not in (*GRANTED, RULE_GAP):
        return None
    if reason := _why_review(one, case, new, held):
        return Uprated(one, R.ENDED, reason, new.outcome, one.persons)
    amount, kept = new.monthly_benefit_fen, held.monthly_benefit_fen
    if amount <= max(kept, one.amount_fen):  # no more than before, or more by age alone
        return None
    reason = "" if kept == one.amount_fen else _why_not_former(one, policy)
    return Uprated(one, R.ENDED, reason, new.outcome, one.persons, kept, amount, new.supplement_fen, new.gap_before_fen)


def _result(one: Standing, amount: int) -> UpratingResult:
    if amount == one.amount_fen:
        return R.KEEP
    return R.INCREASE if amount > one.amount_fen else R.REDUCE


def _why_review(one: Standing, case: Case, new: Answer, held: Answer) -> str:
    """Why the rules give another outcome than an amount; "" where they give one."""
    if one.kind == "grace":
        return "正在渐退，期满停发，不随标准调整"
    if one.is_in_force and one.ended_on:
        return "已有更晚的决定，请核对"
    if RULE_GAP in (new.outcome, held.outcome):
        return "有规则或参数缺失，不能自动认定，请规则管理员补上"
    if new.outcome not in GRANTED:
        return f"按新标准结果是“{OUTCOME_ZH[new.outcome]}”，不是调整金额，请逐户复核"
    if held.outcome not in GRANTED:
        return f"按原标准今天的结果是“{OUTCOME_ZH[held.outcome]}”，情况已有变化，请逐户复核"
    persons = persons_of(assess(case, trace=False)) if new.outcome == "single_person" else new.members
    if persons != one.persons:
        return f"按核定情况应保{persons}人，原决定是{one.persons}人，请逐户复核"
    return ""


def _why_not_alone(one: Standing, result: UpratingResult, by_standard: int, on: date) -> str:
    """Why a difference is not the standard's to make; "" where it is."""
    if result == R.INCREASE and by_standard <= 0:
        return "金额增加不是新标准带来的，请逐户复核"
    if result == R.REDUCE and by_standard >= 0:
        return "金额减少不是新标准带来的，请逐户复核"
    if result == R.REDUCE and hearing_needed(one.division, on):
        return "按新标准减发，决定前应当听取家庭意见（社会救助法第四十八条），请逐户办理"
    if result == R.KEEP and by_standard:
        return "新标准带来的差额与其他变化相抵，请逐户复核"
    return ""


def _why_not_former(one: Standing, policy: str) -> str:
    """Age may have changed an amount since; one that its own day's numbers never gave is looked at first."""
    own = assess(parse_case(case_of(json.loads(one.facts), one.reckoned_on, policy)), trace=False)
    if own.monthly_benefit_fen == one.amount_fen:
        return ""
    return (
        f"原决定{yuan_text(one.amount_fen)}元，按当时的规则应是{yuan_text(own.monthly_benefit_fen)}元，"
        "原金额不是按规则算出的，请先复核"
    )
