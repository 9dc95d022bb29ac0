"""评价报告PDF版: the same text, an embedded font, and no character that vanishes."""

import io
from dataclasses import replace
from functools import cache

from pypdf import PdfReader

from opendibao.reporting import glyphs
from opendibao.reporting.content import ReportContent, cleaned
from opendibao.reporting.pdf_file import lacking_in, pdf_bytes
from opendibao.reporting.sentences import write_body
from tests.reporting.contents import NASTY, hukou


def made(content: ReportContent) -> bytes:
    content = cleaned(content)
    return pdf_bytes(content, write_body(content))


@cache
def county() -> bytes:
    return made(hukou())


def pages(pdf: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def test_the_text_reads_as_it_was_written_without_spaces_at_figures() -> None:
    text = "".join(pages(county()))

    assert "在保5277户9737人，其中农村低保4519户8520人" in text
    assert "综合得分：93.14分" in text
    assert "七、其他需要说明的问题" in text


def test_every_block_is_in_the_pdf() -> None:
    text = "".join(pages(county()))

    lost = [
        block.text for block in write_body(cleaned(hukou()))
        if block.table is None and "".join(block.text.split())[:12] not in text
    ]  # fmt: skip

    assert lost == []


def test_the_score_table_has_its_heads_on_every_page_it_runs_over() -> None:
    assert sum("凭据编号数字名称" in page for page in pages(county())) >= 2


def test_only_the_embedded_font_is_used() -> None:
    reader = PdfReader(io.BytesIO(county()))

    fonts = {
        font.get_object()["/BaseFont"]: font.get_object()
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }

    assert fonts
    for name, font in fonts.items():
        assert "NotoSansSC" in name
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert any(key.startswith("/FontFile") for key in descriptor)


def test_synthetic_data_are_marked_on_every_page() -> None:
    assert all("合成数据非真实人员和资金" in page for page in pages(county()))


def test_signs_of_typesetting_in_names_stay_text() -> None:
    rows = tuple(replace(row, name=NASTY) for row in hukou().rows)

    text = "".join(pages(made(replace(hukou(), rows=rows))))

    assert "".join(NASTY.split()) in text


def test_a_character_that_the_font_lacks_is_marked_and_named() -> None:
    content = cleaned(replace(hukou(), county="𠮷口县"))

    text = "".join(pages(made(content)))

    assert lacking_in(content, write_body(content)) == ["𠮷"]
    assert f"{glyphs.GETA}口县" in text
    assert "U+20BB7" in text


def test_a_report_that_lacks_nothing_says_nothing_of_it() -> None:
    assert "缺字说明" not in "".join(pages(county()))


def test_rare_characters_that_the_font_has_are_kept() -> None:
    assert glyphs.missing("䶮㛃①③≥—“”〓") == []


def test_the_same_content_gives_the_same_bytes() -> None:
    assert county() == made(hukou())
