"""指标表: the table of a report whose head holds 三级指标, 指标值, 分值, 得分, read into rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from opendibao.evaluation.checkup.document import Document, Table
from opendibao.evaluation.checkup.finding import Place
from opendibao.evaluation.checkup.funds import Funds, funds_of
from opendibao.evaluation.checkup.quantity import Quantity, number, quantity
from opendibao.evaluation.checkup.sheet_heads import Columns, columns_of, head_text

_TOTAL = re.compile(r"(?:指标)?(?:合计|总计|总分|总得分|得分合计|分值合计|总分值)(?:分)?")
_SUBTOTAL = re.compile(r".*小计")
_NOTE = re.compile(r"^(?:注|备注|说明|填表)")
_EXECUTION = re.compile(r"预算(?:资金)?执行率|资金执行率")


@dataclass(frozen=True)
class SheetLine:
    """One indicator row as printed; quantities are None where the cell holds words, numbers None where it is empty."""

    row: int
    number: int  # 1 = the first indicator
    level1: str
    level2: str
    name: str
    target_text: str
    actual_text: str
    target: Quantity | None
    actual: Quantity | None
    weight: Decimal | None
    score: Decimal | None
    reason: str
    block: int = -1

    @property
    def place(self) -> Place:
        """Where the row stands."""
        return Place(self.block, self.row)


@dataclass(frozen=True)
class Subtotal:
    """A 小计 row: where it stands, what it prints, the sums of the rows since the one before it."""

    place: Place
    weight: Decimal | None
    score: Decimal | None
    weights: Decimal
    scores: Decimal


@dataclass(frozen=True)
class SheetTable:
    """The indicator table: its block, its rows, the printed totals, the 预算执行率 row if it has one.

    `funds` is the block of planned and executed money beside or above the rows, which scores the execution too.
    """

    block: int
    heads: tuple[str, ...]
    lines: tuple[SheetLine, ...]
    total_row: int = -1
    total_weight: Decimal | None = None
    total_score: Decimal | None = None
    execution: SheetLine | None = None
    funds: Funds | None = None
    total_block: int = -1
    subtotals: tuple[Subtotal, ...] = ()

    @property
    def all_lines(self) -> tuple[SheetLine, ...]:
        """The rows, then the execution row where there is one."""
        return self.lines if self.execution is None else (*self.lines, self.execution)

    @property
    def weights(self) -> Decimal:
        """Sum of the weights of the rows, without the execution row."""
        return sum((line.weight for line in self.lines if line.weight is not None), Decimal(0))

    @property
    def scores(self) -> Decimal:
        """Sum of the scores of the rows, without the execution row."""
        return sum((line.score for line in self.lines if line.score is not None), Decimal(0))

    @property
    def execution_weight(self) -> Decimal | None:
        """Points for budget execution, by a row or by the funds block; None where the sheet has neither."""
        if self.execution is not None:
            return self.execution.weight
        return self.funds.weight if self.funds else None

    @property
    def execution_score(self) -> Decimal | None:
        """Points given for budget execution."""
        if self.execution is not None:
            return self.execution.score
        return self.funds.score if self.funds else None

    @property
    def total_place(self) -> Place:
        """Where the row of totals stands; the table where it has none."""
        return Place(self.total_block, self.total_row) if self.total_row >= 0 else Place(self.block, 0)


def sheet_of(document: Document) -> SheetTable | None:
    """The indicator table of a report, also where it runs over several tables; None where there is none."""
    reader: _Reader | None = None
    for block, table in document.tables():
        columns = columns_of(table.rows)
        if reader is None:
            if columns is not None:
                reader = _Reader(block, columns)
                reader.read(block, columns, table.rows[columns.head + 1 :], columns.head + 1)
        elif not reader.goes_on(document, block, table, columns):
            break
        else:
            first = columns.head + 1 if columns else 0
            reader.read(block, columns or reader.columns, table.rows[first:], first)
    return None if reader is None else reader.made(funds_of(document))


class _Reader:
    """Reads the rows of an indicator table, and of the tables it runs on in."""

    def __init__(self, block: int, columns: Columns) -> None:
        self.block, self.columns, self.last = block, columns, block
        self._lines: list[SheetLine] = []
        self._execution: SheetLine | None = None
        self._subtotals: list[Subtotal] = []
        self._total: tuple[Place, Decimal | None, Decimal | None] = (Place(), None, None)
        self._levels = ("", "")

    def goes_on(self, document: Document, block: int, table: Table, columns: Columns | None) -> bool:
        """Whether a table carries this one on: the same head again, or rows alone right after it; not after a total."""
        if self._total[0].row >= 0:
            return False
        if columns is not None:
            names = {line.name for line in self._lines}
            return all(columns.of(row, "name") not in names for row in table.rows[columns.head + 1 :] if any(row))
        near = all(not one.text.strip() or "续" in one.text for _, one in document.paragraphs(self.last + 1, block))
        return near and bool(table.rows) and len(table.rows[0]) == len(self.columns.heads)

    def read(self, block: int, columns: Columns, rows: Sequence[Sequence[str]], first: int) -> None:
        """Read the rows under a head; `first` is the number of the first of them."""
        self.last = block
        for row_number, row in enumerate(rows, first):
            self._row(Place(block, row_number), columns, row)

    def made(self, funds: Funds | None) -> SheetTable:
        """The table as read."""
        place, weight, score = self._total
        return SheetTable(
            self.block,
            self.columns.heads,
            tuple(self._lines),
            total_row=place.row,
            total_weight=weight,
            total_score=score,
            execution=self._execution,
            funds=funds,
            total_block=place.block,
            subtotals=tuple(self._subtotals),
        )

    def _row(self, place: Place, columns: Columns, row: Sequence[str]) -> None:
        first = next((head_text(cell) for cell in row if cell.strip()), "")
        weight, score = number(columns.of(row, "weight")), number(columns.of(row, "score"))
        if not first or _NOTE.match(first) or (len({cell for cell in row if cell.strip()}) == 1 and weight is None):
            return
        if _TOTAL.fullmatch(first):
            self._total = (place, weight, score)
        elif any(_SUBTOTAL.fullmatch(head_text(cell)) for cell in row):
            self._subtotals.append(self._subtotal(place, weight, score))
        elif columns.of(row, "name") or _EXECUTION.search("".join(row)):
            self._indicator(place, columns, row)

    def _indicator(self, place: Place, columns: Columns, row: Sequence[str]) -> None:
        line = self._line(place, columns, row)
        alone = bool(_EXECUTION.search(line.name)) and self._execution is None
        if alone:
            self._execution = line
        else:
            self._lines.append(line)

    def _line(self, place: Place, columns: Columns, row: Sequence[str]) -> SheetLine:
        level1, level2 = columns.of(row, "level1"), columns.of(row, "level2")
        if level1 and level1 != self._levels[0]:
            self._levels = (level1, level2)
        elif level2:
            self._levels = (self._levels[0], level2)
        name = columns.of(row, "name") or next(cell.strip() for cell in row if _EXECUTION.search(cell))
        target, actual = columns.of(row, "target"), columns.of(row, "actual")
        unit = columns.of(row, "unit")
        return SheetLine(
            place.row,
            len(self._lines) + 1,
            *self._levels,
            name,
            target,
            actual,
            _with_unit(target, unit),
            _with_unit(actual, unit),
            number(columns.of(row, "weight")),
            number(columns.of(row, "score")),
            columns.of(row, "reason"),
            place.block,
        )

    def _subtotal(self, place: Place, weight: Decimal | None, score: Decimal | None) -> Subtotal:
        since = self._subtotals[-1].place if self._subtotals else Place()
        lines = [line for line in self._lines if (line.block, line.row) > (since.block, since.row)]
        weights = sum((line.weight or Decimal(0) for line in lines), Decimal(0))
        return Subtotal(place, weight, score, weights, sum((line.score or Decimal(0) for line in lines), Decimal(0)))


def _with_unit(cell: str, unit: str) -> Quantity | None:
    found = quantity(cell)
    if found is None or found.unit or not unit:
        return found
    return quantity(f"{found.sign}{found.value}{unit}") or found
