"""为什么: the bars and the table of a worked case, counted by hand from domain.md §12 and §13 (G01)."""

from opendibao.rules.assess import assess
from opendibao.rules.case import parse_case
from opendibao.rules.outlook import outlook
from opendibao.web.why import Bar, ahead_of, why_of
from tests.rules.worked_cases import worked


def why(case: str):  # type: ignore[no-untyped-def]
    return why_of(assess(parse_case(worked(case)["case"])))


def test_income_and_benefit_reach_the_line() -> None:
    # wages 1200 × 8 − 200 × 8 = 8000 a year, farming 6 mu × 500 = 3000; line 740 × 3 = 2220 a month
    assert why("G01").bars == [
        Bar("工资性收入", "income", 0, 66667),  # 8000 / 12
        Bar("种植收入", "income", 66667, 25000),  # 3000 / 12
        Bar("家庭月收入", "income", 0, 91667, is_total=True),  # 11000 / 12
        Bar("月保障金", "benefit", 91667, 130400, is_total=True),  # 1303.33, up to the whole yuan
        Bar("月保障线", "line", 0, 222000, is_total=True),
        Bar("分类施保", "more", 222000, 7400, is_total=True),  # the minor: 10 % of 740
    ]


def test_the_table_shows_what_moved_the_amount_and_hides_the_rest() -> None:
    found = why("G01")
    lines = {line.zh: line for line in found.lines}
    assert lines["月保障金合计"].value == "1,378.00 元"
    assert lines["家庭年收入"].value == "11,000.00 元"
    assert lines["扣除就业成本后的报酬"].value == "8,000.00 元"
    assert lines["种植收入"].whose == ["夫 3,000.00 元"]
    assert "工资性收入" not in lines  # the same 8,000 yuan again
    assert "经营净收入" not in lines  # zero
    assert "经营净收入" in {line.zh for line in found.others}


def test_a_parameter_says_its_day_its_source_and_whether_it_was_checked() -> None:
    line = next(line for line in why("G01").lines if line.zh == "月保障标准")
    rural = next(one for one in line.parameters if one.zh.startswith("农村"))
    assert (rural.value, rural.since.isoformat(), rural.is_verified) == ("740.00 元", "2023-01-01", False)
    assert "jx-demo-2024" in rural.source


def test_every_step_of_the_calculation_stands_in_one_of_the_two_tables() -> None:
    case = parse_case(worked("G01")["case"])
    found = why_of(assess(case))
    assert len(found.lines) + len(found.others) == len(assess(case).trace)


def test_a_refused_family_has_income_above_the_line_and_no_benefit() -> None:
    kinds = {bar.kind: bar.length for bar in why("G09a").bars if bar.is_total}
    assert "benefit" not in kinds
    assert kinds["income"] > kinds["line"]


def test_what_ends_the_money_comes_first_and_the_rest_is_folded_away() -> None:
    case = parse_case(worked("G01")["case"])

    ahead = ahead_of(assess(case), outlook(case))

    assert [one.code for one in ahead.nearest] == ["income_up", "assets_up", "dwellings_up", "cars_up"]
    assert ahead.nearest[0].change == 130_334  # 15640 ÷ 12, not the third of a yuan that moves the amount
    assert "birthday" in {one.code for one in ahead.others}
