"""坏输入: what strangers write stays text in the report, in the evidence and in every workbook."""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from docx import Document
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from opendibao.evaluation.evidence import _workbook
from opendibao.evaluation.figure import Figure, Total
from opendibao.reporting.content import ReportContent, cleaned
from opendibao.reporting.pack import pack_bytes
from opendibao.reporting.pdf_file import pdf_bytes
from opendibao.reporting.sentences import write_body
from opendibao.reporting.word_file import word_bytes
from tests.reporting.contents import FIGURES, hukou
from tests.reporting.test_pack import Reader

HOSTILE = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}{% raw %}{#x#}${7*7}",
    '=HYPERLINK("http://x","点我")', "+cmd|' /C calc'!A0", "@SUM(1+1)", "-1+1", '#eval("1")', "$x^2$ *b* _i_ `c`",
    "#set page(fill: red)", "\\u{41}\\n", "<label> @ref", "]]>&amp;<!--", "䶮鄱阳", "王" * 60,
)  # fmt: skip
UNSEEN = ("a\x00b", "a\x07b\x0b", "a\ud800b", "a\ufffeb", "王\u202e英", "a\u2028b\r\nc")


def content(texts: Sequence[str]) -> ReportContent:
    """The county's report, a text of strangers in every place where a person types."""
    said = [*texts, *texts * 15][:15]
    rows = tuple(
        replace(row, name=text, reason=text, given="1.00", officer=text, note=text)
        for row, text in zip(hukou().rows, said, strict=True)
    )
    findings = tuple(replace(one, where=said[0], note=said[0]) for one in hukou().findings)
    figures = tuple(
        replace(one, sample=((text, text, text),), exclusions=text)
        for one, text in zip(FIGURES, [*said, *said, *said], strict=False)
    )
    figures += hukou().figures[len(figures) :]
    return cleaned(
        replace(hukou(), county=said[0], rows=rows, findings=findings, figures=figures, overall_goal=said[1])
    )


@cache
def hostile() -> ReportContent:
    return content(HOSTILE)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_word_file_reads_as_it_was_typed() -> None:
    written = word_bytes(hostile(), write_body(hostile()))

    table = Document(io.BytesIO(written)).tables[0]
    assert [row.cells[2].text for row in table.rows[1:16]] == list(HOSTILE)
    with zipfile.ZipFile(io.BytesIO(written)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(parts.read(name))


def test_the_pdf_reads_as_it_was_typed() -> None:
    pages = PdfReader(io.BytesIO(pdf_bytes(hostile(), write_body(hostile())))).pages

    text = squeezed("".join(page.extract_text() for page in pages))
    assert [one for one in HOSTILE if squeezed(one) not in text] == []


def test_the_evidence_pack_reads_as_it_was_typed() -> None:
    page = Reader(pack_bytes(hostile(), write_body(hostile())).decode())

    assert [one for one in HOSTILE if page.text.count(one) < 3] == []
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]


def test_what_cannot_be_seen_breaks_no_file() -> None:
    made = content(UNSEEN)

    Document(io.BytesIO(word_bytes(made, write_body(made))))
    PdfReader(io.BytesIO(pdf_bytes(made, write_body(made))))
    Reader(pack_bytes(made, write_body(made)).decode())


def test_ten_thousand_characters_break_no_file() -> None:
    made = content(["长" * 10_000, "短"])

    word = Document(io.BytesIO(word_bytes(made, write_body(made))))
    assert word.tables[0].rows[1].cells[2].text == "长" * 10_000
    assert len(PdfReader(io.BytesIO(pdf_bytes(made, write_body(made)))).pages) > 10


@pytest.mark.parametrize("text", [*HOSTILE, "000123", "1e5", "2024-01-01", "http://x", *UNSEEN[:2], "长" * 10_000])
def test_a_workbook_holds_texts_and_no_formula(tmp_path: Path, text: str) -> None:
    one = Figure("households", "户", "户", Total.COUNT, "", (text, "姓名"), "")

    _workbook(one, [[text, text]], tmp_path / "rows.xlsx")

    with zipfile.ZipFile(tmp_path / "rows.xlsx") as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert re.findall(r'<c [^>]*?t="(\w+)"', sheet) == ["s"] * 4
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    rows = CalamineWorkbook.from_path(tmp_path / "rows.xlsx").get_sheet_by_index(0).to_python()
    assert rows[1][0] == text
