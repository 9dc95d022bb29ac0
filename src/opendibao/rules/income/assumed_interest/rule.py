"""推定利息: where nobody declares interest and the household has money, the policy's yearly rate."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters, choose, total


@rule("household", zh="推定的利息", clause="民发〔2021〕57号第十三条第一款第三项", since="2021-07-01")
def assumed_interest(financial_assets: Expr, p: Parameters) -> Expr:
    """Nothing where any interest is declared; a rate of zero assumes none."""
    return choose(total("member", "interest") > 0, 0, financial_assets * p.income.interest.assumed_rate // 10_000)
