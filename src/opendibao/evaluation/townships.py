"""乡镇比较: the sheet's rates by township beside the county's, each as an index, and the weighted index that ranks.

Only rates are compared: a count or a sum of money follows the size of a township, not its work. A rate that should be
low is compared by what is free of the fault: 100 less the rate.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db import connection

from opendibao.audit.sql_rows import over_whole_tables
from opendibao.evaluation import scale
from opendibao.evaluation.figure import Figure, Period, Total, percent
from opendibao.evaluation.indicator import Indicator
from opendibao.evaluation.queries import indicators, sheet
from opendibao.evaluation.rows import HIDDEN, parameters
from opendibao.evaluation.scoring import rounded
from opendibao.evaluation.sheet import Direction

HUNDRED = Fraction(100)
COLUMNS = "SELECT * FROM ({rows}) AS evidence LIMIT 0"
# a row is placed where it says, or where its household lives or its case lies at the end of the period
BY_NAME = """
SELECT coalesce(evidence.{column}, ''), sum(n)::bigint, sum(d)::bigint FROM ({rows}) AS evidence GROUP BY 1
"""
BY_HOUSEHOLD = """
SELECT coalesce(town.name, ''), sum(evidence.n)::bigint, sum(evidence.d)::bigint FROM ({rows}) AS evidence
LEFT JOIN registry_household h ON h.number = evidence.{column}
LEFT JOIN registry_householdplace place ON place.household_id = h.id AND place.valid @> %(last)s::date
  AND place.recorded @> %(known_at)s::timestamptz
LEFT JOIN registry_division village ON village.code = place.division
LEFT JOIN registry_division town ON town.code = village.parent_id GROUP BY 1
"""
BY_CASE = """
SELECT coalesce(town.name, ''), sum(evidence.n)::bigint, sum(evidence.d)::bigint FROM ({rows}) AS evidence
LEFT JOIN intake_case c ON c.number = evidence.{column}
LEFT JOIN registry_division village ON village.code = c.division
LEFT JOIN registry_division town ON town.code = village.parent_id GROUP BY 1
"""
WAYS = (("乡镇", BY_NAME), ("户编号", BY_HOUSEHOLD), ("案号", BY_CASE))
TOWNS = "SELECT code, name FROM registry_division WHERE parent_id = %(division)s ORDER BY code"


@dataclass(frozen=True)
class Rate:
    """A township's rate of one indicator; `value` in percent, `index` with the county as 100, None: not measured."""

    n: int
    d: int
    value: Decimal | None
    index: Decimal | None
    is_small: bool


@dataclass(frozen=True)
class Township:
    """A township with its rates in the order of the compared indicators, its weighted index and its rank."""

    name: str
    rates: tuple[Rate, ...]
    index: Decimal | None
    rank: int


@dataclass(frozen=True)
class Compared:
    """An indicator of the sheet that townships are compared by; `unplaced` rows have no township."""

    code: str
    name: str
    weight: Decimal
    direction: str
    county: Rate
    unplaced: int


@dataclass(frozen=True)
class Comparison:
    """All townships of a year, the compared indicators, and those of the sheet that have no rate by township."""

    indicators: tuple[Compared, ...]
    townships: tuple[Township, ...]
    left_out: tuple[str, ...]
    small: int


_Counts = dict[str, tuple[int, int]]


def compare_townships(asked: Period) -> Comparison:
    """The townships of a year by the sheet's rates; none while the sheet has no such row."""
    known, small = indicators(), int(scale.number("small_number"))
    compared: list[tuple[Compared, _Counts]] = []
    left_out = []
    for row in sheet(asked.year, asked.division):
        counts = _counts(known[row.indicator], asked) if row.weight else {}
        if not any(d for _, d in counts.values()):
            left_out.append(known[row.indicator].name)
            continue
        n, d = (sum(part) for part in zip(*counts.values(), strict=True))
        county = _rate(n, d, small)
        unplaced = counts.get("", (0, 0))[1]
        one = Compared(row.indicator, known[row.indicator].name, row.weight, row.direction, county, unplaced)
        compared.append((one, counts))
    towns = _towns(asked.division)
    return Comparison(
        tuple(one for one, _ in compared), _ranked(towns, compared, small), tuple(left_out), small
    )  # fmt: skip


def _towns(division: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(TOWNS, {"division": division})
        return [name for _, name in cursor.fetchall()]


def _counts(indicator: Indicator, asked: Period) -> _Counts:
    """Numerator and denominator by township's name, "" where a row has none; empty where nothing is placed."""
    if not indicator.figures or indicator.figures[0].total is not Total.RATIO:
        return {}
    figure = indicator.figures[0]
    for head, query in WAYS:
        if head in figure.columns:
            return _grouped(figure, head, query, asked)
    return {}


def _grouped(figure: Figure, head: str, query: str, asked: Period) -> _Counts:
    given = parameters(figure, asked)
    with over_whole_tables(), connection.cursor() as cursor:
        cursor.execute(COLUMNS.format(rows=figure.sql), given)
        shown = [column.name for column in cursor.description if column.name not in HIDDEN]
        column = connection.ops.quote_name(shown[figure.columns.index(head)])
        cursor.execute(query.format(rows=figure.sql, column=column), given)
        return {name: (n or 0, d or 0) for name, n, d in cursor.fetchall()}


def _rate(n: int, d: int, small: int) -> Rate:
    return Rate(n, d, percent(n, d) if d else None, None, d < small)


def _ranked(towns: Sequence[str], compared: Sequence[tuple[Compared, _Counts]], small: int) -> tuple[Township, ...]:
    weights = [one.weight for one, _ in compared]
    found = []
    for name in towns:
        rates = tuple(_indexed(one, *counts.get(name, (0, 0)), small) for one, counts in compared)
        indexes = [rate.index for rate in rates]
        found.append((name, rates, weighted_index(zip(weights, indexes, strict=True))))
    order = sorted((index for _, _, index in found if index is not None), reverse=True)
    made = [
        Township(name, rates, index, 0 if index is None else order.index(index) + 1) for name, rates, index in found
    ]
    return tuple(sorted(made, key=lambda one: (one.rank or len(made) + 1, towns.index(one.name))))


def _indexed(one: Compared, n: int, d: int, small: int) -> Rate:
    county = one.county
    return Rate(n, d, percent(n, d) if d else None, index_of(n, d, county.n, county.d, one.direction), d < small)


def index_of(n: int, d: int, county_n: int, county_d: int, direction: str) -> Decimal | None:
    """A rate over the county's × 100; from exact counts, rounded once. None where one of them is not measured or 0.

    Where less is better both are taken as what is free of the fault.
    """
    if not d or not county_d:
        return None
    own, county = Fraction(n, d), Fraction(county_n, county_d)
    if direction == Direction.AT_MOST:
        own, county = 1 - own, 1 - county
    if county <= 0 or own < 0:
        return None
    return rounded(own / county * HUNDRED)


def weighted_index(weighed: Iterable[tuple[Decimal, Decimal | None]]) -> Decimal | None:
    """Indexes weighted by the sheet's weights, over those that were measured; None where none was."""
    measured = [(weight, index) for weight, index in weighed if index is not None and weight]
    whole = sum((weight for weight, _ in measured), Decimal(0))
    if not whole:
        return None
    summed = sum((Fraction(weight) * Fraction(index) for weight, index in measured), Fraction(0))
    return rounded(summed / Fraction(whole))
