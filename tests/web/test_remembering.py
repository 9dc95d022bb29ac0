"""记住: a count is asked once of the same data; an event, a change by SQL, or another reach asks again."""

from datetime import UTC, datetime

import pytest

from opendibao.audit.actions import record
from opendibao.web.remembering import one_request, remembered
from tests.conftest import ActAs

NOW = datetime(2025, 1, 6, tzinfo=UTC)


class Counter:
    """A query that says how often it was asked."""

    def __init__(self) -> None:
        self.times = 0
        self.ask = remembered(self._count)

    def _count(self, year: int) -> int:
        self.times += 1
        return year


@pytest.fixture(autouse=True)
def _remembers(settings: pytest.FixtureRequest) -> None:
    settings.OPENDIBAO_REMEMBERS = True  # type: ignore[attr-defined]


def asked(counter: Counter, year: int = 2024) -> None:
    with one_request():
        assert counter.ask(year) == year


@pytest.mark.usefixtures("county")
def test_the_same_question_is_asked_once() -> None:
    counter = Counter()
    for _ in range(3):
        asked(counter)
    assert counter.times == 1
    asked(counter, 2023)
    assert counter.times == 2


@pytest.mark.usefixtures("county")
def test_an_event_asks_again() -> None:
    counter = Counter()
    asked(counter)
    record("试", "户1", division="360429100001", at=NOW, payload={})
    asked(counter)
    assert counter.times == 2


def test_another_reach_has_figures_of_its_own_and_hears_of_events_elsewhere(act_as: ActAs) -> None:
    counter = Counter()
    with act_as("360429100"):
        asked(counter)
    with act_as("360429"):
        asked(counter)
        record("试", "户1", division="360429000000", at=NOW, payload={})
    with act_as("360429100"):
        asked(counter)
    assert counter.times == 3


@pytest.mark.usefixtures("county")
def test_outside_a_request_nothing_is_remembered() -> None:
    counter = Counter()
    counter.ask(2024)
    counter.ask(2024)
    assert counter.times == 2
