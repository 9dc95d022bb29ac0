"""附表: the report's tables as rows of text: scores, readings, how each was measured, findings, evidence ids."""

from collections.abc import Iterable, Mapping
from typing import Any

from opendibao.reporting.blocks import Table
from opendibao.reporting.content import NOT_MEASURED, FigureContent, ReportContent, RowContent

NOT_SCORED = "—"
HASH_SHOWN = 12
Rows = Iterable[tuple[str, ...]]


def all_tables(content: ReportContent, words: Mapping[str, Any]) -> dict[str, Table]:
    """Every table that a template may place, by name."""
    filled: dict[str, Rows] = {
        "score": _score(content),
        "readings": ((one.zh, one.points, one.grade or NOT_SCORED) for one in content.readings),
        "details": (_detail(row) for row in content.rows),
        "findings": _findings(content, words["severities"]),
        "figures": (_figure(one) for one in content.figures),
    }
    return {name: _table(words["tables"][name], rows) for name, rows in filled.items()}


def _table(looks: Mapping[str, Any], rows: Rows) -> Table:
    return Table(
        looks["caption"], tuple(looks["heads"]), tuple(looks["widths"]), tuple(rows),
        looks.get("merged", 0), tuple(looks.get("centred", ())),
    )  # fmt: skip


def _score(content: ReportContent) -> Rows:
    for row in content.rows:
        points = (row.by_rule, row.score) if row.is_scored else (NOT_SCORED, NOT_SCORED)
        yield (row.level1, row.level2, row.name, row.target, row.actual, row.weight, *points, _reason(row))
    yield ("合计", "", "", "", "", content.weights, content.by_rule, content.total, "各行印出的得分相加")


def _reason(row: RowContent) -> str:
    if not row.is_scored:
        return "只测不计分"
    if row.given:
        return f"{row.officer}评定：{row.reason}"
    if not row.is_measured:
        return f"{NOT_MEASURED}，不得分；见第五、六部分"
    if not row.is_met:
        return row.reason or "未达到指标值，原因和改进措施见第五、六部分"
    return row.reason


def _detail(row: RowContent) -> tuple[str, ...]:
    said = "；".join(part for part in (row.formula, row.note if row.is_measured or not row.formula else "") if part)
    return (
        str(row.position), row.name, row.numerator or NOT_SCORED, row.denominator or NOT_SCORED, str(row.rows), said,
    )  # fmt: skip


def _findings(content: ReportContent, severities: Mapping[str, str]) -> Rows:
    for one in content.findings:
        note = f"{one.note}（{one.officer}）" if one.note else "未签署说明"
        yield (one.id, severities[one.severity], one.where, one.zh, note)


def _figure(one: FigureContent) -> tuple[str, ...]:
    value = one.value + (one.unit if one.is_measured and one.unit != "%" else "")
    return (one.id, one.zh, value, str(one.rows), one.query_hash[:HASH_SHOWN])
