"""提纲: headings of a report by style or by number, and the standard parts they open (财预〔2020〕10号 annex 3)."""

from collections.abc import Iterator
from dataclasses import dataclass

from opendibao.evaluation.checkup.document import Document
from opendibao.evaluation.checkup.headings import Heading, headings_of
from opendibao.evaluation.checkup.outline_words import parts_of
from opendibao.evaluation.checkup.parts import Part

__all__ = ["Heading", "Outline", "Part", "Section", "outline_of"]

# what stands in these is told about the project, so that words of its headings open no part
_TOLD = {Part.PRACTICES, Part.PROBLEMS, Part.SUGGESTIONS, Part.OTHER}
_DEEPEST, _LONGEST = 3, 40


@dataclass(frozen=True)
class Section:
    """What stands under a heading: blocks `first` up to, not including, `last`; sections inside it.

    `parts` are all the standard parts that its heading names, `part` the first of them.
    """

    heading: Heading
    first: int
    last: int
    sections: tuple["Section", ...] = ()
    part: Part | None = None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Outline:
    """The sections of a report in order, each with those inside it."""

    sections: tuple[Section, ...]

    def of(self, part: Part) -> Section | None:
        """The section of a standard part; one for itself before one that it shares, None where the report has none."""
        named = [one for one in self.every() if part in one.parts]
        return min(named, key=lambda one: (len(one.parts), one.heading.level, one.heading.block), default=None)

    def every(self) -> tuple[Section, ...]:
        """All sections, in the order of their headings."""
        return tuple(_walk(self.sections))

    def first_numbered(self, otherwise: int) -> int:
        """The block of the first heading with a number: what stands before it is the title. `otherwise` without one."""
        return next((one.heading.block for one in self.every() if one.heading.value), otherwise)

    def path_of(self, block: int) -> tuple[Section, ...]:
        """The sections that hold a block, outermost first; a heading belongs to its own section."""
        return tuple(one for one in self.every() if one.heading.block <= block < one.last)


def outline_of(document: Document) -> Outline:
    """Find the headings of a report and what stands under each."""
    return Outline(_nested(headings_of(document), len(document.blocks), frozenset()))


def _walk(sections: tuple[Section, ...]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _walk(section.sections)


def _nested(headings: tuple[Heading, ...], end: int, above: frozenset[Part]) -> tuple[Section, ...]:
    """Sections of headings that all stand before `end`; the first heading opens the first of them."""
    sections, at = [], 0
    while at < len(headings):
        heading, after = headings[at], at + 1
        while after < len(headings) and headings[after].level > heading.level:
            after += 1
        last = headings[after].block if after < len(headings) else end
        parts = _parts(heading, above)
        inside = _nested(headings[at + 1 : after], last, frozenset(parts) or above)
        part = parts[0] if parts else None
        sections.append(Section(heading, heading.block + 1, last, inside, part, parts))
        at = after
    return tuple(sections)


def _parts(heading: Heading, above: frozenset[Part]) -> tuple[Part, ...]:
    if heading.level > _DEEPEST or len(heading.title) > _LONGEST:
        return ()
    named = parts_of(heading.title)
    if told := above & _TOLD:
        # 五、主要经验及做法、存在的问题 holds 一 section for each of the two
        return tuple(part for part in named if part in told) if len(told) > 1 else ()
    return named
