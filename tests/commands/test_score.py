"""opendibao score: the contract's answer, exit status 0, 1 or 2."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from opendibao.commands.score import command
from tests.evaluation.sheets import county_sheet, judged, number


def run(tmp_path: Path, data: object, *options: str) -> Result:
    file = tmp_path / "SHEET.yaml"
    file.write_text(yaml.safe_dump(json.loads(json.dumps(data, default=float)), allow_unicode=True), "utf-8")
    return CliRunner().invoke(command, [str(file), *options])


def test_the_county_sheet_is_answered_in_json(tmp_path: Path) -> None:
    result = run(tmp_path, county_sheet(), "--json")
    answer = json.loads(result.output)
    assert result.exit_code == 0
    assert {"raw": "86/90", "over_weights": "95.56", "with_execution": "96.00", "by_rule": "99.96"}.items() <= answer[
        "readings"
    ].items()
    assert [row["score"] for row in answer["rows"]][:2] == ["5.00", "4.96"]
    assert answer["grade"]["grade"] == "优"
    assert answer["execution"]["score"] == "10.00"
    assert {"W02", "W04"} <= {finding["id"] for finding in answer["findings"]}


def scored(tmp_path: Path, row: dict[str, Any], **more: object) -> dict[str, Any]:
    """The answer for a sheet of one row."""
    told: dict[str, Any] = json.loads(run(tmp_path, {"indicators": [row], **more}, "--json").output)
    return told


@pytest.mark.parametrize(
    ("row", "points", "findings"),
    [
        # S1: 5330 ÷ 5331.78 × 5 = 4.99833
        (number("农村低保金", "at_most", 5330, "5331.78", 5, given_score=4, reason="测算"), "5.00", {"W05"}),
        # S2: 960 ÷ 968.59 × 5 = 4.95566
        (number("城镇低保金", "at_most", 960, "968.59", 5, given_score=4, reason="测算"), "4.96", {"W05"}),
        # S3: 8520 is within 9000, so nothing may be taken off
        (number("农村人数", "at_most", 9000, 8520, 5, given_score=4, reason="测算"), "5.00", {"W04"}),
        # S4
        (number("培训", "at_least", 4, 4, 5), "5.00", set()),
        # S6: 10 × 0.70
        (judged("减轻", "partly", "0.70", 10), "7.00", set()),
    ],
)
def test_the_worked_cases_of_one_row(tmp_path: Path, row: dict[str, Any], points: str, findings: set[str]) -> None:
    told = scored(tmp_path, row)
    assert told["rows"][0]["score"] == points
    # a sheet of one row does not weigh a hundred, which is said each time
    assert {one["id"] for one in told["findings"]} == findings | {"W02"}


def test_s5_execution_over_the_plan_is_capped_and_said(tmp_path: Path) -> None:
    budget = {"planned": 6290, "executed": "6300.37", "weight": 10}
    block = scored(tmp_path, number("训", "at_least", 4, 4, 90), budget=budget)["execution"]
    # 6300.37 ÷ 6290 = 1.0016486
    assert (block["score"], block["rate"]) == ("10.00", "100.16%")
    assert "B>A" in block["flags"][0]


def test_s6_a_ratio_outside_its_band_is_refused(tmp_path: Path) -> None:
    result = run(tmp_path, {"indicators": [judged("减轻", "partly", "0.85", 10)]}, "--json")
    assert result.exit_code == 1
    assert "indicators[0].ratio" in result.output
    assert "[0.60, 0.80)" in result.output


def test_s7_far_over_the_target_is_flagged_or_costs_points(tmp_path: Path) -> None:
    # 290 ÷ 200 is 45 % over, 15 % beyond the 30 % that need no word: 5 × (1 − 0.15) = 4.25
    row = number("人数", "at_least", 200, 290, 5)
    flagged = scored(tmp_path, row)["rows"][0]
    assert flagged["score"] == "5.00"
    assert "应说明原因" in flagged["flags"][0]
    assert scored(tmp_path, row, options={"over_completion": "linear"})["rows"][0]["score"] == "4.25"


def test_s8_eighty_six_is_never_graded_as_if_of_a_hundred(tmp_path: Path) -> None:
    told = json.loads(run(tmp_path, county_sheet(), "--json").output)
    assert told["grade"]["readings"] == {"over_weights": "优", "with_execution": "优", "by_rule": "优"}
    assert told["readings"]["by_rule_raw"] == "89.96/90"
    assert "良" not in json.dumps(told["grade"], ensure_ascii=False)


def test_the_same_is_told_in_words(tmp_path: Path) -> None:
    text = run(tmp_path, county_sheet()).output
    assert "得分 86/90，折合百分 95.56，加预算执行率 96.00，按规则 99.96" in text
    assert "等级 优（96.00分" in text


def test_a_refused_sheet_ends_with_1_and_names_the_key(tmp_path: Path) -> None:
    result = run(tmp_path, {"indicators": [number("训", "at_least", -4, 4, 5)]})
    assert result.exit_code == 1
    assert "indicators[0].target" in result.output


def test_a_sheet_in_another_encoding_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "SHEET.yaml"
    file.write_bytes("indicators: 指标".encode("gb18030"))
    result = CliRunner().invoke(command, [str(file)])
    assert result.exit_code == 1
    assert "UTF-8" in result.output


@pytest.mark.parametrize(
    ("arguments", "chinese", "english"),
    [
        ([], "没有写要评分的文件", "Missing argument"),
        (["nowhere.yaml"], "不在这个位置", "does not exist"),
        (["--colour"], "没有选项“--colour”", "No such option"),
        ([__file__, __file__], "只要一个文件名", "unexpected extra argument"),
    ],
)
def test_wrong_usage_ends_with_2_and_is_told_in_both_languages(
    arguments: list[str], chinese: str, english: str
) -> None:
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 2
    assert chinese in result.output
    assert english in result.output


def test_how_far_the_next_grade_is_stands_beside_the_readings(tmp_path: Path) -> None:
    told = json.loads(run(tmp_path, county_sheet(), "--json").output)["sensitivity"]
    assert [(one["reading"], one["points"], one["better"]) for one in told] == [
        ("over_weights", "95.56", None),
        ("with_execution", "96.00", None),
        ("by_rule", "99.96", None),
    ]
    # 86 of 90 falls under 优 at 80.99, which is rounded to 89.99: 5.01 points; 96.00 at 89.99: 6.01
    assert [one["worse"]["points"] for one in told] == ["5.01", "6.01", "9.97"]


def test_help_speaks_both_languages() -> None:
    text = CliRunner().invoke(command, ["--help"]).output
    assert "绩效指标表" in text
    assert "exit status" in text
