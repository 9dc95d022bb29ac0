"""打开文件: by what its bytes are, not by its name, a file is opened as Excel, CSV, fixed width or NDJSON."""

from collections.abc import Iterable

from opendibao.verification.deliveries.reading.decoding import decoded
from opendibao.verification.deliveries.reading.delimited import has_headings, read_delimited
from opendibao.verification.deliveries.reading.fixed_width import read_fixed_width
from opendibao.verification.deliveries.reading.json_lines import read_json_lines
from opendibao.verification.deliveries.reading.sheets import Sheet
from opendibao.verification.deliveries.reading.workbook import OLD_EXCEL, read_workbook
from opendibao.verification.deliveries.refusal import DeliveryRefused
from opendibao.verification.sources.adapter import Source

PACKED = b"PK\x03\x04"
PDF, WORD = b"%PDF", b"{\\rtf"


def open_sheet(data: bytes, source: Source, others: Iterable[Source] = ()) -> Sheet:
    """Open a department's file; `others` are the sources whose headings are told apart. Raises DeliveryRefused."""
    if not data.strip():
        raise DeliveryRefused("文件是空的，一个字也没有；请核对选的文件")
    if data.startswith((PACKED, OLD_EXCEL)):
        return read_workbook(data, source, others)
    if data.startswith((PDF, WORD)):
        raise DeliveryRefused("文件是 PDF 或 Word，读不出行；请部门按 xlsx、CSV、定长文本或 NDJSON 送")
    text, encoding = decoded(data)
    if not text.strip():
        raise DeliveryRefused("文件是空的，一个字也没有；请核对选的文件")
    if text.lstrip()[:1] in "{[":
        return read_json_lines(text, encoding, source, others)
    if source.widths and not has_headings(text, source):
        return read_fixed_width(text, encoding, source)
    return read_delimited(text, encoding, source, others)
