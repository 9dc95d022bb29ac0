"""One embedded PostgreSQL for the whole run; each test acts as the app's role under row-level security."""

import os
import pathlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

import pytest
from django.conf import settings

from opendibao.config import embedded
from opendibao.config.base import database

_ROOT = pathlib.Path(__file__).parent.parent
_server: embedded.Server | None = None
if "PYTEST_XDIST_WORKER" not in os.environ:
    _server = embedded.use(_ROOT / "var" / "test-pg", database="postgres")
# pytest-django has read the settings before this file ran; connections are opened later
settings.DATABASES["default"].update(database(os.environ["DATABASE_OWNER_URL"]))


def pytest_unconfigure(config: pytest.Config) -> None:
    if _server:
        _server.stop()


# a file is run by one worker: what takes minutes begins first, so that no worker ends alone
LONGEST = (
    "scenarios/test_hukou_2024.py", "browser/test_axe.py", "browser/test_pages.py", "scenarios/test_one_change.py",
    "scenarios/test_another_county.py", "scenarios/test_sandbox.py", "scenarios/test_site.py", "scenarios/",
    "faults/", "browser/", "evaluation/checkup/test_mutations.py",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first; otherwise the order of the tests stays."""
    items.sort(key=lambda item: _place(item.nodeid.removeprefix("tests/")))


def _place(test: str) -> int:
    return next((place for place, file in enumerate(LONGEST) if test.startswith(file)), len(LONGEST))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """DJANGO_TEST_DB names another test database, so that two runs beside each other do not meet."""
    if name := os.environ.get("DJANGO_TEST_DB"):
        worker = os.environ.get("PYTEST_XDIST_WORKER", "")
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = f"test_{name}{worker}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.Item) -> Iterator[None]:
    """After Django has made the test database: give the app's role its rights; at the end send everybody else home.

    What the browser asks for is answered in a context of its own, which may have opened a connection.
    """
    from django.db import connection

    from opendibao.audit.session import grant_app

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        grant_app(embedded.APP)
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


class ActAs(Protocol):
    def __call__(self, reach: str, officer: str = ...) -> AbstractContextManager[None]: ...


@pytest.fixture
def act_as(db: None) -> ActAs:
    """A context: this transaction is the app's role, an officer who sees one reach ('360429', '360429100', '')."""
    from django.db import connection

    from opendibao.audit.session import acting
    from opendibao.kernel.duties import EVERY_DUTY

    @contextmanager
    def officer(reach: str, officer: str = "张经办") -> Iterator[None]:
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {embedded.APP}")
        try:
            with acting(officer, reach, EVERY_DUTY):
                yield
        finally:
            if not connection.needs_rollback:
                with connection.cursor() as cursor:
                    cursor.execute("RESET ROLE")

    return officer


@pytest.fixture
def county(act_as: ActAs) -> Iterator[None]:
    """The test runs as a county officer under the app's role."""
    with act_as("360429"):
        yield
