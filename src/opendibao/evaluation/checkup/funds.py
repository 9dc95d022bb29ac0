"""资金情况: the block of a self-evaluation sheet that scores budget execution: planned, executed, rate, points."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from opendibao.evaluation.checkup.document import Document
from opendibao.evaluation.checkup.quantity import Quantity, number, quantity
from opendibao.evaluation.checkup.sheet_heads import head_text

_HEADS = {
    "planned": r"(?:全年|调整后?|批复|年度)?预算(?:数|金额|安排数?)?(?:A)?",
    "executed": r"(?:全年|年度|实际)?(?:预算)?(?:执行|支出)(?:数|金额)(?:B)?",
    "rate": r"(?:预算)?执行率(?:.*)?",
    "weight": r"分值|权重|标准分",
    "score": r"(?:自评|评价)?得分",
}
# the rows under the whole sum that make it up; 其中 stands before the first
_SOURCE = re.compile(
    r"(?:其中[:：]?)?(?:当年|本年)?(?:财政拨款|上年结转(?:结余)?(?:资金)?|其他(?:资金)?|(?:中央|省级?|市级?|县级?|区级?|上级|本级|地方)(?:财政)?(?:补助|资金|拨款|安排)*)"
)
_WHOLE = re.compile(r"(?:年度|项目|预算)?(?:资金)?(?:总额|合计|总计)|年度资金|预算执行(?:率|情况)?")


@dataclass(frozen=True)
class Funds:
    """The funds block as printed: money in the unit of the block, the rate in percent, points."""

    block: int
    row: int
    planned: Quantity | None
    executed: Quantity | None
    rate: Quantity | None
    weight: Decimal | None
    score: Decimal | None
    planned_parts: tuple[Quantity, ...] = ()
    executed_parts: tuple[Quantity, ...] = ()
    sources: tuple[str, ...] = ()

    def sums(self) -> Iterator[tuple[tuple[Quantity, ...], Quantity, tuple[str, ...]]]:
        """The parts of the planned and of the executed sum with that sum and the names of their sources."""
        for parts, total in ((self.planned_parts, self.planned), (self.executed_parts, self.executed)):
            if total is not None and len(parts) > 1:
                yield parts, total, self.sources


def funds_of(document: Document) -> Funds | None:
    """The row of the whole sum in the first funds block of a report; None where it has none."""
    for block, table in document.tables():
        for head, row in enumerate(table.rows):
            columns = _columns(row)
            if {"executed", "rate"} <= columns.keys():
                return _read(block, head, table.rows, columns)
    return None


def _columns(row: Sequence[str]) -> dict[str, int]:
    heads = [head_text(cell) for cell in row]
    found: dict[str, int] = {}
    for column, pattern in _HEADS.items():
        fitting = [number for number, head in enumerate(heads) if re.fullmatch(pattern, head)]
        if fitting:
            # the first that fits: 年初预算数 fits none, so that of 年初预算数 | 全年预算数 it is the year's
            found[column] = fitting[0]
    return found


def _read(block: int, head: int, rows: Sequence[Sequence[str]], columns: dict[str, int]) -> Funds | None:
    unit = "万元" if any("万元" in cell for row in rows[: head + 1] for cell in row) else ""
    whole = next(
        (at for at, row in enumerate(rows) if at > head and any(_WHOLE.fullmatch(head_text(cell)) for cell in row)),
        None,
    )
    if whole is None:
        return None
    row, sources = rows[whole], _sources(rows[whole + 1 :])
    planned, executed = columns.get("planned"), columns["executed"]
    return Funds(
        block,
        whole,
        _money(row, planned, unit),
        _money(row, executed, unit),
        _cell(row, columns["rate"]),
        _points(row, columns.get("weight")),
        _points(row, columns.get("score")),
        tuple(found for _, one in sources if (found := _money(one, planned, unit))),
        tuple(found for _, one in sources if (found := _money(one, executed, unit))),
        tuple(name for name, _ in sources),
    )


def _sources(rows: Sequence[Sequence[str]]) -> list[tuple[str, Sequence[str]]]:
    """The rows right after the whole sum that name a source of money."""
    found = []
    for row in rows:
        name = next((text for cell in row if _SOURCE.fullmatch(text := head_text(cell))), None)
        if name is None:
            break
        found.append((name, row))
    return found


def _cell(row: Sequence[str], at: int) -> Quantity | None:
    return quantity(row[at]) if at < len(row) else None


def _money(row: Sequence[str], at: int | None, unit: str) -> Quantity | None:
    found = None if at is None else _cell(row, at)
    if found is None or found.unit:
        return found
    return Quantity(found.sign, found.value, unit, found.text)


def _points(row: Sequence[str], at: int | None) -> Decimal | None:
    return None if at is None or at >= len(row) else number(row[at])
