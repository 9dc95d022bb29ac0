"""抽样: questionnaires, re-surveys, payments asked after and talks; answers are facts, rates are counted."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from random import Random
from typing import Any

from opendibao.demo.officers import EVALUATOR, Step, by
from opendibao.demo.plan import CountyPlan
from opendibao.demo.talks import talks
from opendibao.demo.targets import Targets
from opendibao.evaluation.arrivals import ArrivalAnswer, record_arrivals
from opendibao.evaluation.interviews import record_interview
from opendibao.evaluation.queries import accuracy_sample
from opendibao.evaluation.questionnaires import Questionnaire, record_answers
from opendibao.evaluation.reached import note_missed
from opendibao.evaluation.resurveys import record_accuracy_check
from opendibao.evaluation.sampled import MemberRow, members
from opendibao.evaluation.sampling import Plan, draw_accuracy_sample, draw_sample
from opendibao.kernel.ids import township_of
from opendibao.kernel.workdays import on_or_after

HOUSEHOLDS_PER_QUESTIONNAIRE, MOST_QUESTIONNAIRES = 6, 360
HOUSEHOLDS_PER_CHECK, MOST_CHECKS = 12, 150
HOUSEHOLDS_PER_PAYMENT, MOST_PAYMENTS = 20, 200
ANSWERS = {"satisfied": 968, "neutral": 22, "unsatisfied": 10}
RELIEF = {"eased": 935, "same": 57, "worse": 8}
AWARENESS = {"knows": 61, "partly": 28, "not": 9, "none": 2}
CHANNELS = {"phone": 60, "visit": 20, "paper": 15, "screen": 5}
ARRIVALS = {"received": 985, "different": 9, "missing": 6}
SILENT_PER_HUNDRED, DIFFERING_PER_HUNDRED, TRIED_TWICE_PER_HUNDRED = 3, 2, 60
CASE_KEYS = ("area", "members", "property", "supporters")
UNDECLARED = {"kind": "other", "amount": 90, "per": "month"}
REMEMBERED_LESS_FEN = 10_000


def samples(plan: CountyPlan, targets: Targets) -> Iterator[Step]:
    """The samples are drawn in November and December and closed before the year ends; people are talked to."""
    year = plan.year
    sample = _Sample(plan, Random(f"samples {year} {targets.seed}"))
    for day, order, act in (
        (date(year, 11, 4), 18, sample.draw_checks),
        (date(year, 11, 28), 18, sample.check),
        (date(year, 12, 2), 18, sample.draw_questionnaires),
        (date(year, 12, 18), 18, sample.answer),
        (date(year, 12, 19), 18, sample.draw_payments),
        (date(year, 12, 25), 18, sample.say_what_came),
        (date(year, 12, 26), 18, sample.talk),
    ):
        yield on_or_after(day), order, by(EVALUATOR, plan.county_code, act)


class _Sample:
    """The households drawn and what they say and show."""

    def __init__(self, plan: CountyPlan, rng: Random) -> None:
        self.plan, self.rng = plan, rng
        # what came later has a chance of its own, so that the older answers stay what they were
        self.more = Random(f"more samples {plan.year}")

    def _size(self, households_per_one: int, most: int, least: int = 1) -> int:
        return max(min(least, len(self.plan.opening)), min(most, len(self.plan.opening) // households_per_one))

    def draw_checks(self, at: datetime) -> None:
        """Who will be surveyed again."""
        size = self._size(HOUSEHOLDS_PER_CHECK, MOST_CHECKS)
        draw_accuracy_sample(self.plan.year, size=size, seed=self.plan.year, on=at.date(), at=at)

    def check(self, at: datetime) -> None:
        """The re-survey finds what was decided on, here and there an income that nobody had declared."""
        for check, facts in accuracy_sample(self.plan.year):
            record_accuracy_check(check, facts=self._found(facts), on=at.date(), at=at)

    def _found(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        found = {key: facts[key] for key in CASE_KEYS if key in facts}
        found["property"] = {"financial_assets": 0, "dwellings": 1, **(found.get("property") or {})}
        if self.rng.randrange(100) < DIFFERING_PER_HUNDRED:
            first, *rest = found["members"]
            found["members"] = [{**first, "income": [*first.get("income", ()), UNDECLARED]}, *rest]
        return found

    def draw_questionnaires(self, at: datetime) -> None:
        """Who will be asked, in every township."""
        homes = [*(old.household for old in self.plan.opening), *(entry.household for entry in self.plan.entries)]
        townships = {township_of(home.division) for home in homes}
        size = self._size(HOUSEHOLDS_PER_QUESTIONNAIRE, MOST_QUESTIONNAIRES, len(townships))
        self._draw("satisfaction", "stratified", size, at)

    def answer(self, at: datetime) -> None:
        """Most answer; who does not is tried again."""
        answers = [
            Questionnaire(
                one.household_id, self._one_of(ANSWERS, self.rng), self._one_of(RELIEF, self.rng),
                self._one_of(AWARENESS, self.more), self._one_of(CHANNELS, self.more),
            )
            for one in self._who_answer("satisfaction", self.rng, at)
        ]  # fmt: skip
        record_answers(self.plan.year, answers, on=at.date(), at=at)

    def draw_payments(self, at: datetime) -> None:
        """Which payments are asked after, large ones rather."""
        self._draw("arrival", "pps", self._size(HOUSEHOLDS_PER_PAYMENT, MOST_PAYMENTS), at)

    def say_what_came(self, at: datetime) -> None:
        """Nearly all say that the money came."""
        said = [self._of_payment(one) for one in self._who_answer("arrival", self.more, at)]
        record_arrivals(said, on=at.date(), at=at)

    def _of_payment(self, one: MemberRow) -> ArrivalAnswer:
        answer, channel = self._one_of(ARRIVALS, self.more), self._one_of(CHANNELS, self.more)
        less = max(0, one.fen - REMEMBERED_LESS_FEN) if answer == "different" else None
        return ArrivalAnswer(one.id, answer, less, channel)

    def talk(self, at: datetime) -> None:
        """A few talks, and one family told of as a case."""
        household = members("satisfaction", self.plan.year, limit=1)[0].number
        for one in talks(at.date(), household):
            record_interview(self.plan.county_code, one, at=at)

    def _draw(self, purpose: str, method: str, size: int, at: datetime) -> None:
        plan = Plan(method=method, seed=self.plan.year, size=size)
        draw_sample(purpose, self.plan.year, plan, on=at.date(), at=at)

    def _who_answer(self, purpose: str, rng: Random, at: datetime) -> list[MemberRow]:
        answering = []
        for one in members(purpose, self.plan.year):
            if rng.randrange(100) >= SILENT_PER_HUNDRED:
                answering.append(one)
                continue
            for _ in range(2 if self.more.randrange(100) < TRIED_TWICE_PER_HUNDRED else 1):
                note_missed(purpose, one.id, on=at.date(), at=at)
        return answering

    def _one_of(self, weights: Mapping[str, int], rng: Random) -> str:
        return rng.choices(list(weights), list(weights.values()))[0]
