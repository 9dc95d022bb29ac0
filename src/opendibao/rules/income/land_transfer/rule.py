"""土地流转收入: the rent of the contract, else the local rent per mu."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters, choose


@rule("plot", zh="土地流转收入", clause="民发〔2021〕57号第十三条第一款第三项", since="2021-07-01")
def plot_income(plot_rent: Expr, plot_mu: Expr, p: Parameters) -> Expr:
    """A year's rent; land is in hundredths of a mu."""
    return choose(plot_rent > 0, plot_rent, plot_mu * p.income.land_transfer.rent_per_mu // 100)
