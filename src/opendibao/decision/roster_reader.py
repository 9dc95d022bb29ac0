"""名册读取: an official roster as xlsx, as two CSV files or as a zip of either becomes rows of named text cells."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from opendibao.decision.refusal import RosterRefused
from opendibao.decision.roster_columns import COLUMNS, HOUSEHOLD_SHEET, MEMBER_SHEET, NUMBER, REASON

HEADING_WITHIN = 5
"""Titles may stand above the row of headings, at most so many rows down."""
LARGEST_UNPACKED = 200_000_000
EXACT_DIGITS = 15


class NumberText(str):
    """Text of a cell that the file holds as a number: leading zeros and places after the fifteenth are lost."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row by column; `number` is its place in the sheet as a spreadsheet counts."""

    sheet: str
    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Roster:
    """Both sheets of a roster and the checksum of the bytes they came from."""

    name: str
    sha256: str
    households: list[SheetRow]
    members: list[SheetRow]


def read_roster(path: Path) -> Roster:
    """Read a roster: .xlsx, .zip, or one of the two files …户.csv and …人.csv (the other stands beside it).

    Raises RosterRefused when it is no roster: form, encoding, sheets, merged cells, columns, or no household.
    """
    path = Path(path)
    if not path.is_file():
        raise RosterRefused(f"没有文件“{path.name}”，请核对路径")
    data = path.read_bytes()
    kind = path.suffix.lower()
    if kind == ".csv":
        parts = _csv_pair(path)
        return _roster(path.name, parts, _tables_of_csv(parts))
    if kind == ".zip":
        return _zipped(path.name, data)
    if kind == ".xlsx":
        return _roster(path.name, {path.name: data}, _tables_of_xlsx(path.name, data))
    raise RosterRefused(f"“{path.name}”不是 xlsx、CSV 或 zip，请另存为其中一种后再报")


Table = Sequence[Sequence[object]]
Parts = dict[str, bytes]


def _roster(name: str, parts: Parts, tables: dict[str, Table]) -> Roster:
    digest = hashlib.sha256()
    for each in sorted(parts):
        digest.update(parts[each])
    households, members = (list(_rows(sheet, tables[sheet])) for sheet in COLUMNS)
    if not households:
        raise RosterRefused(f"“{name}”的工作表“{HOUSEHOLD_SHEET}”没有一户，请填好后再报")
    return Roster(name[-120:], digest.hexdigest(), households, members)


def _csv_pair(path: Path) -> Parts:
    stem = path.stem
    if not stem.endswith((HOUSEHOLD_SHEET, MEMBER_SHEET)):
        raise RosterRefused(f"CSV 名册应为两个文件，文件名分别以“户”和“人”结尾，现为“{path.name}”，请改名后再报")
    found = {}
    for sheet in COLUMNS:
        other = path.with_name(stem[:-1] + sheet + path.suffix)
        if not other.is_file():
            raise RosterRefused(f"缺少“{other.name}”，请与“{path.name}”放在同一文件夹")
        found[sheet] = other.read_bytes()
    return found


def _zipped(name: str, data: bytes) -> Roster:
    try:
        with zipfile.ZipFile(io.BytesIO(data), metadata_encoding="gb18030") as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if sum(info.file_size for info in infos) > LARGEST_UNPACKED:
                raise RosterRefused(f"“{name}”解压后过大，请按乡镇分开报送")
            files = {Path(info.filename).name: archive.read(info) for info in infos}
    except (zipfile.BadZipFile, RuntimeError, UnicodeDecodeError):
        raise RosterRefused(f"“{name}”打不开，请确认没有加密并重新压缩") from None
    books = [each for each in files if each.lower().endswith(".xlsx")]
    if len(files) == 1 and books:
        return _roster(books[0], files, _tables_of_xlsx(books[0], files[books[0]]))
    pair = {s: files[n] for s in COLUMNS for n in files if n.lower().endswith(f"{s}.csv")}
    if len(files) != len(COLUMNS) or len(pair) != len(COLUMNS):
        raise RosterRefused(f"“{name}”里应只有一个 xlsx，或文件名以“户”“人”结尾的两个 CSV")
    return _roster(name, pair, _tables_of_csv(pair))


