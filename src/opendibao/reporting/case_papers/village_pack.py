"""村表册: prefilled survey forms of all due visits of a village in one PDF, sorted by group, a list in front."""

import re
from collections.abc import Sequence
from datetime import date

from opendibao.kernel.ids import reach_of
from opendibao.kernel.month import last_day
from opendibao.registry.queries import division_names, numbers_by_id
from opendibao.reporting.case_papers import surveyed
from opendibao.reporting.case_papers.dating import day
from opendibao.reporting.case_papers.folder import Folder, Places
from opendibao.reporting.case_papers.gathering import gather_for_visit, gather_household, places_of
from opendibao.reporting.case_papers.sheet import Block, Grid, Sheet, Sign, Signatures, Words
from opendibao.reporting.case_papers.typesetting import typeset
from opendibao.reviews.queries import due
from opendibao.verification.survey_queries import visits_of_open_cases

WHAT_IS_IN_IT = "每户有入户调查表和邻里访问表；申报了没有账的收入、房屋或车辆的，另附核查单。"
NUMBER = re.compile(r"\d+")


def village_pack(division: str, on: date) -> bytes:
    """Everybody of a village whom somebody must visit: open cases, then reviews due by the end of the month.

    Raises NoPapers where nobody waits for a visit.
    """
    return pack_of(due_folders(division, on), division, on)


def pack_of(folders: Sequence[Folder], division: str, on: date) -> bytes:
    """The forms of these folders behind their list. Raises NoPapers for none."""
    places = places_of(division)
    sheets = [_list(folders, places, on)] if folders else []
    for folder in folders:
        asked = surveyed.item_sheets(folder)
        sheets += [surveyed.survey(folder), *([asked] if asked else []), surveyed.blank_neighbours(folder)]
    return typeset(sheets, title=f"{places.village or places.town}入户表册", office=f"{places.county}{places.town}")


def due_folders(division: str, on: date) -> list[Folder]:
    """The folders of all due visits, by group and address, so that one walk through the village takes them in order."""
    reach, names = reach_of(division), division_names()
    waiting = [row for row in visits_of_open_cases(reach) if row.surveyed_on is None]
    folders = [gather_for_visit(row.case_id, places_of(row.division, names), on=on) for row in waiting]
    have = {folder.household for folder in folders}
    reviews = [row for row in due(upto=last_day(on)) if row.division.startswith(reach)]
    numbers = numbers_by_id([row.household_id for row in reviews])
    for row in reviews:
        number = numbers.get(row.household_id, "")
        if number and number not in have:
            have.add(number)
            folders.append(gather_household(row.household_id, number, places_of(row.division, names), on=on))
    return sorted(folders, key=_walk)


def _walk(folder: Folder) -> tuple[str, list[int], str]:
    address = folder.place.address if folder.place else ""
    return folder.places.division, [int(number) for number in NUMBER.findall(address)], folder.household


def _list(folders: Sequence[Folder], places: Places, on: date) -> Sheet:
    """The first page: whom to visit, why, who goes, a box to tick when done."""
    rows = []
    for number, folder in enumerate(folders, 1):
        order = folder.survey.order
        who = f"{order.first_surveyor}、{order.second_surveyor}" if order else ""
        window = f"{order.from_day:%m-%d}至{order.to_day:%m-%d}" if order else ""
        address = folder.place.address if folder.place else ""
        why = "申请" if folder.case and folder.case.kind == "application" else "复核"
        rows.append([str(number), folder.applicant, address, str(len(folder.members)), why,
                     folder.number or folder.household, who, window, "□"])  # fmt: skip
    heads = ("#序", "户主", "住址", "#人数", "事由", "编号", "调查人", "时间段", "已访")
    blocks: list[Block] = [
        Words([f"共{len(folders)}户，按组和门牌排序，{day(on)}打印。", WHAT_IS_IN_IT], indent=False),
        Grid(heads, rows, (5, 9, 18, 6, 7, 18, 14, 14, 6), size=9),
        Signatures([Sign("领取人签字"), Sign("交回日期和签字")]),
    ]  # fmt: skip
    return Sheet("contents", f"{places.village or places.town}入户调查表册", blocks,
                 office=f"{places.county}{places.town}")  # fmt: skip
