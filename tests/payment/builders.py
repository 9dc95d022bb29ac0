"""Small counties for the tests of payment and statistics, entered straight into the tables."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.utils.timezone import localdate

from opendibao.decision.models import Decision, OpeningAct, PublicNotice
from opendibao.intake.models import Case
from opendibao.kernel.ids import make_id_number, township_of
from opendibao.registry.entries import AccountEntry
from opendibao.registry.models import BankAccount, Division, Household, HouseholdPlace, Membership, Person
from opendibao.verification.models import Survey
from tests.registry.changed import allow

COUNTY = "360429000000"
VILLAGE = "360429100001"
OTHER_VILLAGE = "360429100002"
FAR_VILLAGE = "360429101001"
KNOWN_FROM = datetime(2023, 1, 1, tzinfo=UTC)
LONG_AGO = date(2020, 1, 1)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 2, tzinfo=UTC)


def _place(name: str, level: str, parent: str) -> dict[str, str]:
    return {"name": name, "level": level, "parent_id": parent}


def divisions() -> None:
    Division.objects.get_or_create(code=COUNTY, defaults={"name": "演示县", "level": "county"})
    for code, name in ((VILLAGE, "东村"), (OTHER_VILLAGE, "西村"), (FAR_VILLAGE, "远村")):
        town = township_of(code)
        Division.objects.get_or_create(code=town, defaults=_place(f"镇{town[6:9]}", "town", COUNTY))
        Division.objects.get_or_create(code=code, defaults=_place(name, "village", town))


def opening_act() -> OpeningAct:
    act, _ = OpeningAct.objects.get_or_create(
        division=COUNTY,
        defaults={
            "signed_on": date(2024, 1, 2),
            "first_officer": "甲签",
            "second_officer": "乙签",
            "households": 100_000,
            "persons": 1,
            "monthly_fen": 1,
        },
    )
    return act


@dataclass
class Family:
    """A household of the tests; `fen` is its monthly amount, `persons` how many members it has."""

    number: str
    fen: int = 62000
    persons: int = 1
    division: str = VILLAGE
    area: str = "rural"
    decided_on: date = date(2023, 6, 15)
    first_month: date = date(2023, 7, 1)
    has_account: bool = True
    holder: str = ""
    account: str = ""
    household: Household = field(init=False)
    people: list[Person] = field(init=False, default_factory=list)

    def enter(self) -> "Family":
        divisions()
        self.household = Household.objects.create(number=self.number, division=self.division, opened_on=LONG_AGO)
        times = {"recorded": DateTimeTZRange(KNOWN_FROM, None), "division": self.division, "household": self.household}
        HouseholdPlace.objects.create(valid=DateRange(LONG_AGO, None), area=self.area, address="1号", **times)
        if self.has_account:
            BankAccount.objects.create(
                valid=DateRange(LONG_AGO, None),
                holder=self.holder or f"户主{self.number}",
                bank="农商银行",
                number=self.account or f"62{self.number}",
                **times,
            )
        for place in range(self.persons):
            self.join(date(1960 + place, 1, 2), since=LONG_AGO, relation="head" if place == 0 else "child")
        return self

    def join(self, born: date, *, since: date, relation: str = "child") -> Person:
        person = Person.objects.create(
            id_number=make_id_number("999999", born, 2 * Person.objects.count() % 900 + 1),
            name=f"成员{len(self.people) + 1}",
            initials="cy",
            sex="male",
            born=born,
            division=self.division,
        )
        self.people.append(person)
        self.belong(person, since, relation=relation)
        return person

    def belong(
        self,
        person: Person,
        since: date,
        until: date | None = None,
        *,
        relation: str = "child",
        known: datetime = KNOWN_FROM,
    ) -> Membership:
        return Membership.objects.create(
            household=self.household, person=person, relation=relation, division=self.division,
            valid=DateRange(since, until), recorded=DateTimeTZRange(known, None),
        )  # fmt: skip

    def leave(self, person: Person, first_outside: date, *, known: datetime) -> None:
        """The person is out from `first_outside` on, which we learn at `known`: old row closed, new one opened."""
        row = Membership.objects.get(person=person, household=self.household, recorded__endswith=None)
        row.recorded = DateTimeTZRange(row.recorded.lower, known)
        row.save(update_fields=["recorded"])
        self.belong(person, row.valid.lower, first_outside, relation=row.relation, known=known)

    def legacy(self) -> Decision:
        return Decision.objects.create(
            number=f"旧{self.number}", household=self.household, opening_act=opening_act(), division=self.division,
            area=self.area, kind="legacy", cause="opening", outcome="dibao", decided_on=self.decided_on, maker="甲签",
            approver="乙签", persons=self.persons, amount_fen=self.fen, supplement_fen=0, rule_set="r1",
            first_month=self.first_month,
        )  # fmt: skip

    def decide(
        self, kind: str, on: date, *, fen: int = 0, first_month: date | None = None, cause: str = "income"
    ) -> Decision:
        """A later decision that ends the one in force (with the month of the new decision), or an entry."""
        number = f"{on:%Y%m%d}-{self.number}"
        case = Case.objects.create(
            number=number, kind="review", household=self.household, division=self.division, area=self.area,
            state="kept", channel="review", applied_on=on, accepted_on=on,
        )  # fmt: skip
        Survey.objects.create(
            case=case, division=self.division, surveyed_on=on, first_surveyor="甲访", second_surveyor="乙访",
            respondent="某", is_signed=True, found={"area": self.area},
        )  # fmt: skip
        former = Decision.objects.filter(household=self.household, ended_on=None).exclude(kind="stop").first()
        if former:
            former.ended_on, former.last_month = on, on.replace(day=1)
            former.save(update_fields=["ended_on", "last_month"])
        elif kind == "increase":  # nothing is there to be raised: the household enters
            kind, posted = "confirm", on - timedelta(days=7)
            PublicNotice.objects.create(
                case=case, division=self.division, posted_on=posted, ends_on=on - timedelta(days=1),
                persons=self.persons, proposed_fen=fen,
            )  # fmt: skip
        return Decision.objects.create(
            number=number, household=self.household, case=case, division=self.division, area=self.area, kind=kind,
            cause=cause, decided_on=on, maker="甲签", approver="乙签", persons=self.persons if fen else 0,
            amount_fen=fen, first_month=first_month, rule_set="r1" if fen else "",
        )  # fmt: skip


def family(number: str, **more: object) -> Family:
    """A household with its legacy decision."""
    made = Family(number, **more).enter()  # type: ignore[arg-type]
    made.legacy()
    return made


def new_account(made: Family, number: str, *, since: date, known: datetime) -> None:
    """The household gives another account."""
    row = BankAccount.objects.get(household=made.household, recorded__endswith=None)
    row.recorded = DateTimeTZRange(row.recorded.lower, known)
    row.save(update_fields=["recorded"])
    common = {"household": made.household, "division": made.division, "recorded": DateTimeTZRange(known, None)}
    allow(made.household, AccountEntry(row.holder, row.bank, number), localdate(known))
    BankAccount.objects.create(
        holder=row.holder, bank=row.bank, number=row.number, valid=DateRange(row.valid.lower, since), **common
    )
    BankAccount.objects.create(holder=row.holder, bank=row.bank, number=number, valid=DateRange(since, None), **common)
