"""金融资产: at most so many months of the household's standard; the limit itself passes."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters


@rule("household", zh="低保金融资产限额", clause="民发〔2021〕57号第十四条", since="2021-07-01")
def asset_limit_dibao(standard: Expr, members: Expr, p: Parameters) -> Expr:
    """Months × standard × members."""
    return standard * members * p.property.asset_months_dibao


@rule("household", zh="边缘家庭金融资产限额", clause="民发〔2021〕57号第八条第二款", since="2021-07-01")
def asset_limit_edge(standard: Expr, members: Expr, p: Parameters) -> Expr:
    """Months × standard × members."""
    return standard * members * p.property.asset_months_edge


@rule("household", zh="金融资产在低保限额内", clause="民发〔2021〕57号第十四条", unit="bool", since="2021-07-01")
def assets_ok_dibao(financial_assets: Expr, asset_limit_dibao: Expr) -> Expr:
    """Equality passes."""
    return financial_assets <= asset_limit_dibao


@rule(
    "household", zh="金融资产在边缘家庭限额内", clause="民发〔2021〕57号第八条第二款", unit="bool", since="2021-07-01"
)
def assets_ok_edge(financial_assets: Expr, asset_limit_edge: Expr) -> Expr:
    """Equality passes."""
    return financial_assets <= asset_limit_edge
