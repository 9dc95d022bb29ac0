"""新来源: what is written reads its sample and runs its cases at once; bad and taken names are refused in words."""

import pathlib
import subprocess
import sys
from datetime import date
from importlib import import_module

import pytest
from click.testing import CliRunner, Result

from opendibao.commands.main import main
from opendibao.verification.deliveries.reading.rows import read_rows
from opendibao.verification.sources import found_in
from tests.conventions.sources import ROOT
from tests.test_golden_cases import read_cases


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["new-source", *words])


def test_a_new_source_is_found_reads_its_sample_and_its_cases_hold(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "sources_of_a_bureau"
    package.mkdir()
    (package / "__init__.py").write_text("", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert run("water_bills", "--zh", "自来水", "--into", str(package)).exit_code == 0

    source = found_in("sources_of_a_bureau")["water_bills"]
    sample = (package / "water_bills" / "sample.csv").read_bytes()
    (rows,) = read_rows(sample, source, date(2024, 5, 20)).batches
    module = import_module("sources_of_a_bureau.water_bills.source")
    cases = read_cases(package / "water_bills" / "cases.yaml")

    assert source.zh == "自来水"
    assert [row["item"] for row in rows.kept] == ["甲项", "乙项", "甲项"]
    assert [row["amount"] for row in rows.kept] == [123_456, None, 8_000]
    assert list(rows.rejected) == []
    assert [module.run_case(case["given"]) for case in cases] == [{"words": "自来水有记录1条：甲项"}, None]
    assert [case["expect"] for case in cases] == [{"words": "自来水有记录1条：甲项"}, None]


def test_what_is_written_is_as_the_house_writes(tmp_path: pathlib.Path) -> None:
    assert run("water_bills", "--zh", "自来水", "--into", str(tmp_path)).exit_code == 0
    for check in (["check"], ["format", "--check"]):
        found = subprocess.run(
            [sys.executable, "-m", "ruff", *check, "--config", str(ROOT / "pyproject.toml"), str(tmp_path)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert found.returncode == 0, found.stdout + found.stderr


@pytest.mark.parametrize(
    "name", ["Water", "1st", "water-bills", "water__bills", "_water", "水费", "class", "../water", ""]
)
def test_a_bad_name_is_refused_in_words(tmp_path: pathlib.Path, name: str) -> None:
    told = run("--into", str(tmp_path), "--", name)

    assert told.exit_code == 1
    assert f"“{name}”不能作来源的名字" in told.output
    assert list(tmp_path.iterdir()) == []


def test_a_name_longer_than_its_column_is_refused(tmp_path: pathlib.Path) -> None:
    told = run("w" * 31, "--into", str(tmp_path))

    assert (told.exit_code, "最多30个字符，现在31个" in told.output) == (1, True)
    assert run("w" * 30, "--into", str(tmp_path)).exit_code == 0


@pytest.mark.parametrize("name", ["vehicles", "adapter"])
def test_a_taken_name_is_refused(name: str) -> None:
    told = run(name)

    assert (told.exit_code, f"已经有名为“{name}”的来源" in told.output) == (1, True)


def test_a_second_time_the_first_stays(tmp_path: pathlib.Path) -> None:
    run("water_bills", "--zh", "一", "--into", str(tmp_path))
    told = run("water_bills", "--zh", "二", "--into", str(tmp_path))

    assert told.exit_code == 1
    assert 'zh="一"' in (tmp_path / "water_bills" / "source.py").read_text("utf-8")


@pytest.mark.parametrize("words", ['说"了', "换\n行", "百分%", "花{括", " "])
def test_words_that_would_break_the_file_are_refused(tmp_path: pathlib.Path, words: str) -> None:
    told = run("water_bills", "--zh", words, "--into", str(tmp_path))

    assert (told.exit_code, "不含引号" in told.output) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_a_dry_run_writes_nothing(tmp_path: pathlib.Path) -> None:
    told = run("water_bills", "--into", str(tmp_path), "--dry-run")

    assert (told.exit_code, told.output.count("将写")) == (0, 4)
    assert list(tmp_path.iterdir()) == []


def test_a_write_that_fails_leaves_nothing(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pathlib.Path, "write_text", full)
    assert isinstance(run("water_bills", "--into", str(tmp_path)).exception, OSError)
    assert list(tmp_path.iterdir()) == []
