"""差多少就变化: counted by hand; on this side of the value nothing changes, on that side it does."""

from typing import Any

import pytest

from opendibao.rules.assess import assess
from opendibao.rules.case import parse_case
from opendibao.rules.thresholds import Threshold, thresholds
from tests.rules.worked_cases import NAMES, worked


def couple(**changes: Any) -> dict[str, Any]:
    """两口之家: rural, 560 yuan a month; the line is 740 × 2 = 1480 a month, so the gap is 920."""
    return {
        "decision_date": "2024-05-20",
        "policy": "jx-demo-2024",
        "area": "rural",
        "members": [
            {"name": "夫", "born": "1980-06-01", "relation": "head", "income": [other(560)]},
            {"name": "妻", "born": "1981-01-01", "relation": "spouse"},
        ],
        "property": {"financial_assets": 0, "dwellings": 1},
    } | changes


def other(amount: int | str) -> dict[str, Any]:
    return {"kind": "other", "amount": amount, "per": "month"}


def found(code: str, case: dict[str, Any]) -> list[Threshold]:
    return [one for one in thresholds(parse_case(case)) if one.code == code]


def given(case: dict[str, Any]) -> tuple[str, int]:
    answer = assess(parse_case(case), trace=False)
    return answer.outcome, answer.monthly_benefit_fen


