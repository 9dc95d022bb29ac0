"""养殖收入: net income per head sold."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters
from opendibao.rules.by_kind import by_kind
from opendibao.rules.vocabulary import ANIMALS


@rule("herd", zh="养殖收入", clause="民发〔2021〕57号第十三条第一款第二项", since="2021-07-01")
def herd_income(animal: Expr, sold: Expr, p: Parameters) -> Expr:
    """Heads sold (fish: hundreds of jin) times the net income of one, a year."""
    return sold * by_kind(animal, p.income.livestock, ANIMALS)
