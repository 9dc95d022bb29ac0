"""刚性支出困难家庭: medical and schooling eat more than the share of the income."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters, choose, lift, total


@rule(
    "household",
    zh="符合刚性支出困难家庭条件",
    clause="2024年10月前尚未设立",
    unit="bool",
    since="2021-07-01",
    until="2024-09-30",
)
def is_rigid() -> Expr:
    """The kind did not exist yet."""
    return lift(False)


@rule(  # type: ignore[no-redef]
    "household",
    zh="符合刚性支出困难家庭条件",
    clause="刚性支出困难家庭认定办法（2024年10月）",
    unit="bool",
    since="2024-10-01",
    later={"2026-07-01": "社会救助法第二十二条"},
)
def is_rigid(  # noqa: F811
    members: Expr, is_below_disposable: Expr, is_burdened: Expr, property_ok_edge: Expr
) -> Expr:
    """Income a head below last year's disposable income, burden above the share, property ok."""
    return (members > 0) & is_below_disposable & is_burdened & property_ok_edge


@rule(
    "household",
    zh="人均收入低于上年人均可支配收入",
    clause="刚性支出困难家庭认定办法",
    unit="bool",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第二十二条"},
)
def is_below_disposable(income_before_deduction: Expr, members: Expr, is_urban: Expr, p: Parameters) -> Expr:
    """Income before the deduction of rigid spending."""
    disposable = choose(is_urban, p.rigid.disposable_urban, p.rigid.disposable_rural)
    return income_before_deduction < disposable * members


@rule(
    "member",
    zh="医疗和教育支出",
    clause="刚性支出困难家庭认定办法",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第二十二条"},
)
def necessary_spending(is_counted: Expr, medical: Expr, education: Expr) -> Expr:
    """Self-paid medical cost and schooling of a counted member, a year."""
    return choose(is_counted, medical + education, 0)


@rule(
    "household",
    zh="医疗和教育支出超过收入的比例",
    clause="刚性支出困难家庭认定办法",
    unit="bool",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第二十二条"},
)
def is_burdened(income_before_deduction: Expr, p: Parameters) -> Expr:
    """More than the share: equal is not enough."""
    return total("member", "necessary_spending") * 10_000 > income_before_deduction * p.rigid.share
