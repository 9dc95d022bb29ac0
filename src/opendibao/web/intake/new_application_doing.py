"""申请表上的按钮: what each button of the page does to what is typed, before it is kept."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from opendibao.web.intake.new_application_items import EXEMPTED, INCOME, SPENDING, VEHICLE, Blank
from opendibao.web.intake.new_application_sheet import MEMBER, Sheet

ADD, REMOVE, UNDO, FILE, MATCH, OVERWRITE = "add", "remove", "undo", "file", "match", "overwrite"
FIRST_FIELD: Mapping[str, str] = {"m": "name", "u": "name", "r": "member", "v": "kind", "x": "kind"}


def done_on_page(sheet: Sheet, name: str, rest: str, at: datetime) -> str | None:
    """Do what a button says; returns the field to go on with where rows came or went, None where nothing did."""
    if name == UNDO:
        sheet.undo()
        return UNDO
    if name not in (ADD, REMOVE):
        return None
    former = dict(sheet.form)
    focus = DO[name](sheet, rest)
    now, sheet.form = sheet.form, former
    sheet.change(now, at)
    return focus


def _add(sheet: Sheet, rest: str) -> str:
    """`i:m0:wages` adds wages to the first person, `m` a person."""
    prefix, of, kind = [*rest.split(":"), "", ""][:3]
    kinds = {"i": INCOME, "s": SPENDING}.get(prefix)
    if kinds is not None:
        if kind not in kinds or f"{of}-here" not in sheet.form:
            return UNDO
        blanks = kinds[kind].blanks
        row = sheet.add(prefix, of=of, kind=kind, **_first(blanks))
        return f"{row}-{blanks[0].name}" if row else UNDO
    if prefix not in FIRST_FIELD:
        return UNDO
    row = sheet.add(prefix, **_rest_of(prefix))
    return f"{row}-{FIRST_FIELD[prefix]}" if row else UNDO


def _rest_of(prefix: str) -> dict[str, str]:
    if prefix == MEMBER:
        return {"lives": "together"}
    return _first({"v": VEHICLE, "x": EXEMPTED}.get(prefix, ()))


def _first(blanks: Iterable[Blank]) -> dict[str, str]:
    """What a field says before anything is chosen."""
    return {blank.name: blank.first for blank in blanks if blank.first}


def _remove(sheet: Sheet, rest: str) -> str:
    """Take a row away; who is in the registry stays on the page and says how he lives."""
    if sheet.form.get(f"{rest}-person"):
        return f"{rest}-lives"
    sheet.remove(rest)
    return UNDO


DO: Mapping[str, Callable[[Sheet, str], str]] = {ADD: _add, REMOVE: _remove}
