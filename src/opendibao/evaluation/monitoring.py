"""运行监控: during a year, how far each row of the sheet is, where it will end, and which light that gives.

What grows over the year (money booked, sessions held, the share of the budget that is used) is carried on as it went:
money by the months that were booked, a count by the days that have passed. What is a state of a day, or a rate of what
fell due, is taken to stay as it is. The forecast is exact until it is printed: rounded once, half up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction

from opendibao.evaluation import scale
from opendibao.evaluation.attached import attached
from opendibao.evaluation.attachment import Attached
from opendibao.evaluation.figure import NOT_MEASURED, Period, Total
from opendibao.evaluation.indicator import Indicator
from opendibao.evaluation.queries import RowReading, indicators, published, read_sheet, sheet
from opendibao.evaluation.rows import measure_all
from opendibao.evaluation.scoring import rounded, short
from opendibao.evaluation.sheet import Direction
from opendibao.kernel.money import yuan_text
from opendibao.payment.coverage import COUNTY_TIME

MONTHS, IN_FEN = 12, "（分）"
GREEN, AMBER, RED, GREY = "green", "amber", "red", "grey"
OF_THE_BUDGET = frozenset({"fund_use", "execution_rate"})
END_OF_DAY = time(23, 59, 59)


class CannotMonitor(ValueError):
    """The day is not one of the year, is still to come, or the year has no sheet; said in words."""


@dataclass(frozen=True)
class WatchedRow:
    """A row of the sheet on a day: what was done, where it will end and by which formula, the light of that.

    `forecast` is empty where there is nothing to carry on; `gap` says how far it is from the target, in percent.
    """

    position: int
    code: str
    level1: str
    level2: str
    name: str
    target: str
    done: str
    numerator: str
    denominator: str
    forecast: str
    formula: str
    light: str
    gap: str
    note: str
    figures: tuple[str, ...]


@dataclass(frozen=True)
class Watch:
    """A year as it stands on a day."""

    year: int
    division: str
    as_of: date
    months: int
    rows: tuple[WatchedRow, ...]
    attached: Attached


def watch(year: int, division: str, *, as_of: date, today: date) -> Watch:
    """The rows of the year's newest sheet as of a day, as known at its end. Raises CannotMonitor."""
    if as_of.year != year:
        raise CannotMonitor(f"截至日期{as_of}不在{year}年度里，请改成{year}年的一天")
    if as_of > today:
        raise CannotMonitor(f"截至日期{as_of}还没有到，今天是{today}，请改成今天或更早")
    rows = sheet(year, division)
    if not rows:
        raise CannotMonitor(f"{year}年度没有录入指标表，请先录入指标表再监控")
    asked = Period(year, as_of, datetime.combine(as_of, END_OF_DAY, tzinfo=COUNTY_TIME), division)
    known = indicators()
    measured = measure_all((one for row in rows for one in published(row, known[row.indicator])), asked)
    beside = attached(asked)
    months = len({one.month for one in beside.months})
    watched = tuple(_watched(one, as_of, months) for one in read_sheet(asked, measured) if one.row.weight)
    return Watch(year, division, as_of, months, watched, beside)


def _watched(one: RowReading, as_of: date, months: int) -> WatchedRow:
    value, target = one.reading.value, one.row.target
    exact, formula = (None, "") if value is None else carried_on(one.indicator, value, as_of, months)
    light, gap = (GREY, None) if exact is None or target is None else judged(exact, target, one.row.direction)
    return WatchedRow(
        one.row.position, one.row.indicator, one.indicator.level1, one.indicator.level2, one.indicator.name,
        one.row.target_text, one.reading.text if one.measured else NOT_MEASURED, *_counts(one),
        "" if exact is None else _printed(exact, one.indicator.unit), formula, light,
        "" if gap is None else f"{rounded(abs(gap) * 100)}%", one.reading.note,
        tuple(each.figure.id for each in one.measured),
    )  # fmt: skip


def _counts(one: RowReading) -> tuple[str, str]:
    """Numerator and denominator; amounts that are kept in fen as yuan."""
    figure = one.measured[0].figure if one.measured else None
    names = (figure.numerator, figure.denominator) if figure else ("", "")
    counts = (one.reading.numerator, one.reading.denominator)
    return tuple(  # type: ignore[return-value]  # two in, two out
        f"{yuan_text(int(count))}元" if IN_FEN in name and count.isdigit() else count
        for count, name in zip(counts, names, strict=True)
    )


def _printed(value: Fraction, unit: str) -> str:
    """A rate with its two decimals, anything else without idle zeros."""
    return f"{rounded(value)}{unit}" if unit in ("%", "万元") else f"{short(rounded(value))}{unit}"


def carried_on(indicator: Indicator, value: Decimal, as_of: date, months: int) -> tuple[Fraction | None, str]:
    """Where a value of a day will end the year, exact, and the formula in words; None where nothing is to carry on."""
    if indicator.code in OF_THE_BUDGET or _is_money(indicator):
        if not months:
            return None, "还没有到账的月份，不能推算"
        return Fraction(value) * MONTHS / months, f"{value:f}÷已到账{months}个月×{MONTHS}"
    if indicator.figures and indicator.figures[0].total is Total.SUM:
        passed, whole = _days(as_of)
        return Fraction(value) * whole / passed, f"{value:f}÷已过{passed}天×全年{whole}天"
    return Fraction(value), "按现值保持到年底"


def _is_money(indicator: Indicator) -> bool:
    return bool(indicator.figures) and indicator.figures[0].total is Total.FEN


def _days(as_of: date) -> tuple[int, int]:
    first = date(as_of.year, 1, 1)
    return (as_of - first).days + 1, (date(as_of.year + 1, 1, 1) - first).days


def judged(forecast: Fraction, target: Decimal, direction: str) -> tuple[str, Fraction | None]:
    """The light of a forecast, and its distance from the target as a share of it (None where the target is zero)."""
    wanted = Fraction(target)
    gap = (forecast - wanted) / wanted if wanted else None
    ok = {
        Direction.AT_LEAST: rounded(forecast) >= target,
        Direction.AT_MOST: rounded(forecast) <= target,
        Direction.EQUAL: rounded(forecast) == target,
    }
    if ok[Direction(direction)]:
        return GREEN, gap
    within = gap is not None and abs(gap) <= Fraction(scale.number("monitoring_warning"))
    return (AMBER if within else RED), gap


def lights(rows: Sequence[WatchedRow]) -> dict[str, int]:
    """How many rows have each light."""
    return {light: sum(row.light == light for row in rows) for light in (RED, AMBER, GREEN, GREY)}
