"""试算: one household decided again with a fact changed, and the nearest change that changes the result."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from opendibao.formula import scalar
from opendibao.formula.lazy import LazyHousehold
from opendibao.formula.scalar import HouseholdFacts, Values
from opendibao.rules.case import Case
from opendibao.rules.facts import COLUMNS
from opendibao.rules.law import Law, law_of
from opendibao.rules.vocabulary import OUTCOMES

_TARGETS = (("household", "outcome"), ("household", "monthly_benefit"))
_ASSUMED = (1, 10_000)
Change = Callable[[int], HouseholdFacts]
"""How far → the facts changed so far."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a household gets: the kind and fen a month."""

    outcome: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Turn:
    """The least change `by` that changes the result, and the facts just before it and with it."""

    by: int
    before: HouseholdFacts
    after: HouseholdFacts


class Trial:
    """A household under the law of its day. Raises RuleGap where the decision itself lacks a number."""

    def __init__(self, case: Case, law: Law | None = None) -> None:
        self.case = case
        plan, self.numbers = (law or law_of(case.policy, case.overrides)).on(case.decision_date)
        self.plan = plan.narrowed(_TARGETS)
        self.facts = case.facts()

    @cached_property
    def base(self) -> Result:
        """What the household gets as it is."""
        return self.result(self.facts)

    def result(self, facts: HouseholdFacts) -> Result:
        """What it would get. Raises RuleGap where a number that is missing makes a difference."""
        if self.plan.absent:
            return _result(self.values(facts))
        found = {_result(scalar.evaluate(self.plan, facts, numbers)) for numbers in self._filled}
        return found.pop() if len(found) == 1 else _result(self.values(facts))

    @cached_property
    def _filled(self) -> list[dict[str, int]]:
        """The numbers; where some are missing, twice with two assumed ones: what does not move does not need them."""
        numbers = self.numbers.values_by_path
        lacking = [path for path in self.plan.parameters if path not in numbers]
        return [numbers | dict.fromkeys(lacking, one) for one in _ASSUMED] if lacking else [numbers]

    def values(self, facts: HouseholdFacts) -> Values:
        """Every value that the result rests on."""
        if not self.plan.absent and self.numbers.has(self.plan.parameters):
            return scalar.evaluate(self.plan, facts, self.numbers.values_by_path)
        household = LazyHousehold(self.plan, facts, self.numbers)
        for entity, name in _TARGETS:
            household.value(entity, name)
        return household.values()

    def of_members(self, name: str) -> list[int]:
        """A value or fact of every member as the household is."""
        if name in COLUMNS["member"]:
            return [row[COLUMNS["member"][name]] for row in self.facts.rows["member"]]
        return [int(one) for one in self.values(self.facts)["member"].get(name, ())]

    def of_household(self, name: str) -> int:
        """A fact of the household as it is."""
        return self.facts.rows["household"][0][COLUMNS["household"][name]]

    def turns(self, change: Change, most: int) -> Iterator[Turn]:
        """The least change up to `most` that changes anything, and every further one that changes the kind."""
        turn = self.turn(change, most)
        if turn is None:
            return
        yield turn
        if self.result(turn.after).outcome == self.base.outcome:
            turn = self.turn(change, most, kind_only=True)
        else:
            turn = self.turn(change, most, start=turn.by, kind_only=True)
        while turn:
            yield turn
            turn = self.turn(change, most, start=turn.by, kind_only=True)

    def turn(self, change: Change, most: int, *, start: int = 0, kind_only: bool = False) -> Turn | None:
        """The least change in start+1 … `most` after which the kind (or the amount too) is not that at `start`.

        Steps are doubled until the result differs and halved from there: exact where the result, once changed, stays
        changed within the last doubling.
        """
        base = self.result(change(start)) if start else self.base

        def differs(by: int) -> bool:
            found = self.result(change(by))
            return found.outcome != base.outcome if kind_only else found != base

        low, step = start, 1
        while low < most and not differs(min(low + step, most)):
            low, step = min(low + step, most), step * 2
        if low >= most:
            return None
        high = min(low + step, most)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if differs(middle) else (middle, high)
        return Turn(high, change(low) if low else self.facts, change(high))

    def first(self, change: Change, steps: range) -> Turn | None:
        """The first of a few steps that changes anything."""
        before = self.facts
        for by in steps:
            after = change(by)
            if self.result(after) != self.base:
                return Turn(by, before, after)
            before = after
        return None

    def clause(self, turn: Turn) -> str:
        """The clause of the first rule in the order of calculation that judges otherwise after the turn.

        Where a person has come, the clause on who counts; where only amounts move, that of the amount.
        """
        rules, before, after = self.plan.by_name, self.values(turn.before), self.values(turn.after)
        if len(turn.before.rows["member"]) != len(turn.after.rows["member"]):
            return rules["household", "members"].clause
        moved = [r for r in self.plan.order if before[r.entity].get(r.name) != after[r.entity].get(r.name)]
        judged = [r.clause for r in moved if r.unit in ("bool", "code", "bp")]
        return judged[0] if judged else rules[self._paid_by(turn.after)].clause

    def _paid_by(self, facts: HouseholdFacts) -> tuple[str, str]:
        """The rule that makes the amount."""
        if self.result(facts).outcome == "single_person":
            return "member", "single_benefit"
        return "household", "tier_benefit" if self.of_household("uses_tiers") else "gap_benefit"


def _result(values: Values) -> Result:
    found = values["household"]
    return Result(OUTCOMES[found["outcome"]], int(found["monthly_benefit"]))


def changed(facts: HouseholdFacts, entity: str, row: int, **values: int) -> HouseholdFacts:
    """The facts with some of one row replaced."""
    rows = list(facts.rows[entity])
    one = list(rows[row])
    for name, value in values.items():
        one[COLUMNS[entity][name]] = value
    rows[row] = tuple(one)
    return HouseholdFacts({**facts.rows, entity: rows}, facts.parent)


def added(facts: HouseholdFacts, entity: str, row: tuple[int, ...], parent: int | None = None) -> HouseholdFacts:
    """The facts with one more row; `parent` is the member it is of."""
    rows = {**facts.rows, entity: [*facts.rows[entity], row]}
    if parent is None:
        return HouseholdFacts(rows, facts.parent)
    return HouseholdFacts(rows, {**facts.parent, entity: (*facts.parent[entity], parent)})
