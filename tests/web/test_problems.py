"""问题台账页和偏差分解页: every number opens its rows; parts add up; whoever may not see them does not."""

import pytest
from django.test import override_settings

from opendibao.budget.queries import budget
from opendibao.evaluation.actions import lock_year
from opendibao.outreach.actions import record_publicity
from tests.evaluation import small_county
from tests.evaluation.year import FIRST, LOCKED, YEAR
from tests.payment.builders import COUNTY, VILLAGE, at
from tests.web.conftest import Reader

LEDGER, DEVIATION, COUNTY_PAGE = (
    "/evaluation/problems/?year=2024", "/evaluation/deviation/?year=2024", "/?year=2024"
)  # fmt: skip


@pytest.fixture
def lived(county: None) -> None:
    small_county.whole()


@pytest.mark.usefixtures("lived")
class TestLedger:
    def test_all_twelve_stand_there_in_their_groups(self, read: Reader) -> None:
        page = read(LEDGER)
        for words in ("精准识别", "资金保障", "基层力量", "政策宣传", *(f"P{n} " for n in range(1, 13))):
            assert words in page.words
        # three villages, none of which anybody told anything
        assert "P11 偏远村组和老年人没听到 100.00% 大于 20% ● 存在 3个村社区中，3个" in page.words

    def test_a_number_opens_its_rows_as_of_today(self, read: Reader) -> None:
        page = read(read(LEDGER).link("100.00%"))
        assert page.status == 200
        assert "大于 20%就是存在" in page.words
        assert "演示参数（合成，不是任何地方的规定） ▲ 未核对" in page.words
        assert "镇100 东村 0 0" in page.words

    def test_what_is_done_today_is_seen_today(self, read: Reader) -> None:
        assert "3个村社区中，3个" in read(LEDGER).words
        record_publicity(VILLAGE, held_on=FIRST, channel="talk", target_group="elderly", reached=4, at=at(FIRST))
        assert "3个村社区中，2个" in read(LEDGER).words

    def test_the_numbers_beside_it_open_too(self, read: Reader) -> None:
        page = read("/evaluation/problems/10/?year=2024&figure=problem.10.b")
        assert page.status == 200
        assert "热线咨询" in page.words
        assert 'aria-current="true">热线咨询' in page.html

    @pytest.mark.parametrize(
        ("address", "status"),
        [("/evaluation/problems/13/?year=2024", 404), ("/evaluation/problems/10/?year=2024&figure=paid", 400),
         ("/evaluation/problems/11/?year=2024&page=9", 400)],
    )  # fmt: skip
    def test_what_is_not_there_is_said(self, read: Reader, address: str, status: int) -> None:
        assert read(address).status == status

    def test_the_county_page_has_them_with_mark_and_link(self, read: Reader) -> None:
        page = read(COUNTY_PAGE)
        assert "十二个问题" in page.words
        assert "P9 工作经费 未测得 ▲ 未测得" in page.words
        assert read(page.link("100.00%")).status == 200

    @override_settings(OPENDIBAO_REMEMBERS=True)
    def test_a_kept_ledger_hears_of_new_work(self, read: Reader) -> None:
        assert "3个村社区中，3个" in read(LEDGER).words
        record_publicity(VILLAGE, held_on=FIRST, channel="talk", target_group="elderly", reached=4, at=at(FIRST))
        assert "3个村社区中，2个" in read(LEDGER).words


@pytest.mark.usefixtures("county")
def test_an_empty_year_has_its_twelve_lines_and_claims_nothing(read: Reader) -> None:
    page = read("/evaluation/problems/?year=2023")
    assert page.status == 200
    assert "● 存在" not in page.words
    assert "查询没有返回任何行" in page.words


class TestDeviation:
    @pytest.mark.usefixtures("lived")
    def test_the_locked_parts_lead_from_approved_to_paid(self, read: Reader) -> None:
        lock_year(YEAR, COUNTY, at=LOCKED)
        page = read(DEVIATION)
        # per area: planned 42 months × 20.00 = 840.00 proposed, 600.00 approved, 640.00 paid
        assert "批复 600.00 600.00 1,200.00" in page.words
        assert "人数 −800.00 −820.00 −1,620.00" in page.words
        assert "批复调整 +240.00 +240.00 +480.00" in page.words
        assert page.words.count("到账减批复 +40.00") == 2
        assert "（2 − 42）人月×20.00" in page.words
        opened = read(page.link("−800.00"))
        assert "农村 计划 — -42 20.00 −840.00" in opened.words

    @pytest.mark.usefixtures("lived")
    def test_the_evaluation_page_leads_there(self, read: Reader) -> None:
        lock_year(YEAR, COUNTY, at=LOCKED)
        page = read("/evaluation/?year=2024")
        assert page.link("看每一部分怎样算") == DEVIATION
        assert "成员构成 +600.00 +620.00 +1,220.00" in page.words

    @pytest.mark.usefixtures("lived")
    def test_before_the_lock_it_is_as_of_today_and_says_so(self, read: Reader) -> None:
        page = read(DEVIATION)
        assert "还没有锁定快照：这里是到今天为止的数" in page.words
        assert "人数 −800.00 −820.00 −1,620.00" in page.words

    @pytest.mark.usefixtures("county")
    def test_a_year_without_budget_says_what_will_come(self, read: Reader) -> None:
        assert budget(YEAR) == []
        page = read(DEVIATION)
        assert page.status == 200
        assert "这一年还没有批复的预算" in page.words
