"""opendibao evaluate monitor: the sheet of a day in Word and PDF, or on the screen; another day is refused in words."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.conf import settings

from opendibao.commands import evaluate, setup
from tests.conftest import ActAs
from tests.evaluation import small_county
from tests.evaluation.year import LOCKED


@pytest.fixture(autouse=True)
def lived(monkeypatch: pytest.MonkeyPatch, act_as: ActAs) -> None:
    """The command looks into the test's database, where the small county has lived its year."""
    monkeypatch.setattr(setup, "django_setup", lambda: None)
    monkeypatch.setattr(settings, "OPENDIBAO_TODAY", LOCKED.date())
    with act_as("360429"):
        small_county.whole()


def called(*words: str) -> Result:
    return CliRunner().invoke(evaluate.command, ["monitor", *words])


def test_both_files_are_written_and_the_same_day_gives_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        found = called("2024", "--as-of", "2024-07-31", "--out", str(tmp_path / folder))
        assert found.exit_code == 0, found.output

    names = sorted(file.name for file in (tmp_path / "a").iterdir())
    assert names == ["绩效运行监控表-2024-07-31.docx", "绩效运行监控表-2024-07-31.pdf"]
    assert all((tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes() for name in names)


def test_a_trial_tells_every_row_and_writes_nothing(tmp_path: Path) -> None:
    found = called("2024", "--as-of", "2024-07-31", "--dry-run", "--out", str(tmp_path / "c"))

    assert found.exit_code == 0, found.output
    assert all(line[:2] in ("绿　", "黄　", "红　", "无　") for line in found.output.splitlines())
    assert "农村低保金：指标值" in found.output
    assert not (tmp_path / "c").exists()


@pytest.mark.parametrize(("day", "told"), [("2025-07-31", "不在2024年度里"), ("2023-01-01", "不在2024年度里")])
def test_another_year_s_day_is_refused(tmp_path: Path, day: str, told: str) -> None:
    found = called("2024", "--as-of", day, "--out", str(tmp_path / "c"))

    assert found.exit_code == 1
    assert told in found.output
    assert not (tmp_path / "c").exists()
