"""逐条: what a chapter lists one by one (problems, suggestions, goals), and whether it says anything at all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from opendibao.evaluation.checkup.document import Paragraph
from opendibao.evaluation.checkup.outline import Section
from opendibao.evaluation.checkup.report import Report
from opendibao.evaluation.checkup.vocabulary import any_of

_POINT = re.compile(r"(?=(?:^|(?<=[。；：:;]))\s*[一二三四五六七八九]是)")
_NOTHING = re.compile(rf"[（(]?{any_of('nothing')}[）)]?[。.；]?")


@dataclass(frozen=True)
class Item:
    """One entry of a chapter: its block, its title, its whole text with the title."""

    block: int
    title: str
    text: str


def says_nothing(report: Report, section: Section) -> bool:
    """Whether a chapter is empty or only says 无."""
    texts = [section.heading.rest, *(text_of for _, text_of in _lines(report, section))]
    return not _has_table(report, section) and all(not text or _NOTHING.fullmatch(text) for text in texts)


def is_empty(report: Report, section: Section) -> bool:
    """Whether nothing at all stands under a heading: no text behind it, no paragraph, no table, no heading."""
    return not section.heading.rest and not _has_table(report, section) and not list(_lines(report, section))


def items_of(report: Report, section: Section | None) -> tuple[Item, ...]:
    """The entries of a chapter: its headings, else its points 一是…二是…, else its paragraphs."""
    if section is None or says_nothing(report, section):
        return ()
    if not (inside := _parts_of(section)):
        return tuple(_points(report, section))
    # a further point may stand behind the last heading: 五是…
    headed = {one.heading.block for one in report.outline.every()}
    further = [
        Item(block, re.split(r"[，。；：:]", text[2:])[0], text)
        for block, text in _lines(report, section)
        if block not in headed and re.match(r"[二三四五六七八九]是", text)
    ]
    return (*(_item(report, one) for one in inside), *further)


def _parts_of(section: Section) -> tuple[Section, ...]:
    """The headings that list its entries: a chapter with a single heading lists what stands in that."""
    inside = section.sections
    while len(inside) == 1 and len(inside[0].sections) > 1:
        inside = inside[0].sections
    return inside


def _item(report: Report, section: Section) -> Item:
    lines = [text for _, text in _lines(report, section)]
    return Item(
        section.heading.block, section.heading.title, "\n".join([section.heading.title, section.heading.rest, *lines])
    )


def _points(report: Report, section: Section) -> Iterator[Item]:
    for block, text in [(section.heading.block, section.heading.rest), *_lines(report, section)]:
        points = [part.strip() for part in _POINT.split(text) if part.strip()]
        listed = [part for part in points if re.match(r"[一二三四五六七八九]是", part)]
        for part in listed or points:
            yield Item(block, re.split(r"[，。；：:]", re.sub(r"^[一二三四五六七八九]是", "", part))[0], part)


def _lines(report: Report, section: Section) -> Iterator[tuple[int, str]]:
    for block, paragraph in report.paragraphs(section):
        if text := paragraph.text.strip():
            yield block, text


def _has_table(report: Report, section: Section) -> bool:
    return any(not isinstance(block, Paragraph) for block in report.document.blocks[section.first : section.last])
