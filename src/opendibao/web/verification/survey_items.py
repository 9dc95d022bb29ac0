"""调查表的项目: every income, spending and thing on the form, as declared or found before, and as it is found now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from opendibao.rules.holdings import MONEY_KINDS
from opendibao.web.intake.new_application_items import INCOME, MONEY, SPENDING, VEHICLE, Blank, Kind
from opendibao.web.verification.survey_fields import Facts, Tick, field_of, missing, said_of

MORE_INCOMES, MORE_SPENDINGS, MORE_VEHICLES = 3, 2, 2
PLAIN = {"amount", "per", "months"}
NEW_INCOME = {code: kind for code, kind in INCOME.items() if {blank.name for blank in kind.blanks} <= PLAIN}
"""Incomes that an amount says whole; the others have a sheet of their own."""
NEW_BLANKS = INCOME["wages"].blanks


@dataclass(frozen=True)
class ItemRow:
    """A row of the form: whose (place among the members, None: the household's), of which list, what stood there."""

    prefix: str
    member: int | None
    list_name: str
    kind: str
    words: str
    was: Mapping[str, Any]
    blanks: Sequence[Blank]

    def names(self) -> list[str]:
        """The names of its fields on the form."""
        return [f"{self.prefix}_{blank.name}" for blank in self.blanks] + [f"{self.prefix}_gone"]

    @property
    def said(self) -> str:
        """What stood there, in words."""
        return said_of(self.blanks, self.was)


def rows_of(facts: Facts) -> list[ItemRow]:
    """A row for everything that is known already."""
    found = list[ItemRow]()
    for place, member in enumerate(facts["members"]):
        for name, letter, kinds in (("income", "i", INCOME), ("spending", "s", SPENDING)):
            found += _member_rows(place, member, name, letter, kinds)
    owned = facts.get("property") or {}
    for number, raw in enumerate(owned.get("vehicles") or ()):
        found.append(ItemRow(f"v{number}", None, "vehicles", "", _("车辆"), raw, VEHICLE))
    for name, letter, words in (("houses", "h", _("登记的房屋")), ("exempt_assets", "x", _("可以不计的钱"))):
        for number, raw in enumerate(owned.get(name) or ()):
            found.append(ItemRow(f"{letter}{number}", None, name, "", words, raw, ()))
    return found


def _member_rows(place: int, member: Facts, name: str, letter: str, kinds: Mapping[str, Kind]) -> Iterator[ItemRow]:
    for number, raw in enumerate(member.get(name) or ()):
        kind = kinds.get(str(raw.get("kind")))
        if kind:
            yield ItemRow(f"{letter}{place}-{number}", place, name, raw["kind"], str(kind.words), raw, kind.blanks)


def add_rows(form: forms.Form, rows: Sequence[ItemRow]) -> None:
    """Give the form the fields of its rows, filled with what stood there."""
    for row in rows:
        for blank in row.blanks:
            _put(form, f"{row.prefix}_{blank.name}", field_of(blank), row.was.get(blank.name, ""))
        _put(form, f"{row.prefix}_gone", Tick(_("查无此项")), False)


def add_new_rows(form: forms.Form, names: Sequence[str]) -> None:
    """Empty rows for what nobody declared."""
    members = Blank("of", _("谁的"), "pick", options=dict(zip(map(str, range(len(names))), names, strict=True)))
    for number in range(MORE_INCOMES):
        kinds = Blank(
            "kind", _("什么收入"), "pick", options={code: str(kind.words) for code, kind in NEW_INCOME.items()}
        )
        _new(form, f"ni{number}", (members, kinds, *NEW_BLANKS))
    for number in range(MORE_SPENDINGS):
        kinds = Blank("kind", _("什么支出"), "pick", options={code: str(kind.words) for code, kind in SPENDING.items()})
        _new(form, f"ns{number}", (members, kinds, *NEW_BLANKS))
    for number in range(MORE_VEHICLES):
        _new(form, f"nv{number}", VEHICLE)


def _new(form: forms.Form, prefix: str, blanks: Sequence[Blank]) -> None:
    for blank in blanks:
        _put(form, f"{prefix}_{blank.name}", field_of(blank), "")


def _put(form: forms.Form, name: str, one: forms.Field, initial: object) -> None:
    form.fields[name] = one
    form.initial.setdefault(name, initial)


def add_money(form: forms.Form, facts: Facts) -> None:
    """The money of all kinds, dwellings and companies."""
    owned = facts.get("property") or {}
    held = owned.get("financial_assets")
    kinds = held if isinstance(held, Mapping) else {"deposits": held} if held else {}
    for kind in MONEY_KINDS:
        _put(form, f"p_{kind}", field_of(Blank(kind, MONEY[kind])), kinds.get(kind, ""))
    for name, words in (("dwellings", _("住房（套）")), ("companies", _("名下公司、店铺（个）"))):
        _put(form, f"p_{name}", field_of(Blank(name, words, "count")), owned.get(name, ""))


def item_faults(form: forms.Form, given: Mapping[str, Any], rows: Sequence[ItemRow]) -> Iterator[tuple[str, str]]:
    """(field, what is wrong) of rows that were begun and not filled in."""
    for row in rows:
        typed = _of_row(given, row.prefix, row.blanks)
        if not given.get(f"{row.prefix}_gone"):
            for blank in missing(row.blanks, typed):
                said = _("%(row)s：请填“%(what)s”，查不到这一项就勾“查无此项”")
                yield f"{row.prefix}_{blank.name}", said % {"row": row.words, "what": blank.words}
    for prefix, words in _new_prefixes():
        blanks = [form.fields[name].blank for name in form.fields if name.startswith(f"{prefix}_")]  # type: ignore[attr-defined]
        typed = _of_row(given, prefix, blanks)
        if _is_begun(typed):
            for blank in missing(blanks, typed):
                yield f"{prefix}_{blank.name}", _("%(row)s：请填“%(what)s”") % {"row": words, "what": blank.words}


def _is_begun(typed: Mapping[str, Any]) -> bool:
    return any(value not in (None, "") for value in typed.values())


def _new_prefixes() -> Iterator[tuple[str, str]]:
    for letters, number, words in (
        ("ni", MORE_INCOMES, _("另外查到的收入")), ("ns", MORE_SPENDINGS, _("另外查到的支出")),
        ("nv", MORE_VEHICLES, _("另外查到的车辆")),
    ):  # fmt: skip
        for place in range(number):
            yield f"{letters}{place}", words


def _of_row(given: Mapping[str, Any], prefix: str, blanks: Sequence[Blank]) -> dict[str, Any]:
    return {blank.name: given.get(f"{prefix}_{blank.name}", "") for blank in blanks}


def with_items(facts: Facts, given: Mapping[str, Any], rows: Sequence[ItemRow]) -> None:
    """Write what was found of every item into the facts."""
    for place, member in enumerate(facts["members"]):
        for name, letters, more in (("income", "ni", MORE_INCOMES), ("spending", "ns", MORE_SPENDINGS)):
            kept = [_found(row, given) for row in rows if (row.member, row.list_name) == (place, name)]
            fresh = _fresh_items(given, letters, more, place)
            _set(member, name, [item for item in (*kept, *fresh) if item])
    owned = dict(facts.get("property") or {})
    for name in ("vehicles", "houses", "exempt_assets"):
        held = [_found(row, given) for row in rows if row.list_name == name]
        more_held = _fresh_vehicles(given) if name == "vehicles" else []
        _set(owned, name, [item for item in (*held, *more_held) if item])
    facts["property"] = _with_money(owned, given)


def _set(facts: Facts, name: str, items: list[Facts]) -> None:
    facts.pop(name, None)
    if items:
        facts[name] = items


def _found(row: ItemRow, given: Mapping[str, Any]) -> Facts:
    """The item as it is now, {} where it is gone; what the form does not ask stays as it was."""
    if given.get(f"{row.prefix}_gone"):
        return {}
    typed = _of_row(given, row.prefix, row.blanks)
    kept = {key: value for key, value in row.was.items() if key not in typed}
    return {**kept, **{name: _same(row.was.get(name), value) for name, value in typed.items() if value != ""}}


def _fresh_items(given: Mapping[str, Any], letters: str, more: int, place: int) -> Iterator[Facts]:
    for number in range(more):
        typed = _of_row(given, f"{letters}{number}", NEW_BLANKS)
        kind, of = given.get(f"{letters}{number}_kind"), given.get(f"{letters}{number}_of")
        if kind and of == str(place):
            yield {"kind": kind, **{name: value for name, value in typed.items() if value != ""}}


def _fresh_vehicles(given: Mapping[str, Any]) -> list[Facts]:
    found = [_of_row(given, f"nv{number}", VEHICLE) for number in range(MORE_VEHICLES)]
    return [one for one in found if one["kind"]]


def _with_money(owned: Facts, given: Mapping[str, Any]) -> Facts:
    before = owned.pop("financial_assets", None)
    held = before if isinstance(before, Mapping) else {} if before is None else {"deposits": before}
    typed = {kind: given.get(f"p_{kind}", "") for kind in MONEY_KINDS}
    money = {kind: _same(held.get(kind), amount) for kind, amount in typed.items() if amount != ""}
    for name in ("dwellings", "companies"):
        owned.pop(name, None)
        if given.get(f"p_{name}", "") != "":
            owned[name] = given[f"p_{name}"]
    if money:
        is_plain = not isinstance(before, Mapping) and set(money) == {"deposits"}
        owned["financial_assets"] = money["deposits"] if is_plain else money
    return owned


def _same(before: object, typed: object) -> object:
    """What stood there, where the same was typed; a number stays a number."""
    return before if str(before) == str(typed) else typed
