"""一户的事实: read a case strictly and turn it into the rows of whole numbers that rules compute with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from opendibao.formula.scalar import HouseholdFacts
from opendibao.kernel.month import NotAMonth, add_months, age_on, last_day, month_of, parse_month
from opendibao.rules import fields
from opendibao.rules.facts import FACTS, OF_HOUSEHOLD, OF_MEMBER
from opendibao.rules.fields import CaseError
from opendibao.rules.holdings import read_holdings
from opendibao.rules.item_sums import ItemTotals, Row
from opendibao.rules.items import read_items
from opendibao.rules.vocabulary import (
    ABSENCES,
    ALREADY,
    DISABILITIES,
    EXIT_CAUSES,
    HEAD,
    NEVER,
    RELATIONS,
    SPOUSE,
    STUDIES,
    SUPPORTER_STATUSES,
)
from opendibao.rules.whatif import Overrides, read_overrides

__all__ = ["Case", "CaseError", "parse_case"]

AREAS = ("rural", "urban")
MODES = ("gap", "tier")
_CASE = frozenset(
    [
        "decision_date",
        "policy",
        "overrides",
        "area",
        "benefit_mode",
        "members",
        "supporters",
        "property",
        "current",
        "paid",
    ]
)
_MEMBER = frozenset(
    [
        "name",
        "born",
        "sex",
        "relation",
        "lives_together",
        "married_out",
        "study",
        "absent",
        "already",
        "disability",
        "severe_illness",
        "died",
        "work_refusals",
        "special_hardship",
        "excluded_by_province",
        "income",
        "spending",
    ]
)
_SUPPORTER = frozenset(
    [
        "name",
        "relation",
        "of",
        "born",
        "sex",
        "area",
        "household_size",
        "income",
        "supports",
        "status",
        "disability",
        "property",
        "severe_illness",
        "pays",
    ]
)
_SUPPORTER_INCOME = frozenset({"amount", "per", "months"})
_NOTHING: Mapping[str, Any] = {}
_NO_ITEMS: dict[str, tuple[Row, ...]] = dict.fromkeys(OF_MEMBER, ())
_OF_NOBODY: dict[str, tuple[int, ...]] = dict.fromkeys(OF_MEMBER, ())
_NOTHING_OWNED: dict[str, tuple[Row, ...]] = dict.fromkeys(OF_HOUSEHOLD, ())
_DEATH = list(FACTS["member"]).index("death_month") - 1


@dataclass(frozen=True, slots=True)
class Person:
    """A member or supporter: name, birthday (None: not stated) and the rest of the row."""

    name: str
    born: date | None
    row: Row


@dataclass(frozen=True, slots=True)
class Case:
    """One household to be decided: the facts as rows, and when and by which pack."""

    decision_date: date
    policy: str
    overrides: Overrides
    household: Row
    members: tuple[Person, ...]
    items: Mapping[str, tuple[Row, ...]]
    items_of: Mapping[str, tuple[int, ...]]
    supporters: tuple[Person, ...]
    supporters_of: tuple[int, ...]
    owned: Mapping[str, tuple[Row, ...]]
    owned_names: Mapping[str, tuple[str, ...]]
    exempt_vehicles: tuple[str, ...]
    paid: Mapping[date, int]

    def facts(self, month: date | None = None) -> HouseholdFacts:
        """The facts as they stand for a month's money; without one, for the first month after the decision.

        Ages are those of the day of decision, or of the month's end when the month lies before it.
        """
        first = add_months(month_of(self.decision_date), 1)
        month = month or first
        on = min(self.decision_date, last_day(month))
        number = month_number(month)
        return HouseholdFacts(
            {
                "household": ((*self.household[:2], number, len(self.members), *self.household[2:]),),
                "member": [_member_row(m, on) for m in self.members],
                **self.items,
                "supporter": [(s.row[0], _age(s.born, on), *s.row[1:]) for s in self.supporters],
                **self.owned,
            },
            {**self.items_of, "supporter": self.supporters_of},
        )

    def names(self) -> dict[str, list[str]]:
        """Whose each row of the facts is, by entity."""
        return {
            "member": [m.name for m in self.members],
            **{entity: [self.members[i].name for i in of] for entity, of in self.items_of.items()},
            **{entity: list(names) for entity, names in self.owned_names.items()},
            "supporter": [s.name for s in self.supporters],
        }


def month_number(month: date) -> int:
    """Months since the year zero, so that rules can compare months."""
    return month.year * 12 + month.month - 1


def _member_row(person: Person, on: date) -> tuple[int, ...]:
    if person.born and person.born > on:
        # a month before the birth: nobody there yet, so the row stands as of one who is gone
        return (0, *person.row[:_DEATH], 0, *person.row[_DEATH + 1 :])
    return (_age(person.born, on), *person.row)


def _age(day_of_birth: date | None, on: date) -> int:
    return max(0, age_on(day_of_birth, on)) if day_of_birth else 0


def parse_case(given: Mapping[str, Any]) -> Case:
    """Read a case as it comes from YAML (amounts in yuan); anything doubtful is refused with CaseError."""
    case = fields.mapping(given, "", _CASE)
    on = fields.day(case.get("decision_date"), "decision_date")
    area = fields.word(case.get("area"), "area", AREAS, required=True)
    persons = fields.rows(case.get("members"), "members")
    members, items = _members(persons, on)
    owned = read_holdings(case.get("property"), "property", on)
    laid, laid_of = _lay(items)
    benefit, left = _current(case.get("current"))
    tier = fields.word(case.get("benefit_mode"), "benefit_mode", MODES)
    owned_row = (owned.assets, owned.dwellings, owned.cars, len(owned.exempt), owned.companies)
    supporters, of = _supporters(fields.rows(case.get("supporters"), "supporters"), members, area, on)
    return Case(
        decision_date=on,
        policy=fields.text(case.get("policy"), "policy"),
        overrides=read_overrides(case.get("overrides")),
        household=(area, tier, *owned_row, benefit, left),
        members=members,
        items=laid,
        items_of=laid_of,
        supporters=supporters,
        supporters_of=of,
        owned=_NOTHING_OWNED | {entity: tuple(rows) for entity, rows in owned.rows.items()},
        owned_names={entity: tuple(names) for entity, names in owned.names.items()},
        exempt_vehicles=tuple(owned.exempt),
        paid=_paid(case.get("paid"), on),
    )


def _members(persons: Sequence[Any], on: date) -> tuple[tuple[Person, ...], list[ItemTotals]]:
    if not persons:
        raise CaseError("members", "至少要有一名家庭成员")
    found, items = [], []
    for place, raw in enumerate(persons):
        key = f"members[{place}]"
        member = fields.mapping(raw, key, _MEMBER)
        totals = read_items(member, key, on)
        items.append(totals)
        found.append(_member(member, key, on, totals))
    heads = [p for p in found if p.row[0] == HEAD]
    if len(heads) != 1:
        raise CaseError("members", f"应有且只有一名户主（relation: head），现有{len(heads)}名")
    _check_spouses(found)
    return tuple(found), items


def _lay(items: Sequence[ItemTotals]) -> tuple[dict[str, tuple[Row, ...]], dict[str, tuple[int, ...]]]:
    """The items of all members under each other, and whose each is."""
    laid, of = dict(_NO_ITEMS), dict(_OF_NOBODY)
    for place, one in enumerate(items):
        for entity, rows in one.rows.items():
            laid[entity] += rows
            of[entity] += (place,) * len(rows)
    return laid, of


def _check_spouses(persons: Sequence[Person]) -> None:
    """57号 art. 7 counts the spouse of the one head; who has died leaves the place to another."""
    living = [p.name for p in persons if p.row[0] == SPOUSE and p.row[_DEATH] == NEVER]
    if len(living) > 1:
        told = f"户主只能有一名在世的配偶（relation: spouse），现有{'、'.join(living)}"
        raise CaseError("members", f"{told}，请核对与户主关系")


def _member(member: Mapping[str, Any], key: str, on: date, totals: ItemTotals) -> Person:
    get = member.get
    day_of_birth = fields.born(get("born"), f"{key}.born", on)
    if get("sex") is not None:
        fields.word(get("sex"), f"{key}.sex", ("male", "female"), required=True)
    kind, grade = _disability(get("disability"), f"{key}.disability")
    row = (
        fields.word(get("relation"), f"{key}.relation", RELATIONS, required=True),
        fields.yes_no(get("lives_together"), f"{key}.lives_together", True),
        fields.yes_no(get("married_out"), f"{key}.married_out", False),
        fields.word(get("study"), f"{key}.study", STUDIES),
        fields.word(get("absent"), f"{key}.absent", ABSENCES),
        fields.word(get("already"), f"{key}.already", ALREADY),
        kind,
        grade,
        fields.yes_no(get("severe_illness"), f"{key}.severe_illness", False),
        _death_month(get("died"), f"{key}.died", day_of_birth, on),
        0 if get("work_refusals") is None else fields.count(get("work_refusals"), f"{key}.work_refusals"),
        fields.yes_no(get("special_hardship"), f"{key}.special_hardship", False),
        fields.yes_no(get("excluded_by_province"), f"{key}.excluded_by_province", False),
        *totals.row,
    )
    return Person(fields.text(get("name"), f"{key}.name"), day_of_birth, row)


def _death_month(value: object, key: str, day_of_birth: date, on: date) -> int:
    if value is None:
        return NEVER
    died = fields.day(value, key)
    if died < day_of_birth:
        raise CaseError(key, f"死亡日期{died}早于出生日期{day_of_birth}")
    if died > on:
        raise CaseError(key, f"死亡日期{died}晚于决定日期{on}")
    return month_number(died)


def _disability(value: object, key: str) -> tuple[int, int]:
    if value is None:
        return 0, 0
    found = fields.mapping(value, key, frozenset({"kind", "grade"}))
    kind = fields.word(found.get("kind"), f"{key}.kind", DISABILITIES, required=True)
    return kind, fields.count(found.get("grade"), f"{key}.grade", 1, 4)


def _current(value: object) -> tuple[int, int]:
    if value is None:
        return 0, 0
    current = fields.mapping(value, "current", frozenset({"benefit", "exit_cause"}))
    cause = fields.word(current.get("exit_cause"), "current.exit_cause", EXIT_CAUSES)
    benefit = fields.money(current.get("benefit"), "current.benefit", fields.MOST_ITEM_YUAN)
    return benefit, int(EXIT_CAUSES[cause] == "employment")


def _supporters(
    persons: Sequence[Any], members: tuple[Person, ...], area: int, on: date
) -> tuple[tuple[Person, ...], tuple[int, ...]]:
    found = []
    for place, raw in enumerate(persons):
        key = f"supporters[{place}]"
        one = fields.mapping(raw, key, _SUPPORTER)
        found.append((_supported(one.get("of"), f"{key}.of", members), _supporter(one, key, area, on)))
    found.sort(key=lambda pair: pair[0])
    return tuple(p for _, p in found), tuple(of for of, _ in found)


def _supported(value: object, key: str, members: tuple[Person, ...]) -> int:
    if value is None and len(members) == 1:
        return 0
    places = [place for place, m in enumerate(members) if m.name == value]
    if len(places) != 1:
        raise CaseError(key, f"“{'' if value is None else value}”应是家庭成员中唯一一人的姓名")
    return places[0]


def _supporter(one: Mapping[str, Any], key: str, area: int, on: date) -> Person:
    get = one.get
    income = _amount(get("income"), f"{key}.income")
    kind, grade = _disability(get("disability"), f"{key}.disability")
    owned = read_holdings(get("property"), f"{key}.property", on, of_a_household=False)
    fields.yes_no(get("severe_illness"), f"{key}.severe_illness", False)
    if get("relation") is not None:
        fields.text(get("relation"), f"{key}.relation")
    row = (
        fields.word(get("area"), f"{key}.area", AREAS, required=True) if get("area") is not None else area,
        fields.count(get("household_size", 1), f"{key}.household_size", 1, 50),
        _yearly(income, f"{key}.income"),
        fields.count(get("supports", 1), f"{key}.supports", 1, 50),
        fields.word(get("status"), f"{key}.status", SUPPORTER_STATUSES),
        kind,
        grade,
        owned.assets,
        owned.dwellings,
        owned.cars,
        _yearly(_amount(get("pays"), f"{key}.pays"), f"{key}.pays"),
    )
    day_of_birth = None if get("born") is None else fields.born(get("born"), f"{key}.born", on)
    return Person(fields.text(get("name"), f"{key}.name"), day_of_birth, row)


def _amount(value: object, key: str) -> Mapping[str, Any]:
    return _NOTHING if value is None else fields.mapping(value, key, _SUPPORTER_INCOME)


def _yearly(income: Mapping[str, Any], key: str) -> int:
    if not income:
        return 0
    amount = fields.money(income.get("amount"), f"{key}.amount", fields.MOST_ITEM_YUAN)
    per_year = fields.word(income.get("per"), f"{key}.per", ("month", "year"), required=True)
    return amount if per_year else amount * fields.count(income.get("months", 12), f"{key}.months", 1, 12)


def _paid(value: object, on: date) -> dict[date, int]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise CaseError("paid", "应为一组“月份: 金额”")
    found = {}
    for month, amount in value.items():
        key = f"paid.{month}"
        try:
            paid_in = parse_month(str(month))
        except NotAMonth as fault:
            raise CaseError(key, str(fault)) from None
        if paid_in > on:
            raise CaseError(key, f"已发的月份晚于决定日期{on}，请核对月份")
        found[paid_in] = fields.money(amount, key)
    return dict(sorted(found.items()))
