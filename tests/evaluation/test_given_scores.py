"""评分和评定: the newest word counts, what was said before stays; a clerk's year from the form to the total."""

from dataclasses import replace
from decimal import Decimal

import pytest

from opendibao.evaluation.actions import (
    BadSheet,
    NoReason,
    SheetEntry,
    SheetTerms,
    change_sheet,
    give_score,
    judge_row,
    load_sheet,
)
from opendibao.evaluation.conclusion import Conclusion, conclude
from opendibao.evaluation.models import Judgement
from opendibao.evaluation.scored_rows import ScoredRow
from opendibao.evaluation.year_sheets import judgement_history, score_history
from tests.evaluation import small_county
from tests.evaluation.year import LOCKED, YEAR, year
from tests.payment.builders import COUNTY

pytestmark = pytest.mark.usefixtures("county")
CLASSIC = SheetTerms.of_form("classic")
SHEET = (
    SheetEntry("rural_benefit_paid", "at_most", Decimal("0.05"), "≤0.05万元", Decimal(20), "threshold"),
    SheetEntry("staff_trainings", "at_least", Decimal(2), "≥2次", Decimal(30)),
    SheetEntry("earmarked_use", "at_most", Decimal(0), "＝0", Decimal(20), "direct"),
    SheetEntry("lasting_effect", "", None, "持续改善", Decimal(10), "judged"),
    SheetEntry("satisfaction", "at_least", Decimal(95), "≥95%", Decimal(10), "satisfaction"),
)


def judge(band: str = "partly", ratio: str = "0.70", **said: str) -> Judgement:
    words = {"text": "有成效，机制还不稳定", "evidence": "2024年第四季度回访记录", **said}
    return judge_row(YEAR, COUNTY, "lasting_effect", band=band, ratio=Decimal(ratio), at=LOCKED, **words)


def rows(said: Conclusion) -> dict[str, ScoredRow]:
    return {row.code: row for row in said.rows}


def enter() -> None:
    small_county.live()
    small_county.plan_budget()
    load_sheet(YEAR, COUNTY, SHEET, terms=CLASSIC, at=LOCKED)


def test_a_year_goes_from_the_form_to_the_total() -> None:
    enter()
    judge()
    give_score(YEAR, COUNTY, "rural_benefit_paid", Decimal(15), reason="标准调整晚于预算", at=LOCKED)

    said = conclude(year())
    told = [(row.level1, row.name, row.actual, row.by_rule, row.score) for row in said.rows]
    # 0.05 ÷ 0.06 = 0.8333 is over the pass threshold: 20 × 0.8333 = 16.67
    # 3 against 2 is 50 % over, which is said; 10 × 0.70 = 7; nobody was asked: 未测得
    assert told == [
        ("产出指标", "农村低保金", "0.06万元", "16.67", "15.00"),
        ("产出指标", "全年组织低保经办人员培训次数", "3次", "30.00", "30.00"),
        ("效益指标", "确保资金专款专用", "0.00%", "20.00", "20.00"),
        ("效益指标", "可持续影响", "部分达成（0.7）", "7.00", "7.00"),
        ("满意度指标", "困难群众满意度", "未测得", "0.00", "0.00"),
    ]
    # 15 + 30 + 20 + 7 = 72; 1,280 yuan of 1,200: capped, 10 points
    assert (said.score, said.weights, said.grade_score, said.grade) == ("72.00", "90", "82.00", "良")
    assert [(one.level1, one.weight, one.score) for one in said.subtotals] == [
        ("产出指标", "50", "45.00"),
        ("效益指标", "30", "27.00"),
        ("满意度指标", "10", "0.00"),
    ]
    # the form holds the execution row: ninety and ten are a hundred, and nothing is said of weights
    assert said.is_execution_inside
    assert [one.id for one in said.findings] == ["W01", "W05"]
    assert "应说明原因" in rows(said)["staff_trainings"].flags[0]
    assert len(said.open_months) == 11


def test_a_judged_row_says_who_judged_on_what() -> None:
    enter()
    judge()
    row = rows(conclude(year()))["lasting_effect"]
    assert (row.note, row.evidence) == ("有成效，机制还不稳定（张经办评）", "2024年第四季度回访记录")
    assert row.formula == "部分达成一档[0.60, 0.80)：0.7×10"
    assert row.figure_id == ""


