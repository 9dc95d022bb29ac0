"""年度对比、敏感度、乡镇比较: the pages say what the modules found, and what will come while there is nothing."""

import pytest

from opendibao.evaluation.actions import change_sheet, lock_year
from opendibao.evaluation.year_sheets import SheetEntry, SheetTerms
from tests.evaluation import small_county
from tests.evaluation.test_compared_years import two_years
from tests.evaluation.year import LOCKED, YEAR
from tests.payment.builders import COUNTY
from tests.web.conftest import Reader


@pytest.fixture
def locked(county: None) -> None:
    small_county.whole()
    lock_year(YEAR, COUNTY, at=LOCKED)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("years", "还没有锁定的年度"),
        ("sensitivity", "还没有锁定的评价"),
        ("townships", "还没有锁定的评价"),
    ],
)
def test_before_the_lock_the_page_says_what_will_come(read: Reader, address: str, words: str) -> None:
    page = read(f"/evaluation/{address}/?year={YEAR}")
    assert page.status == 200
    assert words in page.words


def test_one_year_is_shown_and_the_next_awaited(read: Reader, locked: None) -> None:
    page = read(f"/evaluation/years/?year={YEAR}")
    assert "只有 2024 一年锁定过，再锁定一年就能对比" in page.words
    assert "全年组织低保经办人员培训次数 ≥4次 3次 15.00／20" in page.words
    assert page.link("3次") == f"/figures/indicator.03/?year={YEAR}"


def test_two_years_stand_beside_each_other_with_their_difference(read: Reader, county: None) -> None:
    two_years()
    page = read(f"/evaluation/years/?year={YEAR}")
    assert "全年组织低保经办人员培训次数 ≥4次 3次 15.00／20 ≥2次 1次 −2 5.00／10 −25%" in page.words
    assert "保障对象准确率 ≥95% 未测得 0.00／10 — — — — —" in page.words
    heads = "指标 2024 目标 2024 实际 2024 得分 2025 目标 2025 实际 比上年 2025 得分 得分率变化"
    assert heads in page.words


def test_the_way_to_the_next_grade_is_said_for_each_reading(read: Reader, locked: None) -> None:
    page = read(f"/evaluation/sensitivity/?year={YEAR}")
    assert "各种读法的等级不同" in page.words
    # 79.00 with execution: 优良 begins at 80, one point; by rule 83.33 lacks 6.67 and falls with 3.34
    assert "离“良”（80 分起）还差 1.00 分；这些项一项就够：保障对象准确率、" in page.words
    assert "离“优”（90 分起）还差 6.67 分；这些项一项就够：保障对象准确率。" in page.words
    assert "再失 3.34 分就降到“中”" in page.words
    assert "未测得：先把数量出来，不是加分" in page.words


def test_townships_without_a_rate_are_said_to_have_none(read: Reader, locked: None) -> None:
    page = read(f"/evaluation/townships/?year={YEAR}")
    assert "指标表里没有能分乡镇的比率" in page.words


def test_townships_stand_with_rate_index_and_rank(read: Reader, county: None) -> None:
    small_county.whole()
    rows = [SheetEntry("paid_in_full", "at_least", small_county.Decimal(100), "＝100%", small_county.Decimal(90))]
    change_sheet(YEAR, COUNTY, rows, terms=SheetTerms.of_form("ninety"), reason="换指标", at=LOCKED)
    lock_year(YEAR, COUNTY, at=LOCKED)

    page = read(f"/evaluation/townships/?year={YEAR}")
    assert "镇100 1 100.00 ▲ 100.00%／100.00（2/2）" in page.words
    assert page.totals == "全县 100 100.00%／100（90 分）"
    assert "▲：分母不到 30" in page.words
