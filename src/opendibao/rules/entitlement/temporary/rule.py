"""临时救助: whether a hardship came suddenly is not among our facts; illness and large bills point to asking."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, any_of


@rule(
    "member",
    zh="患重特大疾病的成员",
    clause="社会救助暂行办法第四十七条",
    unit="bool",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第二十九条"},
)
def is_gravely_ill(is_counted: Expr, severe_illness: Expr) -> Expr:
    """A counted member who is severely ill."""
    return is_counted & severe_illness


@rule(
    "household",
    zh="临时救助",
    clause="社会救助暂行办法第四十七条",
    unit="bool",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第二十九条"},
)
def may_ask_temporary(members: Expr, is_burdened: Expr) -> Expr:
    """Whatever the kind of household: severe illness, or bills above the share of its income."""
    return (members > 0) & (any_of("member", "is_gravely_ill") | is_burdened)
