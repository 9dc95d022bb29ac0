"""一次性赔偿: spread evenly over the policy's months from the month of receipt on."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters, floor_at_zero, max_, min_


@rule("compensation", zh="赔偿落在这一年的月数", clause="演示参数：赔偿分摊办法", unit="months", since="2021-07-01")
def compensation_months(months_ago: Expr, p: Parameters) -> Expr:
    """How many of its months lie among the twelve before the first month of payment.

    It lies in the months 1 … N from the month of receipt on; the year is the last twelve of the `months_ago` since.
    """
    spread = p.income.compensation.months
    lived = min_(min_(months_ago, spread), 12)
    return floor_at_zero(min_(lived, spread + 12 - months_ago))


@rule("compensation", zh="计入的一次性赔偿", clause="民发〔2021〕57号第十三条第一款第四项", since="2021-07-01")
def compensation_counted(compensation_amount: Expr, compensation_months: Expr, p: Parameters) -> Expr:
    """The amount's share of these months, a year, whole fen."""
    return compensation_amount * compensation_months // max_(p.income.compensation.months, 1)
