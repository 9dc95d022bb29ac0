"""Households of a roster with everything that its papers print: 分类施保, names of any length."""

from opendibao.decision.models import Decision
from opendibao.registry.models import Person
from tests.payment.builders import FAR_VILLAGE, OTHER_VILLAGE, Family, family, opening_act


def with_supplement(number: str, fen: int, supplement_fen: int) -> Family:
    """A household of one, part of whose amount is 分类施保."""
    made = Family(number, fen=fen).enter()
    Decision.objects.create(
        number=f"旧{number}", household=made.household, opening_act=opening_act(), division=made.division,
        area=made.area, kind="legacy", cause="opening", outcome="dibao", decided_on=made.decided_on, maker="甲签",
        approver="乙签", persons=1, amount_fen=fen, supplement_fen=supplement_fen, rule_set="r1",
        first_month=made.first_month,
    )  # fmt: skip
    return made


def four_households() -> None:
    """620.00 and 315.50 (74.00 of it 分类施保) in one village, 1,000.00 in another, 88.01 in another township."""
    family("A1", fen=62000, persons=2)
    with_supplement("A2", 31550, 7400)
    family("B1", fen=100000, persons=3, division=OTHER_VILLAGE, area="urban")
    family("C1", fen=8801, division=FAR_VILLAGE)


def named(made: Family, name: str) -> None:
    """The head of the household is called so."""
    Person.objects.filter(pk=made.people[0].pk).update(name=name)
