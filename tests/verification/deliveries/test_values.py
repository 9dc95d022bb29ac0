"""值: each kind of column read from what departments write; money exact to the fen, nothing guessed."""

from datetime import date, datetime

import pytest

from opendibao.verification.deliveries.reading.cells import number_text
from opendibao.verification.deliveries.reading.values import LOST, Reading, Value, read_column
from opendibao.verification.sources.adapter import CODE, COUNT, DAY, MEASURE, MONEY, MONTH, TEXT, Column
from tests.verification.deliveries.files import AS_OF, HEADS, LAND, LI, ROWS, SHAN, WANG, read, text_rows, workbook

NOT_A_DAY = "不是日期，应写成 2024-03-05 这样"
NOT_MONEY = "不是金额，应写成 1234.56 这样"
TOO_FINE = "不足一分，元最多两位小数、万元最多六位小数；请部门核对金额"


def one(text: str, column: Column, unit: str = "yuan") -> tuple[Value, str]:
    """The value of one cell and what is said of it."""
    values, faults = read_column([text], Reading(column, unit, AS_OF))
    return values[0], faults.get(0, "")


@pytest.mark.parametrize(
    ("written", "unit", "fen"),
    [
        ("0", "yuan", 0), ("620", "yuan", 62_000), ("620.5", "yuan", 62_050), ("0.05", "yuan", 5),
        ("12,345.60", "yuan", 1_234_560),
        ("１２３．４５", "yuan", 12_345), ("¥1 200.00", "yuan", 120_000), ("￥1,200.00元", "yuan", 120_000),
        ("-3.20", "yuan", -320),
        ("−3.20", "yuan", -320), ("8", "wan", 8_000_000), ("1.234567", "wan", 1_234_567),
        ("1.5万元", "yuan", 1_500_000),
        ("1250", "fen", 1_250), ("12.5元", "fen", 1_250),
        ("9007199254740.93", "yuan", 900_719_925_474_093), ("", "yuan", None), ("-", "yuan", None),
        ("NULL", "yuan", None),
    ],
)  # fmt: skip
def test_money_is_whole_fen(written: str, unit: str, fen: int | None) -> None:
    assert one(written, Column("a", "余额", MONEY), unit) == (fen, "")


@pytest.mark.parametrize(
    ("written", "unit", "said"),
    [
        ("一万", "yuan", NOT_MONEY), ("1,2", "yuan", NOT_MONEY), ("1.2.3", "yuan", NOT_MONEY),
        ("无", "yuan", NOT_MONEY),
        ("3.605", "yuan", TOO_FINE), ("1.2345678", "wan", TOO_FINE), ("0.5", "fen", TOO_FINE),
        ("12美元", "yuan", NOT_MONEY),
        ("10000000000000.01", "yuan", "金额太大，请部门核对单位和小数点"), ("#REF!", "yuan", NOT_MONEY),
        ("1e5", "yuan", NOT_MONEY),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_not_guessed(written: str, unit: str, said: str) -> None:
    assert one(written, Column("a", "余额", MONEY), unit) == (None, said)


@pytest.mark.parametrize(
    "written",
    ["2024-03-05", "2024/3/5", "2024.03.05", "2024年3月5日", "20240305", "2024-03-05 00:00:00", "2024-03-05T08:30:00",
     "２０２４－０３－０５"],
)  # fmt: skip
def test_a_day_is_written_in_many_ways(written: str) -> None:
    assert one(written, Column("d", "日期", DAY)) == ("2024-03-05", "")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("45356", NOT_A_DAY), ("去年", NOT_A_DAY), ("03/05/2024", NOT_A_DAY), ("2024-3", NOT_A_DAY),
        ("2023-02-29", "这一天不存在，请部门核对年月日"), ("20241301", "这一天不存在，请部门核对年月日"),
        ("1024-03-05", "年份太早，请部门核对年月日"), ("2024-04-01", "晚于数据截止日期2024-03-31，请部门核对年月日"),
    ],
)  # fmt: skip
def test_what_is_no_day_is_not_guessed(written: str, said: str) -> None:
    assert one(written, Column("d", "日期", DAY)) == (None, said)


def test_a_day_ahead_stands_only_where_it_may() -> None:
    assert one("2024-04-01", Column("d", "到期日期", DAY, is_ahead=True)) == ("2024-04-01", "")
    assert one("2024-03-31", Column("d", "日期", DAY)) == ("2024-03-31", "")
    assert one("2024-04", Column("m", "月份", MONTH, is_ahead=True)) == ("2024-04", "")


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("2024-03", ("2024-03", "")), ("202403", ("2024-03", "")), ("2024年3月", ("2024-03", "")),
        ("2024-03-05", ("2024-03", "")), ("20240305", ("2024-03", "")), ("无", (None, "")),
        ("2024-13", (None, "这个月份不存在，请部门核对年月")), ("三月", (None, "不是月份，应写成 2024-03 这样")),
        ("2024-04", (None, "晚于数据截止日期2024-03-31，请部门核对年月")),
    ],
)  # fmt: skip
def test_a_month(written: str, found: tuple[Value, str]) -> None:
    assert one(written, Column("m", "月份", MONTH)) == found


