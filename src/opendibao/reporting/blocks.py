"""文稿: headings, paragraphs and tables in order, from which Word, PDF and page print the same text."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

# private marks: heading levels, a table and a paragraph's place at the start of a line, a figure's value inside one
HEADING, TABLE = "\U0010fff0", "\U0010fff1"
VALUE, ID, END = "\U0010fff2", "\U0010fff3", "\U0010fff4"
PLACE, PLACE_END = "\U0010fff5", "\U0010fff6"
PICTURE = "\U0010fff7"
_FIGURE = re.compile(f"{VALUE}([^{ID}]*){ID}([^{END}]*){END}")
_LEAD = re.compile(r"^(#{1,3}|@|!) ", re.MULTILINE)
SIGNS = {"@": TABLE, "!": PICTURE}
_PLACE = re.compile(r"^§((?:\{\{[^}]*\}\}|[\w.-])+) ", re.MULTILINE)
_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．])")


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
    """A heading (heading1 to heading3), a paragraph, a table, or a picture (its text is the caption).

    `place` names a paragraph whatever stands around it; one that was rewritten by an officer says so.
    """

    kind: str
    runs: tuple[Run, ...] = ()
    name: str = ""
    table: Table | None = field(default=None)
    place: str = ""
    is_edited: bool = False

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
    marked = _LEAD.sub(lambda found: SIGNS.get(found[1]) or HEADING * len(found[1]), template)
    return _PLACE.sub(lambda found: f"{PLACE}{found[1]}{PLACE_END}", marked)


def figure_mark(value: str, figure_id: str) -> str:
    """A figure's printed value as it travels through the template."""
    return f"{VALUE}{value}{ID}{figure_id}{END}"


def parse(text: str, tables: dict[str, Table]) -> tuple[Block, ...]:
    """Read the filled template: each line that is not empty is a block, each paragraph has a place of its own."""
    found: list[Block] = []
    above: list[str] = ["", "", ""]  # headings over the line, without their numbers
    taken: set[str] = set()
    for line in text.splitlines():
        if not line.strip():
            continue
        block = _block(line.strip(), tables)
        if block.kind.startswith("heading"):
            level = int(block.kind[-1])
            above[level - 1 :] = [_NUMBERING.sub("", block.text), *[""] * (3 - level)]
        elif block.kind == "paragraph":
            block = replace(block, place=_free(block.place or _under(above), taken))
        found.append(block)
    return tuple(found)


def _under(above: list[str]) -> str:
    """A place for a paragraph whose template names none: that of its headings."""
    return f"under-{hashlib.sha256('/'.join(above).encode()).hexdigest()[:10]}"


def _free(place: str, taken: set[str]) -> str:
    """The place, with a number where it is taken; the paragraph that comes first keeps it bare."""
    name, number = place, 1
    while name in taken:
        number += 1
        name = f"{place}.{number}"
    taken.add(name)
    return name


def _block(line: str, tables: dict[str, Table]) -> Block:
    if line.startswith(TABLE):
        name = line[len(TABLE) :].strip()
        return Block("table", name=name, table=tables[name])
    if line.startswith(PICTURE):
        name, _, caption = line[len(PICTURE) :].strip().partition(" ")
        return Block("picture", (Run(caption),), name=name)
    if line.startswith(PLACE):
        place, _, said = line[len(PLACE) :].partition(PLACE_END)
        return Block("paragraph", tuple(runs_of(said)), place=place)
    bare = line.lstrip(HEADING)
    level = len(line) - len(bare)
    return Block(f"heading{level}" if level else "paragraph", tuple(runs_of(bare)))


def runs_of(line: str) -> Iterator[Run]:
    """The pieces of a line whose figures are marked (`figure_mark`)."""
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
