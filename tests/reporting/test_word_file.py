"""评价报告Word版: a real docx with official layout, a table that repeats its head, and nothing but the blocks."""

import io
import itertools
from dataclasses import replace
from functools import cache
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from opendibao.reporting.blank_word import blank
from opendibao.reporting.content import ReportContent, cleaned
from opendibao.reporting.sentences import DEPARTMENT_EVALUATION, template_bytes, words_of, write_body
from opendibao.reporting.word_file import word_bytes
from tests.reporting.contents import NASTY, hukou


def made(content: ReportContent) -> bytes:
    content = cleaned(content)
    return word_bytes(content, write_body(content))


@cache
def county() -> Any:
    return Document(io.BytesIO(made(hukou())))


def paragraphs(document: Any) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def test_the_text_is_that_of_the_blocks_in_their_order() -> None:
    written = write_body(cleaned(hukou()))
    wanted = [block.text for block in written if block.kind not in ("table", "picture")]

    found = iter(paragraphs(county()))

    assert [text for text in wanted if text not in found] == []


def test_headings_are_real_headings() -> None:
    first = [one.text for one in county().paragraphs if one.style.name == "Heading 1"]

    assert first[0] == "一、基本情况"
    assert first[-1] == "附件"


def test_the_cover_prints_the_total_score_and_the_grade() -> None:
    cover = paragraphs(county())[:16]

    assert "综合得分：93.14分" in cover
    assert "评价等级：优" in cover


def test_the_score_table_comes_first_and_its_first_row_holds_the_heads() -> None:
    head = [cell.text for cell in county().tables[0].rows[0].cells]

    assert (head[0], head[7], head[8]) == ("一级指标", "得分", "偏差原因分析及改进措施")
    assert len(county().tables[0].rows) == 1 + 15 + 1


def test_the_total_is_the_last_row() -> None:
    last = [cell.text for cell in county().tables[0].rows[-1].cells]

    assert (last[0], last[5], last[7]) == ("合计", "90", "83.83")


def test_every_table_repeats_its_head_and_splits_no_row() -> None:
    for table in county().tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_equal_levels_are_one_cell() -> None:
    column = [row.cells[0].text for row in county().tables[0].rows[1:5]]
    xml = county().tables[0]._tbl.xml

    assert set(column) == {"成本指标"}
    assert xml.count(">成本指标<") == 1


def test_the_page_is_that_of_an_official_document() -> None:
    section = county().sections[0]

    edges = (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)

    assert [round(edge / Mm(1)) for edge in edges] == [37, 28, 26, 35]
    assert round(section.page_width / Mm(1)) == 210


def test_east_asian_faces_are_named() -> None:
    faces = {
        name: county().styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Normal", "Heading 1", "Heading 2", "Title")
    }

    assert faces == {
        "Normal": "仿宋_GB2312",
        "Heading 1": "黑体",
        "Heading 2": "楷体_GB2312",
        "Title": "方正小标宋简体",
    }


def test_synthetic_data_are_marked_on_every_page() -> None:
    section = county().sections[0]

    heads = (section.header, section.first_page_header, section.even_page_header)

    assert {head.paragraphs[0].text for head in heads} == {"合成数据　非真实人员和资金"}


def test_a_real_county_carries_no_such_mark() -> None:
    real = Document(io.BytesIO(made(replace(hukou(), is_synthetic=False))))

    assert real.sections[0].header.paragraphs[0].text == ""
    assert not any("合成" in text for text in paragraphs(real))


def test_evidence_ids_stand_in_the_margin_apart_from_the_sentence() -> None:
    notes = [one for one in county().paragraphs if one.style.name == "凭据编号"]

    assert notes[0].text.splitlines()[:2] == ["households", "persons"]
    assert all(note._p.pPr.find(qn("w:framePr")) is not None for note in notes)


def test_signs_of_markup_in_names_stay_text() -> None:
    rows = tuple(replace(row, name=NASTY, reason=NASTY, given="1.00") for row in hukou().rows)

    document = Document(io.BytesIO(made(replace(hukou(), rows=rows, county=NASTY))))

    assert document.tables[0].rows[1].cells[2].text == NASTY
    assert any(text.startswith("截至") and NASTY in text for text in paragraphs(document))


def test_the_same_content_gives_the_same_bytes() -> None:
    assert made(hukou()) == made(hukou())


def test_the_word_template_is_what_its_builder_makes() -> None:
    kept = Document(io.BytesIO(template_bytes(DEPARTMENT_EVALUATION, "style.docx")))
    again = Document(io.BytesIO(blank(words_of())))

    assert kept.element.xml == again.element.xml
    assert kept.styles.element.xml == again.styles.element.xml


def test_the_cover_fits_its_page() -> None:
    usual = county().styles["Normal"].paragraph_format.line_spacing
    cover = itertools.takewhile(lambda one: one.text != "一、基本情况", county().paragraphs)
    heights = [one.style.paragraph_format.line_spacing or usual for one in cover]

    assert sum(heights) <= Mm(225)  # the text block of GB/T 9704
