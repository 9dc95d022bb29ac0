"""改写: puts an officer's words in the places of automatic paragraphs; everything else stays as the figures say it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from opendibao.reporting.blocks import Block
from opendibao.reporting.content import ReportContent
from opendibao.reporting.drafting.marks import Marks, UnknownMark, cleaned_lines


def with_texts(blocks: tuple[Block, ...], texts: Mapping[str, str], content: ReportContent) -> tuple[Block, ...]:
    """The blocks with kept words (by place) instead of automatic ones. Raises UnknownMark naming the place."""
    return tuple(_edited(blocks, texts, Marks(content))) if texts else blocks


def _edited(blocks: tuple[Block, ...], texts: Mapping[str, str], marks: Marks) -> Iterator[Block]:
    heading = ""
    for block in blocks:
        heading = block.text if block.kind.startswith("heading") else heading
        if block.place not in texts:
            yield block
            continue
        try:
            for line in cleaned_lines(texts[block.place]):
                yield replace(block, runs=marks.runs(line), is_edited=True)
        except UnknownMark as refusal:
            raise UnknownMark(f"“{heading}”下面改写过的一段：{refusal}") from None


def lost_texts(blocks: tuple[Block, ...], texts: Mapping[str, str]) -> dict[str, str]:
    """Words whose place the report no longer has: they are printed nowhere."""
    places = {block.place for block in blocks}
    return {place: text for place, text in texts.items() if place not in places}
