"""医疗救助: help with the insurance fee and with medical bills."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr


@rule(
    "household",
    zh="医疗救助",
    clause="社会救助暂行办法第二十八条、第二十九条",
    unit="bool",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第二十四条"},
)
def may_ask_medical(is_helped: Expr) -> Expr:
    """Every helped household: it need not be ill yet, the insurance fee is helped with too."""
    return is_helped > 0
