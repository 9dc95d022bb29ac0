"""Sheets to score: the county's own fourteen rows, and one row at a time."""

from decimal import Decimal
from typing import Any

from opendibao.evaluation.sheet import IndicatorRow, parse_sheet

REASON = "预算测算时没有考虑政策调整"


def number(name: str, direction: str, target: object, actual: object, weight: object, **more: Any) -> dict[str, Any]:
    """A quantitative row of SHEET.yaml."""
    kinds = {"kind": "quantitative", "direction": direction, "target": target, "actual": actual}
    return {"name": name, **kinds, "weight": weight, **more}


def judged(name: str, band: str, ratio: object, weight: object, **more: Any) -> dict[str, Any]:
    """A qualitative row of SHEET.yaml."""
    return {"name": name, "kind": "qualitative", "band": band, "ratio": ratio, "weight": weight, **more}


def one_row(raw: dict[str, Any]) -> IndicatorRow:
    """A single row, read as the command reads it."""
    return parse_sheet({"indicators": [raw]}).rows[0]


def county_sheet(executed: str = "6300.37") -> dict[str, Any]:
    """The county's own sheet of 2024: weights 90, scores 86, four rows one point down."""
    short = {"given_score": 4, "reason": REASON}
    cost = {"level1": "成本指标", "unit": "万元"}
    return {
        "indicators": [
            number("农村低保金", "at_most", 5330, "5331.78", 5, **cost, **short),
            number("城镇低保金", "at_most", 960, "968.59", 5, **cost, **short),
            number("培训次数", "at_least", 4, 4, 5, level1="成本指标", unit="次"),
            judged("按需招聘", "achieved", 1, 5, level1="成本指标"),
            number("农村低保对象人数", "at_most", 9000, 8520, 5, level1="产出指标", unit="人", **short),
            number("城镇低保对象人数", "at_most", 1500, 1217, 5, level1="产出指标", unit="人", **short),
            judged("应保尽保、应退尽退", "achieved", 1, 10, level1="产出指标"),
            number("保障对象准确率", "at_least", 95, 95, 5, level1="产出指标", unit="%"),
            number("每月10日前到位", "at_most", 10, 10, 10, level1="产出指标", unit="日"),
            judged("录入数字民政系统", "achieved", 1, 5, level1="产出指标"),
            number("资金使用率", "equal", 100, 100, 5, level1="效益指标", unit="%"),
            judged("专款专用", "achieved", 1, 5, level1="效益指标"),
            judged("生活压力减轻", "achieved", 1, 10, level1="效益指标"),
            number("困难群众满意度", "at_least", 95, 95, 10, level1="满意度指标", unit="%", scoring="satisfaction"),
        ],
        "budget": {"planned": 6290, "executed": Decimal(executed), "weight": 10},
    }
