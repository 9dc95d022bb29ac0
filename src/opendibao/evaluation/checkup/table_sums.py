"""其他表的合计: a total row of any table that is not the sum of the rows above it (C01, W01 by rounding)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from opendibao.evaluation.checkup.finding import Place
from opendibao.evaluation.checkup.quantity import Quantity, plain, quantity, said
from opendibao.evaluation.checkup.report import Report
from opendibao.evaluation.checkup.sheet_heads import columns_of, head_text

_TOTAL = re.compile(r"(?:合|总)\s*计|全[县区市]合?计|共\s*计")
# rows and columns that do not add up, and are not meant to
_NO_ROW = re.compile(r"其中|小计|平均|占比|比例|增长|备注|注[:：]")
_NO_COLUMN = re.compile(r"率|比|均|标准|度$|序号|排名|得分|备注|年份")
_FEWEST = 2


@dataclass(frozen=True)
class TableSum:
    """A printed total of a column with the numbers above it."""

    place: Place
    column: str
    total: Quantity
    parts: tuple[Quantity, ...]

    @property
    def gap(self) -> Decimal:
        """Printed total less the sum of the rows."""
        return self.total.value - sum((part.value for part in self.parts), Decimal(0))

    @property
    def tail(self) -> Decimal:
        """The most that rounding can have moved: nothing where all numbers are whole."""
        steps = [Decimal(1).scaleb(int(one.value.as_tuple().exponent)) for one in (self.total, *self.parts)]
        return sum(steps, Decimal(0)) / 2 if min(steps) < 1 else Decimal(0)

    def told(self) -> str:
        """The sum in words."""
        added = said(sum((part.value for part in self.parts), Decimal(0)))
        return f"“{self.column}”一列合计印的是{self.total.text}，上面{len(self.parts)}行相加是{added}"


def table_sums(report: Report) -> Iterator[TableSum]:
    """Every total of a column of numbers, but those of the indicator table and of the funds block."""
    sheets = {line.block for line in report.sheet.lines} if report.sheet else set()
    for block, table in report.document.tables():
        own = block in sheets or columns_of(table.rows) or (report.funds is not None and report.funds.block == block)
        if not own:
            yield from _of_table(block, table.rows)


def _of_table(block: int, rows: Sequence[Sequence[str]]) -> Iterator[TableSum]:
    total = next((at for at, row in enumerate(rows) if at > _FEWEST and _TOTAL.fullmatch(_first(row))), None)
    if total is None or any(_NO_ROW.search(cell) for row in rows[1:total] for cell in row[:2]):
        return
    for column, printed in enumerate(rows[total]):
        head = head_text(rows[0][column]) if column < len(rows[0]) else ""
        above = [_cell(row[column]) for row in rows[1:total] if column < len(row)]
        parts = tuple(one for one in above if one is not None)
        whole = _cell(printed)
        if whole is not None and len(parts) == len(above) >= _FEWEST and not _NO_COLUMN.search(head):
            yield TableSum(Place(block, total), rows[0][column].strip(), whole, parts)


def _first(row: Sequence[str]) -> str:
    return next((head_text(cell) for cell in row if cell.strip()), "")


def _cell(text: str) -> Quantity | None:
    """The plain count or sum of a cell; None where it holds anything else."""
    if not re.fullmatch(r"\s*-?[\d,]+(?:\.\d+)?\s*(?:万?元|[户人次件])?\s*", plain(text)):
        return None
    return quantity(text.strip())
