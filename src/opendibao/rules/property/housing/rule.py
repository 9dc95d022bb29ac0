"""住房与经营主体: how many; a house of little value may be left out."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters, choose, floor_at_zero, max_, total
from opendibao.rules.by_kind import by_kind
from opendibao.rules.vocabulary import STRUCTURES


@rule("house", zh="房屋成新率", clause="演示参数：房屋估值办法", unit="bp", since="2021-07-01")
def house_condition(house_age: Expr, p: Parameters) -> Expr:
    """What is left of a new house's worth: a fixed part is lost each year, down to the remainder."""
    return max_(10_000 - house_age * p.valuation.house.loss_per_year, p.valuation.house.remainder)


@rule("house", zh="房屋估值", clause="民发〔2021〕57号第十四条；演示参数：房屋估值办法", since="2021-07-01")
def house_value(
    comparable_price: Expr, house_area: Expr, house_structure: Expr, house_condition: Expr, p: Parameters
) -> Expr:
    """By the median of comparable prices; without them by what building it anew costs, times its condition."""
    anew = house_area * by_kind(house_structure, p.valuation.house.building_cost, STRUCTURES)
    return choose(comparable_price > 0, comparable_price * house_area, anew * house_condition // 10_000)


@rule("house", zh="价值低、不计套数的房屋", clause="民发〔2021〕57号第十四条", unit="bool", since="2021-07-01")
def is_low_house(house_value: Expr, standard: Expr, p: Parameters) -> Expr:
    """Worth less than the policy's months of the standard; with zero months none is."""
    return house_value < standard * p.valuation.house.free_months


@rule("household", zh="计入的住房套数", clause="民发〔2021〕57号第十四条", unit="count", since="2021-07-01")
def counted_dwellings(dwellings: Expr) -> Expr:
    """All dwellings but those of little value."""
    return floor_at_zero(dwellings - total("house", "is_low_house"))


@rule("household", zh="住房套数符合规定", clause="民发〔2021〕57号第十四条", unit="bool", since="2021-07-01")
def dwellings_ok(counted_dwellings: Expr, p: Parameters) -> Expr:
    """At most the policy's number."""
    return counted_dwellings <= p.property.dwellings


@rule("household", zh="名下经营主体符合规定", clause="民发〔2021〕57号第十四条", unit="bool", since="2021-07-01")
def companies_ok(companies: Expr, p: Parameters) -> Expr:
    """Registered businesses in a member's name."""
    return companies <= p.property.companies
