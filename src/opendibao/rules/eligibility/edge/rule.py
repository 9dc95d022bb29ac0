"""低保边缘家庭 and the persons in them who may apply alone."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters, any_of


@rule(
    "household",
    zh="收入低于边缘线",
    clause="民发〔2021〕57号第八条第二款",
    unit="bool",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第二十一条第一款、第三款"},
)
def is_below_edge_line(members: Expr, income_year: Expr, line_year: Expr, p: Parameters) -> Expr:
    """Strictly below the multiple of the standard; no lower bound."""
    return (members > 0) & (income_year * 10_000 < line_year * p.edge.ratio)


@rule(
    "household",
    zh="财产符合边缘家庭规定",
    clause="民发〔2021〕57号第八条第二款",
    unit="bool",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第二十一条第一款"},
)
def property_ok_edge(assets_ok_edge: Expr, things_ok: Expr) -> Expr:
    """All limits of an edge household."""
    return assets_ok_edge & things_ok


@rule(
    "household",
    zh="符合低保边缘家庭条件",
    clause="民发〔2021〕57号第八条第二款",
    unit="bool",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第二十一条第一款；民发〔2021〕57号第八条第二款"},
)
def is_edge(is_dibao: Expr, is_below_edge_line: Expr, property_ok_edge: Expr) -> Expr:
    """Not dibao, income below the edge line, property ok."""
    return ~is_dibao & is_below_edge_line & property_ok_edge


@rule(
    "member",
    zh="重度残疾或者重病",
    clause="民发〔2021〕57号第八条第一款第一项、第二项",
    unit="bool",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第二十一条第二款；民发〔2021〕57号第八条第一款第一项、第二项"},
)
def is_gravely_burdened(is_severely_disabled: Expr, severe_illness: Expr) -> Expr:
    """The two kinds that every place lets apply alone."""
    return is_severely_disabled | severe_illness


@rule(
    "member",
    zh="可以单独申请",
    clause="民发〔2021〕57号第八条第一款第一项、第二项、第四项",
    unit="bool",
    since="2021-07-01",
    until="2026-06-30",
)
def may_apply_alone(
    is_counted: Expr,
    is_gravely_burdened: Expr,
    special_hardship: Expr,
    own_countable: Expr,
    standard: Expr,
    p: Parameters,
) -> Expr:
    """Severely disabled or ill, or in special hardship where the place says so; own income below the standard."""
    by_place = special_hardship & (p.single_person.special_hardship > 0)
    return is_counted & (is_gravely_burdened | by_place) & (own_countable < standard * 12)


@rule(  # type: ignore[no-redef]
    "member",
    zh="可以单独申请",
    clause="社会救助法第二十一条第二款；民发〔2021〕57号第八条第一款",
    unit="bool",
    since="2026-07-01",
)
def may_apply_alone(  # noqa: F811
    is_counted: Expr, is_gravely_burdened: Expr, special_hardship: Expr, own_countable: Expr, standard: Expr
) -> Expr:
    """The law itself names the specially needy beside the severely disabled and ill."""
    return is_counted & (is_gravely_burdened | special_hardship) & (own_countable < standard * 12)


@rule(
    "household",
    zh="符合单人保条件",
    clause="民发〔2021〕57号第八条第一款第一项、第二项、第四项",
    unit="bool",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第二十一条第二款；民发〔2021〕57号第八条第一款"},
)
def is_single_person(is_edge: Expr) -> Expr:
    """An edge household with somebody who may apply alone."""
    return is_edge & any_of("member", "may_apply_alone")
