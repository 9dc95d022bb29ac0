"""规则与标准: every number of a day with its document, its history, and the rules that read it."""

import pytest

from tests.payment.builders import divisions
from tests.web.conftest import Reader


@pytest.fixture(autouse=True)
def places(county: None) -> None:
    divisions()


class TestNumbersOfADay:
    def test_a_number_says_its_value_since_when_by_which_document_and_whether_it_was_checked(
        self, read: Reader
    ) -> None:
        page = read("/standards/?q=农村最低生活保障标准")

        assert "农村最低生活保障标准（每人每月） 740.00 元 2023-01-01" in page.words
        assert "演示参数包 jx-demo-2024（合成） ▲ 演示参数，未核 县" in page.words
        assert "2025-01-06 有效的数 1 个。其中 1 个是演示参数，没有和原文核对过。" in page.words

    def test_units_are_said_in_words(self, read: Reader) -> None:
        page = read("/standards/")

        assert "审核确认时限 30 个工作日 2021-07-01" in page.words
        assert "低保边缘家庭的标准倍数 150% 2021-07-01" in page.words
        assert "增发的老年人年龄 70 岁" in page.words
        assert "适用的法规 57号办法时期 2021-07-01 2026-06-30" in page.words

    def test_another_day_has_the_numbers_of_that_day(self, read: Reader) -> None:
        # art. 13 exempts the basic pension for the fourteenth five-year plan only, up to the end of 2025
        name = "中央确定的城乡居民基本养老保险基础养老金不计入的份额"

        assert name in read("/standards/?on=2025-12-31").words
        assert name not in read("/standards/?on=2026-01-01").words

    def test_what_is_not_found_is_said(self, read: Reader) -> None:
        assert "没有名称、编号或依据里有“月亮”的数" in read("/standards/?q=月亮").words

    @pytest.mark.parametrize(
        ("asked", "said"),
        [
            ("on=2024-13-01", "“2024-13-01”不是日期"),
            ("on=1999-01-01", "日期“1999-01-01”不在 2014-05-01 到 2099-12-31 之间"),
            ("q=" + "长" * 61, "要找的字太多，最多 60 个"),
        ],
    )
    def test_a_wrong_question_is_refused_by_name(self, read: Reader, asked: str, said: str) -> None:
        page = read(f"/standards/?{asked}")

        assert page.status == 400
        assert said in page.words


class TestOneNumber:
    def test_its_values_over_time_and_the_rules_that_read_it(self, read: Reader) -> None:
        page = read(read("/standards/").link("农村最低生活保障标准（每人每月）"))

        assert "740.00 元" in page.words
        assert "✓ 现行 740.00 元 2023-01-01" in page.words
        assert "月保障标准" in [words for words, _ in page.links]

    def test_a_day_without_a_number_is_said(self, read: Reader) -> None:
        page = read("/standards/standard.rural/?on=2022-12-31")

        assert "2022-12-31 没有有效的数值：用到它的家庭不能自动认定，要先补上。" in page.words

    def test_a_number_that_no_rule_reads_says_so(self, read: Reader) -> None:
        assert "认定规则不用它" in read("/standards/clock.notice/").words

    def test_a_path_that_is_none_is_not_found(self, read: Reader) -> None:
        assert read("/standards/standard.moon/").status == 404


class TestTwoDays:
    def test_the_law_of_2026_changes_numbers_and_clauses(self, read: Reader) -> None:
        page = read("/standards/difference/?from=2026-06-30&to=2026-07-01")

        assert "适用的法规 57号办法时期" in page.words
        assert "社会救助法时期 2026-07-01 起，中华人民共和国社会救助法第七十八条" in page.words
        # a benefit is the shortfall before and after; only the clause moves
        clauses = page.html.split('id="k"', 1)[1]
        assert "全家年保障线" in clauses
        assert "社会救助暂行办法第九条" in clauses

    def test_between_two_days_of_one_law_nothing_differs(self, read: Reader) -> None:
        page = read("/standards/difference/?from=2024-03-01&to=2024-03-02")

        assert "数不同 0 个，规则文本不同 0 条，只换了依据 0 条" in page.words
        assert "没有不同的数。" in page.words

    def test_a_rule_that_ended_has_nothing_on_the_other_side(self, read: Reader) -> None:
        assert "没有" in read("/standards/difference/?from=2025-12-31&to=2026-01-01").words

    def test_what_is_no_day_is_refused(self, read: Reader) -> None:
        assert "“昨天”不是日期" in read("/standards/difference/?from=昨天").words
