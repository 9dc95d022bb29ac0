"""家庭年收入: the year is the base value."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, choose, floor_at_zero, total


@rule("member", zh="个人年收入（扣减刚性支出前）", clause="民发〔2021〕57号第十三条", since="2021-07-01")
def own_income(
    is_counted: Expr,
    wages: Expr,
    farming: Expr,
    business: Expr,
    property_income: Expr,
    pension: Expr,
    grants: Expr,
    support: Expr,
    regular_transfers: Expr,
    other_income: Expr,
    transfers_paid: Expr,
) -> Expr:
    """The five kinds of art. 13 less transfers paid; nothing of a person who is not counted."""
    earned = wages + farming + business + property_income
    received = earned + pension + grants + support + regular_transfers + other_income
    return choose(is_counted, received - transfers_paid, 0)


@rule("member", zh="个人刚性支出扣减", clause="民发〔2021〕57号第十三条第三款", since="2021-07-01")
def own_deduction(is_counted: Expr, rigid_deductible: Expr) -> Expr:
    """The deduction of a counted member."""
    return choose(is_counted, rigid_deductible, 0)


@rule("member", zh="个人计入的年收入", clause="民发〔2021〕57号第八条、第十三条", since="2021-07-01")
def own_countable(own_income: Expr, own_deduction: Expr) -> Expr:
    """What counts of a person who applies alone."""
    return floor_at_zero(own_income - own_deduction)


@rule("household", zh="家庭年收入（扣减刚性支出前）", clause="民发〔2021〕57号第十三条", since="2021-07-01")
def income_before_deduction(assumed_interest: Expr) -> Expr:
    """All members together with the interest assumed for the household, never below zero."""
    return floor_at_zero(total("member", "own_income") + assumed_interest)


@rule("household", zh="家庭年收入", clause="民发〔2021〕57号第十三条", since="2021-07-01")
def income_year(income_before_deduction: Expr) -> Expr:
    """Less the deductible rigid spending, never below zero."""
    return floor_at_zero(income_before_deduction - total("member", "own_deduction"))
