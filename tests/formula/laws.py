"""Small rule books for the tests of the engines: rules traced here, facts of their own."""

from collections.abc import Callable, Sequence

from opendibao.formula.graph import Fact, RuleBook, rule, rules_of
from opendibao.formula.scalar import HouseholdFacts

PARENTS: dict[str, str | None] = {"household": None, "member": "household", "job": "member"}
FACTS = {
    "household": {"a": Fact("甲数"), "b": Fact("乙数"), "yes": Fact("是否", "bool")},
    "member": {"pay": Fact("报酬")},
    "job": {"hours": Fact("工时", "count")},
}


def book(module: str) -> RuleBook:
    """The rules a test module has traced."""
    return RuleBook(PARENTS, FACTS, rules_of(module))


def traced(
    function: Callable[..., object], *, entity: str = "household", since: str = "2020-01-01", **more: str
) -> None:
    """Trace one rule, as the decorator does."""
    rule(entity, zh="试验", clause="试验条款", since=since, **more)(function)  # type: ignore[arg-type]


def household(
    a: int, b: int, yes: int = 0, pays: Sequence[int] = (), jobs: Sequence[tuple[int, int]] = ()
) -> HouseholdFacts:
    """Facts; `jobs` are (place of the member, hours)."""
    return HouseholdFacts(
        {"household": ((a, b, yes),), "member": [(p,) for p in pays], "job": [(hours,) for _, hours in jobs]},
        {"job": [of for of, _ in jobs]},
    )
