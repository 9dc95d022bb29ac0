"""不计入家庭收入的项目: each by its own dated row."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters, choose, floor_at_zero, total
from opendibao.rules.vocabulary import BRAVERY, FAMILY_PLANNING


@rule("member", zh="计入的高龄津贴", clause="民发〔2021〕57号第十三条第二款第四项", since="2021-07-01")
def old_age_counted(old_age_allowance: Expr, p: Parameters) -> Expr:
    """The share of the allowance that counts."""
    share = floor_at_zero(10_000 - p.exclusion.old_age_allowance)
    return choose(old_age_allowance > 0, old_age_allowance * share // 10_000, 0)


@rule("member", zh="计入的优待抚恤金", clause="民发〔2021〕57号第十三条第二款第一项", since="2021-07-01")
def preferential_counted(preferential_pension: Expr, p: Parameters) -> Expr:
    """The share of the pension for service that counts."""
    share = floor_at_zero(10_000 - p.exclusion.preferential_pension)
    return choose(preferential_pension > 0, preferential_pension * share // 10_000, 0)


@rule("member", zh="计入的奖学金", clause="民发〔2021〕57号第十三条第二款第一项", since="2021-07-01")
def scholarship_counted(scholarship: Expr, p: Parameters) -> Expr:
    """The share of a scholarship that counts."""
    share = floor_at_zero(10_000 - p.exclusion.scholarship)
    return choose(scholarship > 0, scholarship * share // 10_000, 0)


@rule("member", zh="计入的社会救助款物", clause="民发〔2021〕57号第十三条第二款第二项", since="2021-07-01")
def assistance_counted(social_assistance: Expr, p: Parameters) -> Expr:
    """The share of social assistance that counts."""
    share = floor_at_zero(10_000 - p.exclusion.social_assistance)
    return choose(social_assistance > 0, social_assistance * share // 10_000, 0)


@rule("receipt", zh="计入的奖励性补助", clause="民发〔2021〕57号第十三条第二款第一项", since="2021-07-01")
def award_counted(receipt_kind: Expr, receipt_amount: Expr, p: Parameters) -> Expr:
    """The share of family-planning awards and of awards for bravery that counts."""
    planned = receipt_amount * floor_at_zero(10_000 - p.exclusion.family_planning_award) // 10_000
    brave = receipt_amount * floor_at_zero(10_000 - p.exclusion.bravery_award) // 10_000
    return choose(receipt_kind == FAMILY_PLANNING, planned, choose(receipt_kind == BRAVERY, brave, 0))


@rule("member", zh="按规定计入的补助", clause="民发〔2021〕57号第十三条第二款", since="2021-07-01")
def grants(
    old_age_counted: Expr, preferential_counted: Expr, scholarship_counted: Expr, assistance_counted: Expr
) -> Expr:
    """What of the exempt kinds counts nevertheless."""
    by_kind = old_age_counted + preferential_counted + scholarship_counted + assistance_counted
    return by_kind + total("receipt", "award_counted")
