"""绩效目标表: the goals of a year line by line, each with its indicators, their values, and whether it is late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opendibao.evaluation.figure import Period
from opendibao.evaluation.indicator_values import IndicatorValue, YearValues, year_values
from opendibao.evaluation.models import Goal
from opendibao.evaluation.states import GoalState
from opendibao.evaluation.year_goals import OVERALL, goals

CLOSED = (GoalState.REACHED, GoalState.DROPPED)


@dataclass(frozen=True)
class GoalLine:
    """A goal of the table; `number` is its place among those of its stage that are still wanted."""

    pk: int
    horizon: str
    number: int
    text: str
    milestone: str
    unit: str
    due_on: date | None
    state: GoalState
    progress: str
    officer: str
    indicators: tuple[IndicatorValue, ...]

    @property
    def is_overall(self) -> bool:
        """Whether it is the overall goal."""
        return self.horizon == OVERALL

    @property
    def is_open(self) -> bool:
        """Whether it is still to be reached."""
        return self.state not in CLOSED

    @property
    def is_unscheduled(self) -> bool:
        """Whether it is still to be reached and nobody has said by when."""
        return self.is_open and not self.is_overall and self.due_on is None

    def is_late(self, today: date) -> bool:
        """Whether it is said to be late, or its day is over."""
        is_over = self.due_on is not None and self.due_on < today
        return self.is_open and (self.state == GoalState.LATE or is_over)


def goal_table(year: int, division: str, *, asked: Period | None = None) -> list[GoalLine]:
    """The lines of a year's table; values as `year_values` has them. Empty where no goals were entered."""
    return lines_of(goals(year, division), values_of(year, division, asked=asked))


def values_of(year: int, division: str, *, asked: Period | None = None) -> YearValues:
    """What the indicators that serve a year's goals stand at."""
    codes = {code for one in goals(year, division) for code in one.indicators}
    return year_values(year, division, codes, asked)


def lines_of(found: Sequence[Goal], values: YearValues) -> list[GoalLine]:
    """Goals as lines, numbered anew within each stage; what was dropped has no number."""
    lines: list[GoalLine] = []
    counted: dict[str, int] = {}
    for one in found:
        if one.state != GoalState.DROPPED:
            counted[one.horizon] = counted.get(one.horizon, 0) + 1
        number = 0 if one.state == GoalState.DROPPED else counted[one.horizon]
        lines.append(
            GoalLine(
                one.pk, one.horizon, number, one.text, one.milestone, one.unit, one.due_on, GoalState(one.state),
                one.progress, one.officer, values.of(one.indicators),
            )
        )  # fmt: skip
    return lines
