"""命令行的身份: a named officer acts with his own name, duties and reach; unnamed, the command itself is on record."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from opendibao.accounts.actions import create_officer
from opendibao.accounts.models import Officer
from opendibao.audit.session import current_session
from opendibao.commands import setup
from opendibao.commands.main import main
from opendibao.commands.officer import on_duty
from opendibao.evaluation.models import Snapshot
from opendibao.kernel.duties import Duty
from tests.conftest import ActAs
from tests.evaluation import small_county
from tests.registry.builders import COUNTY, TOWN, at

NEW_YEAR = at(date(2024, 1, 2))
PEOPLE = {
    "audit01": ("严审计", COUNTY, Duty.AUDIT),
    "ops01": ("江运行", COUNTY, Duty.OPERATE),
    "fin01": ("钱财政", COUNTY, Duty.FINANCE),
    "eval01": ("文评价", COUNTY, Duty.EVALUATE),
    "head01": ("徐分管", COUNTY, Duty.OVERSEE),
    "county01": ("李审核", COUNTY, Duty.CONFIRM),
    "audit02": ("镇审计", TOWN, Duty.AUDIT),
}
ALLOWED = {
    ("audit", "verify"): {"audit01", "ops01", "fin01"},
    ("ledger", "verify"): {"audit01", "ops01", "fin01"},
    ("evidence", "--list"): {"audit01", "eval01", "fin01", "head01"},
    ("evaluate", "run", "2024", "--dry-run"): {"eval01"},
}


@pytest.fixture(autouse=True)
def people(monkeypatch: pytest.MonkeyPatch, act_as: ActAs) -> None:
    """The command looks into the test's database instead of starting one; a year stands there to be evaluated."""
    monkeypatch.setattr(setup, "django_setup", lambda: None)
    with act_as("360429"):
        small_county.whole()
        for username, (name, division, duty) in PEOPLE.items():
            create_officer(username, name, division=division, duties=[duty], at=NEW_YEAR)


def run(*arguments: str, **env: str) -> Result:
    return CliRunner().invoke(main, list(arguments), env=env)


@pytest.mark.parametrize("username", PEOPLE)
@pytest.mark.parametrize("words", ALLOWED, ids=" ".join)
def test_a_command_serves_those_whose_duty_it_is_and_refuses_the_others(words: tuple[str, ...], username: str) -> None:
    result = run(*words, "--officer", username)

    refused = "没有这项职责，不能办理；要由负责" in result.output or "要看全县" in result.output
    assert refused == (username not in ALLOWED[words])
    assert not refused or result.exit_code == 1


def test_a_township_officer_verifies_no_county() -> None:
    result = run("audit", "verify", "--officer", "audit02")

    assert result.exit_code == 1
    assert f"镇审计只看得见{TOWN}，这个命令要看全县" in result.output


def test_an_unknown_officer_and_one_who_left_are_refused() -> None:
    Officer.objects.filter(username="audit01").update(is_active=False)

    for username in ("nobody", "audit01"):
        result = run("ledger", "verify", "--officer", username)
        assert result.exit_code == 1
        assert f"没有在岗的经办人“{username}”" in result.output


def test_the_environment_may_name_the_officer() -> None:
    assert run("audit", "verify", OPENDIBAO_OFFICER="eval01").exit_code == 1
    assert run("audit", "verify", OPENDIBAO_OFFICER="audit01").exit_code == 0
    assert run("audit", "verify", OPENDIBAO_OFFICER="").exit_code == 0


def test_what_he_locks_bears_his_name(tmp_path: Path) -> None:
    assert run("evaluate", "run", "2024", "--out", str(tmp_path), "--officer", "eval01").exit_code == 0

    assert Snapshot.objects.get().officer == "文评价"


def test_unnamed_the_command_itself_is_on_record(tmp_path: Path) -> None:
    assert run("evaluate", "run", "2024", "--out", str(tmp_path)).exit_code == 0

    assert Snapshot.objects.get().officer == "命令行（evaluate run）"


def test_unnamed_the_command_holds_one_duty_and_gives_it_back() -> None:
    with on_duty("audit verify", None, Duty.AUDIT, Duty.FINANCE):
        session = current_session()

    assert (session.officer, session.reach, session.duties) == ("命令行（audit verify）", "360429", {Duty.AUDIT})
    assert current_session().officer == ""
