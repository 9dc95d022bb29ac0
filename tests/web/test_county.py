"""全县一页: the six numbers are links to their rows, the guided path leads in five clicks to the clause."""

from datetime import date

from opendibao.web.county import Paid
from tests.payment.builders import FAR_VILLAGE, OTHER_VILLAGE, family
from tests.payment.months import JANUARY, paid
from tests.statistics.test_queries import enter
from tests.web.conftest import Reader
from tests.web.desk import Desk, hired

FEBRUARY = date(2024, 2, 1)


def test_a_county_without_data_says_what_comes_first(read: Reader) -> None:
    page = read("/")
    assert "2024 年还没有数据" in page.words
    assert "存量建账" in page.words


def test_the_six_numbers_stand_there_and_open_their_rows(read: Reader) -> None:
    family("A1", persons=3)
    family("B1", persons=2, area="urban", division=OTHER_VILLAGE)
    family("X1").decide("stop", date(2024, 3, 20))
    enter("N1", date(2024, 6, 3), persons=4)

    page = read("/?year=2024")

    assert "在保 3 户 农村 2 城镇 1" in page.words
    assert "在保 9 人 农村 7 城镇 2" in page.words
    assert "新增 1 户 4 人" in page.words
    assert "核减 1 户 1 人" in page.words
    assert "年初 3 户 ＋ 新增 1 − 核减 1 ＝ 年末 3 户" not in page.words  # only under a table of months
    assert read(page.link("9")).totals == "合计 9 人"


def test_money_and_months_come_from_the_ledger(read: Reader) -> None:
    family("A1", fen=62000)
    family("B1", fen=38050, area="urban")
    paid(JANUARY)
    paid(FEBRUARY)

    page = read("/?year=2024")

    assert "全年保障金 0.20 万元 农村 0.12 城镇 0.08" in page.words  # 2 × 620.00 and 2 × 380.50
    assert "10 日前到账 2 / 2 月" in page.words
    assert "1 月 0 0 2 1,000.50 01-08" in page.words
    assert read(page.link("2,001.00")).totals == "合计 4 笔 2,001.00"


def test_a_late_month_is_said_in_words(read: Reader) -> None:
    family("A1")
    for month in (1, 2, 3, 4, 5, 6):
        paid(date(2024, month, 1))  # booked on the 8th; June's due day is the 7th, the 10th is a holiday
    assert "逾期" in read("/?year=2024").words
    assert "10 日前到账 5 / 6 月" in read("/?year=2024").words


def test_five_clicks_lead_from_the_total_to_the_household(read: Reader) -> None:
    family("A1", fen=62000, persons=3)
    family("B1", fen=38000, division=OTHER_VILLAGE)
    family("C1", fen=10000, division=FAR_VILLAGE)
    paid(JANUARY)

    page = read("/?year=2024")
    stops = [href for words, href in page.links if words.startswith(("全年 ", "1 月 ", "镇100 ", "东村 "))]

    assert [read(href).totals for href in stops] == [
        "合计 3 笔 1,100.00",  # the year
        "合计 3 笔 1,100.00",  # its last month
        "合计 2 笔 1,000.00",  # the township that got most
        "合计 1 笔 620.00",  # its village that got most
    ]
    assert page.link("成员1 家 620.00 元 3 人，01-08 到账") == "/households/A1/"
    assert page.link("哪一条 为什么是这个数 条款、参数、日期") == "/households/A1/#why"


def test_printed_parts_that_do_not_add_up_are_explained() -> None:
    money = Paid(rural=5331_775_000, urban=968_594_999, lines=1)  # 5331.775 → 5331.78, 968.594999 → 968.59
    assert money.printed_parts == "6,300.37"
    assert money.rounding == ""  # 6300.369999 → 6300.37
    more = Paid(rural=5331_784_000, urban=968_594_000, lines=1)  # 5331.784 → .78, 968.594 → .59, 6300.378 → .38
    assert (more.printed_parts, more.rounding) == ("6,300.37", "0.01")


def test_the_rounding_note_stands_under_the_table(read: Reader) -> None:
    family("A1", fen=4000)  # 40.00 → 0.00 万元, twice 0.01
    family("B1", fen=4000, area="urban")
    paid(JANUARY)
    page = read("/?year=2024")
    assert "农村 0.00 与城镇 0.00 各自四舍五入后相加为 0.00；" in page.words
    assert "按分合计 80.00 元，即 0.01 万元，差 0.01 系舍入" in page.words


def test_a_year_is_chosen_by_its_link(read: Reader) -> None:
    family("A1")
    paid(JANUARY)
    page = read("/")
    assert "2024 年最低生活保障" in page.words  # nothing paid in 2025 yet
    assert read(page.link("2023")).status == 200


def test_a_year_without_payments_says_so_and_counts_no_months(read: Reader) -> None:
    family("A1")
    page = read("/?year=2024")
    assert "10 日前到账 — 这一年还没有发放" in page.words
    assert "0 / 0" not in page.words


def test_a_clerks_page_is_of_his_township_and_lists_its_villages(read: Reader) -> None:
    family("A1", persons=3, fen=62000)
    family("B1", persons=2, fen=38050, division=OTHER_VILLAGE)
    family("C1", fen=10000, division=FAR_VILLAGE)
    paid(JANUARY)

    page = Desk(hired("clerk91", "王经办")).reads("/?year=2024")

    assert "2 个村社区" in page.words
    assert "东村 1 3 620.00 西村 1 2 380.50" in page.words
    assert "1 月 0 0 2 1,000.50 01-08" in page.words  # the run is the county's, the lines are his
    assert "镇101" not in page.words
