"""绩效指标表: the sheet a county is scored by, read strictly from SHEET.yaml or built from measured rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from opendibao.evaluation import sheet_fields as fields
from opendibao.evaluation.sheet_fields import SheetError
from opendibao.rules.case_file import CaseText
from opendibao.rules.fields import CaseError

__all__ = ["SheetError", "parse_sheet", "read_sheet"]

UNMEASURED_WORD = "未测得"


class Direction(StrEnum):
    """Which way an indicator is good: 不低于, 不高于, 等于."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EQUAL = "equal"


class Scoring(StrEnum):
    """Way of giving points: by completion, all or nothing, with a pass threshold, by satisfaction interval."""

    PROPORTIONAL = "proportional"
    DIRECT = "direct"
    THRESHOLD = "threshold"
    SATISFACTION = "satisfaction"


class OverCompletion(StrEnum):
    """What to do about an actual far above its target: say so, or take points off with the excess."""

    FLAG = "flag"
    LINEAR = "linear"


@dataclass(frozen=True)
class NotMeasured:
    """未测得: there is no measurement; scores nothing, and its weight stays in the total."""

    why: str = ""


@dataclass(frozen=True)
class Quantitative:
    """A measured number against its target; both in the row's unit."""

    direction: Direction
    target: Decimal
    actual: Decimal | NotMeasured
    unit: str = ""
    scoring: Scoring = Scoring.PROPORTIONAL


@dataclass(frozen=True)
class Qualitative:
    """A judgement: the band, the ratio that the evaluator picked inside it, his opinion and what he rests it on."""

    band: str
    ratio: Decimal | NotMeasured
    text: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class IndicatorRow:
    """One row of the sheet; `given_score` is what a person gave, None where the rule's score stands."""

    name: str
    measure: Quantitative | Qualitative
    weight: Decimal
    level1: str = ""
    level2: str = ""
    given_score: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True)
class Budget:
    """预算执行: planned (A) and executed (B) in one unit, and the block's weight."""

    planned: Decimal
    executed: Decimal
    weight: Decimal


@dataclass(frozen=True)
class Options:
    """How far over a target must be explained, what follows, and which words the grades have."""

    over_completion: OverCompletion = OverCompletion.FLAG
    threshold: Decimal | None = None
    grade_scheme: str = "youliangzhongcha"


@dataclass(frozen=True)
class Sheet:
    """A whole sheet: rows in order, the execution block if there is one, options."""

    rows: tuple[IndicatorRow, ...]
    budget: Budget | None = None
    options: Options = field(default_factory=Options)


def read_sheet(text: str) -> Sheet:
    """Read SHEET.yaml; raises SheetError with key and line."""
    try:
        found = CaseText(text)
    except CaseError as fault:
        raise SheetError(fault.key, fault.reason, fault.line) from None
    try:
        sheet = parse_sheet(found.data)
        if not any(row.weight for row in sheet.rows):
            raise SheetError("indicators", "各行分值都是0，没有可评的分：请填写分值，合计为100")
        return sheet
    except SheetError as fault:
        raise SheetError(fault.key, fault.reason, found.line_of(fault.key)) from None


def parse_sheet(data: object) -> Sheet:
    """Turn a mapping of the contract's form into a sheet; raises SheetError naming the key."""
    top = fields.mapping(data, "", {"indicators", "budget", "options"})
    listed = top.get("indicators")
    if not isinstance(listed, list) or not listed:
        raise SheetError("indicators", "至少要有一行指标")
    rows = tuple(_numbered_row(raw, place) for place, raw in enumerate(listed))
    budget = None if top.get("budget") is None else _budget(top["budget"])
    return Sheet(rows, budget, _options(top.get("options")))


_COMMON = {"level1", "level2", "name", "kind", "weight", "given_score", "reason"}
_NUMBER = _COMMON | {"direction", "target", "actual", "unit", "scoring"}
_JUDGED = _COMMON | {"band", "ratio", "text", "evidence"}


def _numbered_row(raw: object, place: int) -> IndicatorRow:
    """A row whose refusal says which indicator it is, as a person counts."""
    try:
        return _row(raw, f"indicators[{place}]")
    except SheetError as fault:
        name = raw.get("name") if isinstance(raw, Mapping) else None
        called = f"第{place + 1}个指标“{name}”" if isinstance(name, str) and name else f"第{place + 1}个指标"
        raise SheetError(fault.key, f"{called}：{fault.reason}") from None


