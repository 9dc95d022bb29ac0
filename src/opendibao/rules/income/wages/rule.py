"""工资性收入: pay less the necessary cost of working."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters, min_, total


@rule("job", zh="扣除就业成本后的报酬", clause="民发〔2021〕57号第十三条第一款第一项", since="2021-07-01")
def net_pay(pay: Expr, months: Expr, p: Parameters) -> Expr:
    """The cost is counted per month worked and never exceeds the pay."""
    return pay - min_(pay, months * p.income.wages.employment_cost)


@rule("member", zh="工资性收入", clause="民发〔2021〕57号第十三条第一款第一项", since="2021-07-01")
def wages() -> Expr:
    """A member's jobs, odd jobs and seasons of work together, a year."""
    return total("job", "net_pay") + total("odd_job", "odd_job_income") + total("season", "seasonal_income")
