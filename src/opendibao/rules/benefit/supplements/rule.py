"""分类施保: a person takes the highest supplement only."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters, choose, divide_half_up, max_


@rule(
    "member",
    zh="分类施保比例（就高）",
    clause="社会救助暂行办法第十二条第二款；民发〔2021〕57号第二十七条",
    unit="bp",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第二十条"},
)
def supplement_rate(age: Expr, is_minor: Expr, is_severely_disabled: Expr, severe_illness: Expr, p: Parameters) -> Expr:
    """The highest of what applies to the person."""
    by_health = max_(
        choose(is_severely_disabled, p.supplement.severe_disability, 0),
        choose(severe_illness, p.supplement.severe_illness, 0),
    )
    by_age = max_(choose(age >= p.supplement.elder_age, p.supplement.elder, 0), choose(is_minor, p.supplement.minor, 0))
    return max_(by_health, by_age)


@rule(
    "member",
    zh="个人分类施保金",
    clause="民发〔2021〕57号第二十七条",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第二十条"},
)
def supplement(own_share: Expr, standard: Expr, supplement_rate: Expr, p: Parameters) -> Expr:
    """Part of the standard, rounded half-up for each person; none for one who has no share left."""
    unit = p.supplement.round_to
    return choose(own_share > 0, divide_half_up(standard * supplement_rate, unit * 10_000) * unit, 0)


@rule(
    "member",
    zh="单人保的分类施保金",
    clause="民发〔2021〕57号第八条、第二十七条",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第二十条、第二十一条第二款"},
)
def single_supplement(may_apply_alone: Expr, supplement: Expr) -> Expr:
    """Only of those who are covered alone."""
    return choose(may_apply_alone, supplement, 0)
