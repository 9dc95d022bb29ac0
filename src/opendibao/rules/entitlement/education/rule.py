"""教育救助: help for members at school."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, any_of


@rule(
    "member",
    zh="在校就读的成员",
    clause="社会救助暂行办法第三十三条",
    unit="bool",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第二十五条"},
)
def is_pupil(is_counted: Expr, study: Expr) -> Expr:
    """A counted member who studies full time."""
    return is_counted & (study > 0)


@rule(
    "household",
    zh="教育救助",
    clause="社会救助暂行办法第三十三条",
    unit="bool",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第二十五条"},
)
def may_ask_education(is_helped: Expr) -> Expr:
    """A helped household with somebody at school."""
    return is_helped & any_of("member", "is_pupil")
