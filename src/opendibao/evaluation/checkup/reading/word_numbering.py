"""Word的自动编号: the numbers that Word writes before paragraphs by itself, so that 一、 stands in the text read."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from opendibao.evaluation.checkup.reading.number_forms import written
from opendibao.evaluation.checkup.reading.word_names import W, is_on, number, value

PLACE = re.compile(r"%([1-9])")
LEVELS = 9


@dataclass(frozen=True)
class ListLevel:
    """One level of a list: where it starts, how its number is written, the text around it."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    is_legal: bool = False  # all numbers in figures
    restarts: bool = True
    style: str = ""


class Numbering:
    """The lists of a Word file with how far each has counted."""

    def __init__(self, root: Element | None) -> None:
        found = root.findall(f"{W}abstractNum") if root is not None else []
        self._patterns = {one.get(f"{W}abstractNumId", ""): one for one in found}
        by_style = {value(one, "styleLink"): one for one in found if value(one, "styleLink")}
        for key, one in self._patterns.items():
            if linked := by_style.get(value(one, "numStyleLink")):
                self._patterns[key] = linked
        lists = root.findall(f"{W}num") if root is not None else []
        self._lists = {one.get(f"{W}numId", ""): one for one in lists}
        self._levels: dict[str, dict[int, ListLevel]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def level_of_style(self, list_id: str, style: str) -> int:
        """The level of a list that is tied to a style; the first where none is."""
        return next((at for at, level in self._of(list_id).items() if level.style == style), 0)

    def next(self, list_id: str, at: int) -> str:
        """Count one further and give the number as it stands before the paragraph; "" for bullets and no list."""
        levels = self._of(list_id)
        if at not in levels:
            return ""
        counts = self._counts.setdefault(self._pattern_of(list_id), {})
        self._begin(list_id, at, counts)
        counts[at] = counts.get(at, levels[at].start - 1) + 1
        for deeper in [one for one in counts if one > at and levels.get(one, ListLevel()).restarts]:
            del counts[deeper]
        return _spaced(PLACE.sub(lambda place: _number(levels, counts, int(place[1]) - 1, at), levels[at].text))

    def _begin(self, list_id: str, at: int, counts: dict[int, int]) -> None:
        """A list that starts anew at a number of its own does so at its first paragraph."""
        own = self._lists[list_id].find(f"{W}lvlOverride[@{W}ilvl='{at}']")
        start = value(own, "startOverride")
        if start is not None and (list_id, at) not in self._begun:
            counts[at] = number(start, 1) - 1
        self._begun.add((list_id, at))

    def _pattern_of(self, list_id: str) -> str:
        return value(self._lists[list_id], "abstractNumId") or ""

    def _of(self, list_id: str) -> dict[int, ListLevel]:
        if list_id not in self._lists:
            return {}
        if list_id not in self._levels:
            pattern = self._patterns.get(self._pattern_of(list_id))
            levels = [] if pattern is None else pattern.findall(f"{W}lvl")
            levels += self._lists[list_id].findall(f"{W}lvlOverride/{W}lvl")
            self._levels[list_id] = {number(one.get(f"{W}ilvl")): _level(one) for one in levels}
        return self._levels[list_id]


def _level(element: Element) -> ListLevel:
    form = value(element, "numFmt")
    return ListLevel(
        number(value(element, "start"), 1),
        "decimal" if form is None else form,
        "" if form == "bullet" else value(element, "lvlText") or "",
        is_on(element, "isLgl"),
        value(element, "lvlRestart") != "0",
        value(element, "pStyle") or "",
    )


def _number(levels: dict[int, ListLevel], counts: dict[int, int], wanted: int, at: int) -> str:
    level = levels.get(wanted, ListLevel())
    return written(counts.get(wanted, level.start), "decimal" if levels[at].is_legal else level.form)


def _spaced(text: str) -> str:
    """A number that ends in a figure or letter must not run into the text."""
    return f"{text} " if text and text[-1].isascii() and text[-1].isalnum() else text
