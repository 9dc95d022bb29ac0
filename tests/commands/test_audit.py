"""opendibao audit verify: a line of counts and 0, or the first broken event and 1."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from django.db import connection

from opendibao.audit.actions import record
from opendibao.audit.models import Event
from opendibao.commands import audit, setup
from tests.conftest import ActAs


@pytest.fixture(autouse=True)
def in_this_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command looks into the test's database instead of starting one."""
    monkeypatch.setattr(setup, "django_setup", lambda: None)


@pytest.fixture
def events(act_as: ActAs) -> None:
    with act_as("360429"):
        for n in (1, 2):
            record("受理", f"案件 {n}", division="360429100001", at=datetime(2024, 1, n, tzinfo=UTC))


@pytest.mark.usefixtures("events")
def test_a_whole_chain_ends_with_counts() -> None:
    result = CliRunner().invoke(audit.command, ["verify"])
    assert (result.exit_code, result.output) == (0, "审计链完整：事件2条\n")


@pytest.mark.usefixtures("events")
def test_a_changed_event_is_named_and_ends_with_1() -> None:
    second = Event.objects.order_by("-id").values_list("id", flat=True)[0]
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_event SET actor = '别人' WHERE id = %s", [second])
    result = CliRunner().invoke(audit.command, ["verify"])
    assert result.exit_code == 1
    assert f"第{second}号事件" in result.output


def test_help_speaks_both_languages() -> None:
    text = CliRunner().invoke(audit.command, ["verify", "--help"]).output
    assert "重算哈希链" in text
    assert "broken" in text
