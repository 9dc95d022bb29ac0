"""差异表: declared, matched and found side by side in words, with what each makes of the month's amount."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from opendibao.reporting.case_papers.items import holdings, incomes, spendings
from opendibao.verification.differences import FAMILY, Compared, Difference, Key, differences
from opendibao.verification.queries import MatchRow
from opendibao.web.intake.new_application_items import INCOME, SPENDING
from opendibao.web.intake.new_application_people import LIVES, STUDY
from opendibao.web.labels import DEPARTMENTS, DISABILITIES, DISPOSITIONS, Labels
from opendibao.web.tables import Cell, Table, heads, money, more, text

LIVING = gettext_noop("怎样生活")
NAMES = Labels({
    "lives_together": LIVING, "married_out": LIVING, "absent": LIVING, "already": LIVING,
    "excluded_by_province": LIVING, "study": gettext_noop("在读"), "disability": gettext_noop("残疾"),
    "severe_illness": gettext_noop("重特大疾病"), "financial_assets": gettext_noop("存款等金融资产"),
    "dwellings": gettext_noop("住房套数"), "houses": gettext_noop("房屋"), "vehicles": gettext_noop("车辆"),
    "exempt_assets": gettext_noop("可以不计的钱"), "companies": gettext_noop("名下公司、店铺"),
    "supporters": gettext_noop("家庭以外的义务人"),
})  # fmt: skip


def difference_table(
    declared: Mapping[str, Any], found: Mapping[str, Any], matches: Sequence[MatchRow], on: date
) -> Table:
    """Everything that differs or that a department spoke of; the last line is the whole."""
    compared = differences(declared, found, matches, on)
    rows = [
        [Cell(what(row.key)), text(said(row.key, row.declared)), text(_hits(row)),
         text(said(row.key, row.found)), _effect(row)]
        for row in compared.rows
    ]  # fmt: skip
    named = heads(_("项目"), _("申报"), _("核对"), _("查明"), "#" + _("对月保障金（元）"))
    totals = _total(compared) if rows else ()
    empty, caption = _("申报、核对和调查说的一样。"), _("申报、核对和调查的差异")
    return Table(named, rows, totals, empty, caption, _("没有差异"))


def _effect(row: Difference) -> Cell:
    if row.effect_fen is None:
        return Cell(_("不能单独算"))
    return more(row.effect_fen) if row.effect_fen else Cell("0.00")


def _total(compared: Compared) -> list[Cell]:
    if compared.effect_fen is None or compared.declared_fen is None or compared.found_fen is None:
        return [Cell(_("合计")), Cell(""), Cell(""), Cell(""), Cell(_("算不出"))]
    return [Cell(_("合计（按规则各算一遍）")), money(compared.declared_fen), Cell(""), money(compared.found_fen),
            more(compared.effect_fen)]  # fmt: skip


def what(key: Key) -> str:
    """What a piece of the facts is called, and whose."""
    known = {**INCOME, **SPENDING}
    named = str(known[key.kind].words) if key.kind in known else NAMES.get(key.name, "") or _source(key.name)
    if key.name == "supporters":
        return _("%(what)s %(who)s") % {"what": named, "who": key.kind}
    return named if key.member == FAMILY else _("%(who)s · %(what)s") % {"who": key.member, "what": named}


def _source(name: str) -> str:
    return DEPARTMENTS.get(name, name)


def said(key: Key, value: Any) -> str:
    """A piece of the facts in words; "" where it is absent."""
    if value in (None, "", [], {}):
        return ""
    if key.name in ("income", "spending"):
        listed = incomes if key.name == "income" else spendings
        facts = {"members": [{"name": key.member, key.name: value}]}
        return _("；").join(item.said for item in listed(facts))
    if key.name in _WORDS:
        return _WORDS[key.name](value)
    if key.name == "supporters":
        return _supporter(value)
    items = [item for item in holdings({"property": {key.name: value}}) if _is_of(item.kind, key.name)]
    return _("；").join(f"{item.zh} {item.said}" if key.name != "dwellings" else item.said for item in items)


def _is_of(kind: str, name: str) -> bool:
    """Whether an item of what is owned belongs to a field of the facts."""
    named = {"dwellings": "dwellings", "house": "houses", "vehicle": "vehicles", "companies": "companies",
             "exempt_asset": "exempt_assets"}  # fmt: skip
    return named.get(kind, "financial_assets") == name


def _supporter(one: Mapping[str, Any]) -> str:
    parts = []
    for name, words in (("income", _("家庭收入")), ("pays", _("实给"))):
        if given := one.get(name):
            per = _("每年") if given.get("per") == "year" else _("每月")
            parts.append(f"{words}{per}{given.get('amount')}{_('元')}")
    return _("，").join(parts) or str(one.get("relation") or one.get("name", ""))


def _yes(value: Any) -> str:
    return _("是") if value else _("否")


_WORDS = {
    "lives_together": lambda value: _("住在一起") if value else _("不住在一起"),
    "married_out": lambda value: LIVES["married_out"] if value else "",
    "absent": lambda value: LIVES.get(value, str(value)),
    "already": lambda value: LIVES.get(value, str(value)),
    "excluded_by_province": lambda value: LIVES["by_province"] if value else "",
    "study": lambda value: STUDY.get(value, str(value)),
    "disability": lambda value: _("%(kind)s %(n)s 级") % {
        "kind": DISABILITIES.get(value.get("kind"), ""), "n": value.get("grade", "")
    },
    "severe_illness": _yes,
}  # fmt: skip


def _hits(row: Difference) -> str:
    """What departments said, and what was made of it."""
    return _("；").join(hit_words(hit) for hit in row.hits)


def hit_words(hit: MatchRow) -> str:
    """A hit in words: who said what, and what an officer made of it."""
    made = DISPOSITIONS.get(hit.disposition, "") if hit.disposition else _("还没有处置")
    return f"{DEPARTMENTS.get(hit.source, hit.source)}：{detail_words(hit)}（{made}）"


def detail_words(hit: MatchRow) -> str:
    """What a department found, in its own words."""
    detail = _read(hit.detail)
    return _("，").join(str(value) for value in detail.values())


def _read(detail: str) -> dict[str, Any]:
    read = json.loads(detail)
    return read if isinstance(read, dict) else {"": read}
