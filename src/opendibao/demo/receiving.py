"""报送和整改: the final year goes to finance, which asks, scores a row otherwise and accepts; what is to be mended."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from opendibao.demo.days import office_hour, report_day
from opendibao.demo.officers import COUNTY_CHECKER, EVALUATOR, FINANCE, acting_as
from opendibao.demo.plan import CountyPlan
from opendibao.evaluation.finance_review import accept_submission, ask_question, score_row
from opendibao.evaluation.rectifications import Rectification
from opendibao.evaluation.rectifying import close_rectification, take_points
from opendibao.evaluation.scored_rows import ScoredRow
from opendibao.evaluation.snapshot import conclusion_of
from opendibao.evaluation.submissions import Submission
from opendibao.evaluation.submitting import reply_question, submit_result
from opendibao.kernel.workdays import on_or_after
from opendibao.reporting.measures import proposed_points

STATEMENT = "按公布的规则评分，各数都能点开到行；没有测得的指标不得分，已写明缺什么记录。"
QUESTION = "请说明这一项没有得满分的原因，是当年的问题还是测算的问题。"
REPLY = "原因和逐行明细已列在报告里，属当年工作中的问题，已拟列入整改。"
SHARE, REASON = Decimal("0.90"), "人工评分应更从严：按核定到岗期限，逾期的岗位每个都应扣分"
CONCLUSION = "评价依据充分，数据可以逐行核对，同意评价结论；个别指标按财政评分。"
BUDGET_USE = "下一年度预算按年末在保人数和人均补助测算安排，预备比例不变；整改情况作为年中调整的依据。"
OUTCOME = "已向财政部门书面说明，差异原因写进下一年度评价方案。"
LATER = timedelta(hours=2)
DUE_MONTH, DUE_DAY = 4, 30


def receive(plan: CountyPlan) -> None:
    """Sent, asked, answered, scored, accepted and taken into the list, all on the day of the report."""
    sent = _sent(plan, office_hour(report_day(plan.year)) + LATER)
    _reviewed(plan, sent, office_hour(report_day(plan.year)) + 2 * LATER)
    _rectify(plan, office_hour(report_day(plan.year)) + 3 * LATER)


def _sent(plan: CountyPlan, at: datetime) -> Submission:
    with acting_as(EVALUATOR, plan.county_code):
        return submit_result(plan.year, plan.county_code, statement=STATEMENT, at=at)


def _reviewed(plan: CountyPlan, sent: Submission, at: datetime) -> None:
    rows = conclusion_of(sent.snapshot).rows
    doubted = _doubted(rows)
    with acting_as(FINANCE, plan.county_code):
        asked = ask_question(sent.pk, f"indicator:{doubted.code}", QUESTION, at=at)
    with acting_as(EVALUATOR, plan.county_code):
        reply_question(asked.pk, REPLY, at=at)
    with acting_as(FINANCE, plan.county_code):
        if given := next((row for row in rows if row.given), None):
            score = (Decimal(given.score) * SHARE).quantize(Decimal("0.01"))
            score_row(sent.pk, given.code, score, reason=REASON, at=at)
        accept_submission(sent.pk, CONCLUSION, budget_use=BUDGET_USE, at=at)


def _doubted(rows: Sequence[ScoredRow]) -> ScoredRow:
    """The row that lost most points; where none lost any, the first."""
    return max(rows, key=lambda row: Decimal(row.weight) - Decimal(row.score))


def _rectify(plan: CountyPlan, at: datetime) -> None:
    """All that the year itself proposes; the answer that finance asked for is given and closed."""
    due_on = on_or_after(date(plan.year + 1, DUE_MONTH, DUE_DAY))
    with acting_as(EVALUATOR, plan.county_code):
        made = take_points(plan.year, plan.county_code, proposed_points(plan.year, plan.county_code),
                           due_on=due_on, at=at)  # fmt: skip
    with acting_as(COUNTY_CHECKER, plan.county_code):
        close_rectification(_answered(made).pk, outcome=OUTCOME, on=at.date(), at=at)


def _answered(made: Sequence[Rectification]) -> Rectification:
    return next(one for one in made if one.origin.startswith("question:"))
