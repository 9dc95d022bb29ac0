"""渐退期: a household lifted by work keeps its former amount for a while."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters


@rule(
    "household",
    zh="符合渐退条件",
    clause="民发〔2021〕57号第三十三条",
    unit="bool",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第九条；民发〔2021〕57号第三十三条"},
)
def is_grace(
    left_by_employment: Expr,
    current_benefit: Expr,
    income_year: Expr,
    line_year: Expr,
    property_ok: Expr,
    p: Parameters,
) -> Expr:
    """Covered until now, lifted by employment above the standard (超过) and below its multiple."""
    above = income_year > line_year
    below = income_year * 10_000 < line_year * p.grace.ratio
    return left_by_employment & (current_benefit > 0) & above & below & property_ok
