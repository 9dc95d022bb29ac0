"""公文模板: makes style.docx of a report anew; a county may then restyle it in Word, the tags stay.

Run: python -m opendibao.reporting.blank_word
Layout by GB/T 9704: A4, 37/28/26/35 mm, 22 lines of 三号仿宋, headings 黑体 and 楷体, page number between dashes.
"""

import io
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from opendibao.reporting.cover import COVER_LINES
from opendibao.reporting.sentences import DEPARTMENT_EVALUATION, words_of
from opendibao.reporting.word_styles import BODY, FANGSONG, GREY, HEI, INK, KAI, LINE, TITLE, face, line


def blank(words: Any) -> bytes:
    """The template of a report whose wording file is given, as the bytes of a docx."""
    document = Document()
    _page(document)
    _styles(document)
    _cover(document)
    _body(document, words["tables"])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(18), Mm(26)
    section.different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True
    for header in (section.header, section.first_page_header, section.even_page_header):
        header.paragraphs[0].text = "{{ mark }}"
    _page_number(section.footer.paragraphs[0], ALIGN.RIGHT)
    _page_number(section.even_page_footer.paragraphs[0], ALIGN.LEFT)


def _page_number(paragraph: Any, side: ALIGN) -> None:
    paragraph.alignment = side
    paragraph.add_run("— ")
    field = paragraph.add_run()
    for kind in ("begin", "", "end"):
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = "PAGE"
        field._r.append(mark)
    paragraph.add_run(" —")


def _styles(document: Any) -> None:
    styles = document.styles
    face(styles["Normal"], FANGSONG, BODY)
    line(styles["Normal"])
    face(styles["Title"], TITLE, Pt(26))
    line(styles["Title"], line=Pt(42))
    styles["Title"].paragraph_format.alignment = ALIGN.CENTER
    for border in styles["Title"].element.pPr.findall(qn("w:pBdr")):
        styles["Title"].element.pPr.remove(border)
    for name, font, bold in (("Heading 1", HEI, False), ("Heading 2", KAI, False), ("Heading 3", FANGSONG, True)):
        face(styles[name], font, BODY, bold=bold)
        line(styles[name], indent=True)
        styles[name].paragraph_format.keep_with_next = True
    for name in ("Header", "Footer"):
        face(styles[name], "宋体", Pt(14 if name == "Footer" else 9), color=INK if name == "Footer" else GREY)
    styles["Header"].paragraph_format.alignment = ALIGN.RIGHT
    _own_styles(styles)


def _own_styles(styles: Any) -> None:
    def make(name: str, font: str, size: Any, height: Any, **look: Any) -> Any:
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        face(style, font, size, color=look.pop("color", INK))
        line(style, line=height, **look)
        return style

    make("正文段", FANGSONG, BODY, LINE, indent=True)
    make("封面项", FANGSONG, BODY, Pt(36)).paragraph_format.left_indent = Mm(22)
    figure = make("图", FANGSONG, Pt(9), LINE, before=Pt(6), after=Pt(6))
    figure.paragraph_format.alignment = ALIGN.CENTER
    figure.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE  # a drawing is as high as it is
    make("表题", HEI, Pt(12), Pt(22), before=Pt(10), after=Pt(4)).paragraph_format.keep_with_next = True
    make("表头", HEI, Pt(9), Pt(13)).paragraph_format.alignment = ALIGN.CENTER
    make("表文", FANGSONG, Pt(9), Pt(13))
    make("表数", FANGSONG, Pt(9), Pt(13)).paragraph_format.alignment = ALIGN.CENTER
    make("凭据编号", "宋体", Pt(5.5), Pt(7), color=GREY).paragraph_format.alignment = ALIGN.RIGHT


def _cover(document: Any) -> None:
    """One page: with a line more the date would stand alone on the next."""
    for _ in range(2):
        document.add_paragraph()
    document.add_paragraph("{{ county }}{{ year }}", style="Title")
    document.add_paragraph("{{ project }}", style="Title")
    document.add_paragraph("{{ title }}", style="Title")
    for _ in range(2):
        document.add_paragraph()
    for zh, key in COVER_LINES:
        document.add_paragraph(f"{zh}：{{{{ {key} }}}}", style="封面项")
    for _ in range(2):
        document.add_paragraph()
    for text in ("{{ department }}", "{{ known_on }}"):
        document.add_paragraph(text).alignment = ALIGN.CENTER
    document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)


def _body(document: Any, looks: Any) -> None:
    tag = document.add_paragraph
    tag("{%p for b in blocks %}")
    for level in (1, 2, 3):
        tag(f'{{%p if b.kind == "heading{level}" %}}')
        tag("{{ b.text }}", style=f"Heading {level}")
        tag("{%p endif %}")
    tag('{%p if b.kind == "paragraph" %}')
    tag("{%p if b.ids %}")
    _into_margin(tag("{{ b.ids }}", style="凭据编号"))
    tag("{%p endif %}")
    tag("{{ b.text }}", style="正文段")
    tag("{%p endif %}")
    tag('{%p if b.kind == "picture" %}')
    tag("{{ b.image }}", style="图")
    tag("{%p endif %}")
    for name, look in looks.items():
        tag(f'{{%p if b.name == "{name}" %}}')
        tag("{{ b.caption }}", style="表题")
        _table(document, look)
        tag("{%p endif %}")
    tag("{%p endfor %}")


def _into_margin(paragraph: Any) -> None:
    # a frame beside the paragraph that follows; LibreOffice reads it on the paragraph only, not from a style
    frame = (
        '<w:framePr {} w:w="1390" w:hSpace="40" w:wrap="around" w:vAnchor="text" w:hAnchor="page" w:x="150" w:y="9"/>'
    )
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        parse_xml(frame.format(nsdecls("w"))), "w:widowControl", "w:numPr", "w:pBdr", "w:shd", "w:spacing", "w:jc"
    )


def _table(document: Any, look: Any) -> None:
    table = document.add_table(rows=4, cols=len(look["heads"]), style="Table Grid")
    table.autofit = False
    centred = look.get("centred", ())
    for place, (head, width) in enumerate(zip(look["heads"], look["widths"], strict=True)):
        column = [row.cells[place] for row in table.rows]
        for cell in column:
            cell.width = Mm(width)
        column[0].paragraphs[0].text, column[0].paragraphs[0].style = head, "表头"
        column[2].paragraphs[0].text = f"{{{{ r[{place}] }}}}"
        column[2].paragraphs[0].style = "表数" if place in centred else "表文"
        table.columns[place].width = Mm(width)
    table.rows[1].cells[0].paragraphs[0].text = "{%tr for r in b.rows %}"
    table.rows[3].cells[0].paragraphs[0].text = "{%tr endfor %}"
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    margins = '<w:tblCellMar {}><w:left w:w="45" w:type="dxa"/><w:right w:w="45" w:type="dxa"/></w:tblCellMar>'
    table._tbl.tblPr.append(parse_xml(margins.format(nsdecls("w"))))


if __name__ == "__main__":
    folder = Path(__file__).parent / "templates" / DEPARTMENT_EVALUATION
    (folder / "style.docx").write_bytes(blank(words_of()))
