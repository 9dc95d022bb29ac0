"""收回盘: takes the bank's result file whole or not at all, and says of every line how it fits what was sent."""

import pathlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record_many
from opendibao.audit.bulk import copy_rows
from opendibao.audit.duties import needs
from opendibao.audit.sql_rows import execute, over_whole_tables, read
from opendibao.kernel.duties import Duty
from opendibao.kernel.month import month_text
from opendibao.payment.bank_file import digest, e2e_household
from opendibao.payment.bank_return import BankReturnRefused, Result, read_results, totals
from opendibao.payment.booking import book_paid, book_returned
from opendibao.payment.exceptions import note_absent, note_answers, settle_answered
from opendibao.payment.fitting import FOREIGN, Fit, SentRow, fit
from opendibao.payment.models import BankFile, FileKind, PayRun
from opendibao.payment.run_record import locked, note
from opendibao.payment.states import AttemptState

SENT = """
SELECT e2e, division, file_no, holder, amount_fen, answered_fen, state, sent_on, booked_on
FROM payment_attempt WHERE run_id = %(run)s
"""
ANSWERED = """
UPDATE payment_attempt a SET state = answer.state, booked_on = answer.booked_on, reason = answer.reason,
  answered_fen = answer.answered_fen
FROM unnest(%(e2es)s::text[], %(states)s::text[], %(days)s::date[], %(reasons)s::text[], %(fens)s::bigint[])
  AS answer (e2e, state, booked_on, reason, answered_fen)
WHERE a.e2e = answer.e2e
"""
# the month in whose file most of these numbers went out
ELSEWHERE = """
SELECT r.month, count(*) FROM payment_attempt a JOIN payment_payrun r ON r.id = a.run_id
WHERE a.e2e = ANY(%(e2es)s) GROUP BY r.month ORDER BY count(*) DESC, r.month LIMIT 1
"""
TAKEN = """
SELECT count(*) FILTER (WHERE verdict = 'fits' AND word = '成功'),
  coalesce(sum(fen) FILTER (WHERE verdict = 'fits' AND word = '成功'), 0)::bigint,
  count(*) FILTER (WHERE verdict = 'fits' AND word = '退回'),
  coalesce(sum(fen) FILTER (WHERE verdict = 'fits' AND word = '退回'), 0)::bigint,
  count(*) FILTER (WHERE verdict = 'fits' AND word = '未知'), count(*) FILTER (WHERE verdict = 'amount'),
  count(*) FILTER (WHERE verdict = 'name'), count(*) FILTER (WHERE verdict = 'foreign')
FROM payment_inboundline WHERE file_id = %(file)s
"""
COLUMNS = ("file_id", "run_id", "attempt_id", "division", "row", "e2e", "holder", "fen", "word", "booked_on", "reason",
           "verdict")  # fmt: skip
SHOWN, TEXT = 5, 60


@dataclass(frozen=True)
class _Said:
    paid: int
    paid_fen: int
    returned: int
    returned_fen: int
    unknown: int
    differs: int
    names: int
    foreign: int


@dataclass(frozen=True)
class Taken(_Said):
    """What a result file said: lines that fit (paid, returned, unknown; fen), that do not, and that are not ours.

    `changed` is how many sendings have another state than before; `is_repeat` a file that had been taken before.
    """

    changed: int
    is_repeat: bool


@dataclass(frozen=True)
class _Month:
    month: date
    lines: int


def _refuse_unbelieved(fits: Sequence[Fit]) -> None:
    """An answer that contradicts one given before, or a day that cannot be: the file was not made from our files."""
    if faults := [f"第{each.result.row}行{each.fault}" for each in fits if each.fault]:
        more = f"（共{len(faults)}处）" if len(faults) > SHOWN else ""
        raise BankReturnRefused(f"回盘文件整个未收：{'；'.join(faults[:SHOWN])}{more}，请银行核对后重发")


def _refuse_of_others(run: PayRun, fits: Sequence[Fit]) -> None:
    """A file most of whose lines we did not send answers something else."""
    if run.sent_on is None:
        raise BankReturnRefused(f"{month_text(run.month)}批次还没有送银行，收不了回盘文件")
    if not fits:
        raise BankReturnRefused("回盘文件没有一笔明细，请向银行重新取文件")
    foreign = [each.result for each in fits if each.verdict == FOREIGN]
    if 2 * len(foreign) <= len(fits):
        return
    if months := read(_Month, ELSEWHERE, {"e2es": [result.e2e for result in foreign]}):
        raise BankReturnRefused(
            f"这个回盘文件是{month_text(months[0].month)}批次的，整个未收，请到那个批次里收"
        )  # fmt: skip
    rows = "；".join(f"第{result.row}行编号{result.e2e}不是本批次送出的" for result in foreign[:SHOWN])
    raise BankReturnRefused(
        f"回盘文件整个未收：{len(fits)}行里有{len(foreign)}行不是本批次送出的（{rows}），请银行核对后重发"
    )


def _said(file: BankFile, *, changed: int, is_repeat: bool) -> Taken:
    (said,) = read(_Said, TAKEN, {"file": file.pk})
    return Taken(**vars(said), changed=changed, is_repeat=is_repeat)


