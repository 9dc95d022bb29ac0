"""手改的数: numbers that an officer typed where no figure stands, and the figure that each equals or resembles."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from opendibao.reporting.blocks import Block
from opendibao.reporting.content import FigureContent, ReportContent

NUMBER = re.compile(r"\d[\d,，]*(?:[.．]\d+)?[%％]?")
PLAIN = re.compile(r"-?\d+(?:\.\d+)?%?")
# a number that says when, which document, which table or which item is no figure
NOT_COUNTED = re.compile(
    r"\d{4}\s*年(?:度|\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日|\d{1,2}月(?:份|底|初)|〔\d{4}〕\s*\d+\s*号"
    r"|第\d+[条款项号版页]|附[表件]\d+|[（(]\d{1,2}[）)]|(?:^|[。；：])\d{1,2}[.．、]|[WCD]\d{2}"
)
CLOSE, SHORT = Decimal("0.01"), 2


@dataclass(frozen=True)
class TypedNumber:
    """A number typed by hand: its paragraph and line, where in it, the figure it equals or resembles ("" = none)."""

    place: str
    line: str
    text: str
    run: int
    first: int
    figure: str = ""
    is_equal: bool = False


def typed_numbers(
    blocks: Iterable[Block], automatic: Mapping[str, Block], content: ReportContent
) -> tuple[TypedNumber, ...]:
    """The numbers of rewritten paragraphs that neither a figure prints nor the automatic paragraph still says."""
    found: list[TypedNumber] = []
    said: dict[str, Counter[str]] = {}
    for block in blocks:
        if block.is_edited:
            left = said.setdefault(block.place, _said(automatic[block.place]))
            found += _of_block(block, left, content)
    return tuple(found)


def _said(block: Block) -> Counter[str]:
    return Counter(_plain(one[0]) for run in block.runs if not run.figure for one in _numbers(run.text))


def _of_block(block: Block, said: Counter[str], content: ReportContent) -> Iterator[TypedNumber]:
    for place, run in enumerate(block.runs):
        for one in () if run.figure else _numbers(run.text):
            plain = _plain(one[0])
            if said[plain] > 0:
                said[plain] -= 1
                continue
            figure, is_equal = _resembled(plain, content.figures)
            yield TypedNumber(block.place, block.text, one[0], place, one.start(), figure, is_equal)


def _numbers(text: str) -> Iterator[re.Match[str]]:
    taken = [(one.start(), one.end()) for one in NOT_COUNTED.finditer(text)]
    for one in NUMBER.finditer(text):
        if not any(first <= one.start() < last for first, last in taken):
            yield one


def _plain(number: str) -> str:
    return unicodedata.normalize("NFKC", number).replace(",", "")


def _resembled(number: str, figures: Iterable[FigureContent]) -> tuple[str, bool]:
    """The figure that a number equals, else the nearest within a hundredth; short numbers resemble nothing."""
    value, rate = Decimal(number.removesuffix("%")), number.endswith("%")
    nearest, gap = "", CLOSE
    if len(number) <= SHORT:
        return "", False
    for one in figures:
        if not PLAIN.fullmatch(one.value) or one.value.endswith("%") != rate:
            continue
        other = Decimal(one.value.removesuffix("%"))
        if other == value:
            return one.id, True
        if other and abs(value / other - 1) < gap:
            nearest, gap = one.id, abs(value / other - 1)
    return nearest, False
