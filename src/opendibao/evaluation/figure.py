"""数字: a figure is a query of rows and what is counted over them, so that every figure opens its rows."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from opendibao.kernel.money import wan_yuan_text
from opendibao.payment.coverage import known


class Total(Enum):
    """What is counted over the rows of a figure."""

    COUNT = "count"  # rows
    SUM = "sum"  # column n, plain count
    FEN = "fen"  # column n, fen, printed in 万元
    RATIO = "ratio"  # column n over column d, printed in percent


@dataclass(frozen=True)
class Figure:
    """One figure: its name in words, its rows, and how they become the printed value.

    `sql` returns one row per piece of evidence; columns `n` and `d` are numerator and denominator (or the
    amount), all others are shown under the Chinese heads of `columns`. Parameters: those of `Period`. Cells under
    a head of `coded` are codes, printed in the words of a table's field ("app.Model.field") or in those given.
    """

    id: str
    zh: str
    unit: str
    total: Total
    sql: str
    columns: tuple[str, ...]
    definition: str
    numerator: str = ""
    denominator: str = ""
    exclusions: str = ""
    private: tuple[str, ...] = ()  # heads whose cells are masked in samples
    coded: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Period:
    """Which year, up to which day, as known at which time."""

    year: int
    as_of: date
    known_at: datetime
    division: str

    def parameters(self) -> dict[str, object]:
        """Query parameters; `last` is the day the figures are as of, `known_on` the day of `known_at` in the county."""
        return {
            "year": self.year,
            "first": date(self.year, 1, 1),
            "eve": date(self.year - 1, 12, 31),
            "last": self.as_of,
            **known(self.known_at),
        }


@dataclass(frozen=True)
class Measured:
    """A figure's result: rows read, numerator, denominator; `value` is None where nothing was measured."""

    figure: Figure
    rows: int
    n: int
    d: int
    note: str = ""

    @property
    def value(self) -> Decimal | None:
        """The exact value in the figure's unit, rounded once; None = 未测得."""
        total = self.figure.total
        if total is Total.COUNT:
            return Decimal(self.rows)
        if total is Total.SUM:
            return Decimal(self.n)
        if total is Total.FEN:
            return Decimal(wan_yuan_text(self.n))
        if self.d == 0:
            return None
        return percent(self.n, self.d)

    @property
    def text(self) -> str:
        """The printed string; 未测得 where there is no measurement."""
        value = self.value
        if value is None:
            return "未测得"
        return f"{value:f}" if self.figure.total is not Total.RATIO else f"{value:f}%"


def percent(n: int, d: int) -> Decimal:
    """A ratio in percent, two decimals, half-up, rounded once."""
    return (Decimal(n) * 100 / Decimal(d)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def query_hash(figure: Figure, period: Period) -> str:
    """SHA-256 of the query text and its parameters: same hash, same question."""
    asked = [figure.sql, {key: str(value) for key, value in period.parameters().items()}]
    return hashlib.sha256(json.dumps(asked, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