@needs(Duty.PAY)
@transaction.atomic
def take_return(run_id: int, source: pathlib.Path | bytes, *, on: date, at: datetime) -> Taken:
    """收回盘: keep every line of the bank's answer, and book what fits; the same file twice changes nothing.

    `on` is the day the file is taken; whether money came in time is by the bank's booking date alone. What does not
    fit becomes an exception and is never booked as paid; a later, corrected file ends it, also after closing.
    Raises BankReturnRefused, and then nothing of the file is taken.
    """
    data = source if isinstance(source, bytes) else source.read_bytes()
    run = locked(run_id)
    results = read_results(data)
    sha256 = digest(data)
    if before := BankFile.objects.filter(sha256=sha256).first():
        if before.run_id != run.pk:
            raise BankReturnRefused("这个回盘文件属于另一个发放批次")
        return _said(before, changed=0, is_repeat=True)
    with over_whole_tables():
        sent = {row.e2e: row for row in read(SentRow, SENT, {"run": run.pk})}
        fits = [fit(each, sent.get(each.e2e), county=run.division, on=on) for each in results]
        _refuse_of_others(run, fits)
        _refuse_unbelieved(fits)
        file = _keep(run, source, results, sha256, on)
        changed = _apply(run, file, fits, sent, on, at)
    taken = _said(file, changed=changed, is_repeat=False)
    said = {name: getattr(taken, name) for name in ("paid", "returned", "unknown", "differs", "names", "foreign")}
    note(run, "收银行回盘", at, on=on, sha256=sha256, **said)
    return taken


def _keep(run: PayRun, source: pathlib.Path | bytes, results: list[Result], sha256: str, on: date) -> BankFile:
    number = BankFile.objects.filter(run=run, kind=FileKind.RESULT).count() + 1
    name = f"RESULT-{run.month:%Y%m}-{number}.txt" if isinstance(source, bytes) else source.name
    count, fen = totals(results)
    return BankFile.objects.create(
        run=run, division=run.division, kind=FileKind.RESULT, direction="in", file_no=number, name=name, sha256=sha256,
        handled_on=on, lines_count=count, total_fen=fen,
    )  # fmt: skip


def _apply(
    run: PayRun, file: BankFile, fits: Sequence[Fit], sent: dict[str, SentRow], on: date, at: datetime
) -> int:  # fmt: skip
    """Lines, states, exceptions and bookings of a file that is believed; returns how many sendings changed."""
    copy_rows("payment_inboundline", COLUMNS, (_inbound(run, file, each) for each in fits))
    moved = [each for each in fits if each.state]
    _answer(moved)
    note_answers(run, file, fits, on)
    settle_answered(run, fits, on)
    _note_unanswered(run, fits, sent, on)
    _book(run, moved, on, at)
    return len(moved)


def _inbound(run: PayRun, file: BankFile, each: Fit) -> tuple[object, ...]:
    result = each.result
    ours = None if each.verdict == FOREIGN else result.e2e
    return (file.pk, run.pk, ours, each.division, result.row, result.e2e[:TEXT], result.holder.strip()[:TEXT],
            result.fen, str(result.state.label), result.booked_on, result.reason[:TEXT], each.verdict)  # fmt: skip


def _answer(moved: Sequence[Fit]) -> None:
    """One UPDATE; only what the bank booked has a day, and only another amount is kept beside ours."""
    is_differs = [each.state is AttemptState.DIFFERS for each in moved]
    booked = (AttemptState.PAID, AttemptState.DIFFERS)
    answers = {
        "e2es": [each.result.e2e for each in moved],
        "states": [each.state.value for each in moved if each.state],
        "days": [each.result.booked_on if each.state in booked else None for each in moved],
        "reasons": [each.result.reason[:TEXT] for each in moved],
        "fens": [each.result.fen if differs else None for each, differs in zip(moved, is_differs, strict=True)],
    }
    execute(ANSWERED, answers)


def _note_unanswered(run: PayRun, fits: Sequence[Fit], sent: dict[str, SentRow], on: date) -> None:
    """Whoever is left out of an answer to most of a file is absent until a later one; a bank may answer in parts."""
    answered = {each.result.e2e for each in fits}
    files = {sent[e2e].file_no for e2e in answered if e2e in sent}
    total = Counter(row.file_no for row in sent.values())
    left: dict[int, list[str]] = {number: [] for number in files}
    for row in sent.values():
        if row.file_no in files and row.state == AttemptState.SENT and row.e2e not in answered:
            left[row.file_no].append(row.e2e)
    note_absent(run, [e2e for number, e2es in left.items() if 2 * len(e2es) < total[number] for e2e in e2es], on)


def _book(run: PayRun, moved: Sequence[Fit], on: date, at: datetime) -> None:
    """One entry per booking day, one for what came back, and an event for every household of the latter."""
    paid = [each.result for each in moved if each.state is AttemptState.PAID]
    for day in sorted({each.booked_on for each in paid if each.booked_on}):
        book_paid(run, day, [each.e2e for each in paid if each.booked_on == day])
    if returned := [each for each in moved if each.state is AttemptState.RETURNED]:
        book_returned(run, on, [each.result.e2e for each in returned])
        events: list[tuple[str, str, dict[str, object]]] = [
            (f"家庭 {e2e_household(each.result.e2e)}", each.division,
             {"e2e": each.result.e2e, "reason": each.result.reason})
            for each in returned
        ]  # fmt: skip
        record_many("银行退回", events, at=at)
