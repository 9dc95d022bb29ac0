"""The nightly check of the books."""

from datetime import UTC, datetime

import pytest

from opendibao.audit.queries import events_of
from opendibao.payment.tasks import verify_books
from tests.payment.builders import COUNTY

NIGHT = int(datetime(2024, 5, 1, 18, 30, tzinfo=UTC).timestamp())


@pytest.mark.usefixtures("county")
def test_a_quiet_night_writes_down_that_the_books_agree() -> None:
    outcome = verify_books(NIGHT)

    (event,) = events_of("账目与审计链")
    assert outcome == "一致"
    assert (event.action, event.actor, event.division) == ("夜间核对", "夜间核对", COUNTY)
    assert event.at == datetime(2024, 5, 1, 18, 30, tzinfo=UTC)


@pytest.mark.django_db
def test_the_worker_knows_the_nightly_check() -> None:
    from procrastinate.contrib.django import app

    assert verify_books.name in {task.task.name for task in app.periodic_registry.periodic_tasks.values()}
