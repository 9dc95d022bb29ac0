"""新指标: what is written works at once and says 未测得; bad and taken names are refused in words."""

import os
import pathlib
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner, Result

from opendibao.commands.main import main
from tests.conventions.sources import ROOT, SRC

TRY = """
import importlib, pathlib, yaml
from opendibao.evaluation.queries import indicators
from opendibao.evaluation.figure import query_hash
assert "foo_rate" in indicators()
module = importlib.import_module("opendibao.evaluation.indicators.foo_rate.indicator")
assert pathlib.Path(module.__file__).is_relative_to(ROOT), module.__file__
cases = yaml.safe_load((pathlib.Path(module.__file__).parent / "cases.yaml").read_text("utf-8"))
assert cases
assert [module.run_case(case["given"]) == case["expect"] for case in cases] == [True] * len(cases)
print(module.INDICATOR.name, module.run_case(cases[0]["given"])["text"])
"""


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["new-indicator", *words])


@pytest.fixture
def copy(tmp_path: pathlib.Path) -> pathlib.Path:
    """A copy of the product's source, in which files may be written."""
    skipped = shutil.ignore_patterns("__pycache__", "static", "templates", "locale")
    shutil.copytree(SRC, tmp_path / "src" / "opendibao", ignore=skipped)
    return tmp_path


def test_a_new_indicator_is_found_and_its_cases_hold(copy: pathlib.Path) -> None:
    env = os.environ | {
        "PYTHONPATH": str(copy / "src"), "DJANGO_SETTINGS_MODULE": "opendibao.config.demo",
        "DATABASE_URL": "postgresql:///none", "OPENDIBAO_VAR": str(copy / "var"),
    }  # fmt: skip
    told = subprocess.run(
        [sys.executable, "-m", "opendibao.commands.main", "new-indicator", "foo_rate", "--zh", "试办率"],
        env=env, capture_output=True, text=True, check=True, cwd=copy,
    ).stdout  # fmt: skip
    assert str(copy) in told
    setup = f"import django; django.setup(); ROOT = {str(copy)!r}\n"
    tried = subprocess.run(
        [sys.executable, "-c", setup + TRY], env=env, capture_output=True, text=True, check=False, cwd=copy
    )
    assert tried.stderr == ""
    assert tried.stdout == "试办率 未测得\n"
    assert not (SRC / "evaluation" / "indicators" / "foo_rate").exists()


def test_what_is_written_is_as_the_house_writes(tmp_path: pathlib.Path) -> None:
    assert run("foo_rate", "--zh", "试办率", "--into", str(tmp_path)).exit_code == 0
    module = tmp_path / "foo_rate" / "indicator.py"
    for check in (["check"], ["format", "--check"]):
        found = subprocess.run(
            [sys.executable, "-m", "ruff", *check, "--config", str(ROOT / "pyproject.toml"), str(module)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert found.returncode == 0, found.stdout + found.stderr


@pytest.mark.parametrize("name", ["Foo", "1st", "foo-rate", "foo__rate", "_foo", "试办", "class", "../foo", ""])
def test_a_bad_name_is_refused_in_words(tmp_path: pathlib.Path, name: str) -> None:
    told = run("--into", str(tmp_path), "--", name)
    assert told.exit_code == 1
    assert f"“{name}”不能作指标的名字" in told.output
    assert list(tmp_path.iterdir()) == []


def test_a_name_longer_than_its_column_is_refused(tmp_path: pathlib.Path) -> None:
    told = run("f" * 41, "--into", str(tmp_path))
    assert (told.exit_code, "最多40个字符，现在41个" in told.output) == (1, True)
    assert run("f" * 40, "--into", str(tmp_path)).exit_code == 0


def test_a_taken_name_is_refused_and_the_old_one_stays(tmp_path: pathlib.Path) -> None:
    assert "已经有名为“satisfaction”的指标" in run("satisfaction").output
    run("foo_rate", "--zh", "一", "--into", str(tmp_path))
    told = run("foo_rate", "--zh", "二", "--into", str(tmp_path))
    assert (told.exit_code, "已经有名为“foo_rate”的指标" in told.output) == (1, True)
    assert "“一”" in (tmp_path / "foo_rate" / "cases.yaml").read_text("utf-8")


@pytest.mark.parametrize("words", ['说"了', "换\n行", "百分%", "花{括", " "])
def test_words_that_would_break_the_file_are_refused(tmp_path: pathlib.Path, words: str) -> None:
    told = run("foo_rate", "--zh", words, "--into", str(tmp_path))
    assert (told.exit_code, "不含引号" in told.output) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_a_dry_run_writes_nothing(tmp_path: pathlib.Path) -> None:
    told = run("foo_rate", "--into", str(tmp_path), "--dry-run")
    assert (told.exit_code, told.output.count("将写")) == (0, 3)
    assert list(tmp_path.iterdir()) == []


def test_a_write_that_fails_leaves_nothing(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pathlib.Path, "write_text", full)
    assert isinstance(run("foo_rate", "--into", str(tmp_path)).exception, OSError)
    assert list(tmp_path.iterdir()) == []
