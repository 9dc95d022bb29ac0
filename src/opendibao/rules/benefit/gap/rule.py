"""差额救助: what the household's income lacks of the standard."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters, choose, divide_up, floor_at_zero, max_, total


@rule(
    "household",
    zh="年差额",
    clause="社会救助暂行办法第十二条第一款",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第十八条第二款"},
)
def gap_year(line_year: Expr, income_year: Expr) -> Expr:
    """The line less the income, a year."""
    return floor_at_zero(line_year - income_year)


@rule(
    "household",
    zh="救助前月差额",
    clause="社会救助暂行办法第十二条第一款",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第十八条第二款"},
)
def gap_before(gap_year: Expr) -> Expr:
    """A month's gap before any benefit, whole fen; for the indicator of poverty relieved."""
    return gap_year // 12


@rule(
    "member",
    zh="减发或者停发本人份额",
    clause="社会救助暂行办法第四十五条；民发〔2021〕57号第三十四条",
    unit="bool",
    since="2021-07-01",
    later={"2026-07-01": "民发〔2021〕57号第三十四条"},
)
def loses_share(is_counted: Expr, is_able_to_work: Expr, work_refusals: Expr, p: Parameters) -> Expr:
    """Able to work and refused suitable work three times running without good reason."""
    return is_counted & is_able_to_work & (work_refusals >= p.work.refusals)


@rule(
    "member",
    zh="本人份额",
    clause="社会救助暂行办法第四十五条；民发〔2021〕57号第三十四条",
    unit="bp",
    since="2021-07-01",
    later={"2026-07-01": "民发〔2021〕57号第三十四条"},
)
def own_share(is_counted: Expr, loses_share: Expr, p: Parameters) -> Expr:
    """The whole for a counted member, less the policy's cut for one who refuses work: reduced, or stopped."""
    kept = choose(loses_share, floor_at_zero(10_000 - p.work.refusal_cut), 10_000)
    return choose(is_counted, kept, 0)


@rule("household", zh="全户份额合计", clause="民发〔2021〕57号第三十四条", unit="bp", since="2021-07-01")
def shares() -> Expr:
    """All members' own shares together."""
    return total("member", "own_share")


@rule(
    "household",
    zh="差额月保障金",
    clause="社会救助暂行办法第十二条第一款；民发〔2021〕57号第二十三条",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第十八条第二款；民发〔2021〕57号第二十三条"},
)
def gap_benefit(gap_year: Expr, shares: Expr, members: Expr, p: Parameters) -> Expr:
    """The year's gap, by shares, a month, rounded up once."""
    unit = p.benefit.round_up_to
    return divide_up(gap_year * shares, max_(members, 1) * 120_000 * unit) * unit
