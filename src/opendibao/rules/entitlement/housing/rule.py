"""住房救助: whether the dwelling is good enough is not among our facts; none of one's own points to asking."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr


@rule(
    "household",
    zh="住房救助",
    clause="社会救助暂行办法第三十七条",
    unit="bool",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第二十六条"},
)
def may_ask_housing(is_helped: Expr, dwellings: Expr) -> Expr:
    """A helped household without a dwelling of its own."""
    return is_helped & (dwellings == 0)
