"""数字: a figure is a query of rows and what is counted over them, so that every figure opens its rows."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from opendibao.kernel.money import FEN_PER_YUAN, wan_yuan_text
from opendibao.payment.coverage import known

NOT_MEASURED = "未测得"
CENT = Decimal("0.01")


class Total(Enum):
    """What is counted over the rows of a figure."""

    COUNT = "count"  # rows
    SUM = "sum"  # column n, plain count
    FEN = "fen"  # column n, fen, printed in 万元
    RATIO = "ratio"  # column n over column d, printed in percent
    AVERAGE = "average"  # column n, fen, over column d, printed in yuan
    MEAN = "mean"  # column n over column d, plain counts


@dataclass(frozen=True)
class Figure:
    """One figure: its name in words, its rows, and how they become the printed value.

    `sql` returns one row per piece of evidence; columns `n` and `d` are numerator and denominator (or the
    amount), all others are shown under the Chinese heads of `columns`. Parameters: those of `Period`. Cells under
    a head of `coded` are codes, printed in the words of a table's field ("app.Model.field") or in those given.
    `missing` names the records without which the figure cannot be measured: nobody keeps them in the system yet.
    `wider` is a query that holds the figure's rows among others and the condition on its columns that picks them,
    so that figures which differ only in it are counted in one go.
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
    missing: str = ""
    wider: tuple[str, str] | None = None

    @property
    def has_denominator(self) -> bool:
        """Whether it is one sum over another."""
        return self.total in (Total.RATIO, Total.AVERAGE, Total.MEAN)


def without_order(sql: str) -> str:
    """A query without its last ORDER BY, where that orders the rows of the whole."""
    rows, _, order = sql.rpartition("ORDER BY")
    return rows if rows and not set("()") & set(order) and "LIMIT" not in order else sql


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
    """A figure's result: rows read, numerator, denominator; `value` is None where nothing was measured.

    `failed` says in words why the query gave no answer at all.
    """

    figure: Figure
    rows: int
    n: int
    d: int
    failed: str = ""

    @property
    def value(self) -> Decimal | None:
        """The exact value in the figure's unit, rounded once; None = 未测得."""
        total = self.figure.total
        if self.failed or (self.figure.has_denominator and self.d == 0):
            return None
        if total is Total.RATIO:
            return percent(self.n, self.d)
        if total is Total.AVERAGE:
            return (Decimal(self.n) / Decimal(self.d) / FEN_PER_YUAN).quantize(CENT, ROUND_HALF_UP)
        if total is Total.MEAN:
            return (Decimal(self.n) / Decimal(self.d)).quantize(CENT, ROUND_HALF_UP)
        return Decimal({Total.COUNT: str(self.rows), Total.SUM: str(self.n)}.get(total) or wan_yuan_text(self.n))

    @property
    def text(self) -> str:
        """The printed string; 未测得 where there is no measurement."""
        value = self.value
        if value is None:
            return NOT_MEASURED
        return f"{value:f}" if self.figure.total is not Total.RATIO else f"{value:f}%"

    @property
    def why(self) -> str:
        """Why there is no value, or why it is zero: the query failed, a record is not kept, there was no row."""
        if self.failed:
            return self.failed
        if self.value is None and self.figure.missing:
            return f"没有记录：{self.figure.missing}"
        if self.rows == 0:
            return "查询没有返回任何行" if self.value is None else "查询没有返回任何行，按零计"
        return "分母是零，算不出来" if self.value is None else ""


def percent(n: int, d: int) -> Decimal:
    """A ratio in percent, two decimals, half-up, rounded once."""
    return (Decimal(n) * 100 / Decimal(d)).quantize(CENT, ROUND_HALF_UP)


def query_hash(figure: Figure, period: Period) -> str:
    """SHA-256 of the query text and its parameters: same hash, same question."""
    asked = [figure.sql, {key: str(value) for key, value in period.parameters().items()}]
    return hashlib.sha256(json.dumps(asked, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
