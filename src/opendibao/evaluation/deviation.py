"""偏差分解: why the year's money is not what was planned; the parts add up to the deviation, to the fen.

Of an area: A approved, P proposed by the budget's formula, M0 planned person-months and a0 the planned monthly benefit
of a person, F = M0·a0 × price factor (rounded half up to the fen, as the budget rounds); B booked by the bank in the
year, D due for the year's months (all pay lines of these months), M1 person-months of these lines, D* what these lines
would be had the standard been the one the plan was made with. Then, without a remainder,

    B − A = (B − D)          跨期: booked of other years' months, less this year's months not booked in the year
          + (D − D*)         标准: the standard moved since the plan
          + (D* − M1·a0)     成员构成: sizes, incomes and supplements make another average than planned
          + (M1 − M0)·a0     人数: more or fewer person-months
          + (M0·a0 − F)      物价: what the plan allowed for prices; the parts before show what became of it
          + (F − P)          预备: the reserve that the formula added
          + (P − A)          批复: what approval took off the formula, or gave beyond it

Every term is whole fen and the sum telescopes. The rows of 跨期 hold both sides: of other years' months what was booked
in this one, of this year's months what was not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from opendibao.audit.sql_rows import read_whole
from opendibao.budget.forecast import proposed_fen
from opendibao.budget.queries import BudgetRow
from opendibao.evaluation import sql
from opendibao.evaluation.figure import Period
from opendibao.evaluation.figures.deviations import SUMS
from opendibao.evaluation.standard_effect import moved_parameters
from opendibao.kernel.money import yuan_said

PART_WORDS: Mapping[str, str] = {
    "late": "跨期", "standard": "标准", "mix": "成员构成", "persons": "人数", "price": "物价", "reserve": "预备",
    "approval": "批复调整",
}  # fmt: skip
"""The parts in the order in which they add up."""
OF_THE_PLAN = {"price": "budget.proposed", "reserve": "budget.proposed", "approval": "budget.approved"}
LOCKED_BEFORE: Mapping[str, str] = {"average": "人均补助", "rest": "其余"}
"""The parts of a snapshot from before there were seven, besides 人数."""


@dataclass(frozen=True)
class Paid:
    """The year of an area: booked and due, person-months due, and what of it the standard moved; money in fen."""

    area: str
    fen: int = 0
    due_fen: int = 0
    person_months: int = 0
    standard_fen: int = 0


@dataclass(frozen=True)
class DeviationPart:
    """One part in fen, how it is computed with its numbers, and the figure that opens its rows."""

    key: str
    fen: int
    formula: str = ""
    figure_id: str = ""

    @property
    def zh(self) -> str:
        """Its name."""
        return PART_WORDS.get(self.key) or LOCKED_BEFORE[self.key]


@dataclass(frozen=True)
class DeviationLine:
    """One area's deviation of paid from approved in fen; `parts` add up to it.

    A snapshot from before the parts has persons, average and rest alone, which add up as well.
    """

    area: str
    zh: str
    budget_fen: int
    paid_fen: int
    planned_months: int
    paid_months: int
    average_planned_fen: int
    persons_fen: int
    average_fen: int
    rest_fen: int
    parts: tuple[DeviationPart, ...] = ()

    @property
    def deviation_fen(self) -> int:
        """Paid less approved: exactly the sum of the parts."""
        return self.paid_fen - self.budget_fen

    @property
    def every_part(self) -> tuple[DeviationPart, ...]:
        """The seven parts, or the three that an older snapshot kept."""
        if self.parts:
            return self.parts
        return (
            DeviationPart("persons", self.persons_fen, figure_id=f"paid.{self.area}"),
            DeviationPart("average", self.average_fen, figure_id=f"paid.{self.area}"),
            DeviationPart("rest", self.rest_fen, figure_id="budget.approved"),
        )


def paid_months(asked: Period) -> dict[str, Paid]:
    """What was booked and due in the year, by area."""
    parameters = {**asked.parameters(), **moved_parameters(asked)}
    return {one.area: one for one in read_whole(Paid, SUMS, parameters)}


def deviations(lines: Sequence[BudgetRow], paid: Mapping[str, Paid]) -> tuple[DeviationLine, ...]:
    """Each area's deviation from its approved budget."""
    return tuple(_line(one, paid.get(one.area, Paid(one.area))) for one in lines)


def priced_fen(planned: BudgetRow) -> int:
    """What the budget's formula gives without a reserve: person-months × benefit × price factor, rounded as there."""
    return proposed_fen(
        last_year_persons=planned.last_year_persons, expected_entries=planned.expected_entries,
        average_benefit_fen=planned.average_benefit_fen, price_factor_bp=planned.price_factor_bp, reserve_bp=0,
    )  # fmt: skip


def _line(planned: BudgetRow, paid: Paid) -> DeviationLine:
    parts = (*_of_the_year(planned, paid), *_of_the_plan(planned))
    fen = {part.key: part.fen for part in parts}
    return DeviationLine(
        planned.area, sql.AREAS[planned.area], planned.approved_fen, paid.fen, planned.person_months,
        paid.person_months, planned.average_benefit_fen, persons_fen=fen["persons"],
        average_fen=fen["late"] + fen["standard"] + fen["mix"],
        rest_fen=fen["price"] + fen["reserve"] + fen["approval"], parts=parts,
    )  # fmt: skip


def _of_the_year(planned: BudgetRow, paid: Paid) -> tuple[DeviationPart, ...]:
    """What happened, against what was planned."""
    average, months, area = planned.average_benefit_fen, planned.person_months, planned.area
    as_planned, usual = paid.due_fen - paid.standard_fen, paid.person_months * average
    return (
        _part("late", area, paid.fen - paid.due_fen,
              f"本年到账{yuan_said(paid.fen)} − 本年各月应发{yuan_said(paid.due_fen)}"),
        _part("standard", area, paid.standard_fen,
              f"应发{yuan_said(paid.due_fen)} − 按测算时标准应发{yuan_said(as_planned)}"),
        _part("mix", area, as_planned - usual,
              f"按测算时标准应发{yuan_said(as_planned)} − {paid.person_months:,}人月×{yuan_said(average)}"),
        _part("persons", area, (paid.person_months - months) * average,
              f"（{paid.person_months:,} − {months:,}）人月×{yuan_said(average)}"),
    )  # fmt: skip


def _of_the_plan(planned: BudgetRow) -> tuple[DeviationPart, ...]:
    """What the plan itself held beyond its base, and what approval made of it."""
    base, priced = planned.person_months * planned.average_benefit_fen, priced_fen(planned)
    proposed, approved, area = planned.proposed_fen, planned.approved_fen, planned.area
    return (
        _part("price", area, base - priced, f"{yuan_said(base)} − 乘物价系数后{yuan_said(priced)}"),
        _part("reserve", area, priced - proposed, f"{yuan_said(priced)} − 加预备后的测算数{yuan_said(proposed)}"),
        _part("approval", area, proposed - approved, f"测算数{yuan_said(proposed)} − 批复数{yuan_said(approved)}"),
    )


def _part(key: str, area: str, fen: int, formula: str) -> DeviationPart:
    return DeviationPart(key, fen, formula, _opens(key, area))


def _opens(key: str, area: str) -> str:
    """The figure whose rows are the part's."""
    return OF_THE_PLAN.get(key, f"deviation.{key}.{area}")
