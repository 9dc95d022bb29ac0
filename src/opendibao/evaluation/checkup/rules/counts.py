"""户数和人数: opening to closing that does not add up, exits of unlikely size, more households than persons."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from opendibao.evaluation.checkup.catalogue import Hit, check
from opendibao.evaluation.checkup.census import Area, Count, Moment, area_of, count, counts_of
from opendibao.evaluation.checkup.finding import Place, Severity
from opendibao.evaluation.checkup.quantity import plain, said
from opendibao.evaluation.checkup.report import Report
from opendibao.evaluation.scoring import rounded

# persons a household that leaves, over those a household that stays: a quarter more is asked about; with fewer exits
# than this, one large family makes the difference
_UNUSUAL = Fraction(5, 4)
_FEWEST = 20
_NET = re.compile(r"净(?:(?P<more>增加?|增长)|减少?|下降)(?:低保)?(?:对象|家庭)?了?$")
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


_NUMBER = r"\d[\d,]*(?:\.\d+)?"
# what else is held and counted: roads, schools, sets of equipment
_HELD = re.compile(
    rf"(?:年初|上年末|上年底|期初)[^，。；\d]{{0,12}}(?P<opening>{_NUMBER})(?P<unit>[一-鿿]{{1,4}})[^。]{{0,30}}?"
    rf"(?:新增|增加|新建|新购|新纳入)[^，。；\d]{{0,8}}(?P<entered>{_NUMBER})(?P=unit)[^。]{{0,30}}?"
    rf"(?:核减|减少|退出|报废|调出|拆除|撤并|清退)[^，。；\d]{{0,8}}(?P<left>{_NUMBER})(?P=unit)[^。]{{0,30}}?"
    rf"(?:年末|年底|期末)[^，。；\d]{{0,12}}(?P<closing>{_NUMBER})(?P=unit)"
)


@check("C10", Severity.ERROR, "年初加新增减退出，不等于年末")
def opening_to_closing(report: Report) -> Iterator[Hit]:
    """Opening plus entered less left is closing, for households and for persons."""
    counts = counts_of(report.facts)
    yield from _net(report, counts)
    yield from _held(report)
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


def _held(report: Report) -> Iterator[Hit]:
    for block, paragraph in report.document.paragraphs():
        for found in _HELD.finditer(plain(paragraph.text)):
            unit = found["unit"]
            opening, entered, left, closing = (
                Decimal(found[name].replace(",", "")) for name in ("opening", "entered", "left", "closing")
            )
            due = opening + entered - left
            if due != closing and not unit.startswith(("户", "人", "名")):
                zh = (
                    f"年初{said(opening)}{unit}＋新增{said(entered)}－减少{said(left)}＝{said(due)}{unit}，"
                    f"年末写的是{said(closing)}{unit}，相差{said(abs(due - closing))}{unit}。请核对这四个数"
                )
                yield Hit(zh, Place(block))


def _net(report: Report, counts: tuple[Count, ...]) -> Iterator[Hit]:
    """净减少15户 against those who came and those who left, and against opening and closing."""
    for fact in report.facts:
        told = _NET.search(fact.about)
        unit = fact.quantity.base_unit
        if told is None or unit not in ("户", "人") or fact.quantity.approximate or fact.quantity.sign:
            continue
        if unit == "人" and _INSIDE.search(report.text):
            continue
        area = area_of(fact.about)
        net = fact.quantity.base if told["more"] else -fact.quantity.base
        for more, less in ((Moment.ENTERED, Moment.LEFT), (Moment.CLOSING, Moment.OPENING)):
            one, other = count(counts, more, area, unit), count(counts, less, area, unit)
            if one and other and one.value - other.value != net:
                zh = (
                    f"“{fact.clause}”：{more}{said(one.value)}{unit}－{less}{said(other.value)}{unit}＝"
                    f"{said(one.value - other.value)}{unit}。请核对这三个数"
                )
                yield Hit(zh, Place(fact.block))
                break


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
    return said(rounded(each))
