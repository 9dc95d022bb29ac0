"""C09: one total, the same everywhere, and the grade that it has."""

from decimal import Decimal

import pytest

from opendibao.evaluation import scale
from tests.evaluation.checkup.papers import SOUND, found, paper


@pytest.mark.parametrize(
    "text",
    [
        "经综合评价，项目总得分99.82分，评价等级为“优”。",
        "综合得分为99.82分，等级为优秀。",
        "评价等级分为四档：90分以上为优，80分以上为良，60分以上为中，60分以下为差。总分99.82分，等级为优。",
        "总分99.82分，其中指标得分90分。",
    ],
)
def test_totals_and_grades_that_fit(text: str) -> None:
    assert found(paper(text, sheet=SOUND), "C09") == []


def test_a_grade_that_does_not_fit() -> None:
    (one,) = found(paper("综合得分86.5分，评价等级为“优”。"), "C09")
    assert "应为“良”" in one.zh


def test_the_bound_belongs_to_the_better_grade() -> None:
    assert found(paper("综合得分90分，评价等级为“优”。"), "C09") == []
    assert len(found(paper("综合得分89.99分，评价等级为“优”。"), "C09")) == 1


def test_two_totals() -> None:
    (one,) = found(paper("项目总得分92分。", "正文。", "综上，综合得分93分。"), "C09")
    assert (one.place.block, "92分" in one.zh) == (2, True)


def test_the_total_of_the_text_against_the_table() -> None:
    (one,) = found(paper("项目总得分97.82分。", sheet=SOUND), "C09")
    assert "各行得分相加是99.82分" in one.zh


def test_the_bounds_that_are_told_are_those_of_the_scale() -> None:
    (one,) = found(paper("综合得分86.5分，评价等级为“优”。"), "C09")
    assert "总分86.5按90、80、60的分界应为“良”" in one.zh


def test_other_bounds_are_told_and_used(monkeypatch: pytest.MonkeyPatch) -> None:
    cuts = [(Decimal(95), "优"), (Decimal(85), "良"), (Decimal("62.5"), "中"), (Decimal(0), "差")]
    monkeypatch.setattr(scale, "grade_cuts", lambda on=None: {"youliangzhongcha": cuts})
    (one,) = found(paper("综合得分91分，评价等级为“优”。"), "C09")
    assert "总分91按95、85、62.5的分界应为“良”" in one.zh