def test_income_says_where_the_amount_moves_and_where_the_kind_does() -> None:
    said = [(one.change, one.outcome, one.amount_fen) for one in found("income_up", couple())]

    # the gap is a whole number of yuan, so a fen less still rounds up to 920 and a yuan less gives 919;
    # at 1480 the household is not below the line; at 1.5 × 1480 = 2220 it is edge no more
    assert said == [(10_000 // 100, "dibao", 91_900), (92_000, "edge", 0), (166_000, "none", 0)]


def test_a_fen_beside_the_line_nothing_has_changed_yet() -> None:
    at, beside = couple(), couple()
    at["members"][0]["income"] = [other("1480.00")]
    beside["members"][0]["income"] = [other("1479.99")]

    assert given(at) == ("edge", 0)
    assert given(beside) == ("dibao", 100)  # 0.01 × 12 … rounded up to a yuan


def test_less_income_gives_more() -> None:
    # a fen less a month: 920.01 is rounded up to 921
    assert [(one.change, one.amount_fen) for one in found("income_down", couple())] == [(1, 92_100)]


def test_savings_above_the_limit_end_it_and_the_sentence_says_so() -> None:
    # 740 × 2 × 24 = 35520 for dibao, × 36 = 53280 for an edge household; the limit itself passes
    said = found("assets_up", couple())

    assert [(one.change, one.outcome) for one in said] == [(3_552_001, "edge"), (5_328_001, "none")]
    assert said[0].zh == "金融资产超过35,520.00元，结果由“低保”变为“低保边缘家庭”，月保障金由920.00元变为0.00元"
    assert said[0].clause == "民发〔2021〕57号第十四条"


def test_savings_that_must_go_down() -> None:
    case = couple(property={"financial_assets": "35520.01", "dwellings": 1})

    assert [(one.change, one.outcome, one.amount_fen) for one in found("assets_down", case)] == [(1, "dibao", 92_000)]


def test_a_second_dwelling_and_a_car_end_it() -> None:
    said = {one.code: one.zh for one in thresholds(parse_case(couple()))}

    assert said["dwellings_up"].startswith("住房增到2套，结果由“低保”变为“不符合条件”")
    assert said["cars_up"].startswith("未豁免的机动车辆增到1辆")


def test_a_birthday_is_told_with_its_day() -> None:
    # at 70 the supplement for old age starts: 10 % of 740 = 74 more
    case = couple()
    case["members"][0]["born"] = "1956-02-29"

    said = found("birthday", case)

    assert [one.amount_fen for one in said] == [92_000 + 7_400]
    assert said[0].cause == "夫满70周岁（2026-03-01）"  # no 29 February in 2026


def test_one_more_and_one_fewer() -> None:
    # a child: 740 × 3 − 560 = 1660 and 74 for the minor; the wife gone: 740 − 560 = 180; the earner gone: 740
    said = {one.cause: one.amount_fen for one in thresholds(parse_case(couple()))}

    assert said["家里添一个孩子"] == 166_000 + 7_400
    assert said["妻去世或不再共同生活"] == 18_000
    assert said["夫去世或不再共同生活"] == 74_000
    assert next(one for one in found("member_joins", couple())).clause.startswith("民发〔2021〕57号第七条")


def test_refusing_work_once_more() -> None:
    # half of 920 is the share of the one who refuses
    case = couple()
    case["members"][0]["work_refusals"] = 2

    said = [one for one in found("refusals", case) if one.cause.startswith("夫")]

    assert [(one.change, one.cause, one.amount_fen) for one in said] == [
        (1, "夫无正当理由连续拒绝介绍的工作满3次", 46_000),
    ]


def test_a_month_of_work_more_or_less() -> None:
    # 1200 a month for 6 months, 200 of it cost: 6000 a year, 500 a month, gap 980; 7 months: 583.33, gap 896.67 → 897;
    # 5 months: 416.67, gap 1063.33 → 1064
    case = couple()
    case["members"][0]["income"] = [{"kind": "wages", "amount": 1200, "per": "month", "months": 6}]

    assert [one.amount_fen for one in found("work_more", case)] == [89_700]
    assert [one.amount_fen for one in found("work_less", case)] == [106_400]


def test_a_pupil_who_leaves_school() -> None:
    case = couple()
    case["members"].append({"name": "子", "born": "2004-01-01", "relation": "child", "study": "college",
                            "lives_together": False})  # fmt: skip

    said = found("study_ends", case)

    # counted while he studies: 740 × 3 − 560 = 1660; without him 920
    assert [(one.cause, one.amount_fen) for one in said] == [("子毕业或不再在读", 92_000)]


def test_a_supporter_who_earns_more() -> None:
    # above 2 × 740 × 3 = 4440 a month half of the surplus is counted
    said = found("supporter_up", worked("G03")["case"])
    assert said == []  # the daughter is in dibao herself and owes nothing

    first = found("supporter_up", worked("G02")["case"])[0]
    assert first.zh.startswith("长子（义务人）的家庭月收入再多242.00元")  # 4442 − 4440 = 2, half of it one yuan


def test_medical_bills_lift_a_household_into_dibao() -> None:
    # 2000 a month is 520 above the line: 6240 a year of bills bring it to the line, one fen more below it
    case = couple()
    case["members"][0]["income"] = [other(2000)]

    turned = [one for one in found("medical_up", case) if one.outcome == "dibao"]

    assert [(one.change, one.amount_fen) for one in turned] == [(624_001, 100)]


@pytest.mark.parametrize("name", NAMES)
def test_every_change_is_real_and_says_so(name: str) -> None:
    case = parse_case(worked(name)["case"])
    now = assess(case, trace=False)

    for one in thresholds(case):
        assert (one.outcome, one.amount_fen) != (now.outcome, now.monthly_benefit_fen), one
        assert one.zh.startswith(one.cause), one
        assert one.clause, one


def test_nothing_is_said_where_nothing_can_be_decided() -> None:
    assert thresholds(parse_case(worked("G15")["case"])) == []


def test_in_json_money_is_yuan() -> None:
    said = found("assets_up", couple())[0].as_json()

    assert (said["change"], said["unit"], said["monthly_benefit"]) == ("35520.01", "fen", "0.00")


def test_nobody_who_is_tekun_is_told_what_would_end_it_even_where_a_number_is_missing() -> None:
    # after 2025 the exclusion of the basic pension has no number: what tekun does not need is never asked for
    old = {"name": "翁", "born": "1950-01-01", "relation": "head",
           "income": [{"kind": "resident_pension", "amount": 150, "basic": 123, "per": "month"}]}  # fmt: skip
    case = parse_case(couple(decision_date="2026-08-10", members=[old]))

    assert assess(case, trace=False).outcome == "tekun"
    assert thresholds(case) == []
