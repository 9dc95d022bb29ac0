"""自种耕地: by the policy's yield per mu."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters, choose


@rule("member", zh="种植收入", clause="民发〔2021〕57号第十三条第一款第二项", since="2021-07-01")
def farming(farm_mu: Expr, p: Parameters) -> Expr:
    """Net yield of the land a member farms, a year; land is in hundredths of a mu."""
    return choose(farm_mu > 0, farm_mu * p.income.farming.yield_per_mu // 100, 0)
