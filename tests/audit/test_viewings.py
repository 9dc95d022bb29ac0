"""查阅记录: every opening of a full record is kept, once in ten minutes, in a chain of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from psycopg.rows import TupleRow

from opendibao.audit.actions import record_view
from opendibao.audit.models import Event, Viewing
from opendibao.audit.queries import ChainState, verify_chain, verify_views, views_of
from opendibao.audit.session import NoOfficer, acting
from opendibao.kernel.duties import READ_ONLY
from tests.conftest import ActAs

NOW = datetime(2024, 5, 20, 2, tzinfo=UTC)
VILLAGE, OTHER_TOWN = "360429100001", "360429101001"
TEN_MINUTES, A_SECOND = timedelta(minutes=10), timedelta(seconds=1)


def look(number: str = "A1", *, division: str = VILLAGE, page: str = "家庭主页", at: datetime = NOW) -> None:
    record_view(number, division, page, at=at)


def three_views() -> None:
    look("A1"), look("B1", division=OTHER_TOWN), look("A2")


@pytest.mark.usefixtures("county")
class TestLooking:
    def test_a_view_names_who_looked_at_what_and_when(self) -> None:
        look()

        (view,) = views_of("A1")
        assert (view.actor, view.division, view.page, view.at) == ("张经办", VILLAGE, "家庭主页", NOW)
        assert not Event.objects.exists()

    def test_who_only_reads_is_on_record_too(self) -> None:
        with acting("严审计", "360429", READ_ONLY):
            look()

        assert [view.actor for view in views_of("A1")] == ["严审计"]

    def test_reading_on_within_ten_minutes_is_one_view(self) -> None:
        look(at=NOW), look(at=NOW + A_SECOND), look(at=NOW + TEN_MINUTES - A_SECOND)

        assert [view.at for view in views_of("A1")] == [NOW]

    def test_coming_back_later_is_another(self) -> None:
        look(at=NOW), look(at=NOW + TEN_MINUTES)

        assert [view.at for view in views_of("A1")] == [NOW, NOW + TEN_MINUTES]

    def test_another_officer_another_household_and_another_page_are_others(self) -> None:
        look(), look("A2"), look(page="退回名册")
        with acting("李复核", "360429", READ_ONLY):
            look()

        assert Viewing.objects.count() == 4
        assert [(view.actor, view.page) for view in views_of("A1")] == [
            ("张经办", "家庭主页"), ("张经办", "退回名册"), ("李复核", "家庭主页"),
        ]  # fmt: skip

    def test_nobody_looks_without_a_name(self) -> None:
        with acting("", "360429", READ_ONLY), pytest.raises(NoOfficer):
            look()


@pytest.mark.usefixtures("county")
class TestChain:
    def test_views_follow_on_one_another(self) -> None:
        three_views()

        first, second, third = Viewing.objects.all()
        assert (first.previous_hash, second.previous_hash, third.previous_hash) == ("", first.hash, second.hash)
        assert verify_views() == ChainState(3, None)
        assert verify_chain() == ChainState(0, None)

    def test_an_empty_chain_holds(self) -> None:
        assert verify_views() == ChainState(0, None)

    @pytest.mark.parametrize("sql", ["UPDATE audit_viewing SET actor = '别人'", "DELETE FROM audit_viewing"])
    def test_a_view_cannot_be_changed_or_deleted(self, sql: str) -> None:
        three_views()

        with pytest.raises(IntegrityError, match="只能追加"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)

    def test_a_forged_hash_is_overwritten_by_the_database(self) -> None:
        forged = Viewing.objects.create(at=NOW, actor="别人", subject="A1", page="x", division=VILLAGE, hash="0" * 64)

        forged.refresh_from_db()
        assert forged.hash != "0" * 64


@pytest.mark.parametrize(
    ("sql", "first_broken"),
    [
        ("UPDATE audit_viewing SET actor = '别人' WHERE id = {second}", 1),
        ("UPDATE audit_viewing SET subject = 'B2' WHERE id = {second}", 1),
        ("DELETE FROM audit_viewing WHERE id = {second}", 2),
        ("UPDATE audit_viewing SET at = at + interval '1 second' WHERE id = {first}", 0),
        ("UPDATE audit_viewing SET division = '360429999001' WHERE id = {third}", 2),
        ("UPDATE audit_viewing SET page = '' WHERE id = {third}", 2),
    ],
)
def test_damage_is_found_at_its_first_view(act_as: ActAs, sql: str, first_broken: int) -> None:
    with act_as("360429"):
        three_views()
    ids = list(Viewing.objects.values_list("id", flat=True))
    with connection.cursor() as cursor:  # as the owner with the guards off, which no application can do
        cursor.execute("ALTER TABLE audit_viewing DISABLE TRIGGER USER")
        cursor.execute(sql.format(first=ids[0], second=ids[1], third=ids[2]))

    with act_as("360429"):
        assert verify_views().first_broken == ids[first_broken]


def test_a_township_sees_and_leaves_its_own_views_only(act_as: ActAs) -> None:
    with act_as("360429"):
        three_views()
    with act_as("360429101"):
        assert list(Viewing.objects.values_list("subject", flat=True)) == ["B1"]
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            look("A9")
    with act_as(""):
        assert not Viewing.objects.exists()


INSERT_EVENT = """
INSERT INTO audit_event (at, actor, action, subject, division, payload, previous_hash, hash)
VALUES (now(), '周编制', '编制发放', '发放批次 2024-05', '360429000000', '{}', '', '')
"""
INSERT_VIEW = """
INSERT INTO audit_viewing (at, actor, division, subject, page, previous_hash, hash)
VALUES (now(), '王经办', '360429100001', 'A1', '家庭主页', '', '')
"""


@pytest.mark.django_db
def test_looking_waits_for_no_action_that_holds_the_chain_of_events() -> None:
    with two_sessions() as (pay_run, reader):
        pay_run.execute(INSERT_EVENT)  # until its transaction ends nobody else writes an event
        with pytest.raises(psycopg.errors.LockNotAvailable), reader.transaction():
            reader.execute(INSERT_EVENT)

        reader.execute(INSERT_VIEW)


@contextmanager
def two_sessions() -> Iterator[tuple[psycopg.Connection[TupleRow], psycopg.Connection[TupleRow]]]:
    """Two more connections to the test's database, each in a transaction that is rolled back; no lock is waited for."""
    parameters = connection.get_connection_params()
    wanted = {key: parameters[key] for key in ("dbname", "user", "password", "host") if parameters.get(key)}
    with psycopg.connect(**wanted) as one, psycopg.connect(**wanted) as other:
        for session in (one, other):
            session.execute("SET LOCAL lock_timeout = '200ms'")
        yield one, other
        one.rollback()
        other.rollback()
