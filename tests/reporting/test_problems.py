"""问题和建议: whatever the year did not reach is a problem, and every problem has a suggestion."""

from dataclasses import replace

from opendibao.reporting.content import ReportContent
from opendibao.reporting.problems import practices, problems
from opendibao.reporting.sentences import words_of
from tests.reporting.contents import FINDINGS, figure, hukou, row

WORDS = words_of()


def only(*rows: object, **more: object) -> ReportContent:
    return replace(hukou(), rows=rows, figures=(), findings=(), **more)  # type: ignore[arg-type]


def titles(content: ReportContent) -> list[str]:
    return [one.title for one in problems(content, WORDS)]


def test_a_missed_target_is_a_problem_with_its_numbers_and_a_suggestion() -> None:
    (found,) = problems(
        only(row(4, "posts_filled", "a/b", "招聘", "＝100%", "92.31%", "5", "4.62", n="24", d="26")), WORDS
    )

    assert found.title == "部分核定岗位没有按期到岗"
    assert found.said == "指标值＝100%，实际92.31%（24/26）。"
    assert found.cause
    assert found.suggestion
    assert found.figures == ("indicator.04",)


def test_the_reason_that_a_person_gave_is_the_cause() -> None:
    (found,) = problems(
        only(row(1, "fund_use", "a/b", "使用率", "＝100%", "99%", "5", "4.95", reason="年末结余")), WORDS
    )

    assert found.cause == "年末结余"


def test_what_was_not_measured_is_a_problem() -> None:
    assert titles(only(row(10, "superior_entry", "a/b", "录入率", "及时", "未测得", "5", "0.00"))) == ["录入率未测得"]


def test_a_sample_whose_interval_reaches_below_the_target_is_a_problem_though_the_target_is_met() -> None:
    doubtful = row(8, "target_accuracy", "a/b", "准确率", "≥95%", "97%", "5", "5.00", is_doubtful=True, note="下限93%")

    assert titles(only(doubtful)) == ["准确率的抽样把握不足"]
    assert practices(only(doubtful), WORDS) == ()


def test_a_row_beside_the_sheet_can_be_a_problem_too() -> None:
    beside = row(15, "standard_conformity", "a/b", "合规性", "＝100%", "99%", "0", "0.00", is_met=False)

    assert titles(only(beside)) == ["部分发放金额与重算金额不一致"]


def test_an_indicator_without_words_of_its_own_takes_the_general_ones() -> None:
    assert titles(only(row(1, "brand_new", "a/b", "新指标", "≥9", "3", "5", "1.67"))) == ["没有达到年度指标值"]


def test_a_watched_rate_below_the_full_is_a_problem() -> None:
    late = figure("reverified", "按期率", "99.87%", "%", n="7690", d="7700")

    (found,) = problems(replace(only(), figures=(late,)), WORDS)

    assert found.said == "按期率99.87%（7690/7700）。"


def test_a_rate_that_rounds_to_the_full_but_is_not_is_a_problem() -> None:
    nearly = figure("reverified", "按期率", "100.00%", "%", n="99999", d="100000")

    assert titles(replace(only(), figures=(nearly,))) == ["部分家庭没有按期复核"]


def test_a_watched_rate_without_anything_to_count_is_not_called_late() -> None:
    none = figure("hotline.on_time", "热线按期答复率", "未测得", "%", n="0", d="0")

    assert titles(replace(only(), figures=(none,))) == ["热线按期答复率未测得"]


def test_nothing_registered_is_a_problem() -> None:
    none = figure("publicity", "宣传活动", "0", "场")

    (found,) = problems(replace(only(), figures=(none,)), WORDS)

    assert found.said == "宣传活动0场。"


def test_an_error_of_the_check_up_is_a_problem_until_it_is_signed() -> None:
    signed, unsigned = FINDINGS[0], replace(FINDINGS[1], note="", officer="")

    assert titles(replace(only(), findings=(signed, unsigned))) == ["体检发现W02尚未处理"]


def test_a_warning_is_not_a_problem() -> None:
    assert titles(replace(only(), findings=(FINDINGS[2],))) == []


def test_targets_that_were_met_and_rates_that_were_full_are_practices() -> None:
    content = replace(
        only(row(9, "paid_by_tenth", "a/b", "到位", "≤10日", "100.00%", "10", "10.00", n="12", d="12")),
        figures=(figure("surveys", "调查率", "100.00%", "%", n="471", d="471"),),
    )

    found = [(one.name, one.actual, one.fraction) for one in practices(content, WORDS)]

    assert found == [("到位", "100.00%", "（12/12）"), ("调查率", "100.00%", "（471/471）")]


def test_every_problem_of_the_county_has_a_suggestion() -> None:
    found = problems(hukou(), WORDS)

    assert len(found) == 9
    assert all(one.suggestion and one.cause for one in found)
