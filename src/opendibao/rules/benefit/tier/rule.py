"""分档救助: so much a head by how large the gap is."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters, choose, divide_half_up


@rule(
    "household",
    zh="每人档额",
    clause="民发〔2021〕57号第二十三条",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第十八条第二款；民发〔2021〕57号第二十三条"},
)
def tier_amount(gap_year: Expr, line_year: Expr, p: Parameters) -> Expr:
    """First tier from its share of the standard on, then the second, else the third."""
    share = gap_year * 10_000
    lower = choose(share >= line_year * p.tier.b_from, p.tier.b, p.tier.c)
    return choose(share >= line_year * p.tier.a_from, p.tier.a, lower)


@rule(
    "household",
    zh="分档月保障金",
    clause="民发〔2021〕57号第二十三条",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第十八条第二款；民发〔2021〕57号第二十三条"},
)
def tier_benefit(tier_amount: Expr, shares: Expr) -> Expr:
    """The tier's amount by the members' shares, whole fen."""
    return divide_half_up(tier_amount * shares, 10_000)
