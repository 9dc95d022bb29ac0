"""每月复核比对: the worker runs it on the month's day, and on no other."""

from datetime import UTC, datetime

import pytest
from procrastinate.contrib.django import app

from opendibao.audit.queries import events_of
from opendibao.verification.models import Alert, Rematch
from opendibao.verification.tasks import monthly_rematch
from tests.registry.builders import COUNTY, FATHER
from tests.verification.delivered import row
from tests.verification.rematch.county import brought, couple

pytestmark = pytest.mark.usefixtures("places")
DUE = int(datetime(2024, 6, 14, 19, 10, tzinfo=UTC).timestamp())  # ten past three on the 15th in the county
OTHER = int(datetime(2024, 6, 15, 19, 10, tzinfo=UTC).timestamp())


def test_on_the_months_day_everybody_is_looked_at() -> None:
    couple()
    brought("public_security", row(FATHER, status="died", died_on="2024-05-01"))

    assert monthly_rematch(DUE, COUNTY) == "新预警1条，未核2人"

    made = Rematch.objects.get()
    assert (made.ran_on.isoformat(), made.is_monthly, made.started_by) == ("2024-06-15", True, "每月复核比对")
    assert Alert.objects.get().kind == "death"
    assert [event.actor for event in events_of(f"复核比对 {made.pk}")] == ["每月复核比对"] * 2


def test_on_another_day_nothing_is_done() -> None:
    assert monthly_rematch(OTHER, COUNTY) == "今天不比对"
    assert not Rematch.objects.exists()


def test_the_worker_knows_it() -> None:
    assert monthly_rematch.name in {task.task.name for task in app.periodic_registry.periodic_tasks.values()}
