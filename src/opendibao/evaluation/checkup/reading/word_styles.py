"""Word的样式: what heading level and what numbering a paragraph's style gives it."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from opendibao.evaluation.checkup.reading.word_names import W, number, value

HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.I)
CONTENTS = re.compile(r"(?:toc|目录)\s*(?:[1-9]|heading|标题)?", re.I)
BODY_TEXT, DEEPEST = 9, 20


@dataclass(frozen=True)
class Style:
    """A paragraph style with what it inherits: its heading level (0: none), its list and place in the list."""

    level: int = 0
    is_contents: bool = False
    list_id: str = ""
    list_level: int = -1


NO_STYLE = Style()


def outline_level(properties: Element | None) -> int | None:
    """The heading level that paragraph properties give themselves, 0 for body text, None where they are silent."""
    said = value(properties, "outlineLvl")
    if said is None:
        return None
    level = number(said, BODY_TEXT)
    return level + 1 if 0 <= level < BODY_TEXT else 0


class Styles:
    """The paragraph styles of a Word file."""

    def __init__(self, root: Element | None) -> None:
        found = root.findall(f"{W}style") if root is not None else []
        self._elements = {one.get(f"{W}styleId", ""): one for one in found}
        self._known: dict[str, Style] = {}

    def of(self, style_id: str) -> Style:
        """A style by its id; an unknown one gives nothing."""
        if style_id not in self._known:
            self._known[style_id] = self._resolved(style_id, DEEPEST)
        return self._known[style_id]

    def _resolved(self, style_id: str, deeper: int) -> Style:
        element = self._elements.get(style_id)
        if element is None or not deeper:
            return NO_STYLE
        above = self._resolved(value(element, "basedOn") or "", deeper - 1)
        name, properties = value(element, "name") or "", element.find(f"{W}pPr")
        numbered = None if properties is None else properties.find(f"{W}numPr")
        return Style(
            _level(name, outline_level(properties), above.level),
            bool(CONTENTS.fullmatch(name.strip())) or above.is_contents,
            value(numbered, "numId") or above.list_id,
            number(value(numbered, "ilvl"), above.list_level),
        )


def _level(name: str, own: int | None, inherited: int) -> int:
    if named := HEADING.fullmatch(name.strip()):
        return int(named[1])
    return inherited if own is None else own
