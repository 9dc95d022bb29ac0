"""总分和等级: a printed grade that does not fit the printed total, and totals that differ from each other."""

import re
from collections.abc import Iterator
from decimal import Decimal

from opendibao.evaluation import scale
from opendibao.evaluation.checkup.catalogue import Hit, check
from opendibao.evaluation.checkup.fact import Fact
from opendibao.evaluation.checkup.finding import Place, Severity
from opendibao.evaluation.checkup.judging import half_step
from opendibao.evaluation.checkup.quantity import said
from opendibao.evaluation.checkup.report import Report
from opendibao.evaluation.grading import grade_of

_TOTAL = re.compile(
    r"(?:综合(?:评价)?|总体|总|自评|最终|评价|项目)(?:得|评)分(?:总分)?(?:合计)?(?:结果)?(?:为|是|共|共计|：|:)?$|总分(?:为|是|：|:)?$"
    r"|(?:综合评价|自评|评价)(?:结果)?(?:得|为)$"
)
_PARTIAL = re.compile(
    r"各行|按规则|折合|折算|其中|满分|分值|权重|(?:决策|过程|成本|产出|效益|满意度|一级|二级|三级)(?:类)?指标|执行率|上年|去年"
    r"|指标得分|单项|扣|不低于|以上|以下|达到|标准|乡镇|街道"
)
_FULL_MARK = re.compile(
    r"满分|百分制|指标体系|(?:设置|设定|设|共|下设)[^，。；]{0,12}(?:个|项)[^，。；]{0,8}指标|权重|赋分|附表为准"
)
_WORDS = "优秀|良好|不合格|合格|优|良|中|差"
_GRADE = re.compile(
    rf"(?:等级|等次|级别|档次|评级|评定|评价结果|结论|评为|属于?|定为|结果为)(?:评定|确定|结果)?(?:为|是|：|:)?\s*[“\"「『‘]?(?P<one>{_WORDS})[”\"」』’]?"
    rf"(?:等级|等次|级|档)?(?=[，。；、）)\s]|等级|$)"
)
_SCALE = re.compile(r"(?:优|良|中|差|合格)[^。]{0,16}\d+|\d+[^。]{0,12}(?:为|是)[“\"]?(?:优|良|中|差)[^。]{0,30}\d+")
_SCHEME = "youliangzhongcha"
_SAME = {"优秀": "优", "良好": "良", "合格": "中", "不合格": "差"}


@check("C09", Severity.ERROR, "等级与总分不符，或者印了两个不同的总分")
def grade_and_total(report: Report) -> Iterator[Hit]:
    """One total, the same in the text and in the table, and the grade that it has on the published scale."""
    totals = [fact for fact in report.facts if _is_total(fact)]
    yield from _differing(report, totals)
    graded = _graded(report)
    if graded is None:
        return
    block, word = graded
    points = _points(report, totals)
    fitting = {grade_of(one, _SCHEME) for one in points}
    if fitting and _SAME.get(word, word) not in fitting:
        shown = "、".join(said(one) for one in sorted(points))
        cuts = [said(low) for low, _ in scale.grade_cuts()[_SCHEME] if low > 0]
        zh = (
            f"等级写的是“{word}”，总分{shown}按{'、'.join(cuts)}的分界应为“{'、'.join(sorted(fitting))}”。"
            "请核对总分和等级"
        )
        yield Hit(zh, Place(block))


def _is_total(fact: Fact) -> bool:
    return (
        fact.quantity.unit in ("分", "")
        and not fact.quantity.sign
        and 0 < fact.quantity.value <= scale.number("full_marks")
        and _TOTAL.search(fact.about) is not None
        and _PARTIAL.search(fact.clause) is None
        # “设置18个三级指标，总分100分” says what can be reached, not what was
        and not (fact.quantity.value == scale.number("full_marks") and _FULL_MARK.search(fact.sentence))
    )


def _differing(report: Report, totals: list[Fact]) -> Iterator[Hit]:
    sheet = report.sheet
    if totals:
        first = totals[0]
        for other in totals[1:]:
            if other.quantity.value != first.quantity.value:
                zh = (
                    f"这里的总分是{other.quantity.text}，前面“{first.clause}”是{first.quantity.text}，两个总分不同。"
                    "总分只能有一个：请核对评分表后改成一致"
                )
                yield Hit(zh, Place(other.block))
                return
    if not totals or sheet is None or not sheet.scores:
        return
    table = {sheet.scores, sheet.scores + (sheet.execution_score or Decimal(0)), sheet.total_score or sheet.scores}
    table |= {one + beside for one in tuple(table) for beside in _beside(report)}
    for fact in totals[:1]:
        if fact.quantity.value not in table and not _rescaled(report, fact.quantity.value):
            rows = said(sheet.scores + (sheet.execution_score or Decimal(0)))
            zh = f"正文的总分是{fact.quantity.text}，评分表各行得分相加是{rows}分。请核对评分表后改成一致"
            yield Hit(zh, Place(fact.block))


def _beside(report: Report) -> set[Decimal]:
    """Points of budget execution that the text gives beside the table."""
    found = {Decimal(0)}
    for fact in report.facts:
        if "预算执行" in fact.sentence and fact.quantity.unit == "分" and fact.quantity.value <= 20:
            found.add(fact.quantity.value)
    return found


def _rescaled(report: Report, total: Decimal) -> bool:
    """Whether the total is the points over the weights on a scale of 100, as some reports print it."""
    sheet = report.sheet
    if sheet is None or not sheet.weights or sheet.execution_weight is not None:
        return False
    return abs(sheet.scores * 100 / sheet.weights - total) <= half_step(total)


def _graded(report: Report) -> tuple[int, str] | None:
    """The grade that the report gives itself: not the scale it quotes."""
    for block, paragraph in report.document.paragraphs():
        for sentence in re.split(r"[。\n]", paragraph.text):
            if (found := _GRADE.search(sentence)) and len(_SCALE.findall(sentence)) < 2:
                return block, found["one"]
    return None


def _points(report: Report, totals: list[Fact]) -> set[Decimal]:
    """The totals out of a hundred that a grade may rest on."""
    if totals:
        return {fact.quantity.value for fact in totals}
    sheet = report.sheet
    if sheet is None:
        return set()
    if sheet.total_score is not None and sheet.total_weight == scale.number("full_marks"):
        return {sheet.total_score}
    return set()
