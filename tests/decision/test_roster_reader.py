"""名册读取: xlsx, CSV in two encodings and zip give the same rows; what is no roster is refused in words."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from opendibao.decision.refusal import RosterRefused
from opendibao.decision.roster_reader import NumberText, Roster, read_roster
from tests.decision.rosters import csv_bytes, csv_pair, family, loner, tables, xlsx, zipped

Sheets = dict[str, list[list[Any]]]


def both() -> Sheets:
    return tables(family(), loner())


def cells(roster: Roster) -> list[dict[str, str]]:
    return [row.cells for row in (*roster.households, *roster.members)]


def test_a_workbook_gives_rows_as_a_spreadsheet_counts_them(tmp_path: Path) -> None:
    roster = read_roster(xlsx(tmp_path / "名册.xlsx", both()))

    assert [(row.sheet, row.number) for row in roster.households] == [("户", 2), ("户", 3)]
    assert [row.number for row in roster.members] == [2, 3, 4, 5]
    assert roster.households[0].cells["发放合计(元)"] == "1378"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_two_csv_files_give_the_same_rows(tmp_path: Path, encoding: str) -> None:
    book = read_roster(xlsx(tmp_path / "名册.xlsx", both()))

    path = csv_pair(tmp_path, both(), encoding)

    assert cells(read_roster(path)) == cells(book)
    assert read_roster(path).sha256 == read_roster(path.with_name("名册-人.csv")).sha256


def test_a_zip_of_either_gives_the_same_rows(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "名册.xlsx", both())
    of_book = zipped(tmp_path / "甲.zip", {"名册.xlsx": path.read_bytes()})
    pair = {f"2024/{sheet}.csv": csv_bytes(rows, "gb18030") for sheet, rows in both().items()}
    of_pair = zipped(tmp_path / "乙.zip", pair)

    assert cells(read_roster(of_book)) == cells(read_roster(of_pair)) == cells(read_roster(path))


def test_blank_rows_and_a_title_above_the_headings_do_no_harm(tmp_path: Path) -> None:
    sheets = both()
    for rows in sheets.values():
        rows.insert(0, ["最低生活保障花名册"])
        rows.insert(2, [])

    roster = read_roster(xlsx(tmp_path / "名册.xlsx", sheets))

    assert [row.number for row in roster.households] == [4, 5]


def test_a_number_keeps_the_mark_that_it_was_one(tmp_path: Path) -> None:
    sheets = both()
    sheets["户"][1][4] = 3.6042919840312e17

    cell = read_roster(xlsx(tmp_path / "名册.xlsx", sheets)).households[0].cells["身份证号码"]

    assert isinstance(cell, NumberText)
    assert cell == "360429198403120000"


def test_the_column_that_the_county_added_may_stay(tmp_path: Path) -> None:
    sheets = both()
    for rows in sheets.values():
        rows[0].append("原因与处理")
        rows[1].append("第2行“账号”：没有填账号")

    assert len(read_roster(xlsx(tmp_path / "名册.xlsx", sheets)).households) == 2


def drop(sheets: Sheets) -> None:
    for row in sheets["户"]:
        del row[7]


def add(sheets: Sheets) -> None:
    sheets["人"][0].append("备注")


def twice(sheets: Sheets) -> None:
    sheets["人"][0].append("姓名")


def stray(sheets: Sheets) -> None:
    sheets["户"][1].append("见附页")


def no_sheet(sheets: Sheets) -> None:
    sheets["家庭"] = sheets.pop("户")


def no_heading(sheets: Sheets) -> None:
    del sheets["户"][0]


def no_row(sheets: Sheets) -> None:
    del sheets["户"][1:]


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (drop, "缺少列：保障金"),
        (add, "不认识的列：备注"),
        (twice, "“姓名”出现两次"),
        (stray, "第2行在最后一列之后还有“见附页”"),
        (no_sheet, "没有工作表“户”"),
        (no_heading, "没有表头"),
        (no_row, "没有一户"),
    ],
)
def test_another_form_is_refused(tmp_path: Path, spoil: Callable[[Sheets], None], says: str) -> None:
    sheets = both()
    spoil(sheets)

    with pytest.raises(RosterRefused, match=says):
        read_roster(xlsx(tmp_path / "名册.xlsx", sheets))


def test_merged_cells_are_refused_with_their_row(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "名册.xlsx", both(), merged="H5:J5")

    with pytest.raises(RosterRefused, match="第5行有合并单元格"):
        read_roster(path)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("名册.xlsx", b"no workbook", "打不开"),
        ("名册.zip", b"no archive", "打不开"),
        ("名册.xls", b"", "另存为"),
        ("名册.csv", b"", "分别以“户”和“人”结尾"),
        ("名册-户.csv", b"", "缺少“名册-人.csv”"),
    ],
)
def test_what_is_no_roster_is_refused(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(data)

    with pytest.raises(RosterRefused, match=says):
        read_roster(tmp_path / name)


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RosterRefused, match="编码"):
        read_roster(csv_pair(tmp_path, both(), "utf-16"))


def test_a_zip_with_more_in_it_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "名册.zip", {"户.csv": b"", "人.csv": b"", "说明.txt": b""})

    with pytest.raises(RosterRefused, match="只有一个 xlsx"):
        read_roster(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RosterRefused, match="没有文件"):
        read_roster(tmp_path / "没有.xlsx")