def test_a_row_that_nobody_judged_scores_nothing() -> None:
    enter()
    row = rows(conclude(year()))["lasting_effect"]
    assert (row.actual, row.score, row.is_measured) == ("未评定", "0.00", False)
    assert "还没有评定" in row.formula


def test_the_newest_score_and_judgement_count_and_the_former_stay() -> None:
    enter()
    for points, reason in (("15", "先看一半"), ("16", "补了说明")):
        give_score(YEAR, COUNTY, "rural_benefit_paid", Decimal(points), reason=reason, at=LOCKED)
    judge("not", "0.20")
    judge("achieved", "0.90")

    said = rows(conclude(year()))
    assert (said["rural_benefit_paid"].score, said["rural_benefit_paid"].reason) == ("16.00", "补了说明")
    assert said["lasting_effect"].score == "9.00"
    assert [(one.number, str(one.score)) for one in score_history(YEAR, COUNTY, "rural_benefit_paid")] == [
        (2, "16.00"),
        (1, "15.00"),
    ]
    assert [(one.number, one.band) for one in judgement_history(YEAR, COUNTY, "lasting_effect")] == [
        (2, "achieved"),
        (1, "not"),
    ]


def test_a_score_above_a_weight_that_was_lowered_since_no_longer_counts() -> None:
    enter()
    give_score(YEAR, COUNTY, "rural_benefit_paid", Decimal(19), reason="可以理解", at=LOCKED)
    lower = [replace(SHEET[0], weight=Decimal(10)), *SHEET[1:]]
    change_sheet(YEAR, COUNTY, lower, terms=CLASSIC, reason="分值调低", at=LOCKED)

    row = rows(conclude(year()))["rural_benefit_paid"]
    assert (row.given, row.score) == ("", "8.33")
    assert "原来评定的19分高于现在的分值10，不再计入，请重新评分" in row.flags


def test_the_sheet_s_own_terms_score_and_grade() -> None:
    enter()
    judge()
    terms = replace(CLASSIC, over_completion="linear", grade_scheme="youxiulianghaohegebuhege")
    change_sheet(YEAR, COUNTY, SHEET, terms=terms, reason="按县里办法", at=LOCKED)

    said = conclude(year())
    # 50 % over is 20 % more than the 30 % that need no word: 30 × 0.80 = 24
    assert rows(said)["staff_trainings"].score == "24.00"
    # 16.67 + 24 + 20 + 7 + 0 + 10 = 77.67
    assert (said.grade_score, said.grade) == ("77.67", "合格")


def test_without_an_execution_weight_there_is_no_execution_block() -> None:
    enter()
    change_sheet(YEAR, COUNTY, SHEET, terms=replace(CLASSIC, execution_weight=Decimal(0)), reason="不评", at=LOCKED)
    said = conclude(year())
    assert said.execution is None
    assert "W02" in [one.id for one in said.findings]


@pytest.mark.parametrize(
    ("said", "refusal", "words"),
    [
        ({"ratio": "0.80"}, BadSheet, r"得分比例0.80不在“部分达成”一档\[0.60, 0.80\)之内"),
        ({"ratio": "0.655"}, BadSheet, "最多两位小数"),
        ({"band": "nearly"}, BadSheet, "档次“nearly”应为：achieved、partly、not"),
        ({"text": " "}, NoReason, "必须写评价意见和依据材料"),
        ({"evidence": ""}, NoReason, "必须写评价意见和依据材料"),
        ({"text": "字" * 301}, BadSheet, "评价意见最多300个字，现在有301个"),
    ],
)
def test_a_judgement_that_cannot_be_is_refused(said: dict[str, str], refusal: type[ValueError], words: str) -> None:
    enter()
    with pytest.raises(refusal, match=words):
        judge(**said)
    assert not Judgement.objects.exists()


def test_a_measured_row_is_not_judged_and_a_foreign_row_neither() -> None:
    enter()
    for indicator, words in (("satisfaction", "按量出的数给分"), ("fund_use", "指标表没有“fund_use”")):
        with pytest.raises(BadSheet, match=words):
            judge_row(YEAR, COUNTY, indicator, band="partly", ratio=Decimal("0.7"), text="好", evidence="表", at=LOCKED)
