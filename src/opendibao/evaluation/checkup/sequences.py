"""编号的次序: the numbered headings that count on from one another, and where such a count goes wrong."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from opendibao.evaluation.checkup.document import Paragraph
from opendibao.evaluation.checkup.outline import Section
from opendibao.evaluation.checkup.report import Report

_PASTED = 14  # characters from which a repeated heading counts as pasted
_LEAD_IN = 20  # a line as short as this, without a full stop, introduces the list beneath it


@dataclass(frozen=True)
class Slip:
    """A heading whose number does not follow from the one before it: where it stands and what is wrong, in words."""

    section: Section
    zh: str


def runs(report: Report) -> Iterator[tuple[Section, ...]]:
    """The numbered headings of one parent, in order, whatever form their numbers have."""
    pending = [_whole(report.outline.sections)]
    while pending:
        run = pending.pop(0)
        yield tuple(one for one in run if one.heading.value)
        pending += [_whole(_inside(one)) for one in run if _inside(one)]


def odd_forms(run: Sequence[Section]) -> Iterator[tuple[Section, str]]:
    """Headings of a run whose number has another form than most of it: the heading, the usual mark."""
    if len(run) < 2:
        return
    forms = Counter(_form(one) for one in run)
    usual = max(forms, key=lambda form: (forms[form], form == _form(run[0])))
    example = next(one.heading.mark for one in run if _form(one) == usual)
    for one in run:
        if _form(one) != usual:
            yield one, example


def slip_of(report: Report, run: Sequence[Section]) -> Slip | None:
    """The first heading of a run that skips, repeats or goes back; None where it counts on without a break."""
    if run and run[0].heading.value != 1:
        return Slip(run[0], f"从“{run[0].heading.mark}”开始，前面缺少第一项")
    for before, one in pairwise(run):
        was, now = before.heading.value, one.heading.value
        if now == was + 1 or (now == 1 and _begins_again(report, before, one)) or _is_pasted(run, one):
            continue
        if now == was:
            return Slip(one, f"“{one.heading.mark}”重复，前面的“{quoted_heading(before)}”已经是这个序号")
        gap = "跳过了中间的序号" if now > was else "倒退了"
        return Slip(one, f"“{before.heading.mark}”之后是“{one.heading.mark}”，{gap}")
    return None


def quoted_heading(section: Section) -> str:
    """A heading as a finding names it."""
    return f"{section.heading.mark}{section.heading.title[:16]}"


def _whole(sections: Sequence[Section]) -> list[Section]:
    """Siblings, with those that stand one deeper only because their number has another form."""
    found: list[Section] = []
    for one in sections:
        found.append(one)
        if _continues(one):
            found += one.sections
    return found


def _inside(section: Section) -> tuple[Section, ...]:
    return () if _continues(section) else section.sections


def _continues(section: Section) -> bool:
    """Whether what stands inside a section counts on from its own number: 1. holding 2、."""
    inside = [one.heading.value for one in section.sections if one.heading.value]
    return bool(inside) and section.heading.value > 0 and inside[0] == section.heading.value + 1


def _form(section: Section) -> str:
    """The form of a number, full-width and half-width signs told apart; dotted ones by their depth."""
    written = re.sub(r"\d+", "1", re.sub(r"[一二三四五六七八九十]+", "一", section.heading.mark))
    return re.sub(r"\s", "", written) if section.heading.form != "①" else "①"


def _begins_again(report: Report, before: Section, one: Section) -> bool:
    """Whether a new list begins here: under another lead-in, behind a table, or under another number (2.1)."""
    if "." in one.heading.mark.strip("."):
        return one.heading.mark.split(".")[0] != before.heading.mark.split(".")[0]
    above = next((n for n in range(one.heading.block - 1, -1, -1) if _filled(report, n)), -1)
    if above < 0 or above == before.heading.block:
        return False
    block = report.document.blocks[above]
    if not isinstance(block, Paragraph):
        return True
    text = block.text.strip()
    headings = {section.heading.block for section in report.outline.every() if section.heading.value}
    return above not in headings and (text.endswith(("：", ":")) or (len(text) <= _LEAD_IN and "。" not in text))


def _is_pasted(run: Sequence[Section], one: Section) -> bool:
    """Whether a heading repeats an earlier one to the letter: that is a matter of pasting (D06), not of counting."""
    text = (one.heading.title, one.heading.rest)
    earlier = run[: run.index(one)]
    return len("".join(text)) >= _PASTED and text in [(other.heading.title, other.heading.rest) for other in earlier]


def _filled(report: Report, block: int) -> bool:
    one = report.document.blocks[block]
    return not isinstance(one, Paragraph) or bool(one.text.strip())
