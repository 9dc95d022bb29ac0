"""文书Word版: one paper as docx, its tables as real tables, from the same sheet that the PDF is drawn from."""

from collections.abc import Iterator, Sequence

from django.conf import settings

from opendibao.reporting.case_papers.sheet import Field, Fields, Grid, Part, Sheet, Sign, Signatures, Words
from opendibao.reporting.cover import SYNTHETIC_MARK
from opendibao.reporting.forms import grid as form
from opendibao.reporting.forms.form_word import form_word

PARTS, LABEL_PARTS = 24, 3
HALVES = (6, 7)  # mm of every other one of the 24 parts: 156 mm in all
WIDTH = 156
SIGNED = "　　　　　　　　　年　　月　　日"


class NotForWord(TypeError):
    """The paper holds something that the Word form has no table for."""


def word_of(sheet: Sheet, *, year: int) -> bytes:
    """The paper as docx, with page numbers; `year` stamps the file. Raises NotForWord for a letter or a ballot."""
    parts = tuple(part for block in sheet.blocks for part in _parts(block))
    head = form.Form(
        sheet.title, sheet.office, sheet.number, parts,
        mark=SYNTHETIC_MARK if settings.OPENDIBAO_SYNTHETIC else "", author=sheet.office, year=year, is_numbered=True,
    )  # fmt: skip
    return form_word(head)


def _parts(block: object) -> Iterator[form.Part]:
    if isinstance(block, Fields):
        yield form.Grid(HALVES * (PARTS // 2), tuple(_row(row) for row in block.rows))
    elif isinstance(block, Grid):
        yield _grid(block)
    elif isinstance(block, Words):
        yield from (form.Words(line) for line in block.lines)
    elif isinstance(block, Part):
        yield form.Words(block.zh, form.LABEL)
    elif isinstance(block, Signatures):
        yield _signatures(block.signs)
    else:
        raise NotForWord(f"Word版没有“{type(block).__name__}”这种版式")


def _row(cells: Sequence[Field]) -> tuple[form.Cell, ...]:
    """Label and text of each cell over its share of the 24 parts, the last one over what is left."""
    given = sum(one.wide for one in cells)
    free = sum(one.wide == 0 for one in cells)
    shares = [one.wide or (PARTS - given) // free for one in cells]
    shares[-1] += PARTS - sum(shares)
    return tuple(
        made
        for one, share in zip(cells, shares, strict=True)
        for made in (form.Cell(one.zh, form.LABEL, LABEL_PARTS), form.Cell(one.text, across=share - LABEL_PARTS))
    )


def _grid(block: Grid) -> form.Grid:
    figures = [head.startswith("#") for head in block.heads]
    heads = tuple(form.Cell(head.removeprefix("#"), form.HEAD) for head in block.heads)
    rows = [*block.rows, *([""] * len(block.heads) for _ in range(block.lines))]
    if block.total:
        rows.append(block.total)
    body = tuple(
        tuple(form.Cell(words, form.NUMBER if is_figure else form.TEXT)
              for words, is_figure in zip(row, figures, strict=True))
        for row in rows
    )  # fmt: skip
    return form.Grid(_widths(block), (heads, *body), heads=1)


def _widths(block: Grid) -> tuple[int, ...]:
    """The shares in whole millimetres; what rounding leaves goes to the last column."""
    shares = list(block.widths) or [1] * len(block.heads)
    widths = [share * WIDTH // sum(shares) for share in shares]
    widths[-1] += WIDTH - sum(widths)
    return tuple(widths)


def _signatures(signs: Sequence[Sign]) -> form.Grid:
    width = WIDTH // len(signs)
    cells = tuple(form.Cell(f"{one.role}：{one.name}\n\n\n{one.day or SIGNED}") for one in signs)
    return form.Grid((width,) * len(signs), (cells,))
