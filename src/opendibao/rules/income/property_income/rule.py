"""财产净收入: what land and money bring in."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr


@rule("member", zh="财产净收入", clause="民发〔2021〕57号第十三条第一款第三项", since="2021-07-01")
def property_income(land_rent: Expr, interest: Expr) -> Expr:
    """Rent of land and interest, a year."""
    return land_rent + interest
