"""申请表读成事实: what is typed becomes the facts of the rules; what is missing or wrong is said field by field."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from opendibao.registry.queries import MemberRow
from opendibao.rules.case import parse_case
from opendibao.rules.fields import CaseError
from opendibao.rules.holdings import MONEY_KINDS
from opendibao.web.intake.new_application_items import EXEMPTED, INCOME, MONEY, SPENDING, VEHICLE, Blank, Kind
from opendibao.web.intake.new_application_people import Applicant, Said, people_faults, people_missing, people_of
from opendibao.web.intake.new_application_sheet import EXEMPT as EXEMPT_ROW
from opendibao.web.intake.new_application_sheet import INCOME as INCOME_ROW
from opendibao.web.intake.new_application_sheet import SPENDING as SPENDING_ROW
from opendibao.web.intake.new_application_sheet import SUPPORTER, Row, Sheet, plain
from opendibao.web.intake.new_application_sheet import VEHICLE as VEHICLE_ROW

POLICY = "policy"
WHOLE = re.compile(r"[0-9]{1,6}")
_KEY = re.compile(r"^((?:members\[\d+\]\.(?:income|spending)|supporters|property\.\w+)\[\d+\])\.?(.*)$")


@dataclass
class Reading:
    """What the page says: everybody, the facts, what is missing, what is wrong."""

    people: list[Applicant]
    facts: dict[str, Any] = field(default_factory=dict)
    missing: list[Said] = field(default_factory=list)
    faults: list[Said] = field(default_factory=list)

    @property
    def can_be_computed(self) -> bool:
        """Whether the rules can say something of what is there."""
        return bool(self.facts.get("members"))


@dataclass(frozen=True)
class _Item:
    """A row as the rules read it, and how it is called in a sentence."""

    row: Row
    words: str
    case: dict[str, Any]


class _Laid:
    """The items in the order in which they stand in the case, found again by the key of a refusal."""

    def __init__(self) -> None:
        self.by_key: dict[str, _Item] = {}

    def lay(self, key: str, items: Sequence[_Item]) -> list[dict[str, Any]]:
        self.by_key |= {f"{key}[{place}]": item for place, item in enumerate(items)}
        return [item.case for item in items]


def read_sheet(sheet: Sheet, registered: Sequence[MemberRow], on: date) -> Reading:
    """Read the page as of a day. Nothing is refused: what cannot be read yet is told."""
    people = people_of(sheet, registered, on)
    found = Reading(people, missing=list(people_missing(people)), faults=list(people_faults(people, on)))
    laid = _Laid()
    usable = [one for one in people if one.is_usable]
    found.facts = {"area": sheet["area"] or "rural", "members": _members(sheet, usable, laid, found)}
    found.facts["property"] = _property(sheet, laid, found)
    if supporters := laid.lay("supporters", list(_supporters(sheet, usable, found))):
        found.facts["supporters"] = supporters
    if usable and not found.faults:
        found.faults += _refused_by_the_rules(found.facts, laid, usable, on)
    return found


def _members(sheet: Sheet, usable: Sequence[Applicant], laid: _Laid, found: Reading) -> list[dict[str, Any]]:
    made = []
    for place, one in enumerate(usable):
        member = one.facts()
        for name, prefix, kinds in (("income", INCOME_ROW, INCOME), ("spending", SPENDING_ROW, SPENDING)):
            items = list(_items(sheet, one, prefix, kinds, found))
            if rows := laid.lay(f"members[{place}].{name}", items):
                member[name] = rows
        made.append(member)
    return made


def _items(sheet: Sheet, one: Applicant, prefix: str, kinds: Mapping[str, Kind], found: Reading) -> Iterator[_Item]:
    for row in sheet.rows(prefix):
        kind = kinds.get(row["kind"])
        if row["of"] != one.row.id or kind is None:
            continue
        words = _("%(who)s的%(what)s") % {"who": one.words, "what": kind.words}
        case = _case_of(row, kind.blanks, words, found)
        if case is not None:
            yield _Item(row, words, {"kind": row["kind"], **case})


def _case_of(row: Row, blanks: Sequence[Blank], words: str, found: Reading) -> dict[str, Any] | None:
    """The fields of a row; None while something that is needed is empty, which is told."""
    empty = [blank for blank in blanks if blank.needed and not row[blank.name]]
    for blank in empty:
        said = _("%(row)s：还没有填“%(what)s”") % {"row": words, "what": blank.words}
        found.missing.append(Said(said, row.at(blank.name)))
    if empty:
        return None
    return {blank.name: _value(blank, row[blank.name]) for blank in blanks if row[blank.name]}


def _value(blank: Blank, text: str) -> object:
    """As a case writes it; what is no number stays text, and the rules refuse it by name."""
    if blank.kind == "text":
        return text
    said = plain(text)
    if blank.kind == "count" and WHOLE.fullmatch(said):
        return int(said)
    return said.replace("，", ",") if blank.kind == "money" else said


def _property(sheet: Sheet, laid: _Laid, found: Reading) -> dict[str, Any]:
    owned: dict[str, Any] = {}
    if money := {kind: plain(sheet[kind]) for kind in MONEY_KINDS if sheet[kind]}:
        owned["financial_assets"] = money
    for name in ("dwellings", "companies"):
        if said := plain(sheet[name]):
            owned[name] = int(said) if WHOLE.fullmatch(said) else said
    for name, prefix, blanks, words in (
        ("vehicles", VEHICLE_ROW, VEHICLE, _("车辆")), ("exempt_assets", EXEMPT_ROW, EXEMPTED, _("可以不计的钱")),
    ):  # fmt: skip
        items = []
        for row in sheet.rows(prefix):
            case = _case_of(row, blanks, words, found)
            items += [_Item(row, words, case)] if case is not None else []
        if rows := laid.lay(f"property.{name}", items):
            owned[name] = rows
    return owned


def _supporters(sheet: Sheet, usable: Sequence[Applicant], found: Reading) -> Iterator[_Item]:
    names = {one.row.id: one.name for one in usable}
    for row in sheet.rows(SUPPORTER):
        words = _("家庭以外的义务人%(name)s") % {"name": row["name"]}
        empty = [(name, what) for name, what in (("name", _("姓名")), ("of", _("是谁的义务人"))) if not row[name]]
        for name, what in empty:
            found.missing.append(Said(_("%(row)s：还没有填“%(what)s”") % {"row": words, "what": what}, row.at(name)))
        if empty or row["of"] not in names:
            continue
        yield _Item(row, words, _supporter(row, names[row["of"]]))


def _supporter(row: Row, supported: str) -> dict[str, Any]:
    made: dict[str, Any] = {"name": row["name"], "of": supported}
    if row["relation"]:
        made["relation"] = row["relation"]
    if size := plain(row["household_size"]):
        made["household_size"] = int(size) if WHOLE.fullmatch(size) else size
    for name in ("income", "pays"):
        if amount := plain(row[name]):
            made[name] = {"amount": amount, "per": "month"}
    if row["status"]:
        made["status"] = row["status"]
    return made


def _refused_by_the_rules(facts: Mapping[str, Any], laid: _Laid, usable: Sequence[Applicant], on: date) -> list[Said]:
    """What the rules' own reader minds, in the words of the page."""
    try:
        parse_case({**facts, "decision_date": on.isoformat(), POLICY: "-"})
    except CaseError as fault:
        return [_said_of(fault, laid, usable)]
    return []