def _row(raw: object, key: str) -> IndicatorRow:
    row = fields.mapping(raw, key, _NUMBER | _JUDGED)
    kind = fields.word(row, "kind", key, ("quantitative", "qualitative"))
    fields.mapping(row, key, _NUMBER if kind == "quantitative" else _JUDGED)
    weight = fields.weight(row, "weight", key)
    measure = _quantitative(row, key) if kind == "quantitative" else _qualitative(row, key)
    return IndicatorRow(
        name=fields.text(row, "name", key, required=True),
        measure=measure,
        weight=weight,
        level1=fields.text(row, "level1", key),
        level2=fields.text(row, "level2", key),
        given_score=_given(row, key, weight, measure),
        reason=fields.text(row, "reason", key),
    )


def _quantitative(row: Mapping[str, Any], key: str) -> Quantitative:
    if row.get("direction") is None:
        words = "at_least（不低于）、at_most（不高于）、equal（等于）"
        raise SheetError(f"{key}.direction", f"指标值没有方向，请写以下之一：{words}")
    direction = Direction(fields.word(row, "direction", key, tuple(Direction)))
    unit = fields.unit(row, key)
    scoring = Scoring(fields.word(row, "scoring", key, tuple(Scoring), default=Scoring.PROPORTIONAL))
    actual = _measured(row, "actual", key, unit)
    if scoring is Scoring.SATISFACTION:
        _check_satisfaction(key, direction, unit, actual)
    return Quantitative(
        direction=direction,
        target=fields.amount(row, "target", key, unit),
        actual=actual,
        unit=unit,
        scoring=scoring,
    )


def _check_satisfaction(key: str, direction: Direction, unit: str, actual: Decimal | NotMeasured) -> None:
    """Intervals of satisfaction are of percent, the more the better."""
    if isinstance(actual, Decimal) and actual > 100:
        raise SheetError(f"{key}.actual", f"满意度“{actual}”应在0到100之间，以百分数计")
    if unit not in ("", "%", "％"):
        raise SheetError(f"{key}.unit", f"按满意度区间给分的指标以%计，不能是“{unit}”")
    if direction is not Direction.AT_LEAST:
        raise SheetError(f"{key}.direction", "按满意度区间给分的指标越高越好，方向应为 at_least")


def _qualitative(row: Mapping[str, Any], key: str) -> Qualitative:
    band = fields.word(row, "band", key, ("achieved", "partly", "not", UNMEASURED_WORD))
    if band == UNMEASURED_WORD:
        return Qualitative("", NotMeasured())
    ratio = fields.ratio_in_band(row, "ratio", key, band)
    return Qualitative(band, ratio, fields.text(row, "text", key), fields.text(row, "evidence", key))


def _measured(row: Mapping[str, Any], name: str, key: str, unit: str) -> Decimal | NotMeasured:
    if row.get(name) == UNMEASURED_WORD:
        return NotMeasured()
    return fields.amount(row, name, key, unit, hint=f"；没有测得的写“{UNMEASURED_WORD}”")


def _given(row: Mapping[str, Any], key: str, weight: Decimal, measure: Quantitative | Qualitative) -> Decimal | None:
    if row.get("given_score") is None:
        return None
    given = fields.score(row, "given_score", key, weight)
    value = measure.actual if isinstance(measure, Quantitative) else measure.ratio
    if given and isinstance(value, NotMeasured):
        raise SheetError(f"{key}.given_score", f"{UNMEASURED_WORD}的指标不得给分，应为0或不写")
    return given


def _budget(raw: object) -> Budget:
    block = fields.mapping(raw, "budget", {"planned", "executed", "weight"})
    planned = fields.amount(block, "planned", "budget", "万元")
    if not planned:
        raise SheetError("budget.planned", "预算数为零，算不出执行率")
    executed = fields.amount(block, "executed", "budget", "万元")
    return Budget(planned, executed, fields.weight(block, "weight", "budget"))


def _options(raw: object) -> Options:
    if raw is None:
        return Options()
    chosen = fields.mapping(raw, "options", {"over_completion", "threshold", "grade_scheme"})
    over = fields.word(chosen, "over_completion", "options", tuple(OverCompletion), default=OverCompletion.FLAG)
    schemes = tuple(fields.grade_schemes())
    return Options(
        OverCompletion(over),
        None if chosen.get("threshold") is None else fields.amount(chosen, "threshold", "options", ""),
        fields.word(chosen, "grade_scheme", "options", schemes, default=schemes[0]),
    )
