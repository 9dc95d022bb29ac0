"""住房与经营主体: how many."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters


@rule("household", zh="住房套数符合规定", clause="民发〔2021〕57号第十四条", unit="bool", since="2021-07-01")
def dwellings_ok(dwellings: Expr, p: Parameters) -> Expr:
    """At most the policy's number."""
    return dwellings <= p.property.dwellings


@rule("household", zh="名下经营主体符合规定", clause="民发〔2021〕57号第十七条", unit="bool", since="2021-07-01")
def companies_ok(companies: Expr, p: Parameters) -> Expr:
    """Registered businesses in a member's name."""
    return companies <= p.property.companies
