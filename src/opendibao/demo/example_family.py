"""示例家庭: one family whose year the guide tells from application to December; all of it invented."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from opendibao.demo.days import Steps
from opendibao.demo.draft import Draft, DraftMember
from opendibao.demo.people import People

COUNTY, YEAR, VILLAGE, AREA, SIZE = "360429", 2024, "360429100202", "rural", 3
RETURNED_MONTH, RETURN_REASON = date(2024, 8, 1), "长期不动户"
STEPS = Steps(
    applied_on=date(2024, 3, 4),
    accepted_on=date(2024, 3, 4),
    matched_on=date(2024, 3, 5),
    surveyed_on=date(2024, 3, 6),
    reviewed_on=date(2024, 3, 15),
    posted_on=date(2024, 3, 20),
    decided_on=date(2024, 4, 10),
)


@dataclass(frozen=True)
class _Who:
    name: str
    born: date
    sex: str
    relation: str


_MEMBERS = (
    _Who("王秀英", date(1962, 11, 12), "female", "head"),
    _Who("张德明", date(1960, 8, 5), "male", "spouse"),
    _Who("张晓燕", date(2002, 9, 21), "female", "child"),
)


def example_family(people: People) -> Draft:
    """Three persons on their own land and two small pensions, with a doctor's bill; nothing of it is ever moved."""
    members = []
    for who in _MEMBERS:
        person = people.named(who.name, who.born, who.sex)
        members.append(DraftMember(person, who.relation, income=_income(who.relation)))
    members[0].spending.append({"kind": "medical_self_paid", "amount": 3000, "per": "year"})
    members[2].study = "undergraduate"
    return Draft(
        area=AREA, members=members, share=0, division=VILLAGE, address="双钟镇月亮村3组", financial_assets=6000,
        dwellings=1,
    )  # fmt: skip


def _income(relation: str) -> list[dict[str, Any]]:
    if relation == "child":
        return []
    items: list[dict[str, Any]] = [{"kind": "employee_pension", "amount": 150, "per": "month"}]
    if relation == "spouse":
        items.append({"kind": "farming", "mu": "9.6"})
    return items
