"""低保: income below the line, property within the limits."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr


@rule(
    "household",
    zh="家庭收入低于保障线",
    clause="社会救助暂行办法第九条",
    unit="bool",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第十八条第一款"},
)
def is_below_line(members: Expr, income_year: Expr, line_year: Expr) -> Expr:
    """Strictly below: equal is not below."""
    return (members > 0) & (income_year < line_year)


@rule("household", zh="其他财产符合规定", clause="民发〔2021〕57号第十四条", unit="bool", since="2021-07-01")
def things_ok(cars_ok: Expr, dwellings_ok: Expr, companies_ok: Expr) -> Expr:
    """Vehicles, dwellings, companies."""
    return cars_ok & dwellings_ok & companies_ok


@rule(
    "household",
    zh="财产符合低保规定",
    clause="社会救助暂行办法第九条；民发〔2021〕57号第十四条",
    unit="bool",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第十八条第一款；民发〔2021〕57号第十四条"},
)
def property_ok(assets_ok_dibao: Expr, things_ok: Expr) -> Expr:
    """All limits of a dibao household."""
    return assets_ok_dibao & things_ok


@rule(
    "household",
    zh="符合低保条件",
    clause="社会救助暂行办法第九条",
    unit="bool",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第十八条第一款"},
)
def is_dibao(is_below_line: Expr, property_ok: Expr) -> Expr:
    """Both income and property."""
    return is_below_line & property_ok
