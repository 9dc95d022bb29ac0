"""审计链: events follow on one another, and damage is found at its first event."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from opendibao.audit.actions import record, record_many
from opendibao.audit.models import Event
from opendibao.audit.queries import ChainState, events_of, verify_chain
from opendibao.audit.session import NoOfficer, acting, officer_name
from opendibao.kernel.duties import EVERY_DUTY
from tests.conftest import ActAs

NOW = datetime(2024, 1, 3, 2, tzinfo=UTC)
VILLAGE, OTHER_TOWN = "360429100001", "360429101001"


def three_events() -> None:
    record("受理", "案件 1", division=VILLAGE, at=NOW)
    record_many("复核", [("家庭 A1", VILLAGE, {"n": 1}), ("家庭 B1", OTHER_TOWN, {"n": 2})], at=NOW)


def damaged(sql: str) -> None:
    """Change rows as the owner with the guards off, which no application can do."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        cursor.execute(sql)
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER USER")


@pytest.mark.usefixtures("county")
class TestRecording:
    def test_an_event_names_the_officer_of_the_session(self) -> None:
        record("受理", "案件 1", division=VILLAGE, at=NOW, payload={"依据": "57号第十条"})

        (event,) = events_of("案件 1")
        assert (event.actor, event.action, event.division, event.at) == ("张经办", "受理", VILLAGE, NOW)
        assert event.payload == {"依据": "57号第十条"}

    def test_nobody_acts_without_a_name(self) -> None:
        with acting("", "360429", EVERY_DUTY), pytest.raises(NoOfficer):
            record("受理", "案件 1", division=VILLAGE, at=NOW)

    def test_the_former_officer_returns_after_acting(self) -> None:
        with acting("李复核", "360429", EVERY_DUTY):
            assert officer_name() == "李复核"
        assert officer_name() == "张经办"

    def test_many_events_make_one_chain(self) -> None:
        three_events()
        first, second, third = Event.objects.all()
        assert (second.previous_hash, third.previous_hash) == (first.hash, second.hash)
        assert verify_chain() == ChainState(3, None)

    def test_events_are_found_by_their_subject(self) -> None:
        three_events()
        assert [event.payload for event in events_of("家庭 B1")] == [{"n": 2}]


def test_an_empty_chain_holds(act_as: ActAs) -> None:
    with act_as("360429"):
        assert verify_chain() == ChainState(0, None)


@pytest.mark.parametrize(
    ("sql", "first_broken"),
    [
        ("UPDATE audit_event SET actor = '别人' WHERE id = {second}", 1),
        ("UPDATE audit_event SET payload = '{{}}' WHERE id = {second}", 1),
        ("DELETE FROM audit_event WHERE id = {second}", 2),
        ("UPDATE audit_event SET at = at + interval '1 second' WHERE id = {first}", 0),
        ("UPDATE audit_event SET division = '360429999001' WHERE id = {third}", 2),
    ],
)
def test_damage_is_found_at_its_first_event(act_as: ActAs, sql: str, first_broken: int) -> None:
    with act_as("360429"):
        three_events()
    ids = list(Event.objects.values_list("id", flat=True))
    damaged(sql.format(first=ids[0], second=ids[1], third=ids[2]))
    with act_as("360429"):
        assert verify_chain().first_broken == ids[first_broken]


@pytest.mark.usefixtures("county")
class TestBelowTheApplication:
    @pytest.mark.parametrize("sql", ["UPDATE audit_event SET actor = '别人'", "DELETE FROM audit_event"])
    def test_an_event_cannot_be_changed_or_deleted(self, sql: str) -> None:
        three_events()
        with pytest.raises(IntegrityError, match="只能追加"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)

    def test_a_forged_hash_is_overwritten_by_the_database(self) -> None:
        forged = Event.objects.create(
            at=NOW, actor="别人", action="受理", subject="x", division=VILLAGE, hash="0" * 64, previous_hash="1" * 64
        )
        forged.refresh_from_db()
        assert forged.hash != "0" * 64
        assert forged.previous_hash == ""


def test_a_township_sees_its_own_events_only(act_as: ActAs) -> None:
    with act_as("360429"):
        three_events()
    with act_as("360429101"):
        assert list(Event.objects.values_list("subject", flat=True)) == ["家庭 B1"]
    with act_as(""):
        assert not Event.objects.exists()
