"""养老金: the centrally fixed basic pension is left out while a dated row says so."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters, choose, min_


@rule("member", zh="基础养老金", clause="民发〔2021〕57号第十三条第二款第三项", since="2021-07-01")
def central_pension(basic_pension: Expr, unsplit_pension: Expr, unsplit_months: Expr, p: Parameters) -> Expr:
    """As stated; where the pension is not split, the policy's monthly amount, never more than the pension."""
    assumed = min_(unsplit_pension, unsplit_months * p.income.basic_pension.per_month)
    return basic_pension + choose(unsplit_pension > 0, assumed, 0)


@rule("member", zh="计入的养老金", clause="民发〔2021〕57号第十三条第一款第四项、第二款第三项", since="2021-07-01")
def pension(resident_pension: Expr, employee_pension: Expr, central_pension: Expr, p: Parameters) -> Expr:
    """All pensions less the excluded basic pension; after the exclusion's last day nobody may guess."""
    left_out = choose(central_pension > 0, central_pension * p.exclusion.basic_pension // 10_000, 0)
    return resident_pension - left_out + employee_pension
