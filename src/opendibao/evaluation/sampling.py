"""抽样: draws households in force for a re-survey or a questionnaire, and takes what came of it.

A draw is a matter of seed and stock alone: households in force are ordered by the SHA-256 of "seed:number" and
the first are taken, so that anybody can repeat it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from opendibao.audit.actions import record, record_many
from opendibao.audit.duties import needs
from opendibao.audit.sql_rows import read_whole
from opendibao.evaluation.models import AccuracyCheck, Answer, Relief, SatisfactionAnswer
from opendibao.kernel.duties import Duty
from opendibao.rulemaking.queries import policy_in_force
from opendibao.rules.assess import assess
from opendibao.rules.case import CaseError, parse_case

IN_FORCE = """
SELECT h.id, h.number, d.id, d.division FROM decision_decision d JOIN registry_household h ON h.id = d.household_id
WHERE d.in_force @> %(on)s::date ORDER BY h.number
"""


class BadSample(ValueError):
    """A sample cannot be drawn: already drawn, too large, or nobody in force."""


class NotSampled(ValueError):
    """An answer or check is of a household outside the sample, or has been taken already."""


class BadFacts(ValueError):
    """The re-survey's facts are refused; the text names the field."""


@dataclass(frozen=True)
class Drawn:
    """One drawn household with its decision in force."""

    household_id: int
    number: str
    decision_id: int
    division: str


def draw(size: int, seed: int, on: date) -> list[Drawn]:
    """`size` of the households in force on a day, by number. Raises BadSample."""
    stock = read_whole(Drawn, IN_FORCE, {"on": on})
    if not 0 < size <= len(stock):
        raise BadSample(f"{on}在保{len(stock)}户，抽不出{size}户：样本应为1到{len(stock)}户")
    shuffled = sorted(stock, key=lambda one: hashlib.sha256(f"{seed}:{one.number}".encode()).digest())
    return sorted(shuffled[:size], key=lambda one: one.number)


def _told(drawn: Sequence[Drawn], year: int, seed: int) -> list[tuple[str, str, dict[str, object]]]:
    return [(one.number, one.division, {"year": year, "seed": seed}) for one in drawn]


@needs(Duty.EVALUATE)
@transaction.atomic
def draw_accuracy_sample(year: int, *, size: int, seed: int, on: date, at: datetime) -> list[int]:
    """抽取准确性样本: households to be re-surveyed, once a year; returns the checks' ids. Raises BadSample."""
    if AccuracyCheck.objects.filter(year=year).exists():
        raise BadSample(f"{year}年度的准确性样本已经抽取，不能重抽")
    drawn = draw(size, seed, on)
    checks = AccuracyCheck.objects.bulk_create(
        AccuracyCheck(year=year, decision_id=one.decision_id, division=one.division, drawn_on=on) for one in drawn
    )
    record_many("抽取准确性样本", _told(drawn, year, seed), at=at)
    return [check.pk for check in checks]


@needs(Duty.EVALUATE)
@transaction.atomic
def record_accuracy_check(check_id: int, *, facts: Mapping[str, Any], on: date, at: datetime) -> AccuracyCheck:
    """登记复查: what the re-survey found, decided again by the rules of the decision's day.

    `facts` are those of a case without policy and date. Raises NotSampled, BadFacts.
    """
    check = AccuracyCheck.objects.select_for_update(of=("self",)).filter(pk=check_id).first()
    if check is None or check.checked_on:
        raise NotSampled(f"编号{check_id}的抽查{'已经登记' if check else '不存在'}，不能再登记")
    if on < check.drawn_on:
        raise BadFacts(f"复查日期{on}早于抽取日期{check.drawn_on}，请更正")
    given = {**facts, "policy": policy_in_force(), "decision_date": check.decision.decided_on.isoformat()}
    try:
        answer = assess(parse_case(given), trace=False)
    except CaseError as refusal:
        raise BadFacts(f"复查情况“{refusal.key}”：{refusal.reason}") from None
    check.checked_on, check.facts = on, dict(facts)
    check.outcome, check.amount_fen = answer.outcome, answer.monthly_benefit_fen
    check.save(update_fields=["checked_on", "facts", "outcome", "amount_fen"])
    record("登记准确性复查", str(check_id), division=check.division, at=at, payload={"fen": check.amount_fen})
    return check


@needs(Duty.EVALUATE)
@transaction.atomic
def draw_satisfaction_sample(year: int, *, size: int, seed: int, on: date, at: datetime) -> list[int]:
    """抽取满意度样本: households to be asked, once a year; each counts as 未答 until it answers. Raises BadSample."""
    if SatisfactionAnswer.objects.filter(year=year).exists():
        raise BadSample(f"{year}年度的满意度样本已经抽取，不能重抽")
    drawn = draw(size, seed, on)
    SatisfactionAnswer.objects.bulk_create(
        SatisfactionAnswer(
            year=year,
            household_id=one.household_id,
            division=one.division,
            asked_on=on,
            answer=Answer.NONE,
            relief=Relief.NONE,
        )
        for one in drawn
    )
    record_many("抽取满意度样本", _told(drawn, year, seed), at=at)
    return [one.household_id for one in drawn]


@needs(Duty.EVALUATE)
@transaction.atomic
def record_answers(year: int, answers: Sequence[tuple[int, str, str]], *, on: date, at: datetime) -> int:
    """登记问卷: (household, answer, relief) of sampled households; returns how many. Raises NotSampled."""
    asked = {one.household_id: one for one in SatisfactionAnswer.objects.select_for_update().filter(year=year)}
    for household, answer, relief in answers:
        sheet = asked.get(household)
        if sheet is None or (sheet.answer, sheet.relief) != (Answer.NONE, Relief.NONE):
            raise NotSampled(f"家庭{household}{'已经登记过回答' if sheet else f'不在{year}年度的样本里'}，请核对问卷")
        if answer not in Answer.values or relief not in Relief.values:
            raise NotSampled(f"家庭{household}的回答“{answer}、{relief}”不在问卷的选项里")
        sheet.asked_on, sheet.answer, sheet.relief = on, answer, relief
    rows = [asked[household] for household, _, _ in answers]
    SatisfactionAnswer.objects.bulk_update(rows, ["asked_on", "answer", "relief"], batch_size=500)
    told: list[tuple[str, str, dict[str, object]]] = [
        (str(row.household_id), row.division, {"answer": row.answer, "relief": row.relief}) for row in rows
    ]
    record_many("登记满意度问卷", told, at=at)
    return len(rows)