def _tables_of_csv(parts: Parts) -> dict[str, Table]:
    return {sheet: list(csv.reader(io.StringIO(_decoded(sheet, data)), strict=False)) for sheet, data in parts.items()}


def _decoded(sheet: str, data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise RosterRefused(f"“{sheet}.csv”的编码不是 UTF-8 或 GB18030，请另存为 CSV UTF-8 后再报")


def _tables_of_xlsx(name: str, data: bytes) -> dict[str, Table]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for sheet in COLUMNS:
            if sheet not in book.sheet_names:
                raise RosterRefused(f"“{name}”没有工作表“{sheet}”，现有：{'、'.join(book.sheet_names)}，请改正表名")
            if merged := book.get_sheet_by_name(sheet).merged_cell_ranges:
                row = min(first[0] for first, _ in merged) + 1
                raise RosterRefused(f"“{name}”的工作表“{sheet}”第{row}行有合并单元格，请全部取消合并后再报")
        return {sheet: book.get_sheet_by_name(sheet).to_python(skip_empty_area=False) for sheet in COLUMNS}
    except CalamineError:
        raise RosterRefused(f"“{name}”打不开，请确认是 xlsx 文件且没有加密") from None


def _rows(sheet: str, table: Table) -> Iterator[SheetRow]:
    top = _heading_row(sheet, table)
    titles = [_heading(cell) for cell in table[top]]
    while titles and not titles[-1]:
        titles.pop()
    _check_titles(sheet, titles)
    for place in range(top + 1, len(table)):
        texts = [_text(cell) for cell in table[place]]
        if any(texts):
            if beyond := [text for text in texts[len(titles) :] if text]:
                raise RosterRefused(f"工作表“{sheet}”第{place + 1}行在最后一列之后还有“{beyond[0]}”，请移到对应的列")
            texts += [""] * (len(titles) - len(texts))
            yield SheetRow(sheet, place + 1, dict(zip(titles, texts, strict=False)))


def _heading_row(sheet: str, table: Table) -> int:
    for place, row in enumerate(table[:HEADING_WITHIN]):
        if NUMBER in [_heading(cell) for cell in row]:
            return place
    raise RosterRefused(f"工作表“{sheet}”前{HEADING_WITHIN}行里没有表头（应有“{NUMBER}”一列），请补上表头")


def _check_titles(sheet: str, titles: list[str]) -> None:
    wanted = COLUMNS[sheet]
    titles = [title for title in titles if title != REASON]
    if missing := [title for title in wanted if title not in titles]:
        raise RosterRefused(f"工作表“{sheet}”缺少列：{'、'.join(missing)}，请按统一格式补齐（没有内容的列也要保留）")
    if unknown := [title or "（空）" for title in titles if title not in wanted]:
        raise RosterRefused(f"工作表“{sheet}”有不认识的列：{'、'.join(unknown)}，请删除或改为统一格式的列名")
    if len(titles) != len(wanted):
        double = next(title for title in titles if titles.count(title) > 1)
        raise RosterRefused(f"工作表“{sheet}”的列“{double}”出现两次，请删去一列")


def _heading(cell: object) -> str:
    text = "".join(_text(cell).split())
    return text.replace("（", "(").replace("）", ")").replace("＊", "").replace("*", "")


def _text(cell: object) -> str:
    """A cell as text; a number keeps the mark that it was one and the fifteen places a spreadsheet keeps."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | float):
        whole = int(cell)
        return NumberText(whole if whole == cell else f"{cell:.{EXACT_DIGITS}g}")
    if isinstance(cell, date):
        return f"{cell:%Y-%m-%d}"
    return str(cell)
