"""opendibao evaluate lock, rebuild, verify: final once nothing is open, written again as it was, verified."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.conf import settings
from django.db import connection

from opendibao.commands import audit, evaluate, setup
from opendibao.evaluation.actions import lock_year
from opendibao.evaluation.models import Snapshot
from opendibao.evaluation.queries import final_snapshot
from tests.conftest import ActAs
from tests.evaluation import finished_year
from tests.evaluation.year import LOCKED, YEAR, dies
from tests.payment.builders import COUNTY, Family


@pytest.fixture(autouse=True)
def in_this_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command looks into the test's database, on the day after the year's figures were taken."""
    monkeypatch.setattr(setup, "django_setup", lambda: None)
    monkeypatch.setattr(settings, "OPENDIBAO_TODAY", LOCKED.date())


@pytest.fixture
def lived(act_as: ActAs) -> tuple[Family, Family]:
    with act_as("360429"):
        families = finished_year.live()
        finished_year.explain()
        lock_year(YEAR, COUNTY, at=LOCKED)
    return families


def called(*words: str) -> Result:
    return CliRunner().invoke(evaluate.command, list(words))


@pytest.mark.usefixtures("lived")
def test_a_year_is_made_final_written_again_and_verified(tmp_path: Path) -> None:
    trial = called("lock", "2024", "--dry-run")
    assert (trial.exit_code, trial.output) == (0, "2024年度可以定稿（试运行，没有锁定）\n")
    assert final_snapshot(YEAR, COUNTY) is None

    locked = called("lock", "2024", "--out", str(tmp_path / "then"))
    assert locked.exit_code == 0, locked.output
    assert locked.output.startswith("快照第2版（定稿）")

    again = called("rebuild", "2024", "--out", str(tmp_path / "again"))
    assert again.exit_code == 0
    assert "文字与定稿时完全相同" in again.output
    for file in (tmp_path / "then").iterdir():
        assert file.read_bytes() == (tmp_path / "again" / file.name).read_bytes(), file.name

    whole = called("verify")
    assert (whole.exit_code, whole.output) == (0, "快照完整：2份，其中定稿1份，定稿链没有断开\n")


def test_what_cannot_be_final_is_said_and_ends_with_1(lived: tuple[Family, Family], act_as: ActAs) -> None:
    with act_as("360429"):
        dies(lived[0], 1, date(YEAR, 12, 20), known=LOCKED)
    refused = called("lock", "2024")
    assert refused.exit_code == 1
    assert "请重新取数，看过新的草稿再定稿" in refused.output
    assert called("lock", "2023").exit_code == 1
    assert called("rebuild", "2024", "--version", "9", "--out", "x").exit_code == 1


@pytest.mark.usefixtures("lived")
def test_comparing_alone_writes_nothing(tmp_path: Path) -> None:
    said = called("rebuild", "2024", "--dry-run", "--out", str(tmp_path / "none"))
    assert (said.exit_code, (tmp_path / "none").exists()) == (0, False)
    assert "草稿没有锁定文字" in said.output


@pytest.mark.usefixtures("lived")
def test_a_changed_snapshot_is_named_by_both_verifiers() -> None:
    kept = Snapshot.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE evaluation_snapshot DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE evaluation_snapshot SET content = content || '{\"year\": 2023}' WHERE id = %s", [kept.pk]
        )
    for found in (called("verify"), CliRunner().invoke(audit.command, ["verify"])):
        assert found.exit_code == 1
        assert "2024年度快照第1版的内容与校验码不符" in found.output


def test_an_officer_without_the_duty_makes_nothing_final(lived: tuple[Family, Family]) -> None:
    assert "没有在岗的经办人" in called("lock", "2024", "--officer", "nobody").output
