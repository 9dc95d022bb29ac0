"""一个数: a number of the text with the words that say what it counts, and a total with its parts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from opendibao.evaluation.checkup.quantity import Quantity, located

_SENTENCES = re.compile(r"[^。！？!?\n]+[。！？!?\n]?")
_CLAUSE = re.compile(r"[，,；;。：:（(]")
_EDGES = '.，,、；;：:。（(）)“”"　 '
_JOINED = re.compile(r"^(?:以及|及(?![时早])|和|与)")


@dataclass(frozen=True)
class Fact:
    """A number of the text: the words before it that say what it counts, the number, its block, its clause.

    `about` is the last words before the number in its sentence (`其中：农村低保` of “其中：农村低保320户”); a number
    that follows another at once (610人 after 320户) has the words of that. `clause` is what stands between the marks
    around it, `at` its place in the paragraph, `after` the words that follow it within its clause.
    """

    about: str
    quantity: Quantity
    block: int
    sentence: str
    clause: str = ""
    at: int = 0
    after: str = ""


@dataclass(frozen=True)
class Composition:
    """A total with its parts as one sentence gives them: 共…412.30万元，其中：农村…336.15万元，城镇76.15万元."""

    total: Fact
    parts: tuple[Fact, ...]


def facts_in(block: int, text: str) -> Iterator[Fact]:
    """Every number of a paragraph, in order."""
    for found in _SENTENCES.finditer(text):
        yield from _of_sentence(block, text, found.start(), found.end())


def _of_sentence(block: int, text: str, start: int, end: int) -> Iterator[Fact]:
    sentence, before, about = text[start:end].strip(), start, ""
    # the whole paragraph is read, so that a number at the head of its line is told from one within it
    for one in located(text):
        if not start <= one.start < end:
            continue
        about = _about(text[before : one.start]) or about
        clause, after = _clause(text, one.start, one.end), _after(text, one.end)
        yield Fact(about, one.quantity, block, sentence, clause, one.start, after)
        before = one.end


def _about(gap: str) -> str:
    """The last words of what stands between two numbers, with the word that opens a list (其中：) where it is near."""
    words = gap.strip(_EDGES + "0123456789")
    pieces = [_JOINED.sub("", piece.strip(_EDGES)) for piece in re.split(r"[，,；;]", words)]
    return next((piece for piece in reversed(pieces) if piece), "")


def _after(text: str, end: int) -> str:
    found = re.match(r"[^，,；;。：:（()）\d]*", text[end:])
    return found.group().strip() if found else ""


def _clause(text: str, start: int, end: int) -> str:
    first = max((found.end() for found in _CLAUSE.finditer(text, 0, start)), default=0)
    after = _CLAUSE.search(text, end)
    return text[first : after.start() if after else len(text)].strip()
