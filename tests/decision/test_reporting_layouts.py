"""上报版式: layouts are data; a file holds its columns, codes and encoding, and the same rows give the same bytes."""

import hashlib
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from opendibao.decision.reporting_layouts import Reported, layouts, read_layouts, render
from opendibao.policy.pack import BadPolicy

NEW = Reported(
    "决〔2024〕1号", "confirm", "999999-00001", "360429100201", "rural", 3, 137_800, date(2024, 3, 18),
    date(2024, 4, 1), None, date(2024, 3, 25),
)  # fmt: skip
STOPPED = replace(
    NEW, number="决〔2024〕2号", kind="stop", area="urban", persons=0, amount_fen=0, last_month=date(2024, 5, 1)
)
ONE = """
layouts:
  - key: tiny_csv
    zh: 小版式
    source: 测试
    verified: false
    format: csv
    encoding: utf-8
    heading: none
    columns:
      - {head: 文号, value: number}
      - {head: 城乡, value: area, codes: {rural: 村, urban: 城}}
"""


def test_the_coded_layout_writes_codes_in_gb18030_under_its_count_and_hash() -> None:
    content = render(layouts()["coded_gb"], [NEW, STOPPED])

    summary, body = content.split(b"\r\n", 1)
    assert summary.decode("gb18030") == f"条数,2,SHA-256,{hashlib.sha256(body).hexdigest()}"
    assert body.decode("gb18030").splitlines() == [
        "区划代码,户编号,事项代码,决定文号,决定日期,城乡代码,保障人数,月保障金,起发月,止发月",
        "360429100201,999999-00001,1,决〔2024〕1号,2024-03-18,2,3,1378.00,2024-04,",
        "360429100201,999999-00001,3,决〔2024〕2号,2024-03-18,1,0,0.00,2024-04,2024-05",
    ]


def test_the_workbook_holds_text_and_its_check() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(render(layouts()["open_xlsx"], [NEW])))

    assert book.get_sheet_by_name("上报").to_python()[1][3] == "360429100201"
    (words, count), (name, digest) = book.get_sheet_by_name("校验").to_python()
    assert (words, count, name, len(str(digest))) == ("条数", "1", "SHA-256", 64)


@pytest.mark.parametrize("key", ["open_csv", "coded_gb", "open_xlsx"])
def test_the_same_rows_give_the_same_bytes(key: str) -> None:
    layout = layouts()[key]

    assert render(layout, [NEW, STOPPED]) == render(layout, [NEW, STOPPED])
    assert render(layout, [NEW, STOPPED]) != render(layout, [STOPPED, NEW])


def test_a_layout_of_another_system_is_only_data() -> None:
    layout = read_layouts(ONE)["tiny_csv"]

    assert render(layout, [NEW, STOPPED]).decode() == "文号,城乡\r\n决〔2024〕1号,村\r\n决〔2024〕2号,城\r\n"


@pytest.mark.parametrize(
    ("wrong", "right", "says"),
    [
        ("encoding: utf-8", "encoding: big5", "第8行"),
        ("value: number", "value: income", "income"),
        (", urban: 城", "", "urban"),
        ("{head: 文号, value: number}", "{head: 户, value: household}", "columns"),
        ("heading: none", "heading: sheet", "heading"),
        ("    source: 测试\n", "", "source"),
    ],
)
def test_a_wrong_layout_is_refused_with_its_place(wrong: str, right: str, says: str) -> None:
    assert wrong in ONE

    with pytest.raises(BadPolicy, match=says):
        read_layouts(ONE.replace(wrong, right))


def test_two_layouts_of_one_name_are_refused() -> None:
    with pytest.raises(BadPolicy, match="tiny_csv"):
        read_layouts(ONE + ONE.split("layouts:\n")[1])