@pytest.mark.parametrize(
    ("kind", "written", "found"),
    [
        (COUNT, "3", (3, "")), (COUNT, "3.0", (3, "")), (COUNT, "12个月", (12, "")),
        (COUNT, "-1", (None, "不是整数，应写成 3 这样")),
        (COUNT, "2.5", (None, "不是整数，应写成 3 这样")), (COUNT, "三", (None, "不是数，应只写数字")),
        (MEASURE, "86.5", (8_650, "")), (MEASURE, "1,086.54㎡", (108_654, "")), (MEASURE, "4.5亩", (450, "")),
        (MEASURE, "0.333", (None, "应是不小于零的数，最多两位小数")),
        (MEASURE, "-1", (None, "应是不小于零的数，最多两位小数")),
        (TEXT, "/", ("", "")), (TEXT, "无", ("无", "")), (TEXT, "长" * 200, ("长" * 200, "")),
        (TEXT, "长" * 201, ("", "超过200个字，不像这一列的内容；请部门核对列有没有错位")),
    ],
)  # fmt: skip
def test_counts_measures_and_texts(kind: str, written: str, found: tuple[Value, str]) -> None:
    assert one(written, Column("c", "列", kind)) == found


def test_a_code_is_a_word_that_was_agreed_on() -> None:
    kind = Column("k", "种类", CODE, choices={"活期": "demand", "定期": "term"})

    assert one("活期", kind) == ("demand", "")
    assert one("term", kind) == ("term", "")
    assert one("无", kind) == ("", "")
    assert one("零存整取", kind) == ("", "不是约定的写法，应为活期、定期")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (620.0, "620"), (0.3, "0.3"), (0.1 + 0.2, "0.3"), (1e-7, "0.0000001"), (123456789.12, "123456789.12"),
        (20240305, "20240305"), (999_999_999_999_999.0, "999999999999999"),
        (360429840312002.0, "360429840312002"),
        (9.99999198403120e17, "9.99999198403120E+17"), (float("nan"), ""),
    ],
)  # fmt: skip
def test_a_number_cell_keeps_fifteen_places(number: float, text: str) -> None:
    assert number_text(number) == text


def test_numbers_and_days_of_a_workbook() -> None:
    heads = [*HEADS[:5], "余额", "开户日期"]
    rows = [
        [WANG, "王秀英", "农商银行", "01", "活期", 12345.6, datetime(2019, 1, 2)],
        [LI, "李建国", "农商银行", 6228, "定期", 0.1 + 0.2, 20200304],
        [SHAN, "单有福", "邮储银行", 6_200_000_000_000_000_003, "活期", 1, "2021-05-06"],
    ]

    kept, rejected, _ = read(workbook([heads, *rows]))

    assert [(row["account"], row["balance"], row["opened_on"]) for row in kept.values()] == [
        ("01", 1_234_560, "2019-01-02"),
        ("6228", 30, "2020-03-04"),
    ]
    assert [(one.number, one.field, one.reason) for one in rejected] == [(4, "账号", f"“账号”{LOST}")]


@pytest.mark.parametrize(
    ("heading", "title", "fen"),
    [
        ("余额", "", 1_234_560), ("余额（元）", "", 1_234_560), ("余额（万元）", "", 12_345_600_000),
        ("余额(单位:万元)", "", 12_345_600_000),
        ("余额【分】", "", None), ("余额", "演示银行存款 单位：万元", 12_345_600_000),
        ("余额（元）", "单位：万元", 1_234_560),
        ("余额", "报送单位：演示银行", 1_234_560),
    ],
)  # fmt: skip
def test_the_unit_of_money_is_what_the_heading_says(heading: str, title: str, fen: int | None) -> None:
    heads = [*HEADS[:5], heading, HEADS[6]]

    kept, rejected, _ = read(text_rows([[title, "", ""], heads, ROWS[0]]).encode())

    assert [row["balance"] for row in kept.values()] == ([fen] if fen else [])
    assert [one.reason for one in rejected] == ([] if fen else [f"“余额”{TOO_FINE}"])


def test_a_measure_with_its_unit_in_the_heading() -> None:
    rows = [("姓名", "地块代码", "承包面积", "承包人口", "起算月份"), ("王秀英", "36A01", "4.5", "3", "2024年1月")]

    assert read(text_rows(rows).encode(), LAND)[0] == {
        2: {"name": "王秀英", "plot": "36A01", "area": 450, "persons": 3, "since": "2024-01"}
    }


def test_every_fault_of_a_row_is_said() -> None:
    heads, row = HEADS, [WANG, "王秀英", "", "1", "零存", "三百", "2031-01-01"]

    kept, rejected, _ = read(text_rows([heads, row, ROWS[1]]).encode())

    assert list(kept) == [3]
    assert [(one.number, one.field, one.reason) for one in rejected] == [
        (
            2,
            "开户银行",
            "“开户银行”没有填；这一列必须有内容，请部门补填；“存款种类”不是约定的写法，应为活期、定期；"
            "“余额”不是金额，应写成 1234.56 这样；“开户日期”晚于数据截止日期2024-03-31，请部门核对年月日",
        )
    ]
    assert rejected[0].row == {
        "id_number": WANG, "name": "王秀英", "account": "1", "kind": "零存", "balance": "三百",
        "opened_on": "2031-01-01",
    }  # fmt: skip


def test_no_reason_quotes_what_stood_in_the_row() -> None:
    row = [WANG, "王秀英", WANG * 12, WANG, WANG, WANG, WANG]

    _, rejected, _ = read(text_rows([HEADS, row, ROWS[1]]).encode())

    assert len(rejected) == 1
    assert WANG not in rejected[0].reason
    assert "王秀英" not in rejected[0].reason


def test_a_days_data_may_be_older_than_its_rows_are_read() -> None:
    """The day of the data, not today, is what a day in it may not pass."""
    assert not read(text_rows([HEADS, ROWS[2]]).encode(), as_of=date(2021, 5, 5))[0]
    assert read(text_rows([HEADS, ROWS[2]]).encode(), as_of=date(2021, 5, 6))[0]
