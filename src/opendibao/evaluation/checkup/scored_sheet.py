"""指标表体检: the findings W01 to W05 of a scored sheet, each with its place and severity."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from opendibao.evaluation import scale
from opendibao.evaluation.checkup.finding import Finding, Severity
from opendibao.evaluation.scoring import RowScore, Scored, short
from opendibao.evaluation.sheet import Quantitative

COST = "成本指标"
WAN_YUAN = "万元"


def check_sheet(scored: Scored) -> list[Finding]:
    """All findings of a scored sheet, by id."""
    found = [*_execution_tail(scored), *_weights(scored), *_rows(scored)]
    return sorted(found, key=lambda one: one.id)


def rounding_tail(total: Decimal, parts: Sequence[Decimal], *, where: str, unit: str = WAN_YUAN) -> list[Finding]:
    """W01: a printed total differs from the sum of its printed parts by no more than rounding explains."""
    gap = total - sum(parts, Decimal(0))
    if not gap or abs(gap) > Decimal("0.005") * (len(parts) + 1):
        return []
    added = "＋".join(str(part) for part in parts)
    zh = (
        f"合计{total}{unit}与分项{added}＝{sum(parts, Decimal(0))}{unit}相差{abs(gap)}{unit}："
        "系各自四舍五入的尾差，应按分重算并写明舍入说明"
    )
    return [Finding("W01", Severity.ERROR, zh, where)]


def conclusion(total: str, grade: str, *, where: str) -> list[Finding]:
    """W03: a report that promises a conclusion must print the total score and the grade."""
    missing = [name for name, printed in (("总分", total), ("等级", grade)) if not printed.strip()]
    if not missing:
        return []
    return [Finding("W03", Severity.ERROR, f"应有评价结论，但没有写出{'和'.join(missing)}", where)]


def _execution_tail(scored: Scored) -> list[Finding]:
    if scored.sheet.budget is None:
        return []
    parts = [
        one.row.measure.actual
        for one in scored.rows
        if one.row.level1 == COST and isinstance(one.row.measure, Quantitative) and one.row.measure.unit == WAN_YUAN
        if isinstance(one.row.measure.actual, Decimal)
    ]
    where = f"预算执行数与{COST}各行实际完成值"
    return rounding_tail(scored.sheet.budget.executed, parts, where=where) if len(parts) > 1 else []


def _weights(scored: Scored) -> Iterator[Finding]:
    full, weights, budget = scale.number("full_marks"), scored.readings.weights, scored.sheet.budget
    if weights == full and not (budget and budget.weight):
        return
    severity, said = Severity.ERROR, f"指标分值合计{short(weights)}，"
    if budget is None:
        said += f"不是{short(full)}，没有预算执行率一行；不得默默折算，应并列各种读法"
    elif weights + budget.weight != full:
        said += f"加预算执行率{short(budget.weight)}分为{short(weights + budget.weight)}，不是{short(full)}"
    else:
        severity = Severity.WARNING
        said += f"预算执行率{short(budget.weight)}分另列在表外，合计才是{short(full)}，应在表下说明"
    yield Finding("W02", severity, said, "指标表分值合计")


def _rows(scored: Scored) -> Iterator[Finding]:
    for number, one in enumerate(scored.rows, 1):
        if one.measured and one.final < one.by_rule:
            yield _deduction(one, f"指标表第{number}行“{one.row.name}”")


def _deduction(one: RowScore, where: str) -> Finding:
    given, weight = short(one.final), short(one.row.weight)
    if one.met:
        zh = f"已达到指标值，却只评{given}分（分值{weight}，按规则{one.by_rule}）"
        return Finding("W04", Severity.ERROR, f"{zh}{'，还写了偏差原因' if one.row.reason else ''}", where)
    zh = f"扣分过重：评{given}分，按完成比例应得{one.by_rule}分（分值{weight}）"
    return Finding("W05", Severity.WARNING, zh, where)
