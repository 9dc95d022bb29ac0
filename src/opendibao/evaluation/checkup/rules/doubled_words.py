"""重复词体检: a word written twice in a row by mistake (D02)."""

import re
from collections.abc import Iterator

from opendibao.evaluation.checkup.catalogue import Hit, check
from opendibao.evaluation.checkup.document import Paragraph
from opendibao.evaluation.checkup.finding import Place, Severity
from opendibao.evaluation.checkup.report import Report
from opendibao.evaluation.checkup.sentences import HAN
from opendibao.evaluation.checkup.vocabulary import doubled_particles, words

_TWICE = re.compile(r"(?<!\d)([一-鿿\dA-Za-z]{2,12}?)\1")
# 一户一户, 1户1户, and 是不是不 is two words of which the second begins as the first
_EACH = re.compile(r"[一1逐](.)[一1逐]\1|(.)不\2不")


@check("D02", Severity.FORMAT, "同一个词连写了两遍")
def doubled_words(report: Report) -> Iterator[Hit]:
    """Find repeats in paragraphs and cells; the name of a rate with words in its row belongs to W08."""
    for block, one in enumerate(report.document.blocks):
        if isinstance(one, Paragraph):
            yield from _hits(one.text, Place(block))
            continue
        for row, cells in enumerate(one.rows):
            for cell in dict.fromkeys(cells):
                if not _told_by_w08(report, block, row, cell):
                    yield from _hits(cell, Place(block, row))


def doubled(text: str) -> Iterator[str]:
    """The words that a text writes twice in a row, each as written once."""
    for found in _TWICE.finditer(text):
        allowed = found.group() in words("doubled_allowed") or _EACH.fullmatch(found.group())
        if not allowed and re.search(HAN, found.group(1)):
            yield found.group(1)
    for found in doubled_particles().finditer(text):
        yield found.group()[0]


def _hits(text: str, place: Place) -> Iterator[Hit]:
    for word in doubled(text):
        yield Hit(f"“{word}{word}”重复，应当只写一个“{word}”", place)


def _told_by_w08(report: Report, block: int, row: int, cell: str) -> bool:
    lines = report.sheet.lines if report.sheet else ()
    return any(
        line.place == Place(block, row) and line.name == cell and "率" in cell and line.target is None for line in lines
    )
