"""四项原则: whether goals and sheet agree, can be measured, are specific, are whole; what breaks it, what mends it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from opendibao.evaluation.goals import Goal, Programme
from opendibao.evaluation.indicator import Indicator
from opendibao.evaluation.models import SheetRow
from opendibao.evaluation.queries import indicators, sheet
from opendibao.evaluation.year_goals import goals_of_year

DIGIT = re.compile(r"[0-9０-９]")


@dataclass(frozen=True)
class Violation:
    """What does not keep a principle, and what to do about it; `goal` or `indicator` says where it is."""

    what: str
    remedy: str
    goal: str = ""
    indicator: str = ""


@dataclass(frozen=True)
class Principle:
    """One of the four principles: what it asks, and what violates it."""

    key: str
    zh: str
    asks: str
    violations: tuple[Violation, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing violates it."""
        return not self.violations


@dataclass(frozen=True)
class MeasuredBy:
    """A row of the sheet as the principles look at it; `unit` is empty where a person judges."""

    code: str
    name: str
    level1: str
    level2: str
    direction: str
    target: str
    unit: str
    is_judged: bool
    is_weighted: bool


def principles(year: int, division: str) -> tuple[Principle, ...]:
    """The four principles over a year's goals (else the province's) and its newest sheet. Raises BadGoals."""
    known = indicators()
    return check(goals_of_year(year, division), [_row(one, known[one.indicator]) for one in sheet(year, division)])


def _row(row: SheetRow, indicator: Indicator) -> MeasuredBy:
    return MeasuredBy(
        code=row.indicator, name=indicator.name, level1=indicator.level1, level2=indicator.level2,
        direction=row.direction, target=row.target_text, is_judged=row.target is None, is_weighted=row.weight > 0,
        unit=indicator.unit,
    )  # fmt: skip


def check(programme: Programme, rows: Sequence[MeasuredBy]) -> tuple[Principle, ...]:
    """The four principles over goals and rows."""
    goals = [one for stage in programme.horizons for one in stage.items]
    if not rows:
        none = (Violation("本年还没有指标表，看不出目标由什么衡量", "请先建本年的指标表"),)
        return tuple(Principle(key, zh, asks, none) for key, zh, asks in PRINCIPLES)
    found = (_agreement(goals, rows), _measured(goals, rows), _specific(goals, rows), _whole(rows))
    return tuple(
        Principle(key, zh, asks, tuple(violations))
        for (key, zh, asks), violations in zip(PRINCIPLES, found, strict=True)
    )


PRINCIPLES = (
    ("agreement", "目标一致性", "每一项有分值的指标都服务于至少一条目标"),
    ("measured", "可测性", "每一条目标都由指标表上至少一项指标衡量"),
    ("specific", "针对性", "每一条目标的衡量标志有数字、日期或能判断的字，衡量它的指标有方向、单位和指标值"),
    ("whole", "整体性", "各类指标齐全，农村和城镇都在内，资金、服务、政策落实都看到"),
)


def _agreement(goals: Sequence[Goal], rows: Sequence[MeasuredBy]) -> Iterator[Violation]:
    """Points may be lost only for what somebody wants."""
    served = {code for one in goals for code in one.serves}
    for row in rows:
        if row.is_weighted and row.code not in served:
            yield Violation(
                f"指标“{row.name}”有分值，却不服务于任何目标",
                "请在它服务的目标里选上这项指标，或添一条目标，或把它移出指标表",
                indicator=row.code,
            )


def _measured(goals: Sequence[Goal], rows: Sequence[MeasuredBy]) -> Iterator[Violation]:
    """A goal that nothing measures is a wish."""
    on_sheet = {row.code for row in rows}
    for one in goals:
        if not one.serves:
            yield Violation(f"目标“{one.text}”没有对应指标", "请修改这条目标，选上衡量它的指标", one.text)
        elif not on_sheet & set(one.serves):
            yield Violation(
                f"目标“{one.text}”的对应指标都不在本年指标表上", "请把其中一项加进指标表，或改选表上的指标", one.text
            )


def _specific(goals: Sequence[Goal], rows: Sequence[MeasuredBy]) -> Iterator[Violation]:
    """It must be possible to say whether it was reached."""
    by_code = {row.code: row for row in rows}
    for one in goals:
        if not is_measurable(one.milestone):
            yield Violation(
                f"目标“{one.text}”的衡量标志“{one.milestone}”看不出到没到",
                "请写上数字、日期，或“每月”“全部”“按期”这样能判断的字",
                one.text,
            )
        own = [by_code[code] for code in one.serves if code in by_code]
        if own and all(row.is_judged for row in own):
            yield Violation(f"目标“{one.text}”只有定性指标", "请再选一项有方向、单位和指标值的指标", one.text)
    for row in rows:
        if not row.is_judged and (lacking := _lacking(row)):
            yield Violation(f"指标“{row.name}”没有{lacking}", f"请在指标表里补上{lacking}", indicator=row.code)


def _lacking(row: MeasuredBy) -> str:
    parts = {"方向": row.direction, "单位": row.unit, "指标值": row.target}
    return "、".join(zh for zh, text in parts.items() if not text)


def is_measurable(milestone: str) -> bool:
    """Whether a milestone has a number, a day, or a word by which one can tell that it was reached."""
    return bool(DIGIT.search(milestone)) or any(word in milestone for word in _looks_at()["measurable"])


def _whole(rows: Sequence[MeasuredBy]) -> Iterator[Violation]:
    """No kind, area or aspect may be left out."""
    weighted = [row for row in rows if row.is_weighted]
    kinds = _kinds_of(weighted)
    for word in kinds["words"]:
        if not any(word in row.level1 or word in row.level2 for row in weighted):
            yield Violation(
                f"按{kinds['zh']}分类，缺“{word}”类指标", f"请在指标表里加一项{word}指标；确不适用的，在报告里说明理由"
            )
    codes = {row.code for row in weighted}
    areas = _looks_at()["areas"].values()
    if any(codes & set(area["indicators"]) for area in areas):
        yield from _absent(areas, codes, "指标表只看了另一类地区，缺{}的指标", "请加上{}的同类指标")
    yield from _absent(_looks_at()["aspects"].values(), codes, "缺说明{}的指标", "请加一项说明{}的指标")


def _kinds_of(rows: Sequence[MeasuredBy]) -> Mapping[str, Any]:
    """The division of indicators that the sheet follows: one of whose own words occurs, else the first."""
    first, *others = _looks_at()["kinds"]
    levels = {row.level1 for row in rows}
    for one in others:
        own = set(one["words"]) - set(first["words"])
        if any(word in level for word in own for level in levels):
            return one  # type: ignore[no-any-return]
    return first  # type: ignore[no-any-return]


def _absent(parts: Any, codes: set[str], what: str, remedy: str) -> Iterator[Violation]:
    for part in parts:
        if not codes & set(part["indicators"]):
            yield Violation(what.format(part["zh"]), remedy.format(part["zh"]))


@cache
def _looks_at() -> Mapping[str, Any]:
    text = (files("opendibao.evaluation") / "principles.yaml").read_text("utf-8")
    found: Mapping[str, Any] = yaml.safe_load(text)
    return found


def looked_at() -> set[str]:
    """Codes of the indicators that stand for an aspect or an area."""
    parts = [*_looks_at()["aspects"].values(), *_looks_at()["areas"].values()]
    return {code for part in parts for code in part["indicators"]}
