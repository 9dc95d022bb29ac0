"""Excel 文件: an xlsx workbook as rows of texts; how large it is, packed and unpacked, is asked before reading."""

import io
import itertools
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from xml.etree import ElementTree

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from opendibao.verification.deliveries.reading.cells import cell_text, cell_texts, is_total
from opendibao.verification.deliveries.reading.formulas import formulas_of
from opendibao.verification.deliveries.reading.headings import WITHIN, Headings, find_headings, heading_row
from opendibao.verification.deliveries.reading.sheets import BATCH, Batch, Fault, Sheet
from opendibao.verification.deliveries.refusal import DeliveryRefused
from opendibao.verification.sources.adapter import Source

OLD_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
LARGEST_UNPACKED = 700_000_000
BLOWN_UP, TOO_MANY_TIMES = 50_000_000, 100
"""What unpacks to more than so many bytes and so many times its size holds no list of people."""
FORMULA = "是公式，算出来的数不能收；请部门把公式换成数值（选择性粘贴为数值）后重送"
Row = Sequence[object]


def read_workbook(data: bytes, source: Source, others: Iterable[Source] = ()) -> Sheet:
    """The one sheet of a workbook that holds the source's headings. Raises DeliveryRefused."""
    archive = _archive(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheet = _sheet(book, source)
        rows = sheet.iter_rows()
        above = list(itertools.islice(rows, WITHIN))
        found = find_headings([[cell_text(cell) for cell in row] for row in above], source, others)
        _refuse_merged(sheet, found.row)
        formulas = _formulas(archive, sheet)
    except PasswordError:
        raise DeliveryRefused("文件加了密，打不开；请部门去掉打开密码后重送") from None
    except (CalamineError, KeyError, ElementTree.ParseError, zipfile.BadZipFile, OSError):
        raise DeliveryRefused("文件打不开，可能没有传完或者已损坏；请部门重新另存为 xlsx 后重送") from None
    if 0 in formulas:
        raise DeliveryRefused("文件里有公式，又没有写明在哪一格；请部门把公式换成数值后重送")
    below = itertools.chain(above[found.row + 1 :], rows)
    remarks = list(found.remarks)
    batches = _batches(below, found, formulas, found.row + 2, remarks)
    columns = {column.name: column for column in found.columns.values()}
    return Sheet("xlsx", "", columns, found.units, batches, remarks)


def _archive(data: bytes) -> zipfile.ZipFile:
    """The workbook as an archive that is no larger than a list of people is."""
    if data.startswith(OLD_EXCEL):
        if ENCRYPTED in data:
            raise DeliveryRefused("文件加了密，打不开；请部门去掉打开密码后重送")
        raise DeliveryRefused("文件是老格式（xls），请部门另存为 xlsx 后重送")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        raise DeliveryRefused("文件打不开，可能没有传完或者已损坏；请部门重新另存为 xlsx 后重送") from None
    unpacked = sum(one.file_size for one in archive.infolist())
    if unpacked > LARGEST_UNPACKED or (unpacked > BLOWN_UP and unpacked > TOO_MANY_TIMES * len(data)):
        size, came = unpacked // 1_000_000, max(len(data) // 1_000_000, 1)
        raise DeliveryRefused(f"文件约{came}MB，解压后有{size}MB，不像人员数据；请部门只留数据这一张表，或改送 CSV")
    return archive


def _formulas(archive: zipfile.ZipFile, sheet: CalamineSheet) -> dict[int, set[int]]:
    """Rows (from 1) and places in the row that hold a formula: the reader leaves empty columns on the left away."""
    left = sheet.start[1] if sheet.start else 0
    return {row: {column - left for column in columns} for row, columns in formulas_of(archive, sheet.name).items()}


def _sheet(book: CalamineWorkbook, source: Source) -> CalamineSheet:
    """The sheet that holds most headings; the first where none does, so that it can be said what it lacks."""
    shown = [
        book.get_sheet_by_name(one.name)
        for one in book.sheets_metadata
        if one.typ == SheetTypeEnum.WorkSheet and one.visible == SheetVisibleEnum.Visible
    ]
    filled = [sheet for sheet in shown if sheet.height]
    if not filled:
        raise DeliveryRefused("文件是空的，一行也没有；请核对选的文件")
    known = [_headings_known(sheet, source) for sheet in filled]
    holding = [sheet for sheet, count in zip(filled, known, strict=True) if count and count == max(known)]
    if len(holding) > 1:
        names = "、".join(sheet.name for sheet in holding)
        raise DeliveryRefused(f"有{len(holding)}张工作表都有表头（{names}），请部门合成一张或分成几个文件送")
    return holding[0] if holding else filled[0]


def _headings_known(sheet: CalamineSheet, source: Source) -> int:
    """How many headings of the source a sheet holds; a sheet of instructions may name some of them."""
    above = [[cell_text(cell) for cell in row] for row in itertools.islice(sheet.iter_rows(), WITHIN)]
    return len(heading_row(above, source)[1])


def _refuse_merged(sheet: CalamineSheet, top: int) -> None:
    """A merged cell below the headings says of which rows it speaks only to the eye."""
    if merged := [first[0] for first, last in sheet.merged_cell_ranges or () if last[0] > top]:
        raise DeliveryRefused(f"第{max(min(merged), top + 1) + 1}行有合并单元格，请部门取消合并、逐行填写后重送")


def _batches(
    rows: Iterable[Row], found: Headings, formulas: Mapping[int, set[int]], number: int, remarks: list[str]
) -> Iterator[Batch]:
    """The rows below the headings; empty ones and totals count nothing."""
    places = sorted(found.columns)
    rows = iter(rows)
    while chunk := list(itertools.islice(rows, BATCH)):
        kept, numbers = [], []
        for row in chunk:
            if _is_row(row, places, number, remarks):
                kept.append(row)
                numbers.append(number)
            number += 1
        columns = {found.columns[place].name: cell_texts(row[place] for row in kept) for place in places}
        yield Batch(numbers, columns, _broken(numbers, formulas, found))


def _is_row(row: Row, places: Sequence[int], number: int, remarks: list[str]) -> bool:
    if not any(row[place] not in (None, "") for place in places):
        return False
    first = next((cell for cell in row if cell not in (None, "")), "")
    if isinstance(first, str) and is_total(first.strip()):
        remarks.append(f"第{number}行是合计行，没有计入")
        return False
    return True


def _broken(numbers: Sequence[int], formulas: Mapping[int, set[int]], found: Headings) -> dict[int, Fault]:
    """The rows in which a column that is kept is a formula."""
    if not formulas:
        return {}
    return {
        place: Fault(found.columns[first].zh, FORMULA)
        for place, number in enumerate(numbers)
        if (first := _first(formulas.get(number, ()), found.columns)) >= 0
    }


def _first(columns: Collection[int], wanted: Mapping[int, object]) -> int:
    return min((column for column in columns if column in wanted), default=-1)
