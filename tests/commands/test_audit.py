"""opendibao audit verify: a line of counts and 0, or the first broken event and viewing and 1."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from django.db import connection

from opendibao.audit.actions import record, record_view
from opendibao.audit.models import Event, Viewing
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
        record_view("A1", "360429100001", "家庭主页", at=datetime(2024, 1, 3, tzinfo=UTC))


@pytest.mark.usefixtures("events")
def test_a_whole_chain_ends_with_counts() -> None:
    result = CliRunner().invoke(audit.command, ["verify"])
    assert (result.exit_code, result.output) == (0, "审计链完整：事件2条，查阅1条，快照0份（定稿0份）\n")


@pytest.mark.usefixtures("events")
def test_a_changed_event_is_named_and_ends_with_1() -> None:
    second = Event.objects.order_by("-id").values_list("id", flat=True)[0]
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_event SET actor = '别人' WHERE id = %s", [second])
    result = CliRunner().invoke(audit.command, ["verify"])
    assert result.exit_code == 1
    assert f"第{second}号事件" in result.output


@pytest.mark.usefixtures("events")
def test_each_broken_chain_is_named() -> None:
    first, view = Event.objects.order_by("id").first(), Viewing.objects.get()
    assert first is not None
    with connection.cursor() as cursor:
        for table in ("audit_event", "audit_viewing"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_viewing SET subject = 'B1'")
        only_views = CliRunner().invoke(audit.command, ["verify"])
        cursor.execute("UPDATE audit_event SET actor = '别人'")
        both = CliRunner().invoke(audit.command, ["verify"])

    assert (only_views.exit_code, both.exit_code) == (1, 1)
    assert f"查阅记录在第{view.pk}号断开" in only_views.output
    assert "事件断开" not in only_views.output
    assert f"审计链在第{first.pk}号事件断开" in both.output
    assert f"查阅记录在第{view.pk}号断开" in both.output


def test_help_speaks_both_languages() -> None:
    text = CliRunner().invoke(audit.command, ["verify", "--help"]).output
    assert "哈希链" in text
    assert "broken" in text
