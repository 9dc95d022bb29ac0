"""opendibao assess-batch: one file of decisions from a snapshot, whichever engine; exit status 0, 1 or 2."""

import json
import os
import pathlib

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from opendibao.commands.main import main
from opendibao.kernel.money import yuan
from opendibao.kernel.month import last_day, parse_month
from opendibao.rules.snapshot import write_snapshot
from opendibao.rules.snapshot_cases import write_cases


@pytest.fixture
def folder(tmp_path: pathlib.Path) -> pathlib.Path:
    write_snapshot(60, 5, tmp_path / "snapshot")
    return tmp_path / "snapshot"


@pytest.fixture
def database(folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command finds the database of the tests, and no county of this folder."""
    monkeypatch.setenv("DATABASE_URL", os.environ["DATABASE_OWNER_URL"])
    monkeypatch.setenv("OPENDIBAO_VAR", str(folder.parent / "var"))


def run(folder: pathlib.Path, *options: str, month: str = "2024-06") -> Result:
    out = folder.parent / "decided.parquet"
    return CliRunner().invoke(main, ["assess-batch", str(folder), "--month", month, "--out", str(out), *options])


@pytest.mark.parametrize("engine", ["numpy", "postgresql"])
def test_the_file_says_what_assess_says_of_each_case(folder: pathlib.Path, database: None, engine: str) -> None:
    write_cases(folder, 20, last_day(parse_month("2024-05")))

    result = run(folder, "--engine", engine)

    decided = pq.read_table(folder.parent / "decided.parquet").to_pylist()
    assert result.exit_code == 0, result.output
    assert "已认定 60 户" in result.output
    for number in range(20):
        case = CliRunner().invoke(main, ["assess", str(folder / "cases" / f"{number}.yaml"), "--json"])
        answer = json.loads(case.output)
        assert decided[number]["outcome"] == answer["outcome"]
        assert decided[number]["members"] == answer["members"]
        assert decided[number]["monthly_benefit_fen"] == yuan(answer["monthly_benefit"])
        assert decided[number]["first_month"] == answer["first_month"]


def test_the_file_names_its_law(folder: pathlib.Path) -> None:
    run(folder)

    said = pq.read_schema(folder.parent / "decided.parquet").metadata
    assert {name: said[name] for name in (b"policy", b"month", b"engine")} == {
        b"policy": b"jx-demo-2024", b"month": b"2024-06", b"engine": b"numpy",
    }  # fmt: skip
    assert len(said[b"rule_set"]) == 64


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_an_engine_that_is_not_built_is_wrong_usage(folder: pathlib.Path, engine: str) -> None:
    result = run(folder, "--engine", engine)

    assert result.exit_code == 2
    assert "还没有这个引擎" in result.output


def test_only_checking_writes_nothing(folder: pathlib.Path) -> None:
    result = run(folder, "--dry-run")

    assert result.exit_code == 0
    assert "可以认定：60 户，2024-06 起发" in result.output
    assert list(folder.parent.iterdir()) == [folder]


def test_a_file_that_is_there_is_refused(folder: pathlib.Path) -> None:
    (folder.parent / "decided.parquet").write_text("旧的")

    result = run(folder)

    assert result.exit_code == 1
    assert "已经存在" in result.output
    assert (folder.parent / "decided.parquet").read_text() == "旧的"


@pytest.mark.parametrize("engine", ["numpy", "postgresql"])
def test_a_broken_snapshot_is_refused_by_file_and_leaves_nothing(
    folder: pathlib.Path, database: None, engine: str
) -> None:
    (folder / "member.parquet").write_bytes(b"PAR1")

    result = run(folder, "--engine", engine)

    assert result.exit_code == 1
    assert "member.parquet" in result.output
    assert list(folder.parent.iterdir()) == [folder]


def test_a_database_that_does_not_answer_is_said(folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nowhere")
    monkeypatch.setenv("OPENDIBAO_VAR", str(folder.parent / "var"))

    result = run(folder, "--engine", "postgresql")

    assert result.exit_code == 1
    assert "连不上数据库" in result.output


def test_a_folder_without_a_snapshot_is_refused(tmp_path: pathlib.Path) -> None:
    result = run(tmp_path)

    assert result.exit_code == 1
    assert "读不出快照说明" in result.output


@pytest.mark.parametrize(("month", "status"), [("2024-13", 1), ("june", 1)])
def test_a_month_that_does_not_exist_is_refused(folder: pathlib.Path, month: str, status: int) -> None:
    result = run(folder, month=month)

    assert result.exit_code == status
    assert "不是月份" in result.output


def test_wrong_usage_is_status_two(folder: pathlib.Path) -> None:
    assert CliRunner().invoke(main, ["assess-batch"]).exit_code == 2
    assert run(folder, "--engine", "abacus").exit_code == 2
    assert run(folder.parent / "nothing").exit_code == 2
