"""W06, W07, W08, C08, C13: targets, actual values, their units, rates."""

import pytest

from tests.evaluation.checkup.papers import SOUND, found, paper, with_row

IDS = ("W06", "W07", "W08", "C08", "C13")


def _ids(number: int, **cells: str) -> list[str]:
    return [one.id for one in found(paper(sheet=with_row(number, **cells)), *IDS)]


def test_a_sound_sheet_is_silent() -> None:
    assert found(paper(sheet=SOUND), *IDS) == []


def test_a_target_without_direction() -> None:
    (one,) = found(paper(sheet=with_row(1, target="330万元")), *IDS)
    assert (one.id, one.place.row) == ("W06", 1)
    assert "实际336.15万元超过了它" in one.zh


def test_a_sheet_without_any_direction_is_said_once() -> None:
    rows = [[cell.lstrip("≥≤＝") if at == 3 else cell for at, cell in enumerate(row)] for row in SOUND]
    assert [one.place.row for one in found(paper(sheet=rows), "W06")] == [0]


def test_use_of_exactly_a_hundred_beside_more_spent_than_planned() -> None:
    rows = (
        ("成本指标", "经济成本指标", "农村低保金", "≤330万元", "336.15万元", "10", "9.82", "补发；按月测算"),
        ("", "", "城镇低保金", "≤80万元", "76.15万元", "10", "10", ""),
        ("产出指标", "质量指标", "资金使用率", "＝100%", "100%", "10", "10", ""),
    )
    (one,) = found(paper(sheet=rows), "W06")
    assert one.place.row == 3
    assert "412.3万元" in one.zh
    assert "100.56%" in one.zh  # 412.30 / 410


@pytest.mark.parametrize(
    ("number", "cells"),
    [
        (4, {"actual": "≥95%"}),
        (4, {"actual": "95%以上"}),
        (4, {"target": "不低于95%", "actual": "不低于95%"}),
        (5, {"actual": "＝100%"}),
        (1, {"actual": "≤340万元"}),
    ],
)
def test_a_copied_target_is_no_measurement(number: int, cells: dict[str, str]) -> None:
    assert "W07" in _ids(number, **cells)


def test_a_day_of_the_month_is_no_rate() -> None:
    (one,) = found(paper(sheet=with_row(5, target="≤10日", actual="≤10日")), "W07")
    assert "不是比率" in one.zh


def test_satisfaction_of_exactly_the_target_needs_a_sample() -> None:
    assert _ids(7, actual="90%") == ["W07"]
    assert _ids(7, actual="90%（180/200）") == []
    sampled = paper("电话调查200户，满意180户。", sheet=with_row(7, actual="90%"))
    assert found(sampled, "W07") == []


@pytest.mark.parametrize(("name", "text"), [("生活压力减轻率", "有所减轻"), ("信息录入率", "及时录入")])
def test_a_rate_in_words(name: str, text: str) -> None:
    assert "W08" in _ids(6, name=name, target=text, actual=text)


def test_a_doubled_word_in_the_name_of_a_rate_is_said_there() -> None:
    (one,) = found(paper(sheet=with_row(6, name="城乡低保低保对象录入率", target="及时", actual="及时")), "W08")
    assert "“低保”写了两遍" in one.zh


def test_words_that_only_look_like_rates() -> None:
    assert _ids(6, name="办事效率", target="提高", actual="有所提高") == []
    assert _ids(4, actual="未测得", score="0", reason="没有抽样") == []


@pytest.mark.parametrize(
    ("number", "cells"),
    [
        (1, {"actual": "3361500元"}),
        (4, {"actual": "96分"}),
        (3, {"actual": "3人"}),
        (4, {"actual": "96.5"}),
        (3, {"target": "≥2坨", "actual": "3坨"}),
    ],
)
def test_units_that_differ_or_are_unknown(number: int, cells: dict[str, str]) -> None:
    assert "C08" in _ids(number, **cells)


@pytest.mark.parametrize(
    ("number", "cells"), [(3, {"actual": "3"}), (3, {"target": "≥2次/年"}), (3, {"target": "≥2场", "actual": "3场次"})]
)
def test_units_that_are_the_same(number: int, cells: dict[str, str]) -> None:
    assert _ids(number, **cells) == []


def test_a_share_over_a_hundred() -> None:
    assert _ids(4, actual="103%") == ["C13"]
    (one,) = found(paper("群众满意度达104%。"), "C13")
    assert "大于100%" in one.zh


@pytest.mark.parametrize("text", ["预算执行率100.6%。", "培训完成率150%。", "补助水平比上年增长120%。", "满意度98%。"])
def test_what_may_be_over_a_hundred(text: str) -> None:
    assert found(paper(text), "C13") == []


@pytest.mark.parametrize(
    "text", ["103%的受访家庭表示满意。", "入户核查率达106%。", "政策公开率为101%。", "其中农村占全部对象的112%。"]
)
def test_shares_in_other_words(text: str) -> None:
    assert len(found(paper(text), "C13")) == 1


def test_the_sample_of_another_indicator_is_none_of_satisfaction() -> None:
    sheet = with_row(7, actual="90%")
    assert len(found(paper("辅以问卷：准确性由小组抽取200户重新认定。", sheet=sheet), "W07")) == 1
    assert found(paper("问卷发给200名对象，全数收回。", sheet=sheet), "W07") == []


def _used(*planned_and_spent: tuple[str, str]) -> list[str]:
    """What is said of a use of 100 % beside rows of money."""
    money = [("成本指标", "", f"第{n}项资金", *both, "10", "9", "补发") for n, both in enumerate(planned_and_spent)]
    rows = (*money, ("产出指标", "质量指标", "资金使用率", "＝100%", "100%", "10", "10", ""))
    return [one.zh for one in found(paper(sheet=rows), "W06")]


def test_a_tie_of_the_use_goes_up() -> None:
    (zh,) = _used(("≤100万元", "101万元"), ("≤100万元", "101.01万元"))
    assert "是101.01%" in zh  # 202.01 / 200 = 1.01005


def test_money_without_a_plan_has_no_use() -> None:
    assert _used(("≤0万元", "10万元"), ("≤0万元", "5万元")) == []
