"""附表: the report's tables as rows of text: scores, readings, how each was measured, findings, evidence ids."""

from collections.abc import Iterable, Mapping
from typing import Any

from opendibao.evaluation.checkup.finding import SEVERITIES, Severity
from opendibao.reporting.blocks import Table
from opendibao.reporting.charts import months, tiles
from opendibao.reporting.charts.picture import Picture
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
        "findings": _findings(content),
        "months": _of_picture(months.drawn(content)),
        "towns": _of_picture(tiles.drawn(content)),
        "carried": _carried(content),
        "plan": _plan(content),
        "materials": _materials(content),
        "ledger": ((one.group, one.title, one.value, one.said, one.cause) for one in content.ledger),
        "figures": (_figure(one) for one in content.figures),
    }
    return {name: _table(words["tables"][name], rows) for name, rows in filled.items()}


def _of_picture(picture: Picture | None) -> Rows:
    """The numbers of a drawing."""
    return picture.rows if picture else ()


def _carried(content: ReportContent) -> Rows:
    for one in content.attached.carried:
        done = "，".join(part for part in (one.standing, one.closed_on, one.outcome) if part)
        yield (str(one.number), one.problem, one.measure, one.owner, one.due_on, done)


def _plan(content: ReportContent) -> Rows:
    if plan := content.attached.plan:
        for one in plan.steps:
            yield (one.step, f"{one.first}至{one.last}", one.owner, one.done_on or "未完成")


def _materials(content: ReportContent) -> Rows:
    for one in content.attached.materials:
        named = "，".join(part for part in (one.document_number, one.issued_on) if part)
        yield (one.kind, one.title, named or NOT_SCORED, one.provider, one.received_on or "未收到")


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


def _findings(content: ReportContent) -> Rows:
    for one in content.findings:
        unsigned = "未签署说明" if one.severity == Severity.ERROR else NOT_SCORED
        note = f"{one.note}（{one.officer}）" if one.note else unsigned
        yield (one.id, SEVERITIES[Severity(one.severity)], one.where, one.zh, note)


def _figure(one: FigureContent) -> tuple[str, ...]:
    value = one.value + (one.unit if one.is_measured and one.unit != "%" else "")
    return (one.id, one.zh, value, str(one.rows), one.query_hash[:HASH_SHOWN])
