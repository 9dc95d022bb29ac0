"""单人保: the person's own gap to the standard."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters, choose, divide_up, floor_at_zero


@rule(
    "member",
    zh="单人保月保障金",
    clause="民发〔2021〕57号第八条第一款、第三十四条",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第二十一条第二款；民发〔2021〕57号第八条第一款、第三十四条"},
)
def single_benefit(may_apply_alone: Expr, standard: Expr, own_countable: Expr, own_share: Expr, p: Parameters) -> Expr:
    """Standard less own income, by the own share, a month, rounded up once."""
    unit, gap = p.benefit.round_up_to, floor_at_zero(standard * 12 - own_countable)
    return choose(may_apply_alone, divide_up(gap * own_share, unit * 120_000) * unit, 0)
