"""得分: points of a row against its target: met and taken off, missed and full, out of proportion, without a reason."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from opendibao.evaluation import scale
from opendibao.evaluation.checkup.catalogue import Hit, check
from opendibao.evaluation.checkup.finding import Place, Severity
from opendibao.evaluation.checkup.judging import Judged, half_step, judged, other_ways
from opendibao.evaluation.checkup.quantity import half_up, said
from opendibao.evaluation.checkup.report import Report
from opendibao.evaluation.checkup.sheet_table import SheetLine
from opendibao.evaluation.scoring import rounded

_NO_REASON = re.compile(
    r"(?:[\s—\-–/／、。.…*×]|无|没有|暂无|不详|略|待补充?|待定|正常|同意|已?完成|达标|无偏差|未说明|N/?A|原因|偏差|说明)*"
)
_TOO_LOW = re.compile(r"偏离度|过低|偏低|超额|超过|调减")  # why points may be taken off far over the target
_DIRECT = re.compile(r"直接赋分|直接给分|未达到?(?:指标值|目标值)?(?:的)?(?:一律)?不得分|一票否决|全有或全无")
# a row may be given a little more than its share without anybody asking; a tenth of its weight is asked about
_WHY = re.compile(r"原因|由于|因为|主要是|结余|结转|导致|因[^此]")
_LENIENT = Decimal("0.1")


@check("W04", Severity.ERROR, "已经达到指标值，却扣了分")
def met_but_deducted(report: Report) -> Iterator[Hit]:
    """A reached target earns the whole weight."""
    for found in _judged(report):
        line = found.line
        if not found.met or line.score is None or line.weight is None or line.score >= line.weight:
            continue
        if _over(found) and _TOO_LOW.search(line.reason):
            continue
        reason = "，还写了偏差原因" if _has_reason(line) else ""
        zh = (
            f"实际完成值{line.actual_text}已达到指标值{line.target_text}，分值{said(line.weight)}却只得{said(line.score)}分"
            f"{reason}。达到指标值应得满分{said(line.weight)}分：请改得分，删去偏差原因；如另有扣分依据，应写明依据和评定人"
        )
        yield Hit(zh, line.place)


@check("W05", Severity.WARNING, "扣分与没有完成的程度不成比例")
def out_of_proportion(report: Report) -> Iterator[Hit]:
    """A missed target loses its share of the weight, not more and not much less."""
    for found in _judged(report):
        line = found.line
        if found.met or line.score is None or line.weight is None or not 0 <= line.score < line.weight:
            continue
        if _fits(report, found, line.score, line.weight):
            continue
        way = "重" if line.score < found.by_rule else "轻"
        zh = (
            f"实际完成值{line.actual_text}对指标值{line.target_text}的完成比例是{_percent(found)}，分值{said(line.weight)}"
            f"按完成比例应得{_points(found, line.weight)}，表里得{said(line.score)}分，扣分过{way}。"
            f"请改为{found.by_rule}分，或者写明用的是哪一种给分办法"
        )
        yield Hit(zh, line.place)


@check("C03", Severity.ERROR, "没有达到指标值，却得了满分")
def missed_but_full(report: Report) -> Iterator[Hit]:
    """A missed target cannot earn the whole weight, unless the share rounds to it."""
    for found in _judged(report):
        line = found.line
        if found.met or line.score is None or line.weight is None or line.score != line.weight:
            continue
        if found.by_rule >= line.weight or (line.weight in other_ways(found) and _by_intervals(report)):
            continue
        zh = (
            f"实际完成值{line.actual_text}没有达到指标值{line.target_text}，却得满分{said(line.score)}分。"
            f"完成比例是{_percent(found)}，应得{found.by_rule}分：请改得分并写偏差原因和改进措施"
        )
        yield Hit(zh, line.place)
    yield from _execution(report)


@check("C04", Severity.ERROR, "得分高于分值，或者是负数")
def beyond_weight(report: Report) -> Iterator[Hit]:
    """Points lie between nothing and the weight."""
    for line in report.sheet.all_lines if report.sheet else ():
        if line.score is None:
            continue
        if line.weight is not None and line.score > line.weight:
            yield Hit(f"得分{said(line.score)}高于分值{said(line.weight)}。得分最多等于分值：请核对这两格", line.place)
        elif line.score < 0:
            yield Hit(f"得分{said(line.score)}是负数。得分最少为0：请核对这一格", line.place)


@check("C05", Severity.ERROR, "扣了分，没有写偏差原因和改进措施")
def without_reason(report: Report) -> Iterator[Hit]:
    """Points under the weight need a reason and a measure, where the sheet has a column for them."""
    sheet = report.sheet
    if sheet is None or not any("原因" in head or "偏差" in head or "扣分" in head for head in sheet.heads):
        return
    for line in sheet.lines:
        if line.score is None or line.weight is None or not line.score < line.weight or _has_reason(line):
            continue
        if (found := judged(line)) and found.met:
            continue  # the deduction itself is wrong there: W04
        zh = f"分值{said(line.weight)}只得{said(line.score)}分，偏差原因一栏是空的。请写明为什么扣分、怎样改进"
        yield Hit(zh, line.place)
    yield from _execution_without_reason(report)


def _execution_without_reason(report: Report) -> Iterator[Hit]:
    """The row of budget execution too, unless the text tells why not all was spent."""
    line = report.sheet.execution if report.sheet else None
    if line is None or line.score is None or line.weight is None or line.score >= line.weight or _has_reason(line):
        return
    told = any("执行" in one and _WHY.search(one) for one in re.split(r"[。\n]", report.text))
    if not told:
        points = f"分值{said(line.weight)}只得{said(line.score)}分"
        zh = f"预算执行率{points}，偏差原因一栏是空的，正文也没有说明。请写明原因和措施"
        yield Hit(zh, line.place)


def _judged(report: Report) -> Iterator[Judged]:
    for line in report.sheet.lines if report.sheet else ():
        if found := judged(line):
            yield found


def _has_reason(line: SheetLine) -> bool:
    return _NO_REASON.fullmatch(line.reason) is None


def _over(found: Judged) -> bool:
    return found.excess > scale.number("over_completion_threshold")


def _by_intervals(report: Report) -> bool:
    """Whether the report says that it scores by intervals."""
    return re.search(r"满意[^。\n]{0,40}(?:区间|分档|档次|按档)", report.text) is not None


def _fits(report: Report, found: Judged, score: Decimal, weight: Decimal) -> bool:
    if any(abs(score - way) <= half_step(score) for way in (found.by_rule, *other_ways(found))):
        return True
    if score == 0 and _DIRECT.search(report.text + found.line.reason):
        return True
    return found.by_rule < score <= found.by_rule + weight * _LENIENT


def _percent(found: Judged) -> str:
    return f"{said(rounded(found.share * 100))}%"


def _points(found: Judged, weight: Decimal) -> str:
    """The points by rule; before rounding too, where that is not the same."""
    before = half_up(Fraction(weight) * found.share, 3)
    return f"{found.by_rule}分" + (f"（舍入前{said(before)}）" if before != found.by_rule else "")


def _execution(report: Report) -> Iterator[Hit]:
    """The block of budget execution: points against its own rate."""
    funds = report.funds
    if funds is None or funds.rate is None or funds.weight is None or funds.score is None:
        return
    due = rounded(Fraction(funds.weight) * Fraction(min(funds.rate.value, Decimal(100))) / 100)
    if funds.score == funds.weight and due < funds.weight:
        zh = (
            f"预算执行率{said(funds.rate.value)}%，却得满分{said(funds.score)}分。"
            f"按执行率应得{due}分：请改得分，或者写明用的是哪一种给分办法"
        )
        yield Hit(zh, Place(funds.block, funds.row))
