"""排队的任务: a job is seen within the reach of its division; the worker sees all and the queue's functions work."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from opendibao.config import embedded
from opendibao.payment.tasks import verify_books
from tests.conftest import ActAs

COUNTY, TOWN, OTHER_TOWN = "360429000000", "360429100000", "360429101000"
NIGHT = int(datetime(2024, 5, 1, 18, 30, tzinfo=UTC).timestamp())


def defer(division: str) -> int:
    return verify_books.configure(queueing_lock=division).defer(timestamp=NIGHT, division=division)


def run(sql: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]
    """One statement in a savepoint."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


@contextmanager
def worker() -> Iterator[None]:
    """What the worker's connection is: the app's role, no division, and the word that it is the worker."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {embedded.APP}")
        cursor.execute("SELECT set_config('app.division', '', false), set_config('app.worker', 'on', false)")
        yield
        cursor.execute("SELECT set_config('app.worker', '', false)")
        cursor.execute("RESET ROLE")


@pytest.fixture
def jobs(act_as: ActAs) -> list[int]:
    """A job of the county and one of each township."""
    with act_as("360429"):
        return [defer(division) for division in (COUNTY, TOWN, OTHER_TOWN)]


def test_an_officer_sees_the_jobs_of_his_own_divisions(act_as: ActAs, jobs: list[int]) -> None:
    seen = {}
    for reach in ("360429", "360429100", "360428", ""):
        with act_as(reach):
            seen[reach] = [*ProcrastinateJob.objects.order_by("id").values_list("id", flat=True)]
            assert ProcrastinateEvent.objects.count() == len(seen[reach])  # each was deferred, which is an event

    assert seen == {"360429": jobs, "360429100": jobs[1:2], "360428": [], "": []}


def test_nobody_defers_for_another_township_or_for_none(act_as: ActAs) -> None:
    with act_as("360429100"):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            run("SELECT procrastinate_defer_jobs_v1(ARRAY[('q', 't', 0, NULL, NULL, %s, NULL)"
                "::procrastinate_job_to_defer_v1])", '{"division": "360429101000"}')  # fmt: skip
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            run("SELECT procrastinate_defer_jobs_v1(ARRAY[('q', 't', 0, NULL, NULL, '{}', NULL)"
                "::procrastinate_job_to_defer_v1])")  # fmt: skip


def test_an_officer_changes_no_job_of_another(act_as: ActAs, jobs: list[int]) -> None:
    with act_as("360429100"):
        assert run("UPDATE procrastinate_jobs SET priority = 9 RETURNING id") == [(jobs[1],)]
        assert run("SELECT procrastinate_cancel_job_v1(%s, false, false)", jobs[2]) == [(None,)]


def test_the_worker_takes_finishes_and_retries_every_job(jobs: list[int]) -> None:
    with worker():
        ((me,),) = run("SELECT worker_id FROM procrastinate_register_worker_v1()")
        taken = [run("SELECT id FROM procrastinate_fetch_job_v2(NULL, %s)", me)[0][0] for _ in jobs]
        run("SELECT procrastinate_finish_job_v1(%s, 'succeeded', false)", jobs[0])
        run("SELECT procrastinate_finish_job_v1(%s, 'succeeded', true)", jobs[1])
        run("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", jobs[2])
        run("SELECT procrastinate_update_heartbeat_v1(%s)", me)
        run("SELECT procrastinate_unregister_worker_v1(%s)", me)

    assert taken == jobs
    kept = ProcrastinateJob.objects.order_by("id").values_list("id", "status")
    assert list(kept) == [(jobs[0], "succeeded"), (jobs[2], "todo")]


def test_the_nightly_job_is_laid_down_once_a_night_and_seen_by_the_county(act_as: ActAs) -> None:
    periodic = (
        "SELECT procrastinate_defer_periodic_job_v2('default', NULL, 'verify_books', 'verify_books', 0, '', %s, %s)"
    )
    with worker():
        ((first,),) = run(periodic, NIGHT, f'{{"division": "{COUNTY}"}}')
        again = run(periodic, NIGHT, f'{{"division": "{COUNTY}"}}')

    assert again == [(None,)]
    with act_as("360429"):
        assert [*ProcrastinateJob.objects.values_list("id", flat=True)] == [first]
        assert run("SELECT count(*) FROM procrastinate_periodic_defers") == [(0,)]  # the worker's own table
    with act_as("360429100"):
        assert not ProcrastinateJob.objects.exists()
