"""数据库猝停: PostgreSQL is stopped dead under fifty writers; what was acknowledged is there, and nothing is twice.

Only in `make test-faults` (OPENDIBAO_CRASHES=5): it needs a server of its own.
"""

import os
import pathlib
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, connections
from psycopg.conninfo import make_conninfo

from opendibao.config import embedded
from opendibao.config.base import database
from opendibao.config.copying import program
from opendibao.payment.ledger import verify
from opendibao.payment.models import PayRun, Voucher
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.vouchers import enter_voucher
from tests.built import folder as folder_of_its_own
from tests.faults.money.county import AUDITOR, many_homes, officer
from tests.faults.money.never import broken
from tests.faults.money.walk import next_step
from tests.payment.builders import at

CRASHES = int(os.environ.get("OPENDIBAO_CRASHES", "0"))
WRITERS, HOMES, LIVES_S, RECOVERS_S = 50, 60, 4.0, 60
ON = date(2023, 2, 8)

pytestmark = pytest.mark.skipif(not CRASHES, reason="needs a server of its own for minutes: make test-faults")


@dataclass
class Writers:
    """Fifty officers who enter vouchers without a pause; what was not acknowledged is repeated with the same number."""

    run_id: int
    stop: threading.Event = field(default_factory=threading.Event)
    acknowledged: set[str] = field(default_factory=set)
    repeated: int = 0
    faults: list[str] = field(default_factory=list)

    def write(self, writer: int) -> None:
        n = 0
        while not self.stop.is_set():
            n += 1
            self._one(f"{writer:02}-{n:06}")
        connection.close()

    def _one(self, number: str) -> None:
        while True:
            try:
                with officer(f"登记{number[:2]}"):
                    enter_voucher(self.run_id, number=number, issued_on=ON, fen=1, level="", text="", on=ON, at=at(ON))
            except PaymentRefused as refusal:  # it is there: the answer was lost, the voucher was not
                if number not in str(refusal):
                    self.faults.append(str(refusal))
            except (DatabaseError, psycopg.Error):
                connection.close()
                self.repeated += 1
                if self.stop.is_set():
                    return
                time.sleep(0.2)
                continue
            self.acknowledged.add(number)
            return


@pytest.fixture
def server(django_db_setup: None, django_db_blocker: Any, tmp_path: pathlib.Path) -> Iterator[pathlib.Path]:
    """A server of its own with a copy of the tests' empty database; connections lead there until the test ends."""
    known = connections["default"].settings_dict
    before = dict(known)
    with django_db_blocker.unblock(), folder_of_its_own("crash") as var:
        connection.close()
        ours = make_conninfo(os.environ["DATABASE_OWNER_URL"], dbname=str(known["NAME"]))
        own = embedded.start(var / "pg")
        embedded.ensure_database(own, "county")
        try:
            _move(ours, own.url("county", role=embedded.OWNER), tmp_path / "dump")
            known.update(database(own.url("county", role=embedded.APP)))
            yield var / "pg"
        finally:
            connection.close()
            known.clear()
            known.update(before)
            embedded.start(var / "pg").stop()
            if own.child:
                own.stop()


def _move(source: str, target: str, dump: pathlib.Path) -> None:
    """The tests' database, with its rows of migrations and nothing else, into another server."""
    told = {"capture_output": True, "check": True, "text": True}
    subprocess.run([program("pg_dump"), "--format=custom", f"--file={dump}", f"--dbname={source}"], **told)  # type: ignore[call-overload]
    subprocess.run([program("pg_restore"), "--exit-on-error", f"--dbname={target}", str(dump)], **told)  # type: ignore[call-overload]


def _stop_dead(data: pathlib.Path) -> None:
    """`pg_ctl stop -m immediate`: no checkpoint, no good-bye."""
    pid = int((data / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGQUIT)


def test_what_was_acknowledged_survives_and_nothing_is_doubled(
    server: pathlib.Path, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with officer(AUDITOR):
        many_homes(HOMES)
    while (step := next_step(tmp_path)).name != "take_return":
        step.do()
    with officer(AUDITOR):
        writers = Writers(PayRun.objects.get().pk)
    threads = [threading.Thread(target=writers.write, args=[n], daemon=True) for n in range(WRITERS)]
    for thread in threads:
        thread.start()
    took = []
    for _ in range(CRASHES):
        time.sleep(LIVES_S)
        _stop_dead(server)
        connection.close()
        began = time.monotonic()
        embedded.start(server)
        took.append(time.monotonic() - began)
    time.sleep(LIVES_S)
    writers.stop.set()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()

    with officer(AUDITOR):
        there = list(Voucher.objects.values_list("number", flat=True))
        assert (broken(), verify().fault) == ([], "")
    assert writers.faults == []
    assert len(there) == len(set(there))
    assert writers.acknowledged <= set(there)
    assert len(set(there) - writers.acknowledged) <= WRITERS  # each may have one whose answer he did not wait for
    assert writers.repeated > 0, "nobody noticed that the database was gone"
    assert max(took) < RECOVERS_S
    with capsys.disabled():
        print(
            f"\n[crashes] {CRASHES} stops under {WRITERS} writers: {len(writers.acknowledged)} acknowledged, all there;"
            f" {writers.repeated} repeated, none twice; back in {min(took):.1f}-{max(took):.1f} s"
        )


@pytest.mark.django_db
def test_nothing_of_it_stays_in_the_tests_own_database() -> None:
    assert not PayRun.objects.exists()
