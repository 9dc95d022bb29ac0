"""opendibao evidence ID: value, rows and sum of one figure; its rows as a workbook; 1 for an unknown id."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from python_calamine import CalamineWorkbook

from opendibao.commands import evidence, setup
from opendibao.evaluation.actions import lock_year
from tests.conftest import ActAs
from tests.evaluation import small_county
from tests.evaluation.year import LOCKED, YEAR
from tests.payment.builders import COUNTY


@pytest.fixture(autouse=True)
def in_this_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command looks into the test's database instead of starting one."""
    monkeypatch.setattr(setup, "django_setup", lambda: None)


@pytest.fixture
def locked(act_as: ActAs) -> None:
    with act_as("360429"):
        small_county.whole()
        lock_year(YEAR, COUNTY, at=LOCKED)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(evidence.command, list(arguments))


@pytest.mark.usefixtures("locked")
class TestFigure:
    def test_money_is_answered_with_its_fen(self) -> None:
        told = json.loads(run("paid.rural", "--json").output)
        assert {"id": "paid.rural", "value": "0.06", "rows": 1, "sum_fen": 64000}.items() <= told.items()

    def test_a_stock_is_answered_with_its_count(self) -> None:
        told = json.loads(run("rural.persons", "--json").output)
        assert {"id": "rural.persons", "value": "2", "rows": 2, "count": 2}.items() <= told.items()

    def test_an_indicator_is_answered_by_its_place_in_the_sheet(self) -> None:
        told = json.loads(run("indicator.03", "--json").output)
        assert (told["zh"], told["value"], told["count"]) == ("经办人员培训次数", "3", 3)
        assert json.loads(run("indicator.04", "--json").output)["value"] == "未测得"

    def test_without_json_it_is_told_in_lines(self) -> None:
        result = run("paid")
        assert result.exit_code == 0
        assert "value：0.13" in result.output

    def test_the_rows_are_as_many_as_told(self, tmp_path: Path) -> None:
        path = tmp_path / "rows.xlsx"
        told = json.loads(run("persons", "--json", "--xlsx", str(path)).output)
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        assert len(rows) - 1 == told["rows"] == 3

    def test_the_list_names_every_id(self) -> None:
        lines = run("--list").output.splitlines()
        assert {"paid\t全年发放低保金", "indicator.01\t农村低保金"} <= set(lines)

    def test_an_unknown_id_ends_with_1(self) -> None:
        result = run("paid.moon", "--json")
        assert result.exit_code == 1
        assert "paid.moon" in result.output

    def test_another_year_has_no_snapshot(self) -> None:
        result = run("paid", "--year", "2023")
        assert result.exit_code == 1
        assert "2023年度还没有锁定的快照" in result.output


def test_wrong_usage_ends_with_2() -> None:
    assert run("--colour").exit_code == 2
    assert run("paid", "--year", "二零二四").exit_code == 2


def test_help_speaks_both_languages() -> None:
    text = run("--help").output
    assert "打开一个数字" in text
    assert "Open one figure" in text
