"""多挣一百元: a yuan of gap for a yuan of pay, the cost of working, and the cliff at the line."""

from typing import Any

from opendibao.rules.case import parse_case
from opendibao.rules.keeping import Keeping, keepings
from tests.rules.test_thresholds import couple
from tests.rules.worked_cases import worked


def of(case: dict[str, Any], name: str) -> Keeping:
    return next(one for one in keepings(parse_case(case)) if one.name == name)


def working() -> dict[str, Any]:
    """The husband earns 760 a month all year: 200 of it is the cost of working, 560 count, the benefit is 920."""
    case = couple()
    case["members"][0]["income"] = [{"kind": "wages", "amount": 760, "per": "month"}]
    return case


def test_who_works_already_keeps_nothing_of_a_hundred() -> None:
    said = of(working(), "夫")

    assert (said.benefit_change_fen, said.kept_fen) == (-10_000, 0)
    assert said.zh == "夫每月多挣100.00元，月保障金少100.00元，全家到手一样多"


def test_who_starts_to_work_keeps_it_because_working_costs() -> None:
    # 100 a month is less than the 200 that working costs, so nothing of it counts
    said = of(working(), "妻")

    assert (said.benefit_change_fen, said.kept_fen) == (0, 10_000)
    assert said.zh.endswith("全家多得100.00元")


def test_the_cliff_is_named_with_what_softens_it() -> None:
    # 560 + 920 = 1480 is the line: there the last yuan goes at once
    said = of(working(), "夫")

    assert said.cliff_zh.startswith("夫每月再多挣920.00元，结果由“低保”变为“低保边缘家庭”")
    assert said.cliff_zh.endswith("；因就业超过标准的，可以办渐退期，期内每月仍发920.00元")
    assert said.clause == "社会救助暂行办法第九条"


def test_near_the_line_a_family_loses_by_earning() -> None:
    # own pay 2770, cost 200: 2570 of the three's line 740 × 3 = 2220 … so two: 760 + 915 = 1675 gives 5 yuan of benefit
    case = working()
    case["members"][0]["income"][0]["amount"] = 1675
    case["members"].append({"name": "女", "born": "2015-01-01", "relation": "child"})

    # three heads: line 2220, income 1475, gap 745 and 74 for the minor; 100 more: gap 645
    assert of(case, "夫").benefit_change_fen == -10_000

    case["members"].pop()
    # two heads: line 1480, income 1475, gap 5; 100 more: above the line, nothing left
    said = of(case, "夫")
    assert (said.benefit_change_fen, said.kept_fen) == (-500, 9_500)


def test_a_supplement_lost_at_the_line_makes_earning_a_loss() -> None:
    # three heads, income 2215 of 2220: 5 and the minor's 74 go together, so 100 earned leave 21
    case = working()
    case["members"][0]["income"][0]["amount"] = 2415
    case["members"].append({"name": "女", "born": "2015-01-01", "relation": "child"})

    said = of(case, "夫")

    assert (said.benefit_change_fen, said.kept_fen) == (-7_900, 2_100)


def test_who_cannot_work_is_not_asked() -> None:
    case = working()
    case["members"].append({"name": "女", "born": "2015-01-01", "relation": "child"})

    assert [one.name for one in keepings(parse_case(case))] == ["夫", "妻"]


def test_a_household_without_monthly_money_has_nothing_to_keep() -> None:
    assert keepings(parse_case(worked("G05")["case"])) == []
    assert keepings(parse_case(worked("G15")["case"])) == []


def test_in_json_money_is_yuan() -> None:
    assert of(working(), "夫").as_json()["benefit_change"] == "-100.00"
