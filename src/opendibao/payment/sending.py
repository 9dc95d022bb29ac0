"""送银行: the first file of a run, and later files for what came back and got a better account."""

import pathlib
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record_many
from opendibao.audit.duties import needs
from opendibao.audit.sql_rows import execute, over_whole_tables
from opendibao.kernel.duties import Duty
from opendibao.payment.bank_file import Batch, Transfer, digest, e2e_household, render, store
from opendibao.payment.booking import book_reissue, book_sending
from opendibao.payment.models import Attempt, BankFile, PayRun
from opendibao.payment.pay_run import locked, note
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.states import RunState, move_run

# e2e = month, household, R(egular) or S(upplement), number of the supplement, number of the sending
FIRST = """
INSERT INTO payment_attempt (e2e, line_id, number, division, holder, bank, account, amount_fen, state, sent_on, reason)
SELECT to_char(line.month, 'YYYYMM') || '-' || (line.snapshot ->> 'household') || '-'
    || CASE line.kind WHEN 'regular' THEN 'R' ELSE 'S' END || '-' || line.supplement_no || '-1',
  line.id, 1, line.division, line.snapshot #>> '{account,holder}', line.snapshot #>> '{account,bank}',
  line.snapshot #>> '{account,number}', line.amount_fen, 'sent', %(on)s::date, ''
FROM payment_payline line WHERE line.run_id = %(run)s
"""
# only lines without an open or booked sending, and only to an account other than the one that failed
AGAIN = """
INSERT INTO payment_attempt (e2e, line_id, number, division, holder, bank, account, amount_fen, state, sent_on, reason)
SELECT regexp_replace(last.e2e, '[0-9]+$', (last.number + 1)::text), line.id, last.number + 1, line.division,
  a.holder, a.bank, a.number, line.amount_fen, 'sent', %(on)s::date, ''
FROM payment_payline line
JOIN LATERAL (SELECT * FROM payment_attempt t WHERE t.line_id = line.id ORDER BY t.number DESC LIMIT 1) AS last
  ON last.state = 'returned'
JOIN registry_bankaccount a
  ON a.household_id = line.household_id AND a.valid @> %(on)s::date AND upper_inf(a.recorded)
WHERE line.run_id = %(run)s AND (a.holder, a.bank, a.number) IS DISTINCT FROM (last.holder, last.bank, last.account)
"""


def batch_name(run: PayRun, number: int) -> str:
    """Name of a file to the bank: month and the how-manyth file of the run."""
    return f"DIBAO-{run.month:%Y%m}-{number}"


def _transfers(attempts: list[Attempt]) -> list[Transfer]:
    return [Transfer(each.e2e, each.holder, each.bank, each.account, each.amount_fen) for each in attempts]


def sendings(run_id: int, *, sent_on: date | None = None, again: bool = False) -> list[Attempt]:
    """The sendings of a run's first file, or (again) of the re-issues, in the order of the file."""
    chosen = Attempt.objects.filter(line__run=run_id)
    chosen = chosen.filter(number__gt=1) if again else chosen.filter(number=1)
    if sent_on:
        chosen = chosen.filter(sent_on=sent_on)
    return list(chosen.order_by("e2e"))


def _file(run: PayRun, number: int, attempts: list[Attempt], on: date) -> tuple[str, bytes]:
    name = batch_name(run, number)
    return f"{name}.txt", render(Batch(name, run.month, on), _transfers(attempts))


def _keep(run: PayRun, name: str, data: bytes, attempts: list[Attempt], on: date) -> str:
    """Note a file that goes out; returns its SHA-256."""
    sha256 = digest(data)
    BankFile.objects.create(
        run=run,
        division=run.division,
        direction="out",
        name=name,
        sha256=sha256,
        handled_on=on,
        lines_count=len(attempts),
        total_fen=sum(each.amount_fen for each in attempts),
    )
    return sha256


@needs(Duty.PAY)
def send_run(run_id: int, *, on: date, at: datetime, out_dir: pathlib.Path) -> pathlib.Path:
    """出盘: write the run's bank file; called again it writes the same bytes and sends nothing twice.

    The database knows the sending before the file appears, so that no file exists that it does not know.
    """
    with transaction.atomic():
        run = locked(run_id)
        if run.sent_on is None:
            name, data = _send_first(run, on, at)
        else:
            name, data = _file(run, 1, sendings(run_id), run.sent_on)
            _refuse_changed(data, run.file_sha256)
    return store(pathlib.Path(out_dir) / name, data)


def _send_first(run: PayRun, on: date, at: datetime) -> tuple[str, bytes]:
    run.state = move_run(RunState(run.state), RunState.SENT)
    execute(FIRST, {"run": run.pk, "on": on})
    attempts = sendings(run.pk)
    name, data = _file(run, 1, attempts, on)
    run.file_name, run.file_sha256, run.sent_on = name, _keep(run, name, data, attempts, on), on
    run.save(update_fields=["state", "file_name", "file_sha256", "sent_on"])
    book_sending(run, on)
    note(run, "发放送银行", at, on=on, file=name, sha256=run.file_sha256)
    return name, data


def _refuse_changed(data: bytes, sha256: str) -> None:
    if digest(data) != sha256:
        raise PaymentRefused("再次生成的银行文件与已送出的不同，请报系统运行人员核查，不要送银行")


@needs(Duty.PAY)
def reissue(run_id: int, *, on: date, at: datetime, out_dir: pathlib.Path) -> pathlib.Path:
    """补发: send returned money to the household's corrected account in a file of its own; also after closing.

    Called again on the same day it writes the same file. Raises PaymentRefused when no returned household
    has a corrected account, or when a second file would go out on one day.
    """
    with transaction.atomic():
        run = locked(run_id)
        former = BankFile.objects.filter(run=run, direction="out")
        number = former.count() + 1
        today = former.filter(handled_on=on).exclude(name=run.file_name).first()
        with over_whole_tables():
            is_new = execute(AGAIN, {"run": run.pk, "on": on}) > 0
        if is_new and today:
            raise PaymentRefused("今天已送过一次补发文件，请下一个工作日再补发")
        if not is_new and not today:
            raise PaymentRefused("没有已更正账户的退回款，请先更正退回家庭的银行账户")
        attempts = sendings(run.pk, sent_on=on, again=True)
        name, data = _file(run, number if is_new else number - 1, attempts, on)
        if today:
            _refuse_changed(data, today.sha256)
        else:
            _send_again(run, name, data, attempts, on, at)
    return store(pathlib.Path(out_dir) / name, data)


def _send_again(run: PayRun, name: str, data: bytes, attempts: list[Attempt], on: date, at: datetime) -> None:
    _keep(run, name, data, attempts, on)
    book_reissue(run, on, [each.e2e for each in attempts])
    events: list[tuple[str, str, dict[str, object]]] = [
        (f"家庭 {e2e_household(each.e2e)}", each.division, {"e2e": each.e2e, "file": name}) for each in attempts
    ]
    record_many("退回款补发", events, at=at)
