"""粘贴体检: a paragraph that stands twice, suggestions that repeat one text (D06)."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from fractions import Fraction

from opendibao.evaluation.checkup.catalogue import Hit, check
from opendibao.evaluation.checkup.finding import Place, Severity
from opendibao.evaluation.checkup.items import items_of
from opendibao.evaluation.checkup.numbering import numbered
from opendibao.evaluation.checkup.outline import Part
from opendibao.evaluation.checkup.report import Report
from opendibao.evaluation.checkup.sentences import quoted, sentences

_SHORTEST, _SHORTEST_SENTENCE = 12, 24  # Chinese characters; shorter ones may recur by nature
_ALIKE = Fraction(92, 100)
_FOR = re.compile(r"^针对[^：:，,]*[：:，,]")


@check("D06", Severity.WARNING, "同一段文字出现两次")
def pasted_twice(report: Report) -> Iterator[Hit]:
    """Paragraphs and long sentences that stand twice; suggestions that differ only in what they answer."""
    told: dict[int, str] = {}
    for block, first in _repeated(report):
        if block not in told:
            told[block] = first
            yield Hit(f"这段文字与前面“{quoted(first)}”完全相同，请删去一处或者按实际情况改写", Place(block))
    for block, first in _alike(report):
        if not any(text in first for text in told.values()):
            yield Hit(f"这条建议与“{quoted(first)}”是同一段话，请针对各自的问题分别写", Place(block))


def _repeated(report: Report) -> Iterator[tuple[int, str]]:
    seen: dict[str, int] = {}
    for block, paragraph in report.document.paragraphs():
        text = _bare(paragraph.text)
        if _length(text) >= _SHORTEST and seen.setdefault(text, block) != block:
            yield block, text
    found: dict[str, int] = {}
    for one in sentences(report.document.paragraphs()):
        text = _bare(one.text)
        if _length(text) >= _SHORTEST_SENTENCE and found.setdefault(text, one.block) != one.block:
            yield one.block, text


def _alike(report: Report) -> Iterator[tuple[int, str]]:
    bodies: list[str] = []
    for item in items_of(report, report.section(Part.SUGGESTIONS)):
        body = _FOR.sub("", _bare(item.text).replace("\n", ""))
        body = body.removeprefix(item.title)
        if _length(body) < _SHORTEST:
            continue
        same = next((one for one in bodies if SequenceMatcher(None, one, body).ratio() >= _ALIKE), None)
        if same is not None:
            yield item.block, same
        bodies.append(body)


def _bare(text: str) -> str:
    number = numbered(text)
    return re.sub(r"\s+", "", number.words if number else text)


def _length(text: str) -> int:
    return len(re.findall(r"[一-鿿]", text))
