"""名册检查: every row of a roster is checked; a household without a fault can be staged, the others go back whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from opendibao.decision.roster_cells import CellFault, RowReader, plain
from opendibao.decision.roster_columns import AREAS, CLASSES, ID_NUMBER, NUMBER, RELATION, RELATION_WORDS, by_word
from opendibao.decision.roster_facts import member_facts, property_facts
from opendibao.decision.roster_reader import Roster, SheetRow
from opendibao.kernel.month import add_months, month_of
from opendibao.registry.entries import AccountEntry, HouseholdEntry, MemberEntry

PERSONS, BASE, MORE, TOTAL = "保障人数", "保障金(元)", "分类施保金(元)", "发放合计(元)"
OLD_NUMBER, OLD_DAY, FIRST_MONTH, HEAD = "原决定文号", "原决定日期", "起发月", "户主"
MOST_PERSONS = 30
AREA_CODES, CLASS_CODES, RELATION_CODES = by_word(AREAS), by_word(CLASSES), by_word(RELATION_WORDS)


def number_of(row: SheetRow) -> str:
    """The household number in a row of either sheet."""
    return plain(row.cells[NUMBER])


@dataclass(slots=True)
class RosterHousehold:
    """A household of a roster: its rows, what is wrong with them, and, where nothing is, what they say."""

    row: SheetRow
    members: list[SheetRow]
    faults: list[CellFault] = field(default_factory=list)
    entry: HouseholdEntry | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    lacks: list[str] = field(default_factory=list)
    old_number: str = ""
    decided_on: date | None = None
    first_month: date | None = None
    amount_fen: int = 0
    supplement_fen: int = 0
    review_class: str = ""
    places: dict[str, SheetRow] = field(default_factory=dict)

    @property
    def number(self) -> str:
        """The household's number."""
        return number_of(self.row)

    def refuse(self, column: str, reason: str, row: SheetRow | None = None) -> None:
        """Note a fault against a cell (of the household's row, or another)."""
        RowReader(row or self.row, self.faults).fault(column, reason)


def check_roster(roster: Roster, villages: frozenset[str], today: date) -> tuple[list[RosterHousehold], list[SheetRow]]:
    """Every household of a roster checked by itself and against the others; and the rows of persons without one."""
    grouped: dict[str, list[SheetRow]] = {}
    for row in roster.members:
        grouped.setdefault(number_of(row), []).append(row)
    households = [RosterHousehold(row, grouped.pop(number_of(row), [])) for row in roster.households]
    for household in households:
        _check(household, villages, today)
    _check_doubles(households)
    return households, [row for rows in grouped.values() for row in rows]


def orphan_faults(rows: Sequence[SheetRow]) -> Iterator[CellFault]:
    """What is wrong with rows of persons whose household is not in the roster."""
    for row in rows:
        number = number_of(row)
        reason = f"工作表“户”里没有户编号“{number}”，请改正户编号" if number else "没有填户编号，请补填"
        yield CellFault(row.sheet, row.number, NUMBER, number, reason)


def _check(household: RosterHousehold, villages: frozenset[str], today: date) -> None:
    cells = RowReader(household.row, household.faults)
    number, division = cells.code(NUMBER, 24), _division(cells, villages)
    area = cells.word("城乡", AREA_CODES, required=True)
    household.review_class = cells.word("复核类别", CLASS_CODES, required=True)
    _check_decision(household, cells, today)
    _check_amounts(household, cells)
    account = AccountEntry(cells.name("账户名称"), cells.text("开户银行", 60), cells.code("账号", 32))
    address, phone = cells.text("住址", 120, required=False), plain(cells.text("电话", 20, required=False))
    owned, household.lacks = property_facts(cells)
    members, facts = _members(household, today)
    _check_persons(household, cells, members, today)
    household.facts = {"area": area, "members": facts, "property": owned}
    household.entry = HouseholdEntry(number, division, area, address, phone, tuple(members), account)


def _division(cells: RowReader, villages: frozenset[str]) -> str:
    code = cells.code("区划代码", 12)
    if code and code not in villages:
        cells.fault("区划代码", "没有这个村（社区）代码，或不在本县，请对照区划代码表改正")
    return code


