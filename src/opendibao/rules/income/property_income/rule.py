"""财产净收入: what land, houses, money and things sold bring in."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, choose, floor_at_zero, total
from opendibao.rules.vocabulary import ASSET_SALE, DIVIDENDS, RENT


@rule("receipt", zh="计入的财产收入", clause="民发〔2021〕57号第十三条第一款第三项", since="2021-07-01")
def property_received(receipt_kind: Expr, receipt_amount: Expr, receipt_cost: Expr) -> Expr:
    """Rent, the price of things sold and dividends, less what they cost; a loss does not eat other income."""
    is_of_property = (receipt_kind == RENT) | (receipt_kind == ASSET_SALE) | (receipt_kind == DIVIDENDS)
    return choose(is_of_property, floor_at_zero(receipt_amount - receipt_cost), 0)


@rule("member", zh="财产净收入", clause="民发〔2021〕57号第十三条第一款第三项", since="2021-07-01")
def property_income(land_rent: Expr, interest: Expr) -> Expr:
    """Rent of land, interest, and what else property brings in, a year."""
    return land_rent + interest + total("plot", "plot_income") + total("receipt", "property_received")
