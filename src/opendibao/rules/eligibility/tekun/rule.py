"""特困人员: nobody in the household can work, has a source of living or an able supporter."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters, any_of, choose, total
from opendibao.rules.vocabulary import (
    INTELLECTUAL,
    PSYCHIATRIC,
    SUPPORTER_DIBAO,
    SUPPORTER_EDGE,
    SUPPORTER_TEKUN,
)


@rule(
    "member",
    zh="无劳动能力的特困情形",
    clause="社会救助暂行办法第十四条；特困人员认定办法第五条",
    unit="bool",
    since="2021-07-01",
    until="2026-06-30",
)
def lacks_ability(is_counted: Expr, age: Expr, is_severely_disabled: Expr, p: Parameters) -> Expr:
    """Old, a child, or severely disabled."""
    return is_counted & ((age >= p.tekun.elder_age) | (age < p.tekun.child_age) | is_severely_disabled)


@rule(  # type: ignore[no-redef]
    "member",
    zh="无劳动能力的特困情形",
    clause="社会救助法第十六条第一款",
    unit="bool",
    since="2026-07-01",
)
def lacks_ability(  # noqa: F811
    is_counted: Expr, age: Expr, is_minor: Expr, is_able_to_work: Expr, is_severely_disabled: Expr, p: Parameters
) -> Expr:
    """Old, a minor who is too young to work or at school or ill, or severely disabled."""
    return is_counted & ((age >= p.tekun.elder_age) | (is_minor & ~is_able_to_work) | is_severely_disabled)


@rule(
    "member",
    zh="特困认定中的年收入",
    clause="特困人员认定办法第六条",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第十六条第一款、第二十三条；特困人员认定办法第六条"},
)
def tekun_income(
    is_counted: Expr,
    wages: Expr,
    farming: Expr,
    business: Expr,
    property_income: Expr,
    resident_pension: Expr,
    employee_pension: Expr,
    central_pension: Expr,
    support: Expr,
    regular_transfers: Expr,
    other_income: Expr,
    transfers_paid: Expr,
) -> Expr:
    """Basic pension, allowances and pensions for service do not count here, whatever the year."""
    earned = wages + farming + business + property_income + regular_transfers + other_income
    return choose(
        is_counted,
        earned + resident_pension - central_pension + employee_pension + support - transfers_paid,
        0,
    )


@rule("supporter", zh="义务人重度残疾", clause="特困人员认定办法第八条", unit="bool", since="2021-07-01")
def supporter_is_disabled(supporter_disability_kind: Expr, supporter_disability_grade: Expr) -> Expr:
    """Grades 1 and 2, and grade 3 of the intellectual and psychiatric kinds."""
    kind, grade = supporter_disability_kind, supporter_disability_grade
    of_mind = (kind == INTELLECTUAL) | (kind == PSYCHIATRIC)
    return ((grade >= 1) & (grade <= 2)) | ((grade == 3) & of_mind)


@rule("supporter", zh="义务人收入财产较低", clause="特困人员认定办法第八条", unit="bool", since="2021-07-01")
def supporter_is_poor(
    supporter_income: Expr,
    household_size: Expr,
    supporter_is_urban: Expr,
    supporter_standard: Expr,
    supporter_assets: Expr,
    supporter_dwellings: Expr,
    supporter_cars: Expr,
    p: Parameters,
) -> Expr:
    """Income a head below last year's disposable income of his area, property within the dibao limits."""
    disposable = choose(supporter_is_urban, p.rigid.disposable_urban, p.rigid.disposable_rural)
    assets_ok = supporter_assets <= supporter_standard * household_size * p.property.asset_months_dibao
    things_ok = (supporter_dwellings <= p.property.dwellings) & (supporter_cars <= p.property.cars)
    return (supporter_income < disposable * household_size) & assets_ok & things_ok


@rule(
    "supporter",
    zh="有履行义务能力",
    clause="特困人员认定办法第八条",
    unit="bool",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第十六条第一款；特困人员认定办法第八条"},
)
def is_able_supporter(
    status: Expr, supporter_age: Expr, supporter_is_disabled: Expr, supporter_is_poor: Expr, p: Parameters
) -> Expr:
    """Only the listed kinds are unable: a poor but able younger supporter is not among them."""
    gone = status > SUPPORTER_EDGE
    old_dibao = (status == SUPPORTER_DIBAO) & (supporter_age >= p.tekun.supporter_dibao_age)
    weak = (supporter_age >= p.tekun.supporter_elder_age) | supporter_is_disabled
    return ~(gone | (status == SUPPORTER_TEKUN) | old_dibao | (weak & supporter_is_poor))


@rule(
    "member",
    zh="有能履行义务的义务人",
    clause="社会救助暂行办法第十四条",
    unit="bool",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第十六条第一款"},
)
def has_able_supporter(is_counted: Expr, has_support_order: Expr) -> Expr:
    """A supporter outside the household who is able, or who is bound by judgment or agreement."""
    return is_counted & (has_support_order | any_of("supporter", "is_able_supporter"))


@rule(
    "household",
    zh="全部成员无劳动能力",
    clause="社会救助暂行办法第十四条",
    unit="bool",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第十六条第一款"},
)
def all_lack_ability(members: Expr) -> Expr:
    """Members who can work owe each other support, so all must be unable."""
    return (members > 0) & (total("member", "lacks_ability") == members)


@rule(
    "household",
    zh="无生活来源",
    clause="特困人员认定办法第六条",
    unit="bool",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第十六条第一款；特困人员认定办法第六条"},
)
def has_no_source(line_year: Expr, property_ok: Expr) -> Expr:
    """Income of the tekun kind below the line, property within the limits."""
    return (total("member", "tekun_income") < line_year) & property_ok


@rule(
    "household",
    zh="符合特困人员条件",
    clause="社会救助暂行办法第十四条",
    unit="bool",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第十六条第一款、第三款"},
)
def is_tekun(members: Expr, all_lack_ability: Expr, has_no_source: Expr) -> Expr:
    """No ability, no able supporter, no source of living; or nobody but persons whose support goes on."""
    goes_on = (members == 0) & any_of("member", "stays_tekun")
    return (all_lack_ability & (total("member", "has_able_supporter") == 0) & has_no_source) | goes_on
