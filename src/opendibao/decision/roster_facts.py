"""名册里的情况: what a roster says of a household as the facts of a case, and what it leaves unsaid."""

from typing import Any

from opendibao.decision.roster_cells import RowReader, fact
from opendibao.decision.roster_columns import (
    DISABILITY_WORDS,
    MONEY_COLUMNS,
    STUDIES,
    VEHICLES,
    MoneyColumn,
    by_word,
)
from opendibao.kernel.ids import IdNumber

Item = dict[str, Any]
DISABILITIES = {word: kind for word, kind in by_word(DISABILITY_WORDS).items() if word != "无"} | {"无": ""}
STUDY_CODES, VEHICLE_CODES = by_word(STUDIES), by_word(VEHICLES) | {"无": ""}
ASSETS, DWELLINGS = "金融资产(元)", "住房(套)"
MOST_DWELLINGS = 20


def member_facts(cells: RowReader, name: str, checked: IdNumber, relation: str) -> Item:
    """The facts of a member; faults of his cells are noted."""
    found: Item = {"name": name, "born": checked.born.isoformat(), "sex": checked.sex, "relation": relation}
    found |= _condition(cells)
    items = [*_work(cells), *_pension(cells), *_plain_items(cells)]
    for group in ("income", "spending"):
        if mine := [item for at, item in items if at == group]:
            found[group] = mine
    return found


def _condition(cells: RowReader) -> Item:
    found: Item = {}
    kind, grade = cells.word("残疾类别", DISABILITIES), cells.count("残疾等级", 1, 4)
    if kind and cells.is_blank("残疾等级"):
        cells.fault("残疾等级", "填了残疾类别没有填残疾等级，请对照残疾证补填")
    elif grade and cells.is_blank("残疾类别"):
        cells.fault("残疾类别", "填了残疾等级没有填残疾类别，请对照残疾证补填")
    elif kind:
        found["disability"] = {"kind": kind, "grade": grade}
    if cells.yes("重病"):
        found["severe_illness"] = True
    if study := cells.word("在读", STUDY_CODES):
        found["study"] = study
    return found


def _work(cells: RowReader) -> list[tuple[str, Item]]:
    """Wages, land, trade."""
    items = []
    wage, months = cells.money("务工月收入(元)"), cells.count("务工月数", 1, 12)
    if wage and cells.is_blank("务工月数"):
        cells.fault("务工月数", "填了务工月收入没有填务工月数，请补填全年做工几个月")
    elif wage and months:
        items.append({"kind": "wages", "amount": fact(wage), "per": "month", "months": months})
    if mu := cells.hundredths("耕地(亩)"):
        items.append({"kind": "farming", "mu": mu})
    revenue, cost = cells.money("经营年收入(元)"), cells.money("经营年成本(元)")
    if cost and not revenue:
        cells.fault("经营年收入(元)", "填了经营年成本没有填经营年收入，请补填")
    elif revenue:
        items.append({"kind": "business", "revenue": fact(revenue), "cost": fact(cost), "per": "year"})
    return [("income", item) for item in items]


def _pension(cells: RowReader) -> list[tuple[str, Item]]:
    amount, basic = cells.money("养老金月额(元)"), cells.money("其中基础养老金(元)")
    if basic > amount:
        cells.fault("其中基础养老金(元)", "基础养老金多于养老金，请对照养老金存折改正")
        return []
    if not amount:
        return []
    pension: Item = {"kind": "resident_pension", "amount": fact(amount), "per": "month"}
    if not cells.is_blank("其中基础养老金(元)"):
        pension["basic"] = fact(basic)
    return [("income", pension)]


def _plain_items(cells: RowReader) -> list[tuple[str, Item]]:
    return [(c.group, _plain_item(c, fen)) for c in MONEY_COLUMNS if (fen := cells.money(c.column))]


def _plain_item(column: MoneyColumn, fen: int) -> Item:
    item: Item = {"kind": column.kind, "amount": fact(fen), "per": column.per}
    return item | {"basis": column.basis} if column.basis else item


def property_facts(cells: RowReader) -> tuple[Item, list[str]]:
    """What is owned, and the columns without a word that the rules need; an empty 车辆 means none."""
    owned: Item = {}
    lacks = [column for column in (ASSETS, DWELLINGS) if cells.is_blank(column)]
    if ASSETS not in lacks:
        owned["financial_assets"] = fact(cells.money(ASSETS))
    if DWELLINGS not in lacks:
        owned["dwellings"] = cells.count(DWELLINGS, 0, MOST_DWELLINGS)
    if use := cells.word("车辆", VEHICLE_CODES):
        owned["vehicles"] = [{"kind": "car", "use": use}]
    return owned, lacks
