"""批注: the findings as true Word comments, each fastened to its paragraph or table row; a text becomes a Word file."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from opendibao.evaluation.checkup.document import Document, Paragraph
from opendibao.evaluation.checkup.finding import SEVERITIES, Finding, Place
from opendibao.evaluation.checkup.reading.word import Marks

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.run import Run

AUTHOR, INITIALS = "报告体检", "体检"
FACE = "宋体"
DEEPEST_HEADING = 9
OUTSIDE = ("w:del", "w:moveFrom")
"""A comment is not fastened to what a tracked change takes away."""


def commented(content: bytes, document: Document, marks: Marks | None, findings: Sequence[Finding]) -> bytes:
    """The report as docx with a comment for each finding. `content` and `marks` are the file as it was read.

    A text is made into a plain Word file first; so is a Word file that cannot be written into.
    """
    word, places = _opened(content, document, marks)
    paragraphs = list(word.element.body.iter(_tag("w:p")))
    for one in findings:
        first, last = _runs(word, paragraphs[_place(places, one.place)])
        made = word.add_comment([first, last], f"{one.id} {SEVERITIES[one.severity]}\n{one.zh}", AUTHOR, INITIALS)
        # when the check was run is nobody's matter, and the same check gives the same comments
        made._comment_elm.attrib.pop(_tag("w:date"), None)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _opened(content: bytes, document: Document, marks: Marks | None) -> tuple["WordDocument", Marks]:
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    if marks is None:
        return _written(document)
    try:
        return docx.Document(io.BytesIO(content)), marks
    except (KeyError, ValueError, SyntaxError, BadZipFile, PackageNotFoundError):
        return _written(document)


def _written(document: Document) -> tuple["WordDocument", Marks]:
    """A plain Word file of a document, and where its blocks stand in it."""
    import docx
    from docx.oxml.ns import qn

    word = docx.Document()
    for style in ("Normal", *(f"Heading {level}" for level in range(1, DEEPEST_HEADING + 1))):
        word.styles[style].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FACE)
    marks: list[tuple[int, ...]] = []
    at = 0
    for block in document.blocks:
        if isinstance(block, Paragraph):
            level = min(block.level, DEEPEST_HEADING)
            word.add_paragraph(block.text, f"Heading {level}" if level else None)
            marks.append((at,))
            at += 1
            continue
        table = word.add_table(0, len(block.rows[0]), "Table Grid")
        for row in block.rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = " ".join(text.split("\n"))
        width = len(block.rows[0])
        named = [next((column for column in range(width) if row[column]), 0) for row in block.rows]
        marks.append(tuple(at + number * width + column for number, column in enumerate(named)))
        at += width * len(block.rows)
    return word, tuple(marks)


def _place(marks: Marks, place: Place) -> int:
    """The paragraph a finding is fastened to; what is about the whole report stands at its beginning."""
    rows = marks[place.block if 0 <= place.block < len(marks) else 0]
    return rows[place.row if 0 <= place.row < len(rows) else 0]


def _runs(word: "WordDocument", paragraph: object) -> tuple["Run", "Run"]:
    """The first and the last run of a paragraph; an empty one gets a run."""
    from docx.oxml.text.paragraph import CT_P
    from docx.text.paragraph import Paragraph as WordParagraph
    from docx.text.run import Run

    assert isinstance(paragraph, CT_P)
    inside = "".join(f"[not(ancestor::{name})]" for name in OUTSIDE)
    # the runs of a text box in the paragraph are its own, and Word takes no comments there
    found = [one for one in paragraph.xpath(f".//w:r{inside}") if next(one.iterancestors(_tag("w:p"))) is paragraph]
    whole = WordParagraph(paragraph, word._body)
    runs = [Run(one, whole) for one in found] or [whole.add_run()]
    return runs[0], runs[-1]


def _tag(name: str) -> str:
    from docx.oxml.ns import qn

    return qn(name)
