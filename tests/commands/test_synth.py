"""opendibao synth snapshot: a folder by a seed, cases beside it, nothing written over, exit status 0, 1 or 2."""

import json
import pathlib

import pytest
from click.testing import CliRunner, Result

from opendibao.commands.main import main
from opendibao.commands.progress import every_million


def run(*options: str) -> Result:
    return CliRunner().invoke(main, ["synth", "snapshot", *options])


def asked(out: pathlib.Path, *more: str) -> Result:
    return run("--households", "30", "--seed", "4", "--out", str(out), *more)


def test_a_snapshot_is_written_and_says_what_it_is(tmp_path: pathlib.Path) -> None:
    result = asked(tmp_path / "s")

    said = json.loads((tmp_path / "s" / "manifest.json").read_text())
    assert result.exit_code == 0
    assert "已写 30 户" in result.output
    assert {name: said[name] for name in ("version", "households", "seed", "policy")} == {
        "version": 1, "households": 30, "seed": 4, "policy": "jx-demo-2024",
    }  # fmt: skip


def test_some_households_are_also_written_as_cases(tmp_path: pathlib.Path) -> None:
    assert asked(tmp_path / "s", "--cases", "3", "--decision-date", "2024-10-31").exit_code == 0

    files = sorted((tmp_path / "s" / "cases").iterdir())
    assert [file.name for file in files] == ["0.yaml", "1.yaml", "2.yaml"]
    assert all("decision_date: '2024-10-31'" in file.read_text("utf-8") for file in files)
    answer = CliRunner().invoke(main, ["assess", str(files[0]), "--json"])
    assert answer.exit_code == 0


def test_only_checking_writes_nothing(tmp_path: pathlib.Path) -> None:
    result = asked(tmp_path / "s", "--dry-run")

    assert result.exit_code == 0
    assert "可以写：30 户" in result.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_a_folder_that_is_there_is_refused(tmp_path: pathlib.Path, more: tuple[str, ...]) -> None:
    result = asked(tmp_path, *more)

    assert result.exit_code == 1
    assert "已经存在，请换一个目录或先删除它" in result.output


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--policy", "no-such-pack"), "no-such-pack"),
        (("--cases", "30", "--decision-date", "2001-01-01"), "还没有出生"),
        (("--cases", "1", "--decision-date", "2024-02-30"), "不是存在的日期"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_left(
    tmp_path: pathlib.Path, more: tuple[str, ...], said: str
) -> None:
    result = asked(tmp_path / "s", *more)

    assert result.exit_code == 1
    assert said in result.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "options",
    [
        (), ("--households", "0", "--seed", "1", "--out", "x"), ("--households", "5", "--out", "x"),
        ("--households", "many", "--seed", "1", "--out", "x"), ("--households", "5", "--seed", "-1", "--out", "x"),
    ],
)  # fmt: skip
def test_wrong_usage_is_status_two(options: tuple[str, ...]) -> None:
    assert run(*options).exit_code == 2


def test_long_work_speaks_once_a_million(capsys: pytest.CaptureFixture[str]) -> None:
    tell = every_million("已写")

    for done in (65_536, 999_999, 1_000_001, 1_500_000, 2_000_000):
        tell(done)

    assert capsys.readouterr().err.splitlines() == ["已写 1000001 户……", "已写 2000000 户……"]
