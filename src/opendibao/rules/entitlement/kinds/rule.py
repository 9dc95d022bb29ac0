"""其他救助类别: a household decided as one kind may also be of another."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr
from opendibao.rules.vocabulary import RIGID, SINGLE_PERSON


@rule(
    "household",
    zh="低保边缘家庭认定",
    clause="民发〔2021〕57号第八条第二款",
    unit="bool",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第二十一条第一款"},
)
def may_ask_edge(outcome: Expr, is_edge: Expr) -> Expr:
    """The other members of a household in which one is covered alone."""
    return is_edge & (outcome == SINGLE_PERSON)


@rule(
    "household",
    zh="刚性支出困难家庭认定",
    clause="刚性支出困难家庭认定办法",
    unit="bool",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第二十二条"},
)
def may_ask_rigid(outcome: Expr, is_rigid: Expr, is_covered: Expr) -> Expr:
    """An edge household whose bills are too large as well."""
    return is_rigid & (outcome != RIGID) & ~is_covered
