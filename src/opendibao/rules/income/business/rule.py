"""经营净收入: revenue less cost, never below zero; crops, livestock and trade without books by local numbers."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, floor_at_zero, total


@rule("member", zh="经营净收入", clause="民发〔2021〕57号第十三条第一款第二项", since="2021-07-01")
def business(business_revenue: Expr, business_cost: Expr) -> Expr:
    """Costs, depreciation and production tax come off the books; a loss does not eat other income."""
    by_local_numbers = total("crop", "crop_income") + total("herd", "herd_income") + total("shop", "shop_income")
    return floor_at_zero(business_revenue - business_cost) + by_local_numbers
