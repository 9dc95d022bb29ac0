"""单人保: the person's own gap to the standard."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters, choose, divide_up, floor_at_zero


@rule("member", zh="单人保月保障金", clause="民发〔2021〕57号第八条第一款", since="2021-07-01")
def single_benefit(may_apply_alone: Expr, standard: Expr, own_countable: Expr, p: Parameters) -> Expr:
    """Standard less own income, a month, rounded up once."""
    unit = p.benefit.round_up_to
    return choose(may_apply_alone, divide_up(floor_at_zero(standard * 12 - own_countable), unit * 12) * unit, 0)
