"""差额救助: what the household's income lacks of the standard."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters, divide_up, floor_at_zero, max_, total


@rule("household", zh="年差额", clause="社会救助暂行办法第十二条", since="2021-07-01")
def gap_year(line_year: Expr, income_year: Expr) -> Expr:
    """The line less the income, a year."""
    return floor_at_zero(line_year - income_year)


@rule("household", zh="救助前月差额", clause="社会救助暂行办法第十二条", since="2021-07-01")
def gap_before(gap_year: Expr) -> Expr:
    """A month's gap before any benefit, whole fen; for the indicator of poverty relieved."""
    return gap_year // 12


@rule("member", zh="停发本人份额", clause="民发〔2021〕57号第三十四条", unit="bool", since="2021-07-01")
def loses_share(is_counted: Expr, is_able_to_work: Expr, work_refusals: Expr, p: Parameters) -> Expr:
    """Able to work and refused suitable work three times running without good reason."""
    return is_counted & is_able_to_work & (work_refusals >= p.work.refusals)


@rule("household", zh="享有份额的人数", clause="民发〔2021〕57号第三十四条", unit="count", since="2021-07-01")
def sharers(members: Expr) -> Expr:
    """Members less those who lose their own share."""
    return members - total("member", "loses_share")


@rule("household", zh="差额月保障金", clause="社会救助暂行办法第十二条；民发〔2021〕57号第二十三条", since="2021-07-01")
def gap_benefit(gap_year: Expr, sharers: Expr, members: Expr, p: Parameters) -> Expr:
    """The year's gap, by shares, a month, rounded up once."""
    unit = p.benefit.round_up_to
    return divide_up(gap_year * sharers, max_(members, 1) * 12 * unit) * unit
