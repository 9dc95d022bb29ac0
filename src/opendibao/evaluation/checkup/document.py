"""文稿: a report as it was read, whatever file it came from: paragraphs and tables in their order."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Paragraph:
    """One paragraph. `level` is that of its heading style (1 …), 0 where the file names none.

    `leftovers` are traces of the word processor in it: its bookmarks with their names, tracked changes, field errors.
    """

    text: str
    level: int = 0
    leftovers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table as rows of cells of one length; a cell that continues a merged one above is empty.

    Several lines of one cell are joined by line ends. `leftovers` as of a paragraph.
    """

    rows: tuple[tuple[str, ...], ...]
    leftovers: tuple[str, ...] = ()


Block = Paragraph | Table


@dataclass(frozen=True)
class Document:
    """A report: the file's name, its form (`docx`, `text`, `markdown`), its blocks in order."""

    name: str
    form: str
    blocks: tuple[Block, ...]

    def paragraphs(self, first: int = 0, last: int | None = None) -> Iterator[tuple[int, Paragraph]]:
        """Numbered paragraphs from block `first` up to, not including, `last`."""
        for number in range(first, len(self.blocks) if last is None else last):
            if isinstance(block := self.blocks[number], Paragraph):
                yield number, block

    def tables(self) -> Iterator[tuple[int, Table]]:
        """Numbered tables."""
        for number, block in enumerate(self.blocks):
            if isinstance(block, Table):
                yield number, block
