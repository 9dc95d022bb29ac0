"""一户的草稿: a household in the making, whose facts may still be moved until the county's sums hold."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from opendibao.demo.people import Person
from opendibao.demo.plan import PlannedHousehold, PlannedMember

Item = dict[str, Any]
OF_MIND = ("intellectual", "psychiatric")


@dataclass
class DraftMember:
    """A person with the facts that a roster knows; items are income and spending rows of a CASE file."""

    person: Person
    relation: str
    study: str = ""
    disability: tuple[str, int] | None = None
    severe_illness: bool = False
    income: list[Item] = field(default_factory=list)
    spending: list[Item] = field(default_factory=list)

    @property
    def is_severe(self) -> bool:
        """Severely disabled in the wide sense: nobody the generator counts on to work."""
        return bool(self.disability) and (self.disability[1] <= 2 or self.disability[0] in OF_MIND)  # type: ignore[index]

    @property
    def is_unable(self) -> bool:
        """Old, a child or severely disabled by the end of the year, with a margin."""
        return self.person.age >= 60 or self.person.age <= 17 or self.is_severe

    @property
    def can_work(self) -> bool:
        """An adult whom nothing keeps from a job."""
        return not (self.is_unable or self.severe_illness or self.study)

    def facts(self) -> Item:
        """The row of a CASE file."""
        found: Item = {
            "name": self.person.name,
            "born": self.person.born.isoformat(),
            "sex": self.person.sex,
            "relation": self.relation,
        }
        if self.study:
            found["study"] = self.study
        if self.disability:
            found["disability"] = {"kind": self.disability[0], "grade": self.disability[1]}
        if self.severe_illness:
            found["severe_illness"] = True
        if self.income:
            found["income"] = [dict(item) for item in self.income]
        if self.spending:
            found["spending"] = [dict(item) for item in self.spending]
        return found


@dataclass
class Lever:
    """The monthly income (whole yuan, all twelve months) by which a household's facts are moved."""

    item: Item
    least: int

    @property
    def amount(self) -> int:
        """Yuan a month."""
        return int(self.item["amount"])

    def move(self, yuan: int) -> None:
        """Raise or lower it."""
        self.item["amount"] = self.amount + yuan


@dataclass
class Draft:
    """A household: place, members, property; `share` is how much of the standard it lives on, in thousandths."""

    area: str
    members: list[DraftMember]
    share: int
    division: str = ""
    address: str = ""
    number: str = ""
    phone: str = ""
    bank: str = ""
    account: str = ""
    financial_assets: int = 0
    dwellings: int = 1
    vehicle_use: str = ""
    supporters: list[Item] = field(default_factory=list)
    lever: Lever | None = None

    @property
    def head(self) -> DraftMember:
        """The head stands first."""
        return self.members[0]

    @property
    def has_support(self) -> bool:
        """Somebody outside is bound or able to support them."""
        kinds = {item["kind"] for member in self.members for item in member.income}
        return "support_received" in kinds or bool(self.supporters)

    @property
    def is_unable(self) -> bool:
        """Nobody in it can be expected to work."""
        return all(member.is_unable for member in self.members)

    def facts(self) -> Item:
        """The facts in the format of a CASE file, without day and policy."""
        owned: Item = {"financial_assets": self.financial_assets, "dwellings": self.dwellings}
        if self.vehicle_use:
            owned["vehicles"] = [{"kind": "car", "use": self.vehicle_use}]
        found: Item = {"area": self.area, "members": [m.facts() for m in self.members], "property": owned}
        if self.supporters:
            found["supporters"] = [dict(one) for one in self.supporters]
        return found

    def case(self, policy: str, on: date) -> Item:
        """The facts with the day of a decision."""
        return {**self.facts(), "policy": policy, "decision_date": on.isoformat()}

    def planned(self) -> PlannedHousehold:
        """The finished household."""
        return PlannedHousehold(
            number=self.number, division=self.division, area=self.area, address=self.address, phone=self.phone,
            members=tuple(planned_member(m) for m in self.members), holder=self.head.person.name, bank=self.bank,
            account=self.account, review_class="yearly" if self.is_unable else "halfyear", facts=self.facts(),
        )  # fmt: skip


def planned_member(member: DraftMember) -> PlannedMember:
    """As the registry knows him."""
    return PlannedMember(member.person.id_number, member.person.name, member.relation)
