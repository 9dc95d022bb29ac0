"""公文字体: the faces, sizes and lines of official documents, as styles of a docx."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

BODY, FANGSONG, HEI, KAI, TITLE = Pt(16), "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
SMALL, LINE = Pt(10), Pt(29)  # 22 lines in 225 mm
GREY, INK = RGBColor(0x6B, 0x72, 0x80), RGBColor(0, 0, 0)


def face(style: Any, east_asia: str, size: Any, *, color: RGBColor = INK, bold: bool = False) -> None:
    """Give a style its faces, Latin and Chinese, size (Pt) and colour."""
    style.font.name, style.font.size, style.font.bold = "Times New Roman", size, bold
    style.font.italic, style.font.color.rgb = False, color
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in [key for key in fonts.attrib if key.endswith("Theme")]:
        del fonts.attrib[theme]  # a theme font would win over the one named here
    fonts.set(qn("w:eastAsia"), east_asia)


def line(style: Any, *, indent: bool = False, line: Any = LINE, before: Any = 0, after: Any = 0) -> None:
    """Give a style its line (Pt, exact), the space around, and two characters of indent."""
    look = style.paragraph_format
    look.space_before, look.space_after = before, after
    look.line_spacing_rule, look.line_spacing = WD_LINE_SPACING.EXACTLY, line
    if indent:
        # two characters of whatever size the style has, as Word counts them
        ind = style.element.get_or_add_pPr().get_or_add_ind()
        ind.set(qn("w:firstLineChars"), "200")
        ind.set(qn("w:firstLine"), "640")


def form_styles(document: Any) -> None:
    """The styles of a printed form."""
    styles = document.styles
    face(styles["Normal"], FANGSONG, SMALL)
    line(styles["Normal"], line=Pt(15))
    face(styles["Header"], "宋体", Pt(9), color=GREY)
    styles["Header"].paragraph_format.alignment = ALIGN.RIGHT
    for name, font, size, height, side in (
        ("表名", TITLE, 18, 30, ALIGN.CENTER), ("表注", FANGSONG, 9, 14, None), ("表题", HEI, 11, 20, None),
        ("正文段", FANGSONG, 10, 16, None), ("表头", HEI, 9, 12, ALIGN.CENTER), ("表文", FANGSONG, 9, 12, None),
        ("表数", FANGSONG, 9, 12, ALIGN.CENTER), ("凭据小字", "宋体", 5, 6, None), ("表隙", FANGSONG, 2, 4, None),
        ("图", FANGSONG, 9, 0, ALIGN.CENTER),
    ):  # fmt: skip
        _add(styles, name, font, size, height, side)
    styles["表题"].paragraph_format.keep_with_next = True


def _add(styles: Any, name: str, font: str, size: Any, height: Any, side: Any) -> None:
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles["Normal"]
    face(style, font, Pt(size), color=GREY if name == "凭据小字" else INK)
    if height:
        line(style, line=Pt(height))
    else:  # a drawing is as high as it is
        style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    if side is not None:
        style.paragraph_format.alignment = side
