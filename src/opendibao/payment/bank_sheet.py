"""银行表格: writes a bank's file as xlsx; every cell is text and the same rows give the same bytes, today and in years.

The few parts of the workbook are written here and not by a library: a file that went to the bank is written again to
prove that it is the same, and another version of a library, or of its compression, would write other bytes.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO
from xml.sax.saxutils import escape

from opendibao.payment.bank_text import Row, Unwritable, fault_of, texts_of
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.templates import BankTemplate

MOST_ROWS = 1_048_576
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_MEANS_A_SIGN = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # a table would read _x0041_ as A
# number format 49 is “text”: a number typed over a cell keeps its leading zeros
PARTS = {
    "[Content_Types].xml": f"""<Types xmlns="{_PACKAGE}/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>\
<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>\
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" \
Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>""",
    "xl/_rels/workbook.xml.rels": f"""<Relationships xmlns="{_PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>\
<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>""",
    "xl/styles.xml": f"""<styleSheet xmlns="{_SHEET}"><fonts count="1"><font><sz val="11"/></font></fonts>\
<fills count="1"><fill/></fills><borders count="1"><border/></borders>\
<cellStyleXfs count="1"><xf/></cellStyleXfs>\
<cellXfs count="1"><xf numFmtId="49" applyNumberFormat="1"/></cellXfs></styleSheet>""",
    "xl/workbook.xml": f"""<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>\
<sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>""",
}
SHEET = "xl/worksheets/sheet1.xml"


def _entry(name: str) -> zipfile.ZipInfo:
    """An entry that says nothing of the day or the machine: 1980, stored, no rights."""
    found = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    found.create_system = 0
    return found


def _row(number: int, texts: Sequence[str]) -> bytes:
    cells = "".join(
        f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t xml:space="preserve">'
        f"{escape(_MEANS_A_SIGN.sub('_x005F_', text))}</t></is></c>"
        for place, text in enumerate(texts)
    )
    return f'<row r="{number}">{cells}</row>'.encode()


def _lines(template: BankTemplate, values: Row, rows: Iterable[tuple[str, Row]]) -> Iterator[Sequence[str]]:
    for line in template.header:
        yield texts_of(line, values)
    if template.has_headings:
        yield [cell.zh for cell in template.columns]
    faults = []
    for household, row in rows:
        texts = texts_of(template.columns, row)
        if fault := fault_of(template, texts, household):
            faults.append(fault)
        elif not faults:
            yield texts
    if faults:
        raise Unwritable(faults)
    for line in template.trailer:
        yield texts_of(line, values)


def write_sheet(template: BankTemplate, values: Row, rows: Iterable[tuple[str, Row]], out: BinaryIO) -> None:
    """Write the workbook into a file that can be gone back in; only one row is held at a time.

    Raises Unwritable naming every line that cannot be written, PaymentRefused above the rows that a sheet takes.
    """
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as book:
        for name, part in PARTS.items():
            book.writestr(_entry(name), (_HEAD + part).encode())
        with book.open(_entry(SHEET), "w", force_zip64=False) as sheet:
            sheet.write(f'{_HEAD}<worksheet xmlns="{_SHEET}">{_widths(template)}<sheetData>'.encode())
            for number, texts in enumerate(_lines(template, values, rows), 1):
                if number > MOST_ROWS:
                    raise PaymentRefused("一张电子表格写不下这么多行，请改用文本模板")
                sheet.write(_row(number, texts))
            sheet.write(b"</sheetData></worksheet>")


def _widths(template: BankTemplate) -> str:
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{cell.width or 12}" customWidth="1" style="0"/>'
        for place, cell in enumerate(template.columns, 1)
    )
    return f"<cols>{columns}</cols>"
