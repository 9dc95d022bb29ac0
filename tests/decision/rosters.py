"""Small official rosters: the family of golden case G01 and a man alone, to be spoilt, as xlsx, CSV or zip."""

import csv
import io
import zipfile
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from opendibao.decision.opening import RosterResult, bring_in_roster
from opendibao.decision.roster_columns import COLUMNS
from opendibao.demo.roster_faults import Rows
from tests.registry.builders import COUNTY, VILLAGE, at

RECEIVED, SIGNED = date(2023, 12, 28), date(2024, 1, 2)
Row = dict[str, Any]
FAMILY = Rows(
    {
        "户编号": "999999-00001", "区划代码": VILLAGE, "地区": "东镇月亮村民委员会", "户主": "王秀英",
        "身份证号码": "999999198403120029", "城乡": "农村", "保障人数": 3, "保障金(元)": 1304, "分类施保金(元)": 74,
        "发放合计(元)": 1378, "原决定文号": "演低保〔2023〕0001号", "原决定日期": "2023-05-20", "起发月": "2023-06",
        "复核类别": "非常保", "账户名称": "王秀英", "开户银行": "农商银行", "账号": "6200000000000000001",
        "住址": "3组12号", "电话": "00012345678", "金融资产(元)": 6000, "住房(套)": 1, "车辆": "",
    },
    [
        {"户编号": "999999-00001", "姓名": "王秀英", "身份证号码": "999999198403120029", "与户主关系": "户主",
         "耕地(亩)": 6},
        {"户编号": "999999-00001", "姓名": "李建国", "身份证号码": "999999198205010013", "与户主关系": "配偶",
         "务工月收入(元)": 1200, "务工月数": 8},
        {"户编号": "999999-00001", "姓名": "李小红", "身份证号码": "999999201409300041", "与户主关系": "子女"},
    ],
)  # fmt: skip
# (740 × 12 − 27 × 12 − 20 × 12) / 12 = 693, and 74 for his age
LONER = Rows(
    {
        "户编号": "999999-00002", "区划代码": VILLAGE, "地区": "东镇月亮村民委员会", "户主": "单有福",
        "身份证号码": "999999195001200110", "城乡": "农村", "保障人数": 1, "保障金(元)": 693, "分类施保金(元)": 74,
        "发放合计(元)": 767, "原决定文号": "演低保〔2023〕0002号", "原决定日期": "2023-08-01", "起发月": "2023-09",
        "复核类别": "常保", "账户名称": "单有福", "开户银行": "农商银行", "账号": "6200000000000000002",
        "住址": "1组", "电话": "", "金融资产(元)": 0, "住房(套)": 1, "车辆": "",
    },
    [{"户编号": "999999-00002", "姓名": "单有福", "身份证号码": "999999195001200110", "与户主关系": "户主",
      "养老金月额(元)": 150, "其中基础养老金(元)": 123, "赡养费月额(元)": 20}],
)  # fmt: skip


def family() -> Rows:
    """The family, free to be spoilt."""
    return deepcopy(FAMILY)


def loner() -> Rows:
    """The man alone."""
    return deepcopy(LONER)


def tables(*households: Rows) -> dict[str, list[list[Any]]]:
    """Both sheets with their headings."""
    rows = {"户": [h.household for h in households], "人": [m for h in households for m in h.members]}
    return {
        sheet: [list(columns), *[[row.get(column, "") for column in columns] for row in rows[sheet]]]
        for sheet, columns in COLUMNS.items()
    }


def xlsx(path: Path, sheets: dict[str, list[list[Any]]], merged: str = "") -> Path:
    """A workbook; text stays text and numbers numbers."""
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for line, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, str):
                        sheet.write_string(line, place, cell)
                    else:
                        sheet.write_number(line, place, cell)
            if merged and name == "户":
                sheet.merge_range(merged, "合并")
    return path


def csv_bytes(rows: list[list[Any]], encoding: str) -> bytes:
    """A sheet as CSV."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(encoding)


def csv_pair(folder: Path, sheets: dict[str, list[list[Any]]], encoding: str = "utf-8-sig") -> Path:
    """Both sheets as files side by side; returns the one of households."""
    for sheet, rows in sheets.items():
        (folder / f"名册-{sheet}.csv").write_bytes(csv_bytes(rows, encoding))
    return folder / "名册-户.csv"


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    """An archive of files."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def bring(path: Path, on: date = RECEIVED) -> RosterResult:
    """The county takes a roster in."""
    return bring_in_roster(path, division=COUNTY, at=at(on))


def bring_rows(folder: Path, *households: Rows, name: str = "名册.xlsx") -> RosterResult:
    """The county takes these households in."""
    return bring(xlsx(folder / name, tables(*households)))
