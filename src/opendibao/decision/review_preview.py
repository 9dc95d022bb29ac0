"""复核预览: what a re-verification would change of a family's money by the rules, seen before it is done."""

from dataclasses import dataclass
from datetime import date

from opendibao.decision.assessing import GRANTED, answer_on, persons_of
from opendibao.decision.hearing import hearing_needed, is_heard
from opendibao.decision.models import Decision
from opendibao.decision.queries import decision_in_force
from opendibao.decision.refusal import DecisionRefused
from opendibao.intake.queries import case
from opendibao.kernel.money import yuan_text
from opendibao.rules.answer import Reason
from opendibao.verification.queries import survey_of

INCREASE, REDUCE, KEPT, STOP = "increase", "reduce", "kept", "stop"
CAUSES = dict(Decision._meta.get_field("cause").flatchoices)


@dataclass(frozen=True)
class ReviewPreview:
    """What stands and what the rules give on a day; `way` is increase, reduce, kept or stop; money is fen a month.

    `grace_fen` and `grace_until` are what a family with a new job would be paid for some months more (0 and "" else);
    `must_be_heard` where the law wants the family heard before less or nothing, and it was not.
    """

    before_fen: int
    before_persons: int
    outcome: str
    fen: int
    persons: int
    way: str
    reasons: tuple[Reason, ...]
    grace_fen: int
    grace_until: str
    must_be_heard: bool


def review_preview(case_id: int, on: date) -> ReviewPreview:
    """Raises DecisionRefused where no decision is in force, nobody surveyed, or the facts cannot be read."""
    row, survey = case(case_id), survey_of(case_id)
    former = decision_in_force(row.household_id, on)
    if survey is None:
        raise DecisionRefused(f"案件{row.number}还没有入户调查，不能作出决定（57号第三十一条）")
    if former is None:
        raise DecisionRefused(f"案件{row.number}的家庭在{on}没有有效的保障决定，不能调整或停发")
    answer = answer_on(survey.found, on)
    is_granted = answer.outcome in GRANTED
    fen, persons = (answer.monthly_benefit_fen, persons_of(answer)) if is_granted else (0, 0)
    way = _way((former.amount_fen, former.persons), (fen, persons), is_granted=is_granted)
    current = {"benefit": yuan_text(former.amount_fen), "exit_cause": "employment"}
    eased = answer_on({**survey.found, "current": current}, on) if way == STOP else answer
    graced = eased.payments[0] if eased.outcome == "grace" else None
    heard = way not in (REDUCE, STOP) or not hearing_needed(row.division, on) or is_heard(case_id, on)
    return ReviewPreview(
        former.amount_fen, former.persons, answer.outcome, fen, persons, way, tuple(answer.reasons),
        graced.amount_fen if graced else 0, str(graced.last_month) if graced else "", not heard,
    )  # fmt: skip


def _way(before: tuple[int, int], after: tuple[int, int], *, is_granted: bool) -> str:
    if not is_granted:
        return STOP
    return KEPT if after == before else INCREASE if after > before else REDUCE
