"""指标库: every indicator, on the sheet or not, with what it said of a year as locked, and its worked cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml

from opendibao.evaluation.figure import Figure, Measured
from opendibao.evaluation.indicator import NOT_MEASURED, Indicator, Reading
from opendibao.evaluation.queries import (
    indicators,
    latest_snapshot,
    locked_measured,
    named,
    places,
    snapshot_places,
)

FIRST_LEVELS = ("决策", "过程", "预算执行", "成本指标", "产出指标", "效益指标", "满意度指标")


class UnknownIndicator(LookupError):
    """No indicator has this code."""


@dataclass(frozen=True)
class IndicatorReading:
    """An indicator with what it said of a year; `place` is its row on the sheet, None where it is not on it."""

    indicator: Indicator
    place: int | None
    reading: Reading
    measured: tuple[Measured, ...]

    @property
    def figure_id(self) -> str:
        """The public id of its first figure; empty where nothing was measured under it."""
        return self.measured[0].figure.id if self.measured else ""


@dataclass(frozen=True)
class WorkedCase:
    """A case beside an indicator: the totals that are given, what is printed of them, and what is said with it."""

    name: str
    given: tuple[Measured, ...]
    text: str
    note: str


def library(year: int, division: str) -> list[IndicatorReading]:
    """Every indicator as the year's newest snapshot knew it, by level; without one nothing is measured."""
    snapshot = latest_snapshot(year, division)
    if snapshot is None:
        on_sheet = places(year, division)
        found = [_unmeasured(one, on_sheet.get(code), "这一年还没有锁定快照") for code, one in indicators().items()]
    else:
        on_sheet, kept = snapshot_places(snapshot), {one["id"]: one for one in snapshot.content["figures"]}
        found = [_locked(one, on_sheet.get(code), kept) for code, one in indicators().items()]
    return sorted(found, key=_order)


def library_card(code: str, year: int, division: str) -> IndicatorReading:
    """One indicator of the library. Raises UnknownIndicator."""
    for one in library(year, division):
        if one.indicator.code == code:
            return one
    raise UnknownIndicator(f"没有名为“{code}”的指标，请从指标库点进来")


def public_figures(one: IndicatorReading) -> tuple[Figure, ...]:
    """The indicator's figures under the ids that they have, or will have, in the year."""
    return named(one.indicator, one.place)


def worked_cases(indicator: Indicator) -> list[WorkedCase]:
    """The cases.yaml beside an indicator: they are run whenever the tests are."""
    text = (files(f"opendibao.evaluation.indicators.{indicator.code}") / "cases.yaml").read_text("utf-8")
    return [_case(indicator, raw) for raw in yaml.safe_load(text)]


def _case(indicator: Indicator, raw: Mapping[str, Any]) -> WorkedCase:
    totals = zip(indicator.figures, raw["given"], strict=True)
    given = tuple(Measured(figure, one["rows"], one["n"], one["d"]) for figure, one in totals)
    return WorkedCase(raw["name"], given, raw["expect"]["text"], raw["expect"]["note"])


def _order(one: IndicatorReading) -> tuple[int, str, str, bool, int, str]:
    level1 = one.indicator.level1
    at = FIRST_LEVELS.index(level1) if level1 in FIRST_LEVELS else len(FIRST_LEVELS)
    return at, level1, one.indicator.level2, one.place is None, one.place or 0, one.indicator.code


def _locked(indicator: Indicator, place: int | None, kept: Mapping[str, Mapping[str, Any]]) -> IndicatorReading:
    own = named(indicator, place)
    found = tuple(locked_measured(figure, kept[figure.id]) for figure in own if figure.id in kept)
    if len(found) < len(own):
        return _unmeasured(indicator, place, "锁定快照时还没有这个指标")
    return IndicatorReading(indicator, place, indicator.reading(found), found)


def _unmeasured(indicator: Indicator, place: int | None, why: str) -> IndicatorReading:
    said = indicator.reading(()) if indicator.is_judged else Reading(NOT_MEASURED, None, "", "", 0, why)
    return IndicatorReading(indicator, place, said, ())
