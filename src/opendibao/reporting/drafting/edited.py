"""改写: puts an officer's words in the places of automatic paragraphs; everything else stays as the figures say it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from opendibao.reporting.blocks import Block
from opendibao.reporting.content import ReportContent
from opendibao.reporting.drafting.marks import Marks, UnknownMark, cleaned_lines


def with_texts(blocks: tuple[Block, ...], texts: Mapping[str, str], content: ReportContent) -> tuple[Block, ...]:
    """The blocks with kept words (by place) instead of automatic ones.

    Words with a mark whose figure is gone are not printed: the automatic paragraph stands (`lost_texts` names them).
    """
    return tuple(_edited(blocks, texts, Marks(content))) if texts else blocks


def _edited(blocks: tuple[Block, ...], texts: Mapping[str, str], marks: Marks) -> Iterator[Block]:
    for block in blocks:
        written = _written(block, texts[block.place], marks) if block.place in texts else None
        yield from (block,) if written is None else written


def _written(block: Block, text: str, marks: Marks) -> list[Block] | None:
    try:
        return [replace(block, runs=marks.runs(line), is_edited=True) for line in cleaned_lines(text)]
    except UnknownMark:
        return None


def lost_texts(blocks: tuple[Block, ...], texts: Mapping[str, str], content: ReportContent) -> dict[str, str]:
    """Words that are printed nowhere, as an officer reads them: the place is gone, or a figure of theirs."""
    marks, places = Marks(content), {block.place: block for block in blocks}
    return {
        place: marks.shown(text)
        for place, text in texts.items()
        if place not in places or _written(places[place], text, marks) is None
    }
