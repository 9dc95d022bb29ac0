"""The nightly check of the books."""

from datetime import UTC, datetime

import pytest

from opendibao.audit.queries import events_of
from opendibao.payment.tasks import verify_books
from tests.conftest import ActAs
from tests.payment.builders import COUNTY, family
from tests.payment.months import JANUARY, paid
from tests.payment.test_ledger import run_sql, without_guards

NIGHT = int(datetime(2024, 5, 1, 18, 30, tzinfo=UTC).timestamp())


@pytest.mark.usefixtures("county")
def test_a_quiet_night_writes_down_that_the_books_agree() -> None:
    outcome = verify_books(NIGHT, COUNTY)

    (event,) = events_of("账目与审计链")
    assert outcome == "一致"
    assert (event.action, event.actor, event.division) == ("夜间核对", "夜间核对", COUNTY)
    assert event.at == datetime(2024, 5, 1, 18, 30, tzinfo=UTC)


def test_a_row_changed_behind_the_application_is_named_in_the_morning(act_as: ActAs) -> None:
    with act_as("360429"):
        family("A1", fen=62000)
        paid(JANUARY)
    with without_guards("payment_payline"):
        run_sql("UPDATE payment_payline SET amount_fen = 162000")

    with act_as("360429"):
        outcome = verify_books(NIGHT, COUNTY)

    assert "户A1 2024-01" in outcome
    assert "应为 620.00 元，现为 1620.00 元" in outcome


@pytest.mark.django_db
def test_the_worker_knows_the_nightly_check() -> None:
    from procrastinate.contrib.django import app

    assert verify_books.name in {task.task.name for task in app.periodic_registry.periodic_tasks.values()}
