"""季节性务工收入: months of work away, at the wage that is written or else the local one."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters, choose, floor_at_zero
from opendibao.rules.by_kind import by_kind
from opendibao.rules.vocabulary import WORK_TRADES


@rule("season", zh="采用的月工资", clause="民发〔2021〕57号第十三条第一款第一项", since="2021-07-01")
def season_month_pay(season_pay: Expr, season_trade: Expr, p: Parameters) -> Expr:
    """As stated; where nothing is stated, the usual wage of a month in the trade."""
    return choose(season_pay > 0, season_pay, by_kind(season_trade, p.income.seasonal.month_wage, WORK_TRADES))


@rule("season", zh="季节性务工收入", clause="民发〔2021〕57号第十三条第一款第一项", since="2021-07-01")
def seasonal_income(season_months: Expr, season_month_pay: Expr, p: Parameters) -> Expr:
    """Months times the wage less the necessary cost of working, a year."""
    return season_months * floor_at_zero(season_month_pay - p.income.wages.employment_cost)
