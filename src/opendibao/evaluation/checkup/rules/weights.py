"""分值和合计: weights that make a hundred, the rows a sheet must have, printed totals against their rows."""

import re
from collections.abc import Iterator
from decimal import Decimal

from opendibao.evaluation import scale
from opendibao.evaluation.checkup.catalogue import Hit, check
from opendibao.evaluation.checkup.finding import Place, Severity
from opendibao.evaluation.checkup.quantity import said
from opendibao.evaluation.checkup.report import Report
from opendibao.evaluation.checkup.sheet_table import SheetTable

_POINTS = re.compile(r"(\d+(?:\.\d+)?)\s*分|分值(?:为|是)?\s*(\d+(?:\.\d+)?)")
_LEVELS = re.compile(
    r"(决策|过程|成本|产出|效益|满意度)(?:类)?(?:指标)?(?:的)?(?:共|总)?(?:分值|权重|得分|得|满分)?(?:为|是|共|占)?$"
)
_OF_FRAMEWORK = ("决策", "过程", "投入", "管理", "工作")


@check("W02", Severity.ERROR, "指标分值合计不是100，缺少预算执行率或者总分")
def not_a_hundred(report: Report) -> Iterator[Hit]:
    """The weights with that of budget execution make a hundred, and a row says so."""
    sheet = report.sheet
    if sheet is None or not sheet.weights:
        return
    full, weights = scale.number("full_marks"), sheet.weights
    execution = sheet.execution_weight
    if execution is None:
        execution = _said_beside(report, full - weights)
    faults = _faults(sheet, execution, full)
    if not faults:
        return
    remedy = "请补齐缺的行，使分值合计为100，不要默默折算；暂不能补的，应并列写出各种读法"
    yield Hit(f"{'；'.join(faults)}。{remedy}", sheet.total_place)


@check("C02", Severity.ERROR, "印出的合计与各行之和不符")
def total_of_rows(report: Report) -> Iterator[Hit]:
    """A printed total is the sum of the printed rows, with or without that of budget execution."""
    sheet = report.sheet
    if sheet is None:
        return
    for name, printed, rows, more in _totals(sheet):
        if printed is not None and rows and printed not in {rows, rows + more}:
            with_execution = f"，加预算执行率为{said(rows + more)}" if more else ""
            zh = (
                f"{name}合计印的是{said(printed)}，各行相加是{said(rows)}{with_execution}。请改合计，或者核对各行{name}"
            )
            yield Hit(zh, sheet.total_place)
    yield from _half_with_execution(sheet)
    for one in sheet.subtotals:
        for name, printed, rows in (("分值", one.weight, one.weights), ("得分", one.score, one.scores)):
            if printed is not None and rows and printed != rows:
                zh = f"{name}小计印的是{said(printed)}，上面各行相加是{said(rows)}。请改小计，或者核对各行{name}"
                yield Hit(zh, one.place)
    yield from _said_by_level(report, sheet)


def _totals(sheet: SheetTable) -> tuple[tuple[str, Decimal | None, Decimal, Decimal], ...]:
    """Weights and scores: the printed total, the sum of the rows, what budget execution adds."""
    return (
        ("分值", sheet.total_weight, sheet.weights, sheet.execution_weight or Decimal(0)),
        ("得分", sheet.total_score, sheet.scores, sheet.execution_score or Decimal(0)),
    )


def _half_with_execution(sheet: SheetTable) -> Iterator[Hit]:
    """One total that counts budget execution beside one that does not."""
    counted = [
        printed == rows + more for _, printed, rows, more in _totals(sheet) if printed in {rows, rows + more} and more
    ]
    if len(counted) == 2 and len(set(counted)) == 2:
        zh = "分值合计和得分合计，一个算进了预算执行率，一个没有算进。请按同一办法改合计"
        yield Hit(zh, sheet.total_place)


def _faults(sheet: SheetTable, execution: Decimal | None, full: Decimal) -> list[str]:
    faults, weights = [], sheet.weights
    if execution is None:
        if weights != full:
            faults.append(f"指标分值合计{said(weights)}，不是{said(full)}，没有预算执行率一行")
        elif _needs_execution(sheet):
            faults.append("自评的指标表没有预算执行率一行")
    elif weights + execution != full:
        added = f"指标分值合计{said(weights)}，加预算执行率{said(execution)}为{said(weights + execution)}"
        faults.append(f"{added}，不是{said(full)}")
    if sheet.total_row < 0:
        faults.append("指标表没有总分一行")
    return faults


def _needs_execution(sheet: SheetTable) -> bool:
    """A self-evaluation sheet has the row; a framework of decision and process has its own, and others have none."""
    levels = {line.level1 for line in sheet.lines}
    framework = any(word in level for level in levels for word in _OF_FRAMEWORK)
    return any("产出" in level for level in levels) and not framework


def _said_beside(report: Report, missing: Decimal) -> Decimal | None:
    """The points of an execution block that the text says stands beside the table, if just those are missing."""
    for sentence in re.split(r"[。；\n]", report.text):
        if "预算执行" in sentence:
            points = {Decimal(one or two) for one, two in _POINTS.findall(sentence)}
            if missing > 0 and missing in points:
                return missing
    return None


def _said_by_level(report: Report, sheet: SheetTable) -> Iterator[Hit]:
    """产出指标40分 in the text, against the rows of 产出指标."""
    for fact in report.facts:
        level = _LEVELS.search(fact.about)
        if level is None or fact.quantity.unit != "分":
            continue
        # budget execution too, where it is an indicator of the class, as under 过程
        lines = [line for line in sheet.all_lines if level.group(1) in line.level1]
        weights = sum((line.weight or Decimal(0) for line in lines), Decimal(0))
        scores = sum((line.score or Decimal(0) for line in lines), Decimal(0))
        more = Decimal(0) if sheet.execution in lines else sheet.execution_weight or Decimal(0)
        if weights and fact.quantity.value not in {weights, scores, weights + more}:
            zh = (
                f"正文写{level.group(1)}指标{fact.quantity.text}，指标表里{level.group(1)}各行分值合计{said(weights)}、"
                f"得分合计{said(scores)}。请核对后改成一致"
            )
            yield Hit(zh, Place(fact.block))
