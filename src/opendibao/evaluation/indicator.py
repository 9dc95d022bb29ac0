"""指标: one question to the year, answered by rows; the sheet says which are used, with what target and weight."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from opendibao.evaluation.figure import Figure, Measured, Total
from opendibao.evaluation.intervals import wilson

NOT_MEASURED = "未测得"


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
    """An indicator: its code, its place in the sheet, the figures it reads and how it reads them."""

    code: str
    level1: str
    level2: str
    name: str
    figures: tuple[Figure, ...]
    read: Callable[[Sequence[Measured]], Reading]


def plain(measured: Sequence[Measured]) -> Reading:
    """The first figure as it stands: an amount or count with its unit, a rate with numerator and denominator."""
    first = measured[0]
    is_rate = first.figure.total is Total.RATIO
    text = first.text if is_rate else f"{first.text}{first.figure.unit}"
    n = first.rows if first.figure.total is Total.COUNT else first.n
    return Reading(text, first.value, str(n), str(first.d) if is_rate else "", first.rows, first.note)


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


Case = Sequence[Mapping[str, int]]


def case_runner(indicator: Indicator) -> Callable[[Case], dict[str, str | None]]:
    """How a case beside an indicator is run: totals of its figures in, what is printed and scored out."""

    def run(given: Case) -> dict[str, str | None]:
        totals = zip(indicator.figures, given, strict=True)
        reading = indicator.read([Measured(figure, one["rows"], one["n"], one["d"]) for figure, one in totals])
        value = None if reading.value is None else str(reading.value)
        return {"text": reading.text, "value": value, "note": reading.note}

    return run
