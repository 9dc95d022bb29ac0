"""经营净收入: revenue less cost, never below zero."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, floor_at_zero


@rule("member", zh="经营净收入", clause="民发〔2021〕57号第十三条第一款第二项", since="2021-07-01")
def business(business_revenue: Expr, business_cost: Expr) -> Expr:
    """A loss does not eat other income."""
    return floor_at_zero(business_revenue - business_cost)
