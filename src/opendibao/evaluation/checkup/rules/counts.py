"""户数和人数: opening to closing that does not add up, exits of unlikely size, more households than persons."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from opendibao.evaluation.checkup.catalogue import Hit, check
from opendibao.evaluation.checkup.census import Area, Count, Moment, count, counts_of
from opendibao.evaluation.checkup.finding import Place, Severity
from opendibao.evaluation.checkup.quantity import said
from opendibao.evaluation.checkup.report import Report

# persons a household that leaves, over those a household that stays: a quarter more is asked about; with fewer exits
# than this, one large family makes the difference
_UNUSUAL = Fraction(5, 4)
_FEWEST = 20
_INSIDE = re.compile(r"(?:家庭|户)内|自然增减|保中增减|家庭(?:成员|人口)(?:的|自然)*(?:增减|变动|变化|增加|减少)")


@check("W18", Severity.INFO, "退出家庭的户均人数明显偏大")
def large_exits(report: Report) -> Iterator[Hit]:
    """Households that left have many more persons each than those that stayed or came."""
    counts = counts_of(report.facts)
    for area in Area:
        left = _each(counts, Moment.LEFT, area)
        others = {
            moment: each
            for moment in (Moment.CLOSING, Moment.ENTERED)
            if (each := _each(counts, moment, area)) is not None
        }
        households = count(counts, Moment.LEFT, area, "户")
        if left is None or Moment.CLOSING not in others or households is None or households.value < _FEWEST:
            continue
        if left >= max(others.values()) * _UNUSUAL:
            told = "，".join(f"{moment}每户{_two(each)}人" for moment, each in others.items())
            zh = (
                f"退出的每户{_two(left)}人，{told}，退出的家庭明显偏大。请核对退出的户数和人数；"
                "人数里含在保家庭减少成员的，应分开写明"
            )
            yield Hit(zh, Place(households.fact.block))


@check("C10", Severity.ERROR, "年初加新增减退出，不等于年末")
def opening_to_closing(report: Report) -> Iterator[Hit]:
    """Opening plus entered less left is closing, for households and for persons."""
    counts = counts_of(report.facts)
    for area in Area:
        for unit in ("户", "人"):
            found = [count(counts, moment, area, unit) for moment in Moment]
            opening, entered, left, closing = found
            if not (opening and entered and left and closing) or (unit == "人" and _INSIDE.search(report.text)):
                continue
            due = opening.value + entered.value - left.value
            if due != closing.value:
                zh = (
                    f"年初{said(opening.value)}{unit}＋新增{said(entered.value)}－退出{said(left.value)}＝{said(due)}{unit}，"
                    f"年末写的是{said(closing.value)}{unit}，相差{said(abs(due - closing.value))}{unit}。请核对这四个数"
                    f"{'；家庭成员自然增减的，应单独写明' if unit == '人' else ''}"
                )
                yield Hit(zh, Place(closing.fact.block))


@check("C11", Severity.ERROR, "户数比人数多")
def more_households(report: Report) -> Iterator[Hit]:
    """A household has at least one person."""
    facts = report.facts
    for one, two in pairwise(facts):
        same = one.block == two.block and one.sentence == two.sentence and one.about == two.about
        units = (one.quantity.base_unit, two.quantity.base_unit)
        if not same or set(units) != {"户", "人"}:
            continue
        households, persons = (one, two) if units[0] == "户" else (two, one)
        if households.quantity.base > persons.quantity.base:
            told = f"“{one.about}{one.quantity.text}{two.quantity.text}”"
            zh = f"{told}：户数比人数多，每户至少一人。请核对是否写反或者写错"
            yield Hit(zh, Place(one.block))
    yield from _in_sheet(report)


def _in_sheet(report: Report) -> Iterator[Hit]:
    lines = report.sheet.lines if report.sheet else ()
    for line in lines:
        if "户数" not in line.name or line.actual is None:
            continue
        other = next((one for one in lines if one.name == line.name.replace("户数", "人数") and one.actual), None)
        if other and other.actual and line.actual.base > other.actual.base:
            zh = f"户数{line.actual_text}比第{other.number}行的人数{other.actual_text}多，每户至少一人。请核对"
            yield Hit(zh, line.place)


def _each(counts: tuple[Count, ...], moment: Moment, area: Area) -> Fraction | None:
    households, persons = count(counts, moment, area, "户"), count(counts, moment, area, "人")
    if households is None or persons is None or not households.value:
        return None
    return Fraction(persons.value) / Fraction(households.value)


def _two(each: Fraction) -> str:
    return said((Decimal(each.numerator) / Decimal(each.denominator)).quantize(Decimal("0.01")))
