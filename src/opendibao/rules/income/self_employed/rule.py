"""无账经营收入: the usual net income of a month in the trade."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters
from opendibao.rules.by_kind import by_kind
from opendibao.rules.vocabulary import SHOP_TRADES


@rule("shop", zh="无账经营收入", clause="民发〔2021〕57号第十三条第一款第二项", since="2021-07-01")
def shop_income(shop_trade: Expr, shop_months: Expr, p: Parameters) -> Expr:
    """Months of trade times the local net income of a month; who keeps books declares `business` instead."""
    return shop_months * by_kind(shop_trade, p.income.self_employed, SHOP_TRADES)
