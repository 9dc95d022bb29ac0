"""评分结果: a scored sheet as JSON for machines and as lines for people."""

from typing import Any

from opendibao.evaluation.checkup.scored_sheet import check_sheet
from opendibao.evaluation.grading import BASES, Grade, grade_sheet
from opendibao.evaluation.scoring import Execution, Readings, RowScore, Scored, rounded, score_sheet, short
from opendibao.evaluation.sensitivity import EXECUTION, Part, Reach, Step, reaches
from opendibao.evaluation.sheet import Sheet


def answer(sheet: Sheet) -> dict[str, Any]:
    """Rows, execution, readings, grade and findings; points are strings with two decimals."""
    scored = score_sheet(sheet)
    return {
        "rows": [_row(one) for one in scored.rows],
        "execution": _execution(scored.execution),
        "readings": _readings(scored.readings),
        "grade": _grade(_graded(scored)),
        "sensitivity": [_reach(one) for one in _reaches(scored)],
        "findings": [
            {"id": one.id, "severity": str(one.severity), "zh": one.zh, "where": one.where}
            for one in check_sheet(scored)
        ],
    }


def _graded(scored: Scored) -> Grade:
    weight = None if scored.sheet.budget is None else scored.sheet.budget.weight
    return grade_sheet(scored.readings, weight, scored.sheet.options.grade_scheme)


def _row(one: RowScore) -> dict[str, Any]:
    given = one.row.given_score
    return {
        "name": one.row.name,
        "weight": short(one.row.weight),
        "score": str(one.by_rule),
        "given_score": None if given is None else str(rounded(given)),
        "reason": one.row.reason,
        "met": one.met,
        "measured": one.measured,
        "formula": one.formula,
        "flags": list(one.flags),
    }


def _execution(block: Execution | None) -> dict[str, Any] | None:
    if block is None:
        return None
    return {
        "planned": short(block.budget.planned),
        "executed": short(block.budget.executed),
        "rate": f"{block.rate}%",
        "weight": short(block.budget.weight),
        "score": str(block.score),
        "formula": block.formula,
        "flags": list(block.flags),
    }


def _readings(readings: Readings) -> dict[str, str | None]:
    over, with_execution = readings.over_weights, readings.with_execution
    return {
        "raw": readings.raw,
        "over_weights": None if over is None else str(over),
        "with_execution": None if with_execution is None else str(with_execution),
        "by_rule": str(readings.by_rule),
        "by_rule_raw": f"{short(readings.by_rule_total)}/{short(readings.weights)}",
    }


def _grade(grade: Grade) -> dict[str, Any]:
    return {
        "scheme": grade.scheme,
        "grade": grade.grade,
        "score": str(grade.score),
        "basis": grade.basis,
        "basis_zh": BASES[grade.basis],
        "readings": grade.readings,
        "agreed": grade.agreed,
    }


def _reaches(scored: Scored) -> tuple[Reach, ...]:
    rows = [Part(one.row.name, one.final, one.by_rule, one.row.weight, one.measured) for one in scored.rows]
    block = scored.execution
    execution = Part(EXECUTION, block.score, block.score, block.budget.weight) if block else None
    return reaches(rows, execution, scored.sheet.options.grade_scheme)


def _reach(one: Reach) -> dict[str, Any]:
    return {
        "reading": one.key,
        "points": str(one.points),
        "grade": one.grade,
        "better": _step(one.better),
        "worse": _step(one.worse),
    }


def _step(step: Step | None) -> dict[str, Any] | None:
    """Points to gain or lose for a grade, the rows that have them, the fewest that suffice (0: all do not)."""
    if step is None:
        return None
    alone = [one.name for one in step.rows if one.alone]
    return {"grade": step.grade, "points": str(step.points), "fewest_rows": step.least, "rows_alone": alone}


def tell(sheet: Sheet) -> str:
    """The same in lines for a person."""
    scored = score_sheet(sheet)
    grade = _graded(scored)
    lines = [_line(number, one) for number, one in enumerate(scored.rows, 1)]
    if scored.execution:
        block = scored.execution
        lines.append(f"预算执行率 {block.rate}%，得{block.score}分：{block.formula}{_noted(block.flags)}")
    lines += [_totals(scored.readings), f"等级 {grade.grade}（{grade.score}分，{BASES[grade.basis]}）"]
    lines += [f"{one.id} {one.where}：{one.zh}" for one in check_sheet(scored)]
    return "\n".join(lines)


def _line(number: int, one: RowScore) -> str:
    given = "" if one.row.given_score is None else f"，评定{rounded(one.row.given_score)}"
    ruled = f"按规则{one.by_rule}/{short(one.row.weight)}{given}"
    return f"{number:>2} {one.row.name}：{ruled}（{one.formula}）{_noted(one.flags)}"


def _noted(flags: tuple[str, ...]) -> str:
    return f"；{'；'.join(flags)}" if flags else ""


def _totals(readings: Readings) -> str:
    parts = [f"得分 {readings.raw}"]
    if readings.over_weights is not None:
        parts.append(f"折合百分 {readings.over_weights}")
    if readings.with_execution is not None:
        parts.append(f"加预算执行率 {readings.with_execution}")
    parts.append(f"按规则 {readings.by_rule}")
    return "，".join(parts)
