"""指标: one question to the year, answered by rows; the sheet says which are used, with what target and weight."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from decimal import Decimal

from opendibao.evaluation.figure import NOT_MEASURED, Figure, Measured, Total
from opendibao.evaluation.intervals import wilson
from opendibao.evaluation.sheet import Direction

__all__ = [
    "JUDGED_SCORING",
    "NOT_MEASURED",
    "OF_THE_DAY",
    "OF_THE_YEAR",
    "SAMPLED_SCORING",
    "Direction",
    "Indicator",
    "Reading",
    "case_runner",
    "counted_with",
    "judged",
    "plain",
    "sampled",
    "worse_of",
]
OF_THE_YEAR, OF_THE_DAY = "全年累计，到截至日为止", "截至日当天的情况"
NOT_JUDGED = "未评定"
# codes of a sheet's row (SheetRow.scoring)
COUNTED_SCORING, SAMPLED_SCORING, JUDGED_SCORING = (
    ("proportional", "direct", "threshold"),
    ("satisfaction", "proportional", "threshold"),
    ("judged",),
)


@dataclass(frozen=True)
class Reading:
    """What an indicator says of the year: printed actual value, the exact one for scoring, and how it came about.

    `lowest` is the lower bound of a sample's interval; None where the whole was counted.
    """

    text: str
    value: Decimal | None
    numerator: str
    denominator: str
    rows: int
    note: str = ""
    lowest: Decimal | None = None


@dataclass(frozen=True)
class Indicator:
    """An indicator: its code, its place in the sheet, the figures it reads and how it reads them.

    The first figure says what is counted over what; the others stand beside it. `source` is the framework or clause
    that asks for it, `good` which way it is good, `scorings` how a sheet may score it, first the usual way. One
    without figures is judged by a person; `points` (评价要点) then says what to look at.
    """

    code: str
    level1: str
    level2: str
    name: str
    figures: tuple[Figure, ...]
    read: Callable[[Sequence[Measured]], Reading]
    _: KW_ONLY
    source: str
    as_of: str = OF_THE_YEAR
    good: Direction = Direction.AT_LEAST
    scorings: tuple[str, ...] = COUNTED_SCORING
    points: tuple[str, ...] = ()

    @property
    def is_judged(self) -> bool:
        """Whether a person judges it: there is nothing to count."""
        return not self.figures

    @property
    def definition(self) -> str:
        """What it asks, in words."""
        return self.figures[0].definition if self.figures else "由评价人按评价要点逐条查看后定档"

    @property
    def unit(self) -> str:
        """The unit of its value; none where it is judged."""
        return self.figures[0].unit if self.figures else ""

    def reading(self, measured: Sequence[Measured]) -> Reading:
        """What it says, given its figures as measured; why nothing was measured is always said in words."""
        if failed := next((one.failed for one in measured if one.failed), ""):
            return Reading(NOT_MEASURED, None, "", "", 0, failed)
        said = self.read(measured)
        return said if said.note or not measured else replace(said, note=measured[0].why)


def judged(code: str, level1: str, level2: str, name: str, *, source: str, points: tuple[str, ...]) -> Indicator:
    """An indicator that a person judges by looking at each of the points."""
    return Indicator(
        code, level1, level2, name, (), _not_judged, source=source, scorings=JUDGED_SCORING, points=points
    )  # fmt: skip


def _not_judged(_measured: Sequence[Measured]) -> Reading:
    return Reading(NOT_JUDGED, None, "", "", 0, "定性指标，由评价人按评价要点定档")


def plain(measured: Sequence[Measured]) -> Reading:
    """The first figure as it stands: an amount or count with its unit, a rate with numerator and denominator."""
    first = measured[0]
    has_unit = first.figure.total is not Total.RATIO and first.value is not None
    text = f"{first.text}{first.figure.unit}" if has_unit else first.text
    n = first.rows if first.figure.total is Total.COUNT else first.n
    return Reading(text, first.value, str(n), str(first.d) if first.figure.has_denominator else "", first.rows)


def worse_of(measured: Sequence[Measured]) -> Reading:
    """Two rates that must both hold: the lower one counts, both are printed; unmeasured if either is."""
    values = [one.value for one in measured]
    text = "；".join(f"{one.figure.zh}{one.text}" for one in measured)
    lowest = None if None in values else min(value for value in values if value is not None)
    return Reading(
        text if lowest is not None else NOT_MEASURED, lowest, "；".join(str(one.n) for one in measured),
        "；".join(str(one.d) for one in measured), sum(one.rows for one in measured),
        "" if lowest is not None else text,
    )  # fmt: skip


def sampled(measured: Sequence[Measured]) -> Reading:
    """A rate from a sample with its 95 % Wilson interval."""
    reading, first = plain(measured), measured[0]
    if first.value is None:
        return replace(reading, note="没有有效样本")
    low, high = wilson(first.n, first.d)
    return replace(reading, note=f"95%区间 {low}%—{high}%（样本{first.d}）", lowest=low)


def sampled_of(nothing: str) -> Callable[[Sequence[Measured]], Reading]:
    """`sampled`, and in the note how many of those drawn answered (the second figure); `nothing` where none was drawn.

    An answer that is missing is not a no: it stands apart, as the response rate.
    """

    def read(measured: Sequence[Measured]) -> Reading:
        reading, response = sampled(measured), measured[1]
        if response.value is None:
            return replace(reading, note=nothing)
        return replace(reading, note=f"{reading.note}；应答率{response.text}（{response.n}/{response.d}）")

    return read


def counted_with(words: Callable[[Measured], str], nothing: str = "") -> Callable[[Sequence[Measured]], Reading]:
    """`plain` with a sentence about the first figure beside it; `nothing` is said where it has no value."""

    def read(measured: Sequence[Measured]) -> Reading:
        reading = plain(measured)
        return replace(reading, note=nothing if reading.value is None else words(measured[0]))

    return read


Case = Sequence[Mapping[str, int]]


def case_runner(indicator: Indicator) -> Callable[[Case], dict[str, str | None]]:
    """How a case beside an indicator is run: totals of its figures in, what is printed and scored out."""

    def run(given: Case) -> dict[str, str | None]:
        totals = zip(indicator.figures, given, strict=True)
        reading = indicator.reading([Measured(figure, one["rows"], one["n"], one["d"]) for figure, one in totals])
        value = None if reading.value is None else str(reading.value)
        return {"text": reading.text, "value": value, "note": reading.note}

    return run
