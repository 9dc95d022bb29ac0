"""申请前已知的: what registry, former cases and matches say of a family, so that nothing of it is asked again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.decision.queries import decision_in_force
from opendibao.intake.draft_queries import DraftRow, drafts_of_household
from opendibao.intake.duplicates import Duplicate, Person, duplicates
from opendibao.intake.queries import cases_of, declared
from opendibao.registry.queries import AccountRow, HouseholdRow, MemberRow, PlaceRow, account_on, members_on, place_on
from opendibao.registry.queries import household as household_of
from opendibao.verification.queries import MatchRow, matches_of
from opendibao.web.intake.new_application_people import Applicant
from opendibao.web.intake.new_application_sheet import MEMBER, Sheet
from opendibao.web.labels import CASE_STATES
from opendibao.web.places import places

HIT = "hit"


@dataclass(frozen=True)
class Known:
    """What stands in the registry of the family on the page; nothing for a new family."""

    household: HouseholdRow | None = None
    members: Sequence[MemberRow] = ()
    place: PlaceRow | None = None
    account: AccountRow | None = None


@dataclass(frozen=True)
class Caution:
    """Something that stands against the application, and where it is to be seen; `blocks`: it cannot be filed."""

    words: str
    href: str = ""
    link: str = ""
    blocks: bool = True


@dataclass(frozen=True)
class Before:
    """What earlier cases of the family left behind: the facts of the last declaration, and hits of the match."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    on: date | None = None
    hits: Sequence[MatchRow] = ()


def known_of(number: str, on: date) -> Known:
    """The registry's word on a household; nothing where there is none."""
    found = household_of(number) if number else None
    if found is None:
        return Known()
    return Known(found, members_on(found.id, on), place_on(found.id, on), account_on(found.id, on))


def before_of(known: Known) -> Before:
    """The last application's facts and the match's hits."""
    cases = cases_of(known.household.id) if known.household else []
    if not cases:
        return Before()
    hits = [row for row in matches_of(cases[0].id) if row.outcome == HIT]
    return Before(declared(cases[0].id), cases[0].applied_on, hits)


def prefilled(known: Known, before: Before) -> Sheet:
    """The page as it opens for a family of the registry: everybody and where they live, filled in."""
    sheet = Sheet({"channel": "counter"})
    if known.household is None:
        sheet.form["applicant"] = sheet.add(MEMBER, relation="head", lives="together")
        return sheet
    sheet.form["household"] = known.household.number
    if known.place:
        place = known.place
        sheet.form |= {
            "division": place.division, "area": place.area, "address": place.address, "phone": place.phone,
        }  # fmt: skip
    former = {(one.get("name"), one.get("born")): one for one in before.facts.get("members", ())}
    for row in known.members:
        last = former.get((row.name, row.born.isoformat()), {})
        made = sheet.add(MEMBER, person=str(row.person_id), relation=row.relation, lives="together", **_health(last))
        if row.relation == "head":
            sheet.form["applicant"] = made
    return sheet


def _health(member: Mapping[str, Any]) -> dict[str, str]:
    """Study and disability as they were declared last; they change seldom, and whoever files looks at them."""
    found = {"study": str(member.get("study") or "")}
    if disability := member.get("disability"):
        found |= {"disability": disability["kind"], "grade": str(disability["grade"])}
    if member.get("severe_illness"):
        found["ill"] = "on"
    return {name: value for name, value in found.items() if value}


def cautions(known: Known, people: Sequence[Applicant], key: str, on: date) -> list[Caution]:
    """Everything that stands against this application, before it is filed."""
    persons = [Person(one.id_number, one.name) for one in people if one.id_number]
    home = known.household
    found = [_told(one) for one in duplicates(home.id if home else None, persons, on)]
    if home and (decision := decision_in_force(home.id, on)):
        said = _("这一家已经在保（决定 %(number)s），情况有变请走定期复核，不要重新申请")
        found.append(
            Caution(said % {"number": decision.number}, reverse("household", args=[home.number]), _("去看这一家"))
        )
    return [*found, *_other_drafts(home, key)]


def _other_drafts(home: HouseholdRow | None, key: str) -> Iterator[Caution]:
    for row in drafts_of_household(home.number) if home else ():
        if row.key != key:
            yield _drafted(row)


def _drafted(row: DraftRow) -> Caution:
    said = _("%(who)s还有这一家的草稿没有提交") % {"who": row.officer}
    return Caution(said, reverse("application", args=[row.key]), _("看那份草稿"), blocks=False)


def _told(one: Duplicate) -> Caution:
    who = one.name or _("这一家")
    if one.kind == "case":
        said = _("%(who)s已有在办申请 %(case)s（%(state)s），不要重复申请")
        words = said % {"who": who, "case": one.case, "state": CASE_STATES[one.state]}
        return Caution(words, reverse("case", args=[one.case_id]), _("去看这个案件"))
    if one.kind == "household":
        said = _("%(who)s登记在户 %(household)s，一人不能同时在两户：请从那一户申请，或者先在那一户办理减少成员")
        words = said % {"who": who, "household": one.household}
        return Caution(words, reverse("household", args=[one.household]), _("去看那一户"))
    if one.kind == "elsewhere":
        said = _("%(who)s已在%(place)s登记，请报县民政局办理迁移，不要重复建档")
        return Caution(said % {"who": who, "place": places().full(one.township)})
    if one.kind == "named":
        said = _("%(who)s的身份证号登记的姓名是“%(known)s”，请对照证件改正")
        return Caution(said % {"who": who, "known": one.known_as})
    said = _("%(who)s已登记于 %(day)s 死亡，请核对身份证号")
    return Caution(said % {"who": who, "day": one.died_on})
