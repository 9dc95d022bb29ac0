"""opendibao assess: the contract's answer, exit status 0, 1 or 2."""

import json
import pathlib

import pytest
from click.testing import CliRunner, Result

from opendibao.commands.main import main
from tests.rules.worked_cases import NAMES, case_text, worked


def run(file: pathlib.Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["assess", str(file), *options])


@pytest.fixture
def written(tmp_path: pathlib.Path) -> pathlib.Path:
    file = tmp_path / "CASE.yaml"
    file.write_text(case_text("G01"), "utf-8")
    return file


@pytest.mark.parametrize("name", NAMES)
def test_a_worked_case_is_answered_in_json(tmp_path: pathlib.Path, name: str) -> None:
    file = tmp_path / f"{name}.yaml"
    file.write_text(case_text(name), "utf-8")

    result = run(file, "--json")

    answer, expected = json.loads(result.output), worked(name)["expect"]
    assert result.exit_code == 0
    assert {key: answer[key] for key in expected} == expected


def test_the_answer_has_the_keys_of_the_contract(written: pathlib.Path) -> None:
    answer = json.loads(run(written, "--json").output)

    assert {
        "outcome", "members", "monthly_benefit", "first_month", "payments", "recover", "reasons", "rule_set", "trace",
    } <= set(answer)  # fmt: skip
    assert {"code", "zh", "clause"} == set(answer["reasons"][0])
    assert {
        "step", "zh", "value", "unit", "clause", "formula", "inputs", "sources", "parameters", "per_member",
    } == set(answer["trace"][0])  # fmt: skip
    assert len(answer["rule_set"]) == 64


def test_a_person_reads_the_same(written: pathlib.Path) -> None:
    result = run(written)

    assert result.exit_code == 0
    assert "结果：低保" in result.output
    assert "1378.00元" in result.output
    assert "民发〔2021〕57号第二十七条" in result.output


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("area: rural", "area: rural\nstreet: 长江路", ["第4行", "street", "不认识这个键"]),
        ("born: '1984-03-01'", "born: '1984-02-30'", ["第6行", "members[0].born", "不是存在的日期"]),
        ("amount: 1200", "amount: -1200", ["members[0].income[1].amount", "不能是负数"]),
        ("amount: 1200", "amount: 1200.005", ["members[0].income[1].amount", "最多两位小数"]),
        ("policy: jx-demo-2024", "policy: moon", ["policy", "没有参数包“moon”", "jx-demo-2024"]),
    ],
)
def test_a_doubtful_case_is_refused_with_status_1(
    written: pathlib.Path, old: str, new: str, said: list[str]
) -> None:  # fmt: skip
    written.write_text(written.read_text("utf-8").replace(old, new, 1), "utf-8")

    result = run(written, "--json")

    assert result.exit_code == 1
    assert all(words in result.output for words in said), result.output
    assert "被退回" in result.output


def test_a_file_in_another_encoding_is_refused(written: pathlib.Path) -> None:
    written.write_bytes(case_text("G01").encode("gb18030"))

    result = run(written)

    assert result.exit_code == 1
    assert "UTF-8" in result.output


def test_a_byte_order_mark_does_no_harm(written: pathlib.Path) -> None:
    written.write_bytes(b"\xef\xbb\xbf" + case_text("G01").encode())

    assert run(written).exit_code == 0


@pytest.mark.parametrize("words", [["assess"], ["assess", "no-such-file.yaml"], ["assess", "--colour"], ["asses"]])
def test_wrong_usage_ends_with_status_2(words: list[str]) -> None:
    assert CliRunner().invoke(main, words).exit_code == 2


def test_what_would_change_it_comes_along(written: pathlib.Path) -> None:
    answer, text = json.loads(run(written, "--json").output), run(written).output

    # G01: (26640 − 11000) ÷ 12 = 1303.33 a month more reaches the line
    assert "1303.34" in {one["change"] for one in answer["thresholds"] if one["code"] == "income_up"}
    assert {"name", "more", "benefit_change", "kept", "zh", "cliff", "clause"} == set(answer["keeping"][0])
    assert {"code", "zh", "clause", "because"} == set(answer["also"][0])
    for head in ("差多少就变化（其他情况不变）：", "多挣100元：", "还可以申请："):
        assert head in text
