"""名册单元格: reads typed cells of one row and collects every fault with its remedy, not only the first."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from opendibao.decision.roster_reader import NumberText, SheetRow
from opendibao.kernel.ids import BadIdNumber, IdNumber, parse_id_number
from opendibao.kernel.money import FEN_PER_YUAN, yuan_text
from opendibao.rules import fields
from opendibao.rules.fields import CaseError

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:月|[-/.]0?1)?")
_LONGEST_VALUE, _LONGEST_REASON = 200, 200


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong with one cell, and what the sender must do."""

    sheet: str
    row: int
    field: str
    value: str
    reason: str

    def as_row(self) -> tuple[str, int, str, str, str]:
        """As the table of rejects keeps it."""
        return self.sheet, self.row, self.field, self.value[:_LONGEST_VALUE], self.reason[:_LONGEST_REASON]


def plain(text: str) -> str:
    """Full-width digits and letters as half-width ones, without blanks."""
    if text.isascii() and " " not in text:
        return text
    return "".join(unicodedata.normalize("NFKC", text).split())


def fact(fen: int) -> int | str:
    """Yuan as a case file writes them: a whole number where it is one."""
    return fen // FEN_PER_YUAN if fen % FEN_PER_YUAN == 0 else yuan_text(fen)


class RowReader:
    """One row of a sheet; each method returns the cell's value, or a harmless one after noting the fault."""

    def __init__(self, row: SheetRow, faults: list[CellFault]) -> None:
        self.row, self.faults = row, faults

    def fault(self, column: str, reason: str) -> None:
        """Note what is wrong with a cell of this row."""
        self.faults.append(CellFault(self.row.sheet, self.row.number, column, self.row.cells[column], reason))

    def text(self, column: str, most: int, *, required: bool = True) -> str:
        """Text of at most so many characters."""
        return self._checked(column, self.row.cells[column], most, required=required)

    def _checked(self, column: str, text: str, most: int, *, required: bool = True) -> str:
        if required and not text:
            self.fault(column, f"没有填{column}，请补填")
        elif len(text) > most:
            self.fault(column, f"{column}超过{most}个字，请缩短")
        elif not text.isprintable():
            self.fault(column, f"{column}含有换行或不可见字符，请删去")
        return text

    def name(self, column: str) -> str:
        """A person's name; blanks set for looks between its characters are dropped."""
        return self._checked(column, "".join(self.row.cells[column].split()), 60)

    def code(self, column: str, most: int) -> str:
        """A code or account that must stand in the file as text."""
        if isinstance(self.row.cells[column], NumberText) and column == "账号":
            self.fault(column, "账号被存成了数字，前面的0和末几位可能已丢失，请把整列设为文本后重填")
        return self._checked(column, plain(self.row.cells[column]), most)

    def id_number(self, column: str, on: date) -> IdNumber | None:
        """A checked number; None after a fault."""
        text = self.row.cells[column]
        if isinstance(text, NumberText):
            self.fault(column, "身份证号被存成了数字，末几位已丢失，请把整列设为文本后对照证件重填")
            return None
        if not text:
            self.fault(column, "没有填身份证号码，请补填")
            return None
        try:
            return parse_id_number(plain(text), on=on)
        except BadIdNumber as bad:
            self.fault(column, str(bad))
            return None

    def money(self, column: str) -> int:
        """An amount of yuan as fen; a blank cell is nothing."""
        text = self.row.cells[column]
        if not text:
            return 0
        try:
            return fields.money(plain(text).replace(",", ""), column)
        except CaseError as bad:
            self.fault(column, f"{bad.reason}，请对照原始材料改正")
            return 0

    def is_blank(self, column: str) -> bool:
        """Whether nothing stands in the cell."""
        return not self.row.cells[column]

    def count(self, column: str, least: int, most: int) -> int:
        """A whole number within bounds; a blank cell is zero."""
        if self.is_blank(column):
            return 0
        text = plain(self.row.cells[column])
        if not text.isdecimal() or len(text) > 6 or not least <= int(text) <= most:
            self.fault(column, f"{column}应为{least}到{most}之间的整数，请改正")
            return 0
        return int(text)

    def hundredths(self, column: str) -> str:
        """A measure with at most two decimals as text; "" when blank, zero or wrong."""
        if self.is_blank(column):
            return ""
        text = plain(self.row.cells[column])
        try:
            return text if fields.hundredths(text, column) else ""
        except CaseError as bad:
            self.fault(column, f"{bad.reason}，请改正")
            return ""

    def word(self, column: str, words: Mapping[str, str], *, required: bool = False) -> str:
        """The identifier of a word; "" for a blank cell that may be blank."""
        text = plain(self.row.cells[column])
        if text in words:
            return words[text]
        if text or required:
            self.fault(column, f"{column}应为以下之一：{'、'.join(words)}，请改正")
        return ""

    def yes(self, column: str) -> bool:
        """是, or else 否 or blank."""
        return self.word(column, {"是": "yes", "否": ""}) == "yes"

    def day(self, column: str) -> date | None:
        """A day that exists; None after a fault."""
        return self._date(column, _DAY, "2023-05-20")

    def month(self, column: str) -> date | None:
        """A month as its first day; None after a fault."""
        return self._date(column, _MONTH, "2023-06")

    def _date(self, column: str, form: re.Pattern[str], example: str) -> date | None:
        text = plain(self.row.cells[column])
        if found := form.fullmatch(text):
            try:
                return date(*[int(part) for part in (*found.groups(), "1")[:3]])
            except ValueError:
                pass
        what = f"“{text}”不存在" if text else "没有填"
        self.fault(column, f"{column}{what}，应写成 {example} 这样，请对照原决定改正")
        return None
