"""规则读不出来的项目: what the rules' reader minds, in the words of the form and beside the field it is about."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from opendibao.rules.fields import CaseError
from opendibao.web.intake.new_application_items import EXEMPTED, INCOME, MONEY, SPENDING, VEHICLE, Blank
from opendibao.web.verification.survey_fields import Facts
from opendibao.web.verification.survey_items import ItemRow
from opendibao.web.verification.survey_sheets import Fault
from opendibao.web.verification.survey_words import SHEET_KINDS

_ITEM = re.compile(r"members\[(\d+)\]\.(income|spending)\[(\d+)\]\.?(\w*)")
_MEMBER = re.compile(r"members\[(\d+)\]\.?(\w*)")
_OWNED = re.compile(r"property\.(vehicles|houses|exempt_assets)\[(\d+)\]\.?(\w*)")
_HELD = re.compile(r"property\.(?:financial_assets\.)?(\w+)$")
_LISTS = {
    "vehicles": gettext_noop("车辆"), "houses": gettext_noop("房屋"), "exempt_assets": gettext_noop("可以不计的钱"),
}  # fmt: skip


def refused_item(fault: CaseError, facts: Facts, given: Mapping[str, Any], rows: Sequence[ItemRow]) -> Fault:
    """The field ("" where none can be named) and a sentence that names row, field and reason."""
    if found := _ITEM.match(fault.key):
        member, item = facts["members"][int(found[1])], int(found[3])
        kind = member[found[2]][item].get("kind", "")
        known = {**INCOME, **SPENDING}
        kept = _kept(rows, given, int(found[1]), found[2])
        words = _("%(who)s的%(what)s") % {"who": member["name"], "what": known[kind].words if kind in known else kind}
        blanks = known[kind].blanks if kind in known else ()
        return _fault(fault, words, blanks, found[4], kept, item)
    if found := _OWNED.match(fault.key):
        kept = _kept(rows, given, None, found[1])
        blanks = VEHICLE if found[1] == "vehicles" else EXEMPTED if found[1] == "exempt_assets" else ()
        return _fault(fault, _(_LISTS[found[1]]), blanks, found[3], kept, int(found[2]))
    if found := _MEMBER.match(fault.key):
        who = facts["members"][int(found[1])]["name"]
        return Fault(f"m{found[1]}_{found[2]}", _("%(row)s：%(reason)s") % {"row": who, "reason": fault.reason})
    return _of_the_rest(fault)


def _kept(rows: Sequence[ItemRow], given: Mapping[str, Any], place: int | None, name: str) -> list[ItemRow]:
    """The rows of a list in the order in which the facts hold them."""
    mine = [row for row in rows if (row.member, row.list_name) == (place, name)]
    return [row for row in mine if not given.get(f"{row.prefix}_gone")]


def _fault(
    fault: CaseError, row: str, blanks: Sequence[Blank], name: str, kept: Sequence[ItemRow], place: int
) -> Fault:
    what = next((str(blank.words) for blank in blanks if blank.name == name), "")
    said = _("%(row)s：“%(what)s”%(reason)s") if what else _("%(row)s：%(reason)s")
    at = f"{kept[place].prefix}_{name}" if place < len(kept) else ""
    return Fault(at, said % {"row": row, "what": what, "reason": fault.reason})


def _of_the_rest(fault: CaseError) -> Fault:
    found = _HELD.match(fault.key)
    words = {
        **MONEY,
        "dwellings": _("住房（套）"),
        "companies": _("名下公司、店铺（个）"),
        "claims": SHEET_KINDS["claims"],
    }
    if found and found[1] in words:
        said = _("“%(what)s”：%(reason)s") % {"what": words[found[1]], "reason": fault.reason}
        return Fault(f"p_{found[1]}", said)
    if found := re.match(r"supporters\[(\d+)\]\.(\w+)", fault.key):
        return Fault(f"u{found[1]}_{found[2]}", _("家庭以外的义务人：%(reason)s") % {"reason": fault.reason})
    return Fault("", fault.reason)