def _check_decision(household: RosterHousehold, cells: RowReader, today: date) -> None:
    household.old_number = cells.text(OLD_NUMBER, 40)
    decided, first = cells.day(OLD_DAY), cells.month(FIRST_MONTH)
    household.decided_on, household.first_month = decided, first
    if decided and decided > today:
        cells.fault(OLD_DAY, f"原决定日期晚于报送日期{today}，请对照原决定改正")
    if decided and first and first < month_of(decided):
        cells.fault(FIRST_MONTH, f"起发月早于原决定的月份{decided:%Y-%m}，请对照原决定改正")
    if first and first > add_months(month_of(today), 1):
        cells.fault(FIRST_MONTH, "起发月还没有到，存量名册只报已在发放的家庭，请改正")


def _check_amounts(household: RosterHousehold, cells: RowReader) -> None:
    before = len(household.faults)
    base, more, total = cells.money(BASE), cells.money(MORE), cells.money(TOTAL)
    household.amount_fen, household.supplement_fen = total, more
    if len(household.faults) > before:
        return
    if base + more != total:
        cells.fault(TOTAL, "发放合计不等于保障金与分类施保金之和，请核对三个金额后改正")
    elif not total:
        cells.fault(TOTAL, "发放合计应大于零，请补填；已停发的家庭请从名册中删去")


def _members(household: RosterHousehold, today: date) -> tuple[list[MemberEntry], list[dict[str, Any]]]:
    entries, facts = [], []
    for row in household.members:
        cells = RowReader(row, household.faults)
        name, relation = cells.name("姓名"), cells.word(RELATION, RELATION_CODES, required=True)
        checked = cells.id_number(ID_NUMBER, today)
        if checked is None:
            continue
        if household.decided_on and checked.born > household.decided_on:
            cells.fault(ID_NUMBER, "出生日期晚于原决定日期，请填写计入此人的最近一次决定的文号和日期")
        if checked.text in household.places:
            cells.fault(ID_NUMBER, f"与第{household.places[checked.text].number}行是同一人，请删去重复的一行")
            continue
        household.places[checked.text] = row
        entries.append(MemberEntry(checked.text, name, relation))
        facts.append(member_facts(cells, name, checked, relation))
    return entries, facts


def _check_persons(household: RosterHousehold, cells: RowReader, members: list[MemberEntry], today: date) -> None:
    written = len(household.members)
    if not written:
        cells.fault(NUMBER, "工作表“人”里没有这一户的成员，请补齐")
        return
    if cells.is_blank(PERSONS) or cells.count(PERSONS, 1, MOST_PERSONS) != written:
        cells.fault(PERSONS, f"保障人数与工作表“人”里的{written}行不符，请核对后改正")
    heads = [row for row in household.members if row.cells[RELATION] == RELATION_WORDS["head"]]
    if not heads:
        cells.fault(HEAD, "成员中没有与户主关系为“户主”的人，请改正")
    for extra in heads[1:]:
        household.refuse(RELATION, f"一户只能有一名户主，第{heads[0].number}行已是户主，请改正", extra)
    head, name = cells.id_number(ID_NUMBER, today), cells.name(HEAD)
    if head and heads and head.text not in {m.id_number for m in members if m.relation == "head"}:
        cells.fault(ID_NUMBER, "户主的身份证号码与工作表“人”里的户主不符，请对照证件改正")
    elif head and name not in {m.name for m in members if m.id_number == head.text}:
        cells.fault(HEAD, "户主姓名与工作表“人”里的户主姓名不符，请对照证件改正")


def _check_doubles(households: Sequence[RosterHousehold]) -> None:
    """A number, an old decision or a person that stands in two households: all of them go back."""
    _refuse_doubles([(h, h.number) for h in households], NUMBER, "户编号")
    _refuse_doubles([(h, h.old_number) for h in households], OLD_NUMBER, "原决定文号")
    homes: dict[str, list[RosterHousehold]] = {}
    for household in households:
        for person in household.places:
            homes.setdefault(person, []).append(household)
    for person, found in homes.items():
        for household in found if len(found) > 1 else ():
            other = next(each for each in found if each is not household)
            reason = f"此人也写在户{other.number}，一人不能同时在两户，请核实后从一户删去"
            household.refuse(ID_NUMBER, reason, household.places[person])


def _refuse_doubles(keyed: Sequence[tuple[RosterHousehold, str]], column: str, what: str) -> None:
    rows: dict[str, list[int]] = {}
    for household, key in keyed:
        rows.setdefault(key, []).append(household.row.number)
    for household, key in keyed:
        if key and len(rows[key]) > 1:
            others = "、".join(str(row) for row in rows[key] if row != household.row.number)
            household.refuse(column, f"{what}与第{others}行重复，请核对后改正")
