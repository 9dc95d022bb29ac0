"""八人同时: eight officers do the same thing at the same moment; it is done once, and the others are told so."""

import pathlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection

from opendibao.payment import actions as pay
from opendibao.payment.ledger import verify
from opendibao.payment.models import Attempt, BankFile, Confirmation, LedgerEntry, PayLine, PayRun
from opendibao.payment.refusal import PaymentRefused
from opendibao.registry.models import Household
from tests.faults.money.bank import answered, by_number
from tests.faults.money.copied import CopiedCounty, copied
from tests.faults.money.county import AUDITOR, many_homes, officer
from tests.faults.money.never import balances, broken
from tests.faults.money.walk import FIRST_MONTH, next_step
from tests.payment.builders import at

OFFICERS, HOMES, WAITED_S = 8, 30, 60
NAMES = [f"同时{n}" for n in range(OFFICERS)]
LISTED, SENT, BOOKED = date(2023, 2, 4), date(2023, 2, 5), date(2023, 2, 8)


@pytest.fixture
def county(django_db_setup: None, django_db_blocker: Any, tmp_path: pathlib.Path) -> Iterator[CopiedCounty]:
    with django_db_blocker.unblock(), copied(tmp_path, lambda: many_homes(HOMES)) as found:
        yield found


def at_once(act: Callable[[str], object]) -> list[str]:
    """Eight officers, each on a connection of his own; what each was told (empty: done)."""
    ready = threading.Barrier(OFFICERS)

    def do(name: str) -> str:
        try:
            with officer(name):
                ready.wait()
                act(name)
        except PaymentRefused as refusal:
            return str(refusal)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(OFFICERS) as pool:
        return [future.result(WAITED_S) for future in [pool.submit(do, name) for name in NAMES]]


def up_to(name: str, folder: pathlib.Path) -> PayRun:
    """The lawful steps until this one comes."""
    while (step := next_step(folder)).name != name:
        step.do()
    with officer(AUDITOR):
        return PayRun.objects.get()


def whole() -> None:
    with officer(AUDITOR):
        assert (broken(), verify().fault) == ([], "")


def once(told: list[str]) -> None:
    """One did it; each of the others heard why not, in Chinese."""
    assert told.count("") == 1, told
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in words) for words in told if words)


def test_a_month_goes_its_way_once_whoever_else_wants_it(county: CopiedCounty, tmp_path: pathlib.Path) -> None:
    """From the freeze to the bank's answer, each step by eight officers at the same moment."""
    _built()
    run = up_to("confirm", tmp_path)
    _confirmed(run)
    up_to("check", tmp_path)
    once(at_once(lambda name: pay.check_run(run.pk, on=LISTED, at=at(LISTED), checker=name)))
    _approved(up_to("approve", tmp_path))
    up_to("send", tmp_path)
    _sent(run, tmp_path)
    up_to("take_return", tmp_path)
    _answered(run)


def _built() -> None:
    on = FIRST_MONTH.replace(day=3)

    once(at_once(lambda name: pay.compute_run(FIRST_MONTH, on=on, at=at(on), maker=name)))

    with officer(AUDITOR):
        assert (PayRun.objects.count(), PayLine.objects.count()) == (1, HOMES)
    whole()


def _confirmed(run: PayRun) -> None:
    def confirm(name: str) -> None:
        with officer(name, "360429100"):
            pay.confirm_township(run.pk, "360429100000", on=LISTED, at=at(LISTED))

    once(at_once(confirm))

    with officer(AUDITOR):
        assert Confirmation.objects.filter(division="360429100000").count() == 1


def _approved(run: PayRun) -> None:
    """Whoever checked it is among the eight, and is not the one."""
    told = at_once(lambda name: pay.approve_run(run.pk, on=SENT, at=at(SENT), finance=name))

    once(told)
    assert told[NAMES.index(run.checker)] != ""
    with officer(AUDITOR):
        assert balances()["payable", "rural"] + balances()["payable", "urban"] == run.total_fen
    whole()


def _sent(run: PayRun, folder: pathlib.Path) -> None:
    """Every click gets the same file."""
    told = at_once(lambda name: pay.send_run(run.pk, on=SENT, at=at(SENT), out_dir=folder / name))

    assert told == [""] * OFFICERS
    assert len([file.read_bytes() for file in folder.glob("同时*/*.txt")]) == OFFICERS
    assert len({file.read_bytes() for file in folder.glob("同时*/*.txt")}) == 1
    with officer(AUDITOR):
        assert (Attempt.objects.count(), BankFile.objects.filter(kind="pay").count()) == (HOMES, 1)
        assert LedgerEntry.objects.filter(text__contains="送银行").count() == 1
    whole()


def _answered(run: PayRun) -> None:
    """Two answers that contradict each other, four times each: the first one stands."""
    with officer(AUDITOR):
        sent = list(Attempt.objects.order_by("e2e"))
    same, other = answered(sent, by_number, BOOKED), answered(sent, lambda one: "paid", BOOKED)

    told = at_once(lambda name: pay.take_return(run.pk, (same, other)[int(name[-1]) % 2], on=BOOKED, at=at(BOOKED)))

    assert told.count("") >= OFFICERS // 2, told
    with officer(AUDITOR):
        assert BankFile.objects.filter(kind="result").count() in (1, 2)
        paid = sum(one.amount_fen for one in Attempt.objects.filter(state="paid"))
        assert balances()["paid", "rural"] + balances()["paid", "urban"] == paid
    whole()


def test_whoever_loses_his_connection_is_known_again_on_the_next(county: CopiedCounty) -> None:
    ours = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"

    def look_while_it_is_cut() -> None:
        with officer(AUDITOR):
            assert Household.objects.count() == HOMES
            county.owner.execute(ours, [county.name])
            Household.objects.count()

    with pytest.raises(DatabaseError):
        look_while_it_is_cut()
    connection.close()

    with officer(AUDITOR):
        assert Household.objects.count() == HOMES


@pytest.mark.django_db
def test_nothing_of_it_stays_in_the_tests_own_database() -> None:
    assert not PayRun.objects.exists()
