"""打开一个数: the totals line of a list is the figure that was clicked, and its parts add up to it."""

from datetime import date

import pytest

from opendibao.web.rows import FIGURES
from tests.payment.builders import FAR_VILLAGE, OTHER_VILLAGE, family
from tests.payment.months import JANUARY, paid
from tests.statistics.test_queries import enter
from tests.web.conftest import Reader

FEBRUARY = date(2024, 2, 1)


def three_places() -> None:
    family("A1", persons=3, fen=62000)
    family("B1", persons=2, fen=50000, division=OTHER_VILLAGE)
    family("C1", persons=1, fen=40000, division=FAR_VILLAGE, area="urban")


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_has_its_page_also_without_rows(read: Reader, figure: str) -> None:
    page = read(f"/rows/{figure}/?year=2024")
    assert page.status == 200
    assert "还没有内容" in page.words


def test_households_add_up_over_townships_and_villages(read: Reader) -> None:
    three_places()
    page = read("/rows/households/?year=2024")
    assert page.totals == "合计 3 户"
    assert "镇100 2 5 镇101 1 1 合计 3 6" in page.words
    town = read("/rows/households/" + page.link("镇100"))
    assert "东村 1 3 西村 1 2 合计 2 5" in town.words
    assert town.totals == "合计 2 户"
    village = read("/rows/households/" + town.link("西村"))
    assert village.totals == "合计 1 户"
    assert "B1 成员1 镇100西村 农村 2 500.00 旧B1 2023-06-15" in village.words


def test_an_area_is_chosen_by_a_link_and_kept_on_the_way_down(read: Reader) -> None:
    three_places()
    urban = read("/rows/persons/" + read("/rows/persons/?year=2024").link("城镇"))
    assert urban.totals == "合计 1 人"
    assert "镇101 1 1 合计 1 1" in urban.words
    assert "area=urban" in urban.link("镇101")


def test_identity_numbers_and_accounts_are_masked(read: Reader) -> None:
    made = family("A123456")
    paid(JANUARY)
    number = made.people[0].id_number
    for figure in FIGURES:
        page = read(f"/rows/{figure}/?year=2024")
        assert number not in page.html
        assert "62A123456" not in page.html  # the account shows its last four places only
    assert "*****3456" in read("/rows/paid/?year=2024").words
    assert f"{number[:6]}********{number[-4:]}" in read("/rows/persons/?year=2024").words


def test_movements_of_a_month_are_those_of_the_month(read: Reader) -> None:
    family("X1", persons=2).decide("stop", date(2024, 3, 20))
    enter("N1", date(2024, 3, 5), persons=4)
    enter("N2", date(2024, 6, 5))
    page = read("/rows/entered/?year=2024")
    assert page.totals == "合计 2 户"
    march = read("/rows/entered/" + page.link("3月"))
    assert march.totals == "合计 1 户"
    assert "N1" in march.words
    assert "N2" not in march.words
    assert read("/rows/entered-persons/?year=2024&month=2024-03").totals == "合计 4 人"
    assert read("/rows/left-persons/?year=2024").totals == "合计 2 人"
    assert read("/rows/left/?year=2024&division=360429101000").status == 200


def test_money_of_a_month_and_a_village_is_their_money(read: Reader) -> None:
    three_places()
    paid(JANUARY)
    paid(FEBRUARY)
    page = read("/rows/paid/?year=2024")
    assert page.totals == "合计 6 笔 3,040.00"
    assert "镇100 4 2,240.00 镇101 2 800.00 合计 6 3,040.00" in page.words
    january = read("/rows/paid/" + page.link("1月"))
    assert january.totals == "合计 3 笔 1,520.00"
    assert read("/rows/paid/?month=2024-01&division=360429100002").totals == "合计 1 笔 500.00"


def test_a_returned_payment_is_named_with_its_reason_and_what_became_of_it(read: Reader) -> None:
    family("A1")
    paid(JANUARY, returned={"A1": "账户已销户"})
    page = read("/rows/returned/?year=2024")
    assert "A1 镇100东村 2024-01 620.00 2024-01-05 账户已销户 — ▲ 等补发" in page.words
    assert page.totals == "合计 1 笔 620.00"


def test_rows_come_fifty_a_page(read: Reader) -> None:
    for place in range(51):
        family(f"H{place:03d}")
    first, second = read("/rows/households/?year=2024"), read("/rows/households/?year=2024&page=2")
    assert first.totals == second.totals == "合计 51 户"
    assert "第 1—50 行，共 51 行" in first.words
    assert "H050" in second.words
    assert "H049" not in second.words
    assert first.link("下一页") == "?year=2024&page=2"


def test_months_show_when_the_last_money_came(read: Reader) -> None:
    three_places()
    paid(JANUARY)
    page = read("/rows/months/?year=2024")
    assert "1 月 3 1,520.00 1,520.00 0 2024-01-08 2024-01-10 ✓ 按时" in page.words
    assert page.totals == "合计 1 个月 3 1,520.00 1,520.00 0 1 个月按时"


def test_what_came_back_is_listed_for_the_year_or_for_a_months_run(read: Reader) -> None:
    family("A1", fen=62000)
    family("B1", fen=50000, division=OTHER_VILLAGE)
    paid(JANUARY, returned={"B1": "户名不符"})

    assert read("/rows/returned/?year=2024").totals == "合计 1 笔 500.00"
    month = read("/rows/returned/?month=2024-01")
    assert month.totals == "合计 1 笔 500.00"
    assert "2024 年 1 月退回和补发" in month.words
    assert "这段时间没有退回" in read("/rows/returned/?month=2024-02").words
