"""绩效评价页: the sheet as it was locked; every figure opens its definition and its rows, masked."""

from urllib.parse import unquote

import pytest

from opendibao.evaluation.actions import lock_year
from opendibao.evaluation.conclusion import Conclusion
from opendibao.evaluation.queries import latest_snapshot
from opendibao.evaluation.snapshot import conclusion_of
from tests.evaluation import small_county
from tests.evaluation.year import LOCKED, YEAR
from tests.payment.builders import COUNTY
from tests.web.conftest import Reader


@pytest.fixture
def locked(county: None) -> Conclusion:
    """The small county's year, locked."""
    small_county.whole()
    return conclusion_of(lock_year(YEAR, COUNTY, at=LOCKED))


def test_before_the_lock_the_page_says_what_to_run(read: Reader) -> None:
    assert "还没有锁定的评价" in read("/evaluation/?year=2024").words


def test_the_sheet_stands_there_row_by_row_as_locked(read: Reader, locked: Conclusion) -> None:
    page = read("/evaluation/?year=2024")
    for row in (*locked.rows, *locked.beside):
        assert row.name in page.words
        assert row.target in page.words
    for each in locked.subtotals:
        assert f"小计 {each.level1} {each.weight} {each.score}" in page.words
    assert f"合计（各行打印分相加） {locked.weights} {_by_rule(locked)} {locked.score} " in page.words
    for reading in locked.readings:
        assert f"{reading.zh} {reading.points}" in page.words


def test_subtotals_and_totals_open_the_rows_they_sum(read: Reader, locked: Conclusion) -> None:
    page = read("/evaluation/?year=2024")
    for each in locked.subtotals:
        listed = read(next(href for words, href in page.links if "level=" in href and words == each.score
                           and each.level1 in unquote(href)))  # fmt: skip
        rows = [row for row in locked.rows if row.level1 == each.level1]
        assert all(f"{row.position} {row.name}" in listed.words for row in rows)
        assert listed.totals == f"合计 {len(rows)} 项 {each.weight} {each.score}"
    whole = read(page.link(locked.score))
    assert whole.totals == f"合计 {len(locked.rows)} 项 {locked.weights} {locked.score}"


def test_a_level_that_is_not_in_the_sheet_is_refused_in_words(read: Reader, locked: Conclusion) -> None:
    page = read("/evaluation/scores/?year=2024&level=效果指标")
    assert page.status == 400
    assert "指标表里没有“效果指标”" in page.words
    assert "还没有锁定的评价" in read("/evaluation/scores/?year=2023").words


def test_money_is_counted_in_yuan_and_not_in_fen(read: Reader, locked: Conclusion) -> None:
    assert "0.06万元 640.00 元" in read("/evaluation/?year=2024").words


def _by_rule(locked: Conclusion) -> str:
    return next(one.points for one in locked.readings if one.key == "by_rule_raw")


def test_what_was_not_measured_is_said(read: Reader, locked: Conclusion) -> None:
    page = read("/evaluation/?year=2024")
    assert "▲ 未测得" in page.words
    assert f"未测得 {len(locked.unmeasured)} 项" in page.words
    assert "未测得，分值仍计入总分" in page.words


def test_every_locked_figure_opens_as_many_rows_as_it_counts(read: Reader, locked: Conclusion) -> None:
    snapshot = latest_snapshot(YEAR, COUNTY)
    assert snapshot
    for figure in snapshot.content["figures"]:
        page = read(f"/figures/{figure['id']}/?year=2024")
        assert page.status == 200
        assert f"{figure['zh']} {figure['value']}" in page.words
        assert page.html.count('<tr><th scope="row"') == figure["rows"]  # the county is small: one page


def test_a_figure_says_its_definition_and_masks_its_rows(read: Reader, locked: Conclusion) -> None:
    page = read("/figures/persons/?year=2024")
    assert "定义 年末城乡在保家庭中该日共同生活的成员" in page.words
    assert "SHA-256" in page.words
    assert "成**" in page.words
    assert "成员1" not in page.words


def test_a_figure_nobody_locked_is_not_there(read: Reader, locked: Conclusion) -> None:
    assert read("/figures/indicator.99/?year=2024").status == 404
    assert read("/figures/persons/?year=2023").status == 404


def test_the_samples_are_listed(read: Reader, locked: Conclusion) -> None:
    assert read("/samples/accuracy/?year=2024").status == 200
    assert read("/samples/satisfaction/?year=2024").status == 200
