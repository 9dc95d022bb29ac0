"""指标库页和指标卡片: every indicator with its locked value, which opens its rows; what is missing is said."""

import pytest

from opendibao.evaluation.actions import lock_year
from opendibao.evaluation.queries import indicators
from tests.evaluation import small_county
from tests.evaluation.year import LOCKED, YEAR
from tests.payment.builders import COUNTY
from tests.web.conftest import Reader

LIBRARY = "/evaluation/indicators/?year=2024"


def card(code: str) -> str:
    return f"/evaluation/indicators/{code}/?year=2024"


@pytest.fixture
def locked(county: None) -> None:
    """The small county's year, locked."""
    small_county.whole()
    lock_year(YEAR, COUNTY, at=LOCKED)


@pytest.mark.usefixtures("locked")
class TestLibrary:
    def test_every_indicator_stands_there_with_its_place_and_its_question(self, read: Reader) -> None:
        page = read(LIBRARY)
        for one in indicators().values():
            assert one.name in page.words
        assert f"共 {len(indicators())} 个指标，指标表用了 6 个" in page.words
        assert "城镇低保对象人数 数量指标 第 2 行 1人" in page.words
        assert "发放足额率 质量指标 表外 100.00%" in page.words

    def test_a_value_opens_its_rows(self, read: Reader) -> None:
        page = read(LIBRARY)
        # 640.00 yuan for two persons and 640.00 for one: 1280.00 ÷ 3
        rows = read(page.link("426.67元/人·月"))
        assert rows.status == 200
        assert "人均月补助 426.67 元/人·月" in rows.words
        assert "A1 东村 2024-01 2024-01-08 2 640.00" in rows.words

    def test_what_was_not_measured_is_marked_and_counted(self, read: Reader) -> None:
        page = read(LIBRARY)
        assert "资金到位率 资金管理 表外 ▲ 未测得" in page.words
        assert "个没有测得，点开看缺什么" in page.words


class TestBeforeTheLock:
    @pytest.mark.usefixtures("county")
    def test_the_library_says_what_will_come(self, read: Reader) -> None:
        small_county.whole()
        page = read(LIBRARY)
        assert "2024 年度还没有取数" in page.words
        assert "第 2 行" in page.words
        opened = read(card("paid_in_full"))
        assert opened.status == 200
        assert "这一年还没有锁定快照" in opened.words
        assert read("/figures/indicator.paid_in_full/?year=2024").status == 404


@pytest.mark.usefixtures("locked")
class TestCard:
    def test_it_says_what_over_what_with_links_to_the_rows(self, read: Reader) -> None:
        page = read(card("wrongly_paid"))
        assert "错发金额 ÷ 全部到账金额 × 100%" in page.words
        assert "分子 错发金额 0.00 元" in page.words
        assert "分母 全部到账金额 1,280.00 元" in page.words
        assert "越低越好" in page.words
        assert "财预〔2020〕10号附件2" in page.words
        assert "没有逐条核对原文" in page.words
        assert "FROM payment_attempt a" in page.words  # the query itself
        assert "三百一十万元里错发了一户一个月六百二十元 5,000 行，620.00 元 ÷ 3,100,000.00 元 0.02%" in page.words
        assert read(page.link("1,280.00 元")).status == 200

    def test_a_missing_record_is_named(self, read: Reader) -> None:
        page = read(card("arrived_rate"))
        assert "未测得" in page.words
        assert "缺的记录 各级财政补助资金的下达文号、金额和到位日期" in page.words
        assert "分子 实际到位资金 分母 批复预算 " in page.words  # no figure where there is none

    def test_a_judged_indicator_shows_what_to_look_at_and_no_query(self, read: Reader) -> None:
        page = read(card("budget_soundness"))
        assert "评价要点" in page.words
        assert "预算按保障人数、标准、人均补助和物价变动测算" in page.words
        assert "<pre" not in page.html

    def test_what_stands_beside_an_indicator_is_on_its_card(self, read: Reader) -> None:
        page = read(card("satisfaction"))
        assert "困难群众满意度" in page.words
        assert "问卷应答率" in page.words

    def test_the_figure_of_an_indicator_leads_back_to_its_card(self, read: Reader) -> None:
        assert read("/figures/indicator.02/?year=2024").link("指标卡片") == card("urban_persons")
        assert read("/figures/indicator.paid_in_full/?year=2024").link("指标卡片") == card("paid_in_full")
        assert "指标卡片" not in read("/figures/paid/?year=2024").words

    def test_a_figure_is_found_by_the_indicator_s_code_too(self, read: Reader) -> None:
        assert "编号 indicator.02" in read("/figures/indicator.urban_persons/?year=2024").words

    def test_an_unknown_indicator_is_not_found(self, read: Reader) -> None:
        assert read(card("moon")).status == 404


def test_every_card_opens(read: Reader, locked: None) -> None:
    for code in indicators():
        page = read(card(code))
        assert page.status == 200, code
        assert "None" not in page.words
