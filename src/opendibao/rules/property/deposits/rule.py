"""金融资产: less what is exempt, at most so many months of the household's standard; the limit itself passes."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters, choose, floor_at_zero, total
from opendibao.rules.by_kind import by_kind
from opendibao.rules.vocabulary import EXEMPT_ASSETS, HOUSE_SALE


@rule("exempt_asset", zh="豁免的款项", clause="民发〔2021〕57号第十四条", since="2021-07-01")
def exempt_part(exempt_kind: Expr, exempt_amount: Expr, held_months: Expr, p: Parameters) -> Expr:
    """The policy's share of the kind; what a house was sold for only within the policy's months."""
    is_too_old = (exempt_kind == HOUSE_SALE) & (held_months > p.property.exempt.house_sale_months)
    return choose(is_too_old, 0, exempt_amount * by_kind(exempt_kind, p.property.exempt, EXEMPT_ASSETS) // 10_000)


@rule("household", zh="计入的金融资产", clause="民发〔2021〕57号第十四条", since="2021-07-01")
def counted_assets(financial_assets: Expr) -> Expr:
    """All money less the exempt part."""
    return floor_at_zero(financial_assets - total("exempt_asset", "exempt_part"))


@rule("household", zh="低保金融资产限额", clause="民发〔2021〕57号第十四条", since="2021-07-01")
def asset_limit_dibao(standard: Expr, members: Expr, p: Parameters) -> Expr:
    """Months × standard × members."""
    return standard * members * p.property.asset_months_dibao


@rule("household", zh="边缘家庭金融资产限额", clause="民发〔2021〕57号第八条第二款", since="2021-07-01")
def asset_limit_edge(standard: Expr, members: Expr, p: Parameters) -> Expr:
    """Months × standard × members."""
    return standard * members * p.property.asset_months_edge


@rule("household", zh="金融资产在低保限额内", clause="民发〔2021〕57号第十四条", unit="bool", since="2021-07-01")
def assets_ok_dibao(counted_assets: Expr, asset_limit_dibao: Expr) -> Expr:
    """Equality passes."""
    return counted_assets <= asset_limit_dibao


@rule(
    "household", zh="金融资产在边缘家庭限额内", clause="民发〔2021〕57号第八条第二款", unit="bool", since="2021-07-01"
)
def assets_ok_edge(counted_assets: Expr, asset_limit_edge: Expr) -> Expr:
    """Equality passes."""
    return counted_assets <= asset_limit_edge
