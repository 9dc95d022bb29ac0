"""共同生活的家庭成员: art. 7 of 民发〔2021〕57号, each person with the item that puts him in or out."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters, choose, lift, total
from opendibao.rules.vocabulary import (
    CHILD,
    CLERIC,
    COMPULSORY_REHAB,
    FIRST_NOT_COUNTED,
    HAS_DIBAO,
    HAS_DIED,
    HAS_MARRIED_OUT,
    HAS_TEKUN,
    HEAD,
    IN_PRISON,
    IN_REHAB,
    IS_CLERIC,
    IS_CLERIC_ALONE,
    IS_DEPENDENT_CHILD,
    IS_EXCLUDED,
    IS_HEAD,
    IS_MINOR_CHILD,
    IS_MISSING,
    IS_SPOUSE,
    IS_STUDYING_CHILD,
    LIVES_APART,
    LIVES_TOGETHER,
    NO_DUTY,
    PRISON,
    SPOUSE,
    STAYS_TEKUN,
    TEKUN_ALREADY,
    UNCLE,
    UNDERGRADUATE,
    VOCATIONAL,
)


@rule(
    "member",
    zh="计入或不计入的情形",
    clause="民发〔2021〕57号第七条、第三十条",
    unit="code",
    since="2021-07-01",
    later={"2026-07-01": "民发〔2021〕57号第七条；社会救助法第十六条第三款、第四十六条第一款"},
)
def standing(
    death_month: Expr,
    month: Expr,
    absent: Expr,
    listed: Expr,
    already: Expr,
    excluded_by_province: Expr,
    stays_tekun: Expr,
    bond: Expr,
) -> Expr:
    """Who is dead, absent or provided for otherwise is out; of the others the bond to the head decides.

    A cleric who applies alone after three years away is a household of one (art. 8, item 3).
    """
    alone = choose(listed == 1, IS_CLERIC_ALONE, IS_CLERIC)
    away = choose(absent == PRISON, IN_PRISON, choose(absent == COMPULSORY_REHAB, IN_REHAB, IS_MISSING))
    provided = choose(already == TEKUN_ALREADY, choose(stays_tekun, STAYS_TEKUN, HAS_TEKUN), HAS_DIBAO)
    here = choose(excluded_by_province, IS_EXCLUDED, bond)
    elsewhere = choose(absent == CLERIC, alone, choose(absent > 0, away, here))
    return choose(death_month < month, HAS_DIED, choose(already > 0, provided, elsewhere))


@rule(
    "member",
    zh="年满十八周岁后继续供养的特困人员",
    clause="社会救助暂行办法第十四条（没有规定继续供养）",
    unit="bool",
    since="2021-07-01",
    until="2026-06-30",
)
def stays_tekun() -> Expr:
    """The regulation of 2014 knows no such support."""
    return lift(False)


@rule(  # type: ignore[no-redef]
    "member",
    zh="年满十八周岁后继续供养的特困人员",
    clause="社会救助法第十六条第三款",
    unit="bool",
    since="2026-07-01",
)
def stays_tekun(already: Expr, is_minor: Expr, study: Expr) -> Expr:  # noqa: F811
    """Tekun as a minor, grown up, and still in compulsory or senior-high schooling, vocational schools included."""
    return (already == TEKUN_ALREADY) & ~is_minor & (study > 0) & (study <= VOCATIONAL)


@rule("member", zh="与户主的共同生活关系", clause="民发〔2021〕57号第七条第一款", unit="code", since="2021-07-01")
def bond(
    relation: Expr, married_out: Expr, lives_together: Expr, is_minor: Expr, is_dependent_child: Expr, study: Expr
) -> Expr:
    """Spouse and dependent children count wherever they live; others with a duty of support when they live together."""
    child = choose(is_minor, IS_MINOR_CHILD, choose(study > 0, IS_STUDYING_CHILD, IS_DEPENDENT_CHILD))
    other = choose(relation == UNCLE, NO_DUTY, choose(lives_together, LIVES_TOGETHER, LIVES_APART))
    kin = choose(married_out, HAS_MARRIED_OUT, choose(is_dependent_child, child, other))
    return choose(relation == HEAD, IS_HEAD, choose(relation == SPOUSE, IS_SPOUSE, kin))


@rule(
    "member",
    zh="不能独立生活的子女",
    clause="民发〔2021〕57号第七条第一款第二项、第三项",
    unit="bool",
    since="2021-07-01",
)
def is_dependent_child(relation: Expr, is_minor: Expr, study: Expr, is_severely_disabled: Expr) -> Expr:
    """Minor, studying full time up to undergraduate level, or severely disabled."""
    studies = (study > 0) & (study <= UNDERGRADUATE)
    return (relation == CHILD) & (is_minor | studies | is_severely_disabled)


@rule("member", zh="计入共同生活的家庭成员", clause="民发〔2021〕57号第七条", unit="bool", since="2021-07-01")
def is_counted(standing: Expr) -> Expr:
    """Counted as living together in the month."""
    return standing < FIRST_NOT_COUNTED


@rule("household", zh="共同生活的家庭成员人数", clause="民发〔2021〕57号第七条", unit="count", since="2021-07-01")
def members() -> Expr:
    """How many are counted."""
    return total("member", "is_counted")


@rule(
    "household",
    zh="月保障标准",
    clause="社会救助暂行办法第十条第一款",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第十九条"},
)
def standard(is_urban: Expr, p: Parameters) -> Expr:
    """Fen per person and month, of the area whose standard applies."""
    return choose(is_urban, p.standard.urban, p.standard.rural)


@rule(
    "household",
    zh="全家年保障线",
    clause="社会救助暂行办法第九条",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第十八条第一款"},
)
def line_year(standard: Expr, members: Expr) -> Expr:
    """Standard × twelve months × members: compared with the year's income, so that nothing is divided."""
    return standard * 12 * members
