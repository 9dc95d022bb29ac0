"""收回盘: takes the bank's result file; every line agrees with what was sent, or nothing is taken."""

import pathlib
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record_many
from opendibao.audit.duties import needs
from opendibao.audit.sql_rows import execute, over_whole_tables
from opendibao.kernel.duties import Duty
from opendibao.payment.bank_file import digest, e2e_household
from opendibao.payment.bank_return import BankReturnRefused, Result, read_results, totals
from opendibao.payment.booking import book_paid, book_returned
from opendibao.payment.models import Attempt, BankFile, PayRun
from opendibao.payment.pay_run import locked, note
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.states import AttemptState, move_attempt

ANSWERED = """
UPDATE payment_attempt a SET state = answer.state, booked_on = answer.booked_on, reason = answer.reason
FROM unnest(%(e2es)s::text[], %(states)s::text[], %(days)s::date[], %(reasons)s::text[])
  AS answer (e2e, state, booked_on, reason)
WHERE a.e2e = answer.e2e
"""
SHOWN = 5


@dataclass(frozen=True)
class Taken:
    """What a result file said: counts and fen; `is_repeat` when it had been taken before and changed nothing."""

    paid: int
    paid_fen: int
    returned: int
    returned_fen: int
    unknown: int
    is_repeat: bool


def _fault(result: Result, sent: Attempt | None, on: date) -> str:
    """Why an answer does not fit what we sent; empty when it fits."""
    if sent is None:
        return f"编号{result.e2e}不是本批次送出的"
    if sent.amount_fen != result.fen:
        return f"编号{result.e2e}的金额与送出的不同"
    try:
        move_attempt(AttemptState(sent.state), result.state)
    except PaymentRefused as refusal:
        return f"编号{result.e2e}：{refusal}"
    if result.booked_on and not (sent.sent_on or on) <= result.booked_on <= on:
        return f"编号{result.e2e}的到账日期{result.booked_on}早于送出日期或晚于今天"
    return ""


def _refuse_misfits(run: PayRun, results: list[Result], on: date) -> None:
    sent = {attempt.e2e: attempt for attempt in Attempt.objects.filter(line__run=run)}
    faults = [f"第{r.row}行{fault}" for r in results if (fault := _fault(r, sent.get(r.e2e), on))]
    if faults:
        more = f"（共{len(faults)}处）" if len(faults) > SHOWN else ""
        raise BankReturnRefused(f"回盘文件整个未收：{'；'.join(faults[:SHOWN])}{more}，请银行核对后重发")


def _taken(results: list[Result], *, is_repeat: bool) -> Taken:
    paid, returned = totals(results, AttemptState.PAID), totals(results, AttemptState.RETURNED)
    return Taken(*paid, *returned, totals(results, AttemptState.UNKNOWN)[0], is_repeat)


@needs(Duty.PAY)
@transaction.atomic
def take_return(run_id: int, source: pathlib.Path | bytes, *, on: date, at: datetime) -> Taken:
    """收回盘: note what the bank booked, returned or does not know; the same file twice changes nothing.

    `on` is the day the file is taken. Raises BankReturnRefused, and then nothing of the file is taken.
    """
    data = source if isinstance(source, bytes) else source.read_bytes()
    run = locked(run_id)
    results = read_results(data)
    sha256 = digest(data)
    if before := BankFile.objects.filter(sha256=sha256).first():
        if before.run_id != run.pk:
            raise BankReturnRefused("这个回盘文件属于另一个发放批次")
        return _taken(results, is_repeat=True)
    _refuse_misfits(run, results, on)
    _keep(run, source, results, sha256, on)
    _answer(results)
    _book(run, results, on, at)
    taken = _taken(results, is_repeat=False)
    note(run, "收银行回盘", at, on=on, sha256=sha256, paid=taken.paid, returned=taken.returned, unknown=taken.unknown)
    return taken


def _keep(run: PayRun, source: pathlib.Path | bytes, results: list[Result], sha256: str, on: date) -> None:
    number = BankFile.objects.filter(run=run, direction="in").count() + 1
    name = f"RESULT-{run.month:%Y%m}-{number}.txt" if isinstance(source, bytes) else source.name
    count, fen = totals(results)
    BankFile.objects.create(
        run=run,
        division=run.division,
        direction="in",
        name=name,
        sha256=sha256,
        handled_on=on,
        lines_count=count,
        total_fen=fen,
    )


def _answer(results: list[Result]) -> None:
    answers = {
        "e2es": [r.e2e for r in results],
        "states": [r.state.value for r in results],
        "days": [r.booked_on for r in results],
        "reasons": [r.reason for r in results],
    }
    with over_whole_tables():
        execute(ANSWERED, answers)


def _book(run: PayRun, results: list[Result], on: date, at: datetime) -> None:
    """One entry per booking day, one for what came back, and an event for every household of the latter."""
    for day in sorted({r.booked_on for r in results if r.booked_on}):
        book_paid(run, day, [r.e2e for r in results if r.booked_on == day])
    if returned := [r for r in results if r.state is AttemptState.RETURNED]:
        book_returned(run, on, [r.e2e for r in returned])
        divisions = dict(Attempt.objects.filter(e2e__in=[r.e2e for r in returned]).values_list("e2e", "division"))
        events: list[tuple[str, str, dict[str, object]]] = [
            (f"家庭 {e2e_household(r.e2e)}", divisions[r.e2e], {"e2e": r.e2e, "reason": r.reason}) for r in returned
        ]
        record_many("银行退回", events, at=at)
