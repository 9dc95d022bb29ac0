"""文件格式: the same rows come out of every form and encoding that departments send."""

from collections.abc import Sequence

import pytest

from opendibao.verification.deliveries.reading.open_sheet import open_sheet
from tests.verification.deliveries.files import BANK, HEADS, KEPT, ROWS, fixed, json_lines, read, text_rows, workbook

TEXT = text_rows([HEADS, *ROWS])


@pytest.mark.parametrize(
    ("data", "layout", "encoding"),
    [
        (workbook([HEADS, *ROWS]), "xlsx", ""),
        (TEXT.encode("gb18030"), "csv", "GB18030"),
        (TEXT.encode(), "csv", "UTF-8"),
        (TEXT.encode("utf-8-sig"), "csv", "UTF-8（BOM）"),
        (TEXT.encode("utf-16"), "csv", "UTF-16"),
        (text_rows([HEADS, *ROWS], "\t").encode("gb18030"), "csv", "GB18030"),
        (text_rows([HEADS, *ROWS], "|").encode(), "csv", "UTF-8"),
        (TEXT.encode("gb18030") + b"\x1a", "csv", "GB18030"),
        (json_lines([dict(zip(HEADS, row, strict=True)) for row in ROWS]), "ndjson", "UTF-8"),
    ],
    ids=["xlsx", "gb18030", "utf8", "utf8-bom", "utf16", "tabs", "bars", "dos-end", "ndjson"],
)
def test_every_form_gives_the_same_rows(data: bytes, layout: str, encoding: str) -> None:
    kept, rejected, _ = read(data)
    opened = open_sheet(data, BANK)

    first = 1 if layout == "ndjson" else 2
    assert kept == {first + place: row for place, row in enumerate(KEPT)}
    assert rejected == []
    assert (opened.layout, opened.encoding) == (layout, encoding)


WIDE = [(row[0], row[1], row[2], row[3], row[5].replace(",", "")) for row in ROWS]
NARROW = [{name: row[name] for name in row if name not in ("kind", "opened_on")} for row in KEPT]


@pytest.mark.parametrize("codec", ["gb18030", "utf-8"])
def test_fixed_width_counts_the_bytes_of_gb18030(codec: str) -> None:
    kept, rejected, remarks = read(fixed(WIDE).decode("gb18030").encode(codec))

    assert list(kept.values()) == NARROW
    assert list(kept) == [1, 2, 3]
    assert rejected == []
    assert remarks == ["文件里没有这些列，按空处理：性别、出生日期、区划、电话、存款种类、开户日期、到期日期"]


def test_a_heading_line_above_fixed_width_is_passed_over() -> None:
    kept, rejected, _ = read("证件号码 姓名 开户银行 账号 余额\r\n".encode("gb18030") + fixed(WIDE))

    assert list(kept) == [2, 3, 4]
    assert rejected == []


@pytest.mark.parametrize(
    "heads",
    [
        (" 证 件 号 码 ", "*姓名", "开户银行(全称)", "账号【卡号】", "存款种类", "余额（元）", "开户日期"),
        ("身份证号", "姓名＊", "银行", "ａｃｃｏｕｎｔ", "存款种类：", "账户余额", "opened_on"),
        ("公民身份号码（18位）", "“姓名”", "bank", "账号", "KIND", "BALANCE", "开户日期"),
    ],
)
def test_headings_are_known_in_many_spellings(heads: Sequence[str]) -> None:
    for data in (workbook([heads, *ROWS]), text_rows([heads, *ROWS]).encode()):
        kept, _, _ = read(data)
        assert list(kept.values()) == list(KEPT)


def test_the_order_of_the_columns_makes_no_difference() -> None:
    turned = [tuple(reversed(row)) for row in (HEADS, *ROWS)]

    assert list(read(text_rows(turned).encode())[0].values()) == list(KEPT)
    assert list(read(workbook(turned))[0].values()) == list(KEPT)


def test_titles_totals_and_empty_rows_are_no_rows() -> None:
    blank = [""] * 7
    rows = [["演示银行存款明细", *blank[1:]], blank, HEADS, ROWS[0], blank, *ROWS[1:], ["合计", *blank[2:], "92345.65"]]

    for data in (workbook(rows), text_rows(rows).encode("gb18030")):
        kept, rejected, remarks = read(data)
        assert kept == {4: KEPT[0], 6: KEPT[1], 7: KEPT[2]}
        assert rejected == []
        assert "第8行是合计行，没有计入" in remarks


def test_a_sheet_may_begin_away_from_its_corner() -> None:
    rows = [["", "", *row] for row in ([], ["余额单位：元"], HEADS, *ROWS)]

    assert read(workbook(rows))[0] == {4: KEPT[0], 5: KEPT[1], 6: KEPT[2]}


def test_what_is_not_asked_for_stays_out_and_is_told() -> None:
    rows = [(*HEADS, "客户经理", "备注"), *[(*row, "某某", "优质客户") for row in ROWS]]

    kept, _, remarks = read(text_rows(rows).encode())

    assert list(kept.values()) == list(KEPT)
    assert remarks == [
        "这些列没有用到，未入库：客户经理、备注",
        "文件里没有这些列，按空处理：性别、出生日期、区划、电话、到期日期",
    ]


def test_marks_that_keep_a_spreadsheet_from_counting_are_taken_off() -> None:
    rows = [HEADS, [f'=""{ROWS[0][0]}""', "\t王秀英", "农商银行", f"'{ROWS[0][3]}", *ROWS[0][4:]]]
    text = text_rows(rows).replace('=""', '"=""').replace('"",', '""",')

    assert list(read(text.encode())[0].values()) == [KEPT[0]]


def test_fields_with_lines_and_commas_in_quotes_stay_one_field() -> None:
    text = text_rows([HEADS, ROWS[0], ROWS[1]]).replace("邮储银行", "邮储").replace(",农商银行,", ',"农商\n银行",', 1)

    kept, _, _ = read(text.encode())

    assert kept[2]["bank"] == "农商\n银行"
    assert kept[3] == KEPT[1]


def test_empty_fields_too_many_or_too_few_change_nothing() -> None:
    lines = text_rows([(*HEADS, ""), *ROWS]).split("\r\n")
    lines[1] += ",,"

    kept, rejected, _ = read("\r\n".join(lines).encode())

    assert sorted(kept) == [2, 3, 4]
    assert [kept[number] for number in (2, 3, 4)] == list(KEPT)
    assert rejected == []


def test_a_file_of_many_blocks_keeps_its_row_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("opendibao.verification.deliveries.reading.delimited.BLOCK", 4_000)
    monkeypatch.setattr("opendibao.verification.deliveries.reading.delimited.BATCH", 7)
    lines = text_rows([HEADS, *ROWS * 100]).split("\r\n")
    lines[150] = "只有,两项"

    kept, rejected, _ = read("\r\n".join(lines).encode())

    assert sorted([*kept, *[one.number for one in rejected]]) == list(range(2, 302))
    assert [one.number for one in rejected] == [151]
    assert all(row == KEPT[(number - 2) % 3] for number, row in kept.items())
