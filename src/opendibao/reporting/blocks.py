"""文稿: headings, paragraphs and tables in order, from which Word, PDF and page print the same text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# private marks: heading levels and a table at the start of a line, a figure's value inside one
HEADING, TABLE = "\U0010fff0", "\U0010fff1"
VALUE, ID, END = "\U0010fff2", "\U0010fff3", "\U0010fff4"
_FIGURE = re.compile(f"{VALUE}([^{ID}]*){ID}([^{END}]*){END}")
_LEAD = re.compile(r"^(#{1,3}|@) ", re.MULTILINE)


@dataclass(frozen=True)
class Run:
    """A piece of a paragraph; a figure's printed value carries the figure's id."""

    text: str
    figure: str = ""


@dataclass(frozen=True)
class Table:
    """A table as printed: heads, widths in mm, rows of text; the first columns may merge downward."""

    caption: str
    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    merged: int = 0
    centred: tuple[int, ...] = ()


@dataclass(frozen=True)
class Block:
    """A heading (heading1 to heading3), a paragraph, or a table."""

    kind: str
    runs: tuple[Run, ...] = ()
    name: str = ""
    table: Table | None = field(default=None)

    @property
    def text(self) -> str:
        """The plain text of a heading or paragraph."""
        return "".join(run.text for run in self.runs)

    @property
    def figures(self) -> tuple[str, ...]:
        """Ids of the figures it prints, each once, in order."""
        return tuple(dict.fromkeys(run.figure for run in self.runs if run.figure))


def mark_leads(template: str) -> str:
    """Turn the template's own leading signs into private marks, so that a value can never make a heading."""
    return _LEAD.sub(lambda found: TABLE if found[1] == "@" else HEADING * len(found[1]), template)


def figure_mark(value: str, figure_id: str) -> str:
    """A figure's printed value as it travels through the template."""
    return f"{VALUE}{value}{ID}{figure_id}{END}"


def parse(text: str, tables: dict[str, Table]) -> tuple[Block, ...]:
    """Read the filled template: each line that is not empty is a block."""
    return tuple(_block(line.strip(), tables) for line in text.splitlines() if line.strip())


def _block(line: str, tables: dict[str, Table]) -> Block:
    if line.startswith(TABLE):
        name = line[len(TABLE) :].strip()
        return Block("table", name=name, table=tables[name])
    bare = line.lstrip(HEADING)
    level = len(line) - len(bare)
    return Block(f"heading{level}" if level else "paragraph", tuple(_runs(bare)))


def _runs(line: str) -> Iterator[Run]:
    end = 0
    for found in _FIGURE.finditer(line):
        if found.start() > end:
            yield Run(line[end : found.start()])
        yield Run(found[1], found[2])
        end = found.end()
    if end < len(line):
        yield Run(line[end:])


def plain_text(blocks: tuple[Block, ...]) -> str:
    """All headings and paragraphs as lines, the cells of a table row joined by tabs."""
    return "\n".join(_lines(blocks)) + "\n"


def _lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if block.table is None:
            yield block.text
            continue
        yield block.table.caption
        yield "\t".join(block.table.heads)
        yield from ("\t".join(row) for row in block.table.rows)
