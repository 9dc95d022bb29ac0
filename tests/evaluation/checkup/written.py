"""A finished draft as a document, and as the files that people send: docx, text, markdown."""

import io
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from opendibao.evaluation.checkup.document import Block, Document, Paragraph, Table
from tests.evaluation.checkup.draft import Grid, Para

Printed = Sequence[Para | Grid]


def document(printed: Printed, *, styled: bool, form: str = "docx") -> Document:
    """As the reader should see it: soft ends split, headings with the level of their style."""
    return Document(f"report.{form}", form, tuple(_blocks(printed, styled)))


def _blocks(printed: Printed, styled: bool) -> Iterator[Block]:
    for block in printed:
        if isinstance(block, Grid):
            yield Table(tuple(tuple(row) for row in block.rows))
        else:
            yield Paragraph(f"{block.mark}{block.text}", block.level if styled else 0, block.leftovers)


def docx_bytes(printed: Printed, *, styled: bool, merged: bool) -> bytes:
    """A Word file; with `merged` the empty cells that continue the one above are joined to it."""
    made = docx.Document()
    body = made.element.body
    parts = [_word_table(block, merged) if isinstance(block, Grid) else _word_line(block, styled) for block in printed]
    # one parse for all: cell by cell through python-docx takes ten times as long
    for element in list(parse_xml(f"<w:body {nsdecls('w')}>{''.join(parts)}</w:body>")):
        body.insert(len(body) - 1, element)  # before the section's own properties
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _word_line(para: Para, styled: bool) -> str:
    style = f'<w:pPr><w:pStyle w:val="Heading{para.level}"/></w:pPr>' if para.level and styled else ""
    return f'<w:p>{style}<w:r><w:t xml:space="preserve">{escape(para.mark + para.text)}</w:t></w:r></w:p>'


def _word_table(grid: Grid, merged: bool) -> str:
    columns = "<w:gridCol/>" * len(grid.rows[0])
    rows = []
    for number, cells in enumerate(grid.rows):
        made = []
        for column, text in enumerate(cells):
            merge = _merge_mark(grid, number, column) if merged and grid.tag == "sheet" else ""
            made.append(f"<w:tc><w:tcPr>{merge}</w:tcPr><w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p></w:tc>")
        rows.append(f"<w:tr>{''.join(made)}</w:tr>")
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _merge_mark(grid: Grid, row: int, column: int) -> str:
    """Whether a cell of the first two columns starts a joined one or continues it."""
    if column > 1 or row == 0 or row == len(grid.rows) - 1:
        return ""
    cells = grid.rows[row]
    if not cells[column] and not cells[0]:
        return "<w:vMerge/>"
    following = grid.rows[row + 1] if row + 2 < len(grid.rows) else [" "]
    starts = cells[column] and not following[0] and (column == 0 or not following[1])
    return '<w:vMerge w:val="restart"/>' if starts else ""


def tabbed_cells(printed: Printed) -> str:
    """Text as many converters write it: each cell on its own line behind a tab, an empty line ends a row."""
    parts = []
    for block in printed:
        if isinstance(block, Grid):
            parts.append("\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in block.rows) + "\n")
        else:
            parts.append(f"{block.mark}{block.text}")
    return "\n".join(parts) + "\n"


def tabbed_rows(printed: Printed) -> str:
    """Text with one row a line, cells apart by tabs, as a spreadsheet pastes it."""
    parts = []
    for block in printed:
        if isinstance(block, Grid):
            parts.append("\n".join("\t".join(row) for row in block.rows) + "\n")
        else:
            parts.append(f"{block.mark}{block.text}")
    return "\n".join(parts) + "\n"


def markdown(printed: Printed) -> str:
    """Markdown: headings with #, pipe tables."""
    parts = []
    for block in printed:
        if isinstance(block, Grid):
            lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in block.rows]
            lines.insert(1, "|" + "---|" * len(block.rows[0]))
            parts.append("\n".join(lines))
        else:
            parts.append(f"{'#' * block.level} {block.mark}{block.text}".strip())
    return "\n\n".join(parts) + "\n"
