"""一个月走完: the lawful next step of the county's money, whatever was done of it before.

Whoever is killed goes on here. All that happens depends on the month and the household alone, so that a step done
again does the same.
"""

import pathlib
from collections.abc import Iterator
from datetime import date
from functools import partial

from django.db import transaction
from django.db.models import Sum

from opendibao.kernel.month import add_months
from opendibao.payment import actions as pay
from opendibao.payment.closing import close_run, look_over
from opendibao.payment.confirming import confirm_township
from opendibao.payment.exceptions import decide_exceptions
from opendibao.payment.models import (
    Attempt,
    BankFile,
    CheckKind,
    CheckSigned,
    Confirmation,
    Finding,
    PayLine,
    PayRun,
    ReconException,
    Voucher,
)
from opendibao.payment.prechecks import settle_findings, sign_checks
from opendibao.payment.statements import agreeing, take_statement, write_statement
from opendibao.payment.vouchers import enter_voucher
from opendibao.payment.waiting import returned_waiting
from opendibao.registry.entries import AccountEntry
from opendibao.registry.models import BankAccount
from tests.faults.money.bank import answered, by_number
from tests.faults.money.between_months import between_months
from tests.faults.money.county import AUDITOR, CHECKER, FINANCE, MAKER, SECOND_FINANCE, TOWNS, Town, officer
from tests.faults.money.one_step import Step, day
from tests.payment.builders import at
from tests.registry.changed import changed

FIRST_MONTH = date(2023, 2, 1)
HELD = ("account_missing",)
RESOLUTIONS = {
    "returned": "reissue", "differs": "bank", "name": "bank", "unknown": "bank", "absent": "bank", "foreign": "bank",
    "voucher": "finance", "statement": "bank",
}  # fmt: skip


def next_step(folder: pathlib.Path) -> Step:
    """What comes next; bank files lie in the folder."""
    with officer(AUDITOR):
        run = PayRun.objects.order_by("month").last()
        if run is None:
            return _begin(FIRST_MONTH)
        if run.state == "closed":
            return next(between_months(run), _begin(add_months(run.month, 1)))
        return next({"computed": _listed, "sent": _answered}.get(run.state, _released)(run, folder))


def _begin(month: date) -> Step:
    on = month.replace(day=3)
    return Step("compute", MAKER, lambda: pay.compute_run(month, on=on, at=at(on), maker=MAKER))


def _listed(run: PayRun, _: pathlib.Path) -> Iterator[Step]:
    """A list is confirmed by each township, what the checks found is settled, the checks are signed, all is checked."""
    on = day(run, 4)
    for town in TOWNS:
        if _is_unconfirmed(run, town):
            act = partial(confirm_township, run.pk, town.code, on=on, at=at(on))
            yield Step("confirm", town.clerk, act, town.reach)
    waiting = Finding.objects.filter(run=run, outcome="")
    for outcome, found in (("held", waiting.filter(kind__in=HELD)), ("accepted", waiting.exclude(kind__in=HELD))):
        if ids := list(found.values_list("id", flat=True)):
            act = partial(settle_findings, ids, outcome=outcome, reason="已电话核实", on=on, at=at(on))
            yield Step("settle", MAKER, act)
    if CheckSigned.objects.filter(run=run).count() < len(CheckKind):
        yield Step("sign", MAKER, lambda: sign_checks(run.pk, on=on, at=at(on)))
    yield Step("check", CHECKER, lambda: pay.check_run(run.pk, on=on, at=at(on), checker=CHECKER))


def _is_unconfirmed(run: PayRun, town: Town) -> bool:
    has_lines = PayLine.objects.filter(run=run, division__startswith=town.reach).exists()
    return has_lines and not Confirmation.objects.filter(run=run, division=town.code).exists()


def _released(run: PayRun, folder: pathlib.Path) -> Iterator[Step]:
    on = day(run, 5)
    if run.state == "approved":
        yield Step("send", MAKER, lambda: pay.send_run(run.pk, on=on, at=at(on), out_dir=folder))
    who = SECOND_FINANCE if run.state == "reviewed" else FINANCE
    yield Step("approve", who, lambda: pay.approve_run(run.pk, on=on, at=at(on), finance=who))


def _answered(run: PayRun, folder: pathlib.Path) -> Iterator[Step]:
    """The bank answers; every second month what came back goes out in a file of its own, else with the next month."""
    on = day(run, 8)
    for file in BankFile.objects.filter(run=run, kind="pay", direction="out").order_by("file_no"):
        if not (folder / file.name).exists():  # noted, and then its writer was killed
            again = pay.send_run if file.file_no == 1 else pay.reissue
            then = file.handled_on
            yield Step("write_again", MAKER, partial(again, run.pk, on=then, at=at(then), out_dir=folder))
        sent = Attempt.objects.filter(run=run, file_no=file.file_no).order_by("e2e")
        if not sent.exclude(state="sent").exists():
            booked = on if file.file_no == 1 else day(run, 10)
            data = answered(sent, by_number, booked)
            yield Step("take_return", MAKER, partial(pay.take_return, run.pk, data, on=booked, at=at(booked)))
    if not Voucher.objects.filter(run=run).exists():
        fen = Attempt.objects.filter(run=run, number=1).aggregate(fen=Sum("amount_fen"))["fen"]
        number = f"财{run.month:%Y%m}"
        yield Step(
            "enter_voucher", FINANCE,
            lambda: enter_voucher(run.pk, number=number, issued_on=on, fen=fen, level="", text="", on=on, at=at(on)),
        )  # fmt: skip
    yield from _corrected(run, folder)
    yield from _decided(run)
    last = day(run, 10)
    yield Step("close", MAKER, lambda: close_run(run.pk, on=last, at=at(last)))


def _corrected(run: PayRun, folder: pathlib.Path) -> Iterator[Step]:
    on = day(run, 9)
    waiting = returned_waiting(on)
    if homes := [one.household_id for one in waiting if not one.has_new_account]:
        yield Step("change_account", MAKER, lambda: _change_accounts(homes, on))
    if run.month.month % 2 and any(one.month == run.month for one in waiting):
        yield Step("reissue", MAKER, lambda: pay.reissue(run.pk, on=on, at=at(on), out_dir=folder))


@transaction.atomic
def _change_accounts(homes: list[int], on: date) -> None:
    for home in homes:
        old = BankAccount.objects.get(household=home, recorded__endswith=None, valid__contains=on)
        changed(home, AccountEntry(old.holder, old.bank, f"62{home:08}{on:%Y%m}"), on=on, at=at(on))


def _decided(run: PayRun) -> Iterator[Step]:
    """Once what is missing was looked for, each kind of difference gets an owner and a decision."""
    on = day(run, 10)
    if not BankFile.objects.filter(run=run, kind="statement").exists():
        statement = write_statement(agreeing(run.pk))
        yield Step("take_statement", MAKER, lambda: take_statement(run.pk, statement, on=on, at=at(on)))
    yield from decisions(run, on)
    with officer(MAKER):
        look_over(run.pk, on=on, at=at(on))
    yield from decisions(run, on)


def decisions(run: PayRun, on: date) -> Iterator[Step]:
    """One step for each decision that is still missing."""
    open_ = ReconException.objects.filter(run=run, resolution="").order_by("id")
    for kind, resolution in RESOLUTIONS.items():
        if ids := list(open_.filter(kind=kind).values_list("id", flat=True)):
            told = {"owner": MAKER, "resolution": resolution, "note": "已问"}
            yield Step("decide", MAKER, partial(decide_exceptions, ids, **told, on=on, at=at(on)))
