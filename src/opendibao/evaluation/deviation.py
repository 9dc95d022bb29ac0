"""偏差分析: why the year's money is not what was planned; the parts add up to the deviation, to the fen.

人数影响 = (实际人月 − 计划人月) × 计划人均；补助水平影响 = 实际发放 − 实际人月 × 计划人均；
其余 = 计划人月 × 计划人均 − 批复数 (price factor, reserve and what approval changed).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from opendibao.audit.sql_rows import read_whole
from opendibao.budget.queries import BudgetRow
from opendibao.evaluation import sql
from opendibao.evaluation.figure import Period


@dataclass(frozen=True)
class Paid:
    """What an area was paid in the year: person-months and fen, as booked."""

    area: str
    person_months: int
    fen: int


@dataclass(frozen=True)
class DeviationLine:
    """One area's deviation of paid from approved, and its three parts, in fen."""

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

    @property
    def deviation_fen(self) -> int:
        """Paid less approved: exactly the sum of the three parts."""
        return self.paid_fen - self.budget_fen


def paid_months(asked: Period) -> dict[str, Paid]:
    """Person-months and fen booked in the year, by area."""
    return {one.area: one for one in read_whole(Paid, sql.PERSON_MONTHS, asked.parameters())}


def deviations(lines: Sequence[BudgetRow], paid: dict[str, Paid]) -> tuple[DeviationLine, ...]:
    """Each area's deviation from its approved budget."""
    return tuple(_line(one, paid.get(one.area, Paid(one.area, 0, 0))) for one in lines)


def _line(planned: BudgetRow, paid: Paid) -> DeviationLine:
    average, months = planned.average_benefit_fen, planned.person_months
    return DeviationLine(
        planned.area, sql.AREAS[planned.area], planned.approved_fen, paid.fen, months, paid.person_months, average,
        persons_fen=(paid.person_months - months) * average,
        average_fen=paid.fen - paid.person_months * average,
        rest_fen=months * average - planned.approved_fen,
    )  # fmt: skip
