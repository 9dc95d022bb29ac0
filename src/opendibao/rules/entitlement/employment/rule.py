"""就业救助: help for members who could work and have no pay."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, any_of


@rule(
    "member",
    zh="有劳动能力而没有工作的成员",
    clause="社会救助暂行办法第四十二条",
    unit="bool",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第二十七条"},
)
def is_without_work(is_counted: Expr, is_able_to_work: Expr, wages: Expr, business: Expr, farming: Expr) -> Expr:
    """Able to work, with neither wages nor a trade nor land."""
    return is_counted & is_able_to_work & (wages + business + farming == 0)


@rule(
    "household",
    zh="就业救助",
    clause="社会救助暂行办法第四十二条",
    unit="bool",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第二十七条"},
)
def may_ask_employment(is_helped: Expr) -> Expr:
    """A helped household with somebody who could work and does not."""
    return is_helped & any_of("member", "is_without_work")