def _said_of(fault: CaseError, laid: _Laid, usable: Sequence[Applicant]) -> Said:
    found = _KEY.match(fault.key)
    if found and (item := laid.by_key.get(found[1])):
        name = found[2].split(".")[0].split("[")[0]
        what = _words_of(item, name)
        said = _("%(row)s：“%(what)s”%(reason)s") if what else _("%(row)s：%(reason)s")
        return Said(said % {"row": item.words, "what": what, "reason": fault.reason}, item.row.at(name or "kind"))
    return _said_of_the_rest(fault, usable)


def _words_of(item: _Item, name: str) -> str:
    kinds = {**INCOME, **SPENDING}
    blanks = [*VEHICLE, *EXEMPTED]
    if item.row.id[0] in (INCOME_ROW, SPENDING_ROW):
        blanks = list(kinds[item.row["kind"]].blanks)
    if item.row.id[0] == SUPPORTER:
        return {"household_size": _("家里几口人"), "income": _("家庭月收入"), "pays": _("每月给多少")}.get(name, "")
    return next((str(blank.words) for blank in blanks if blank.name == name), "")


def _said_of_the_rest(fault: CaseError, usable: Sequence[Applicant]) -> Said:
    """A fault of a member, or of what the household owns."""
    if place := re.match(r"members\[(\d+)\]\.?(\w*)", fault.key):
        one = usable[int(place[1])]
        said = _("%(row)s：%(reason)s") % {"row": one.words, "reason": fault.reason}
        return Said(said, one.row.at(place[2] or "name"))
    last = fault.key.split(".")[-1]
    words = {
        **{kind: MONEY[kind] for kind in MONEY_KINDS},
        "dwellings": _("住房（套）"),
        "companies": _("名下公司、店铺（个）"),
    }
    if last in words:
        return Said(_("“%(what)s”：%(reason)s") % {"what": words[last], "reason": fault.reason}, last)
    return Said(fault.reason)
