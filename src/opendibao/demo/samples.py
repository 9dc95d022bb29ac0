"""抽样: the questionnaire and the re-survey of a synthetic county; answers are facts, rates are counted."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from random import Random
from typing import Any

from opendibao.demo.officers import EVALUATOR, Step, by
from opendibao.demo.plan import CountyPlan
from opendibao.demo.targets import Targets
from opendibao.evaluation import sampling
from opendibao.evaluation.queries import accuracy_sample
from opendibao.kernel.workdays import on_or_after

HOUSEHOLDS_PER_QUESTIONNAIRE, MOST_QUESTIONNAIRES = 6, 360
HOUSEHOLDS_PER_CHECK, MOST_CHECKS = 12, 150
ANSWERS = {"satisfied": 968, "neutral": 22, "unsatisfied": 10}
RELIEF = {"eased": 935, "same": 57, "worse": 8}
SILENT_PER_HUNDRED, DIFFERING_PER_HUNDRED = 3, 2
CASE_KEYS = ("area", "members", "property", "supporters")
UNDECLARED = {"kind": "other", "amount": 90, "per": "month"}


def samples(plan: CountyPlan, targets: Targets) -> Iterator[Step]:
    """Both samples are drawn in November and closed in December."""
    year = plan.year
    sample = _Sample(plan, Random(f"samples {year} {targets.seed}"))
    for day, order, act in (
        (date(year, 11, 4), 18, sample.draw_checks),
        (date(year, 11, 28), 18, sample.check),
        (date(year, 12, 2), 18, sample.draw_questionnaires),
        (date(year, 12, 18), 18, sample.answer),
    ):
        yield on_or_after(day), order, by(EVALUATOR, plan.county_code, act)


class _Sample:
    """The households drawn and what they say and show."""

    def __init__(self, plan: CountyPlan, rng: Random) -> None:
        self.plan, self.rng = plan, rng
        self.asked: list[int] = []

    def _size(self, households_per_one: int, most: int) -> int:
        return max(1, min(most, len(self.plan.opening) // households_per_one))

    def draw_checks(self, at: datetime) -> None:
        """Who will be surveyed again."""
        size = self._size(HOUSEHOLDS_PER_CHECK, MOST_CHECKS)
        sampling.draw_accuracy_sample(self.plan.year, size=size, seed=self.plan.year, on=at.date(), at=at)

    def check(self, at: datetime) -> None:
        """The re-survey finds what was decided on, here and there an income that nobody had declared."""
        for check, facts in accuracy_sample(self.plan.year):
            found = self._found(facts)
            sampling.record_accuracy_check(check, facts=found, on=at.date(), at=at)

    def _found(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        found = {key: facts[key] for key in CASE_KEYS if key in facts}
        found["property"] = {"financial_assets": 0, "dwellings": 1, **(found.get("property") or {})}
        if self.rng.randrange(100) < DIFFERING_PER_HUNDRED:
            first, *rest = found["members"]
            found["members"] = [{**first, "income": [*first.get("income", ()), UNDECLARED]}, *rest]
        return found

    def draw_questionnaires(self, at: datetime) -> None:
        """Who will be asked."""
        size = self._size(HOUSEHOLDS_PER_QUESTIONNAIRE, MOST_QUESTIONNAIRES)
        self.asked = sampling.draw_satisfaction_sample(
            self.plan.year, size=size, seed=self.plan.year, on=at.date(), at=at
        )

    def answer(self, at: datetime) -> None:
        """Most answer."""
        answers = [
            (household, self._one_of(ANSWERS), self._one_of(RELIEF))
            for household in self.asked
            if self.rng.randrange(100) >= SILENT_PER_HUNDRED
        ]
        sampling.record_answers(self.plan.year, answers, on=at.date(), at=at)

    def _one_of(self, weights: Mapping[str, int]) -> str:
        return self.rng.choices(list(weights), list(weights.values()))[0]
