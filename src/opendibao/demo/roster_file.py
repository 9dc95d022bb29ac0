"""名册文件: writes the opening stock as a county hands it in: a roster with faults, then the faulty put right."""

from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random

import xlsxwriter

from opendibao.decision.roster_columns import HOUSEHOLD_COLUMNS, HOUSEHOLD_SHEET, MEMBER_COLUMNS, MEMBER_SHEET
from opendibao.demo.places import read_places
from opendibao.demo.plan import CountyPlan
from opendibao.demo.roster_faults import Rows, plant
from opendibao.demo.roster_rows import Row, household_row, member_rows
from opendibao.rules.assess import assess_many

MOST_FAULTS, HOUSEHOLDS_PER_FAULT = 36, 5
HOUSEHOLDS_PER_BLANK = 130
"""One household in so many has no word about its savings or dwelling: it can be paid on, yet not recomputed."""
FIRST, CORRECTED = "存量名册.xlsx", "存量名册（更正）.xlsx"


@dataclass(frozen=True)
class RosterFiles:
    """The roster with `faults` faulty households, and the same households put right."""

    first: Path
    corrected: Path
    faults: int


def write_roster(plan: CountyPlan, folder: Path) -> RosterFiles:
    """Write both files below `folder`; the same plan gives the same bytes."""
    right = roster(plan)
    rng = Random(f"{plan.year}:{len(right)}")
    wrong = dict(plant(right, min(MOST_FAULTS, len(right) // HOUSEHOLDS_PER_FAULT), rng))
    first = [deepcopy(rows) if place in wrong else rows for place, rows in enumerate(right)]
    for place, fault in wrong.items():
        fault.spoil(first[place])
    folder.mkdir(parents=True, exist_ok=True)
    files = RosterFiles(folder / FIRST, folder / CORRECTED, len(wrong))
    _write(files.first, first, plan.year)
    _write(files.corrected, [right[place] for place in sorted(wrong)], plan.year)
    return files


def roster(plan: CountyPlan) -> list[Rows]:
    """The right rows of every opening household, amounts by the rules on the day of its old decision."""
    answers = assess_many(
        [
            {**old.household.facts, "policy": plan.policy, "decision_date": old.decided_on.isoformat()}
            for old in plan.opening
        ]
    )
    places = read_places(plan.county_code[:6])
    names = {code: places.full_name(code) for level, code, _, _ in places.divisions if level == "village"}
    found = []
    for number, (old, answer) in enumerate(zip(plan.opening, answers, strict=True), 1):
        household = household_row(old, answer, names[old.household.division])
        if number % HOUSEHOLDS_PER_BLANK == 0:
            household["金融资产(元)" if number % 2 else "住房(套)"] = None
        found.append(Rows(household, member_rows(old.household)))
    return found


def _write(path: Path, rows: list[Rows], year: int) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        book.set_properties({"title": "最低生活保障存量名册（合成数据）", "created": datetime(year, 1, 2)})
        _sheet(book, HOUSEHOLD_SHEET, HOUSEHOLD_COLUMNS, [one.household for one in rows])
        _sheet(book, MEMBER_SHEET, MEMBER_COLUMNS, [member for one in rows for member in one.members])


def _sheet(book: xlsxwriter.Workbook, name: str, columns: tuple[str, ...], rows: list[Row]) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for column, title in enumerate(columns):
        sheet.write_string(0, column, title)
    for line, row in enumerate(rows, 1):
        for column, title in enumerate(columns):
            value = row.get(title)
            if isinstance(value, str) and value:
                sheet.write_string(line, column, value)
            elif value is not None and value != "":
                sheet.write_number(line, column, value)
