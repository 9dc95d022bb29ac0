"""赡养（抚养、扶养）费: a court's or agreed amount, else a formula on the supporter's household."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters, choose, floor_at_zero, max_, min_, total


@rule(
    "supporter",
    zh="义务人所在地标准",
    clause="社会救助暂行办法第十条第一款",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第十九条"},
)
def supporter_standard(supporter_is_urban: Expr, p: Parameters) -> Expr:
    """The standard of the supporter's own area."""
    return choose(supporter_is_urban, p.standard.urban, p.standard.rural)


@rule("supporter", zh="义务人免除赡养费", clause="演示参数：赡养费计算办法", unit="bool", since="2021-07-01")
def is_freed(status: Expr) -> Expr:
    """Himself in dibao, tekun, an edge household, in prison, missing or without capacity."""
    return status > 0


@rule("supporter", zh="义务人家庭结余", clause="演示参数：赡养费计算办法", since="2021-07-01")
def surplus(supporter_income: Expr, supporter_standard: Expr, household_size: Expr, p: Parameters) -> Expr:
    """A year's income above the kept multiple of the standard for his own household."""
    return floor_at_zero(supporter_income - supporter_standard * 12 * household_size * p.support.threshold_multiple)


@rule("supporter", zh="应付赡养费", clause="民发〔2021〕57号第十三条第一款第四项", since="2021-07-01")
def support_fee(is_freed: Expr, surplus: Expr, supports: Expr, supporter_pays: Expr, p: Parameters) -> Expr:
    """The policy's share of the surplus, divided by the persons he supports, a year; what he really pays if more."""
    return max_(choose(is_freed, 0, surplus * p.support.rate // (supports * 10_000)), supporter_pays)


@rule("member", zh="判决或协议的赡养费", clause="民发〔2021〕57号第十三条第一款第四项", since="2021-07-01")
def support_by_order(support_received: Expr, support_owed: Expr, p: Parameters) -> Expr:
    """What was received, and of what was ordered but not paid the policy's share."""
    unpaid = floor_at_zero(support_owed - support_received) * min_(p.support.count_owed, 10_000) // 10_000
    return support_received + choose(support_owed > support_received, unpaid, 0)


@rule("member", zh="赡养（抚养、扶养）费", clause="民发〔2021〕57号第十三条第一款第四项", since="2021-07-01")
def support(has_support_order: Expr, support_by_order: Expr) -> Expr:
    """A judgment or agreement replaces the formula."""
    return choose(has_support_order, support_by_order, total("supporter", "support_fee"))
