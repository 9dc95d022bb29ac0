"""残疾人两项补贴: their texts are not in our law folder, so the clause says so and the family is only told to ask."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, any_of


@rule(
    "member",
    zh="残疾的成员",
    clause="困难残疾人生活补贴制度（条文不在本系统法规库，未核实）",
    unit="bool",
    since="2021-07-01",
)
def is_disabled_member(is_counted: Expr, disability_grade: Expr) -> Expr:
    """A counted member with a certificate of any grade."""
    return is_counted & (disability_grade > 0)


@rule(
    "household",
    zh="困难残疾人生活补贴",
    clause="困难残疾人生活补贴制度（条文不在本系统法规库，未核实）",
    unit="bool",
    since="2021-07-01",
)
def may_ask_disability_living(is_covered: Expr) -> Expr:
    """A covered household with a disabled member."""
    return is_covered & any_of("member", "is_disabled_member")


@rule(
    "member",
    zh="重度残疾的成员",
    clause="重度残疾人护理补贴制度（条文不在本系统法规库，未核实）",
    unit="bool",
    since="2021-07-01",
)
def is_in_need_of_care(is_counted: Expr, is_severely_disabled: Expr) -> Expr:
    """A counted member who is severely disabled."""
    return is_counted & is_severely_disabled


@rule(
    "household",
    zh="重度残疾人护理补贴",
    clause="重度残疾人护理补贴制度（条文不在本系统法规库，未核实）",
    unit="bool",
    since="2021-07-01",
)
def may_ask_disability_care(members: Expr) -> Expr:
    """Whatever the income: a severely disabled member."""
    return (members > 0) & any_of("member", "is_in_need_of_care")
