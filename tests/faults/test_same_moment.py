"""同一时刻: forms that arrive at once on connections of their own, in a database that is thrown away."""

import os
import pathlib
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.db import connection, connections, transaction
from psycopg import sql
from psycopg.conninfo import make_conninfo

from opendibao.audit.session import acting
from opendibao.config import embedded
from opendibao.config.copying import copy_database
from opendibao.kernel.duties import EVERY_DUTY
from opendibao.registry.actions import move_household
from tests.payment.builders import VILLAGE, at, divisions, family
from tests.web.conftest import Page
from tests.web.desk import Desk, hired
from tests.web.test_acts_household import ACCOUNT, GIVEN
from tests.web.test_acts_tickets import CALL, NEW, TODAY

WAITED_S = 15
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'"
OTHERS = {**GIVEN, "bank": "邮储银行", "number": "6217000099998888", "again": "6217000099998888"}


class Copy:
    """A copy of the tests' empty database to which every thread connects as the app's role, for good."""

    def __init__(self, owner: "psycopg.Connection[Any]", name: str) -> None:
        self.owner, self.name = owner, name

    def one(self, query: str) -> Any:
        """The one value of a query, past every wall."""
        with connection.cursor() as cursor, acting("核对", "360429", EVERY_DUTY):
            cursor.execute(query)
            return cursor.fetchone()[0]

    def wait_for_one_who_waits(self) -> None:
        until = time.monotonic() + WAITED_S
        while not self.owner.execute(WAITING, [self.name]).fetchone()[0]:  # type: ignore[index]
            assert time.monotonic() < until, "nobody waits"
            time.sleep(0.02)


@pytest.fixture
def copy(django_db_setup: None, django_db_blocker: Any, tmp_path: pathlib.Path) -> Iterator[Copy]:
    """The copy; afterwards the tests' own database is in place again."""
    with django_db_blocker.unblock():
        known = connections["default"].settings_dict
        original, options = known["NAME"], known.get("OPTIONS", {})
        connection.close()
        url, name = os.environ["DATABASE_OWNER_URL"], f"{original}_copy"
        with psycopg.connect(make_conninfo(url, dbname="postgres"), autocommit=True) as owner:
            drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            owner.execute(drop)
            # a template copy would have to send away whoever else is connected, the browser's context too
            copy_database(
                make_conninfo(url, dbname=original), name, tmp_path / "dump", app=embedded.APP, done=lambda _: None
            )
            known.update(NAME=name, OPTIONS={**options, "options": f"-c role={embedded.APP}"})
            try:
                with acting("建账", "360429", EVERY_DUTY):
                    divisions()
                    family("A1")
                yield Copy(owner, name)
            finally:
                connection.close()
                known.update(NAME=original, OPTIONS=options)
                owner.execute(drop)


def desks(*names: str) -> list[Desk]:
    with acting("设岗", "360429", EVERY_DUTY):
        return [Desk(hired(f"clerk{place}", name)) for place, name in enumerate(names, 80)]


def at_once(*acts: Callable[[], Page]) -> list[Page]:
    """Do all of it in threads that start together."""
    ready = threading.Barrier(len(acts))

    def do(act: Callable[[], Page]) -> Page:
        try:
            ready.wait()
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(WAITED_S) for future in [pool.submit(do, act) for act in acts]]


def test_a_form_that_arrives_five_times_at_once_is_done_once(copy: Copy) -> None:
    (desk,) = desks("王经办")
    form = {**desk.opens(NEW), **CALL}

    pages = at_once(*[lambda: desk.sends(NEW, **form)] * 5)

    assert [page.status for page in pages] == [303] * 5
    assert len({page.headers["Location"] for page in pages}) == 1
    assert copy.one("SELECT count(*) FROM outreach_hotlineticket") == 1
    assert copy.one("SELECT count(*) FROM audit_submission") == 1


def test_of_two_officers_at_the_same_moment_one_is_told_of_the_other(copy: Copy) -> None:
    one, two = desks("王经办", "李经办")
    first, second = {**one.opens(ACCOUNT), **GIVEN}, {**two.opens(ACCOUNT), **OTHERS}

    pages = at_once(lambda: one.sends(ACCOUNT, **first), lambda: two.sends(ACCOUNT, **second))

    assert sorted(page.status for page in pages) == [303, 409]
    slower, faster = ("李经办", "王经办") if pages[1].status == 409 else ("王经办", "李经办")
    told = next(page for page in pages if page.status == 409)
    assert f"{faster} 2025-01-06" in told.words, slower
    assert copy.one("SELECT count(*) FROM audit_event WHERE action = '提出账户变更'") == 1


def test_who_changes_it_without_a_form_at_the_same_moment_is_noticed_too(copy: Copy) -> None:
    (desk,) = desks("王经办")
    form = {**desk.opens(ACCOUNT), **GIVEN}
    (household,) = [copy.one("SELECT id FROM registry_household")]

    with ThreadPoolExecutor(1) as pool:
        with acting("夜间核对", "360429", EVERY_DUTY), transaction.atomic():
            move_household(household, division=VILLAGE, area="rural", address="9号", on=TODAY, at=at(TODAY))
            sent = pool.submit(lambda: (desk.sends(ACCOUNT, **form), connection.close())[0])
            copy.wait_for_one_who_waits()
        page = sent.result(WAITED_S)

    assert page.status == 409
    assert "夜间核对 2025-01-06 10:00 迁移" in page.words
    assert copy.one("SELECT count(*) FROM audit_event WHERE action = '提出账户变更'") == 0
