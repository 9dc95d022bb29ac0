"""表单Word版: a form as real tables in a docx, heads repeated, no row split; the same form, the same bytes."""

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from opendibao.reporting.charts.album import png
from opendibao.reporting.forms.grid import CENTRE, HEAD, LABEL, NUMBER, Cell, Form, Grid, Pictures, Words, placed
from opendibao.reporting.packing import same_bytes
from opendibao.reporting.word_file import LONGEST_PROPERTY

TWIPS_OF_MM = (1440 * 10, 254)  # twips of a millimetre as a fraction
STYLES = {HEAD: "表头", LABEL: "表头", CENTRE: "表数", NUMBER: "表数"}
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
# of an official page, upright and turned: top, bottom, left, right in mm
EDGES = {False: (37, 35, 28, 26), True: (28, 26, 35, 37)}


def form_word(form: Form) -> bytes:
    """The form as docx."""
    from docx import Document

    document = Document()
    _page(document, form)
    document.add_paragraph(form.title, style="表名")
    if form.left or form.right:
        _line(document, form)
    for part in form.parts:
        _part(document, part)
    if form.foot:
        document.add_paragraph(form.foot, style="表注")
    _properties(document.core_properties, form)
    out = io.BytesIO()
    document.save(out)
    return same_bytes(out.getvalue())


def _page(document: Any, form: Form) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    from opendibao.reporting.word_styles import form_styles

    section, (top, bottom, left, right) = document.sections[0], EDGES[form.is_landscape]
    width, height = (297, 210) if form.is_landscape else (210, 297)
    section.orientation = WD_ORIENT.LANDSCAPE if form.is_landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.header_distance = Mm(12)
    form_styles(document)
    section.header.paragraphs[0].text = form.mark
    if form.is_numbered:
        _page_numbers(section.footer.paragraphs[0])


def _page_numbers(paragraph: Any) -> None:
    """第几页共几页: fields that Word counts itself."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words, name in (("第 ", "PAGE"), (" 页 共 ", "NUMPAGES")):
        paragraph.add_run(words)
        field = f'<w:fldSimple {nsdecls("w")} w:instr="{name}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        paragraph._p.append(parse_xml(field))
    paragraph.add_run(" 页")


def _line(document: Any, form: Form) -> None:
    """Left and right on one line: the right one at a tab stop that ends there."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    paragraph = document.add_paragraph(f"{form.left}\t{form.right}", style="表注")
    _, _, left, right = EDGES[form.is_landscape]
    width = (297 if form.is_landscape else 210) - left - right
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)


def _part(document: Any, part: Grid | Words | Pictures) -> None:
    if isinstance(part, Words):
        document.add_paragraph(part.text, style="表题" if part.look == LABEL else "正文段")
    elif isinstance(part, Pictures):
        _pictures(document, part)
    else:
        _table(document, part)


def _pictures(document: Any, part: Pictures) -> None:
    from docx.shared import Mm

    paragraph = document.add_paragraph(style="图")
    for picture, width in part.shown:
        shape = paragraph.add_run().add_picture(io.BytesIO(png(picture.svg)), width=Mm(width))
        shape._inline.docPr.set("descr", picture.alt)
        shape._inline.docPr.set("title", picture.caption)


def _table(document: Any, grid: Grid) -> None:
    from docx.oxml import parse_xml

    if grid.caption:
        document.add_paragraph(grid.caption, style="表题")
    body = document.element.body
    body.insert(len(body) - 1, parse_xml("".join(_xml(document, grid))))  # before the section's properties
    document.add_paragraph("", style="表隙")


def _twips(mm: int) -> int:
    return mm * TWIPS_OF_MM[0] // TWIPS_OF_MM[1]


def _xml(document: Any, grid: Grid) -> Iterator[str]:
    names = {look: document.styles[STYLES.get(look, "表文")].style_id for look in (*STYLES, "text")}
    small = document.styles["凭据小字"].style_id
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="4B5563"/>' for side in SIDES)
    margins = "".join(f'<w:{side} w:w="45" w:type="dxa"/>' for side in ("left", "right"))
    yield '<w:tbl xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:tblPr>'
    yield f'<w:tblW w:w="{sum(map(_twips, grid.widths))}" w:type="dxa"/><w:jc w:val="center"/>'
    yield f"<w:tblBorders>{borders}</w:tblBorders>"
    yield f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>'
    yield from (f'<w:gridCol w:w="{_twips(mm)}"/>' for mm in grid.widths)
    yield "</w:tblGrid>"
    for number, row in enumerate(placed(grid)):
        head = "<w:tblHeader/>" if number < grid.heads else ""
        yield f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>"
        for column, slot in enumerate(row):
            if slot is not None:
                width = sum(_twips(mm) for mm in grid.widths[column : column + slot[0].across])
                yield _cell(*slot, width, names, small)
        yield "</w:tr>"
    yield "</w:tbl>"


def _cell(cell: Cell, at: int, width: int, names: dict[str, str], small: str) -> str:
    span = f'<w:gridSpan w:val="{cell.across}"/>' if cell.across > 1 else ""
    merge = f'<w:vMerge w:val="{"continue" if at else "restart"}"/>' if cell.down > 1 else ""
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="F0F3F7"/>' if cell.look in (HEAD, LABEL) else ""
    said = "" if at else cell.text
    body = _paragraph(said, names.get(cell.look, names["text"]))
    if cell.ids and not at:
        body += _paragraph(" ".join(cell.ids), small)
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{shade}<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{body}</w:tc>"


def _paragraph(words: str, style: str) -> str:
    """Words in one paragraph, a line break for each further line."""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(one)}</w:t>' for one in words.split("\n"))
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r>{lines}</w:r></w:p>'


def _properties(properties: Any, form: Form) -> None:
    properties.title, properties.comments, properties.revision = form.title[:LONGEST_PROPERTY], "", 1
    properties.author = properties.last_modified_by = form.author[:LONGEST_PROPERTY]
    properties.created = properties.modified = datetime(form.year, 12, 31)
