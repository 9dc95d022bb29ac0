"""绩效目标: read strictly from the province's evaluation.yaml; every goal is served by an indicator that exists."""

import pytest
import yaml

from opendibao.evaluation.goals import HORIZONS, BadGoals, parse_programme, programme
from opendibao.evaluation.queries import indicators

GOOD = {
    "project": "低保金",
    "department": "民政局",
    "goals": {
        "overall": "应保尽保",
        **{
            key: {"label": key, "items": [{"text": f"{key}目标", "milestone": "见效", "serves": ["satisfaction"]}]}
            for key in HORIZONS
        },
    },
    "sheet": [{"indicator": "satisfaction", "direction": "at_least", "target": "95", "text": "≥95%", "weight": 10}],
}


def test_the_county_s_goals_name_indicators_that_exist() -> None:
    found, known = programme("360429000000"), indicators()
    assert [one.key for one in found.horizons] == ["short", "middle", "long"]
    assert {code for one in found.horizons for goal in one.items for code in goal.serves} <= set(known)
    assert {row.indicator for row in found.sheet} <= set(known)


def test_the_sheet_weighs_ninety_and_its_last_row_nothing() -> None:
    weights = [int(row.weight) for row in programme("360429000000").sheet]
    assert (len(weights), sum(weights), weights[-1]) == (15, 90, 0)


def test_an_indicator_knows_the_goals_it_serves() -> None:
    found = parse_programme(yaml.safe_dump(GOOD, allow_unicode=True))
    assert found.goals_of("satisfaction") == ("short目标", "middle目标", "long目标")
    assert found.goals_of("fund_use") == ()


def without(*keys: str) -> str:
    data = yaml.safe_load(yaml.safe_dump(GOOD))
    at = data
    for key in keys[:-1]:
        at = at[key]
    del at[keys[-1]]
    return yaml.safe_dump(data, allow_unicode=True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (without("project"), "文件：应恰好有这些键"),
        (without("goals", "middle"), "goals：应恰好有这些键"),
        (without("goals", "long", "label"), "goals.long：应恰好有"),
        (yaml.safe_dump({**GOOD, "sheet": []}), "sheet：至少要有一项"),
        (yaml.safe_dump({**GOOD, "department": " "}), "department：应填写文字"),
        (yaml.safe_dump({**GOOD, "colour": "red"}), "文件：应恰好有这些键"),
        ("project: [", "不是正确的 YAML"),
        ("- 一行", "文件：应恰好有"),
    ],
)
def test_a_file_that_lacks_something_is_refused_by_place(text: str, words: str) -> None:
    with pytest.raises(BadGoals, match=words):
        parse_programme(text)


def test_a_county_without_programme_is_refused() -> None:
    with pytest.raises(BadGoals, match="区划110101所在的省没有"):
        programme("110101000000")
