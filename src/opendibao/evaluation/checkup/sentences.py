"""句子: the sentences and clauses of a report's paragraphs, and which blocks belong to which standard part."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from opendibao.evaluation.checkup.document import Paragraph
from opendibao.evaluation.checkup.parts import Part
from opendibao.evaluation.checkup.report import Report

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]?[”’」』）)]*")
_CLAUSE = re.compile(r"[，,：:；。！？\n]")
HAN = r"[一-鿿]"


@dataclass(frozen=True)
class Sentence:
    """A sentence with its closing sign, the block it stands in, the whole paragraph around it."""

    text: str
    block: int
    paragraph: str


def sentences(paragraphs: Iterable[tuple[int, Paragraph]]) -> Iterator[Sentence]:
    """The sentences of paragraphs in order; a semicolon ends one too."""
    for block, paragraph in paragraphs:
        for found in _SENTENCE.finditer(paragraph.text):
            if found.group().strip():
                yield Sentence(found.group().strip(), block, paragraph.text)


def clauses(text: str) -> list[str]:
    """The parts of a sentence between its commas and colons, without empty ones."""
    return [part.strip() for part in _CLAUSE.split(text) if part.strip()]


def blocks_of(report: Report, *parts: Part) -> frozenset[int]:
    """The blocks of the sections of standard parts, with their headings."""
    return frozenset(
        block
        for part in parts
        if (section := report.section(part)) is not None
        for block in range(section.heading.block, section.last)
    )


def quoted(text: str, length: int = 24) -> str:
    """A text as a finding quotes it: shortened in the middle of nothing, without line ends."""
    flat = re.sub(r"\s+", " ", text).strip()
    return flat if len(flat) <= length else f"{flat[:length]}…"


def bigrams(text: str) -> frozenset[str]:
    """Pairs of neighbouring Chinese characters: what two texts share when they speak of one thing."""
    return frozenset(run[at : at + 2] for run in re.findall(f"{HAN}+", text) for at in range(len(run) - 1))
