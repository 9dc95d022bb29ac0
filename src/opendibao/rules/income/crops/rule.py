"""种植收入（按作物）: net yield per mu of each crop."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters
from opendibao.rules.by_kind import by_kind
from opendibao.rules.vocabulary import CROPS


@rule("crop", zh="按作物核算的种植收入", clause="民发〔2021〕57号第十三条第一款第二项", since="2021-07-01")
def crop_income(crop_kind: Expr, crop_mu: Expr, p: Parameters) -> Expr:
    """Land times the crop's net yield per mu, a year; land is in hundredths of a mu."""
    return crop_mu * by_kind(crop_kind, p.income.crops, CROPS) // 100
