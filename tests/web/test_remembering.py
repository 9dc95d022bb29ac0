"""记住: a count is asked once of the same data; an event, a change by SQL, or another reach asks again."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from opendibao.audit.actions import record
from opendibao.web.remembering import (
    CASE_ACTIONS,
    MONEY,
    MONEY_ACTIONS,
    REGISTER,
    REGISTER_ACTIONS,
    Source,
    _answer,
    one_request,
    remembered,
)
from tests.conftest import ActAs
from tests.conventions.sources import SRC

NOW = datetime(2025, 1, 6, tzinfo=UTC)


class Counter:
    """A query that says how often it was asked."""

    def __init__(self, source: Source = MONEY) -> None:
        self.times = 0
        self.ask = remembered(source)(self._count)

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


@pytest.mark.usefixtures("county")
def test_an_event_that_leaves_the_tables_alone_does_not() -> None:
    money, register = Counter(MONEY), Counter(REGISTER)
    for action in ("接热线", "确认同意", "发放关账"):
        asked(money)
        asked(register)
        record(action, "户1", division="360429100001", at=NOW, payload={})
    asked(money)
    asked(register)
    assert (money.times, register.times) == (2, 2)


WRITERS = {"registry": REGISTER_ACTIONS, "decision": REGISTER_ACTIONS, "payment": MONEY_ACTIONS}


@pytest.mark.parametrize("package", ["registry", "decision", "payment"])
def test_no_package_whose_tables_are_counted_writes_an_action_that_is_held_quiet(package: str) -> None:
    files = [file.read_text("utf-8") for file in sorted((SRC / package).rglob("*.py"))]
    source = "".join(text for text in files if "audit.actions import" in text)
    others = {*CASE_ACTIONS, *MONEY_ACTIONS, *REGISTER_ACTIONS} - {*WRITERS[package], "夜间核对"}

    assert [action for action in sorted(others) if f'"{action}"' in source] == []


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


def test_many_who_ask_at_once_make_the_database_count_once() -> None:
    counted, begun = [], threading.Barrier(5)

    def slowly(year: int) -> int:
        counted.append(year)
        time.sleep(0.1)
        return year

    def ask() -> int:
        begun.wait()
        return _answer(("state", slowly, (2024,)), slowly, 2024)

    with ThreadPoolExecutor(5) as pool:
        answers = [future.result() for future in [pool.submit(ask) for _ in range(5)]]

    assert answers == [2024] * 5
    assert counted == [2024]


def test_a_question_that_failed_is_asked_again() -> None:
    def broken(year: int) -> int:
        raise ValueError(year)

    for _ in range(2):
        with pytest.raises(ValueError, match="2024"):
            _answer(("state", broken, (2024,)), broken, 2024)


@pytest.mark.usefixtures("county")
def test_outside_a_request_nothing_is_remembered() -> None:
    counter = Counter()
    counter.ask(2024)
    counter.ask(2024)
    assert counter.times == 2
