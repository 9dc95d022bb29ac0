"""有数可查: whether a claim of a hundred per cent or of all stands on a numerator and a denominator somewhere."""

import re
from collections import Counter
from fractions import Fraction
from functools import lru_cache

from opendibao.evaluation.checkup.document import Paragraph
from opendibao.evaluation.checkup.quantity import quantities
from opendibao.evaluation.checkup.report import Report
from opendibao.evaluation.checkup.sentences import HAN, bigrams, sentences
from opendibao.evaluation.checkup.vocabulary import any_of

HUNDRED = re.compile(r"(?<![\d.])(?:100(?:\.0+)?\s*[%％]|百分之(?:一)?百|百分百)")
ALL_OF = re.compile(any_of("all_of"))
_FRACTION = re.compile(r"\d[\d,，]*(?:\.\d+)?\s*[^\d\s，。；、%％/／÷]{0,4}\s*[/／÷]\s*\d")
_COUNT_UNITS = {
    "户", "人", "名", "个", "件", "笔", "次", "场", "份", "条", "个月", "月", "人次", "户次", "家", "起", "项", "批",
    "期", "元", "万元",
}  # fmt: skip
_ALIKE = Fraction(
    3, 5
)  # share of the claim's pairs of characters that another text must hold to speak of the same thing
_DUE = re.compile(r"应|实际|预算|计划")
_REPORTS = 4
_TELLING = 4  # Chinese characters that say of what a claim is


def has_counts(text: str) -> bool:
    """Whether a text gives a numerator with its denominator: 12/12, two numbers of one unit, one number twice."""
    if _FRACTION.search(text):
        return True
    counts = [one for one in quantities(text) if one.unit in _COUNT_UNITS]
    # money divided into its parts says nothing of how much was due
    if not _DUE.search(text):
        counts = [one for one in counts if not one.unit.endswith("元")]
    bare = [one for one in quantities(text) if not one.unit]
    units = Counter(one.unit for one in counts)
    values = Counter(one.value for one in [*counts, *bare] if one.value > 1)
    return any(times > 1 for times in (*units.values(), *values.values()))


def claim_of(clause: str, earlier: str = "") -> str:
    """The words of a clause that say what is a hundred per cent or done in all cases; "" where it claims neither.

    Where these are few (及时率100%), the end of the clause `earlier` tells what they are about.
    """
    found = HUNDRED.search(clause) or ALL_OF.search(clause)
    if found is None:
        return ""
    before = "".join(re.findall(HAN, clause[: found.start()]))[-10:]
    after = "".join(re.findall(HAN, clause[found.end() :]))[:8]
    before = re.sub(r"(?:达到了?|达|为|是|均|都|实现|已)+$", "", before)
    if len(before) >= _TELLING:
        return before
    return "".join(re.findall(HAN, earlier))[-8:] + before + after


def is_counted(report: Report, sentence: str, paragraph: str, claim: str) -> bool:
    """Whether the sentence, its paragraph, a row of a table or another sentence about the same thing gives counts."""
    if has_counts(sentence) or (ALL_OF.search(sentence) and _has_a_count(sentence)):
        return True
    # the numbers behind a claim often stand in the sentence before or after it
    if _FRACTION.search(paragraph) or any(
        _speaks_of(claim, part) and has_counts(part) for part in paragraph.split("。")
    ):
        return True
    return any(_speaks_of(claim, text) for text in _counted_texts(report))


def _has_a_count(text: str) -> bool:
    """Whether a text counts anything: enough where all of that is said to be done."""
    return any(one.unit in _COUNT_UNITS for one in quantities(text))


def _speaks_of(claim: str, text: str) -> bool:
    wanted = bigrams(claim)
    return bool(wanted) and len(wanted & bigrams(text)) >= len(wanted) * _ALIKE


@lru_cache(maxsize=_REPORTS)
def _counted_texts(report: Report) -> tuple[str, ...]:
    """Sentences and rows that give counts, once for a report."""
    told = [one.text for one in sentences(report.document.paragraphs()) if has_counts(one.text)]
    for block in report.document.blocks:
        if not isinstance(block, Paragraph):
            told += [" ".join(row) for row in block.rows if any(has_counts(cell) for cell in row)]
    return tuple(told)
