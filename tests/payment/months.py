"""Whole months for the tests: from the freeze to the close, with the bank's answer of our choice.

Every gate is passed by the officer whose it is: the townships confirm, what the checks found is settled and signed,
another one checks, finance approves and enters its voucher, the bank answers and sends its statement.
"""

import pathlib
import tempfile
from collections.abc import Mapping
from datetime import date

from opendibao.audit.session import acting
from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import reach_of
from opendibao.kernel.month import month_text
from opendibao.payment.actions import (
    approve_run,
    check_run,
    close_run,
    compute_run,
    confirm_township,
    enter_voucher,
    send_run,
    sendings,
    settle_findings,
    sign_checks,
    take_return,
    take_statement,
)
from opendibao.payment.bank_return import write_result
from opendibao.payment.models import PayRun
from opendibao.payment.queries import confirmations, findings
from opendibao.payment.statements import agreeing, write_statement
from tests.payment.builders import at

JANUARY = date(2024, 1, 1)
CLERK, FOLLOWER = "陈乡镇", "陈乡镇"
NEVER_PAID = ("account_missing", "zero")
MANY = 1000


def computed(month: date, day: date | None = None) -> PayRun:
    """The list as it was frozen."""
    day = day or month.replace(day=3)
    return compute_run(month, on=day, at=at(day), maker="张经办")


def confirmed(run_id: int, day: date) -> None:
    """Every township that has lines in the run confirms its own part."""
    for town in confirmations(run_id):
        if not town.officer:
            with acting(CLERK, reach_of(town.division), [Duty.ACCEPT]):
                confirm_township(run_id, town.division, on=day, at=at(day))


def settled(run_id: int, day: date) -> None:
    """What the checks found is accepted where it may be, else held; then all are signed."""
    found = [one for one in findings(run_id, limit=MANY) if not one.outcome]
    for outcome, reason in (("accepted", "乡镇核实无误"), ("held", "等家庭办好再发")):
        ids = [one.id for one in found if (one.kind in NEVER_PAID) == (outcome == "held")]
        if ids:
            settle_findings(ids, outcome=outcome, reason=reason, on=day, at=at(day))
    sign_checks(run_id, on=day, at=at(day))


def ready(run_id: int, day: date) -> None:
    """All that must be done before another officer checks."""
    confirmed(run_id, day)
    settled(run_id, day)


def checked(month: date, day: date | None = None) -> PayRun:
    """The list as the second officer passed it."""
    day = day or month.replace(day=3)
    run = computed(month, day)
    ready(run.pk, day)
    return check_run(run.pk, on=day, at=at(day), checker="李复核")


def approved(month: date, day: date | None = None) -> PayRun:
    """The list as finance released it."""
    day = day or month.replace(day=3)
    run = checked(month, day)
    return approve_run(run.pk, on=day, at=at(day), finance="王财政")


def sent(month: date) -> PayRun:
    """The file is with the bank."""
    run, day = approved(month), month.replace(day=5)
    with tempfile.TemporaryDirectory() as folder:
        send_run(run.pk, on=day, at=at(day), out_dir=pathlib.Path(folder))
    run.refresh_from_db()
    return run


def three_agree(run_id: int, day: date) -> None:
    """Finance's voucher and the bank's statement say what the ledger says."""
    run = PayRun.objects.get(pk=run_id)
    # with what was held back in earlier months; what came back and is sent again needs no new money
    fen = sum(one.amount_fen for one in sendings(run_id) if one.number == 1)
    enter_voucher(
        run_id, number=f"支〔{month_text(run.month)}〕1号", issued_on=day, fen=fen, text="低保金", on=day, at=at(day)
    )  # fmt: skip
    take_statement(run_id, write_statement(agreeing(run_id)), on=day, at=at(day))


def closed(run_id: int, day: date) -> PayRun:
    """The three sides agree, what came back has its follower, and the month is closed."""
    three_agree(run_id, day)
    return close_run(run_id, on=day, at=at(day), follower=FOLLOWER)


def paid(month: date, *, returned: Mapping[str, str] | None = None) -> PayRun:
    """A closed month; `returned` are the households whose money came back, with the bank's words."""
    run, day = sent(month), month.replace(day=8)
    take_return(run.pk, write_result(sendings(run.pk), day, returned or {}), on=day, at=at(day))
    return closed(run.pk, day)
