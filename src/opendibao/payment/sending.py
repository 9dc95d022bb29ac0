"""送银行: the first file of a run, which carries what earlier months still owe, and later files for what came back.

The database knows of a sending before its file appears under its name: there is no file that it does not know of, and
what it knows is written again at any time, the same to the last byte.
"""

import pathlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import BinaryIO

from django.db import transaction
from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import Collate

from opendibao.audit.actions import record_many
from opendibao.audit.duties import needs
from opendibao.audit.sql_rows import read
from opendibao.kernel.duties import Duty
from opendibao.kernel.month import month_text
from opendibao.payment.bank_file import Batch, Control, Transfer, compose, drafted, e2e_household, place
from opendibao.payment.booking import book_sending
from opendibao.payment.digests import digests_in
from opendibao.payment.joining import joining, put_down, put_down_again
from opendibao.payment.models import Attempt, BankFile, FileKind, PayRun
from opendibao.payment.refusal import PaymentRefused, named
from opendibao.payment.run_record import locked, note
from opendibao.payment.states import AttemptState, RunState, move_run
from opendibao.payment.templates import load_template
from opendibao.rulemaking.queries import pack_in_force

__all__ = [
    "SentBytes",
    "batch_name",
    "joining",
    "reissue",
    "send_now",
    "send_run",
    "sendings",
    "sent_bytes",
    "write_again",
]

CHUNK = 5_000
IN_ORDER = Collate("e2e", "C")  # the order of the file must not hang on where the database was set up
ONE_SENDS = "SELECT pg_advisory_xact_lock(57202109)::text"


@dataclass(frozen=True)
class SentBytes:
    """A file to the bank: its name, its bytes, and their fingerprints."""

    name: str
    data: bytes
    sha256: str
    sm3: str


def batch_name(run: PayRun, number: int) -> str:
    """Name of a file to the bank: month and the how-manyth file of the run."""
    return f"DIBAO-{run.month:%Y%m}-{number}"


def sendings(
    run_id: int, *, sent_on: date | None = None, again: bool = False, file_no: int | None = None
) -> list[Attempt]:
    """The sendings of a run's first file, of the files after it (again), or of one file, in the order of the file."""
    chosen = Attempt.objects.filter(run=run_id)
    if file_no is not None:
        chosen = chosen.filter(file_no=file_no)
    else:
        chosen = chosen.filter(file_no__gt=1) if again else chosen.filter(file_no=1)
    if sent_on:
        chosen = chosen.filter(sent_on=sent_on)
    return list(chosen.order_by(IN_ORDER))


def _in_file(run: PayRun, file_no: int) -> "QuerySet[Attempt]":
    return Attempt.objects.filter(run=run, file_no=file_no)


def _transfers(run: PayRun, file_no: int) -> Iterator[Transfer]:
    """The lines of a file, read as they are written."""
    rows = _in_file(run, file_no).order_by(IN_ORDER).values_list("e2e", "holder", "bank", "account", "amount_fen")
    return (Transfer(*row) for row in rows.iterator(chunk_size=CHUNK))


def _control(run: PayRun, file_no: int) -> Control:
    found = _in_file(run, file_no).aggregate(count=Count("e2e"), fen=Sum("amount_fen"))
    return Control(found["count"], found["fen"] or 0)


def write_again(run: PayRun, noted: BankFile, out: BinaryIO) -> None:
    """Write a file that was sent as the tables give it now. Raises PaymentRefused where a line cannot be written."""
    _write(run, noted.file_no, noted.handled_on, noted.template, out)


def _write(run: PayRun, file_no: int, on: date, template: str, out: BinaryIO) -> Control:
    form, control = load_template(template), _control(run, file_no)
    hotline = pack_in_force().word("pay.hotline", on) if any("{hotline}" in text for text in form.purposes) else ""
    compose(form, Batch(batch_name(run, file_no), run.month, on, hotline), control, _transfers(run, file_no), out)
    return control


def _keep(run: PayRun, file_no: int, on: date, out: BinaryIO) -> BankFile:
    """Write a file that goes out for the first time and note it with its totals and fingerprints."""
    form = load_template(pack_in_force().word("pay.bank_template", on))
    control = _write(run, file_no, on, form.name, out)
    prints = digests_in(out)
    return BankFile.objects.create(
        run=run, division=run.division, kind=FileKind.PAY, direction="out", template=form.name, file_no=file_no,
        name=f"{batch_name(run, file_no)}.{form.extension}", sha256=prints.sha256, sm3=prints.sm3, handled_on=on,
        lines_count=control.count, total_fen=control.fen,
    )  # fmt: skip


def _noted(run: PayRun, file_no: int) -> BankFile:
    found = BankFile.objects.filter(run=run, kind=FileKind.PAY, direction="out", file_no=file_no).first()
    if found is None:
        raise PaymentRefused(f"{month_text(run.month)}没有第{file_no}个代发文件")
    return found


def _repeat(run: PayRun, noted: BankFile, out: BinaryIO) -> BankFile:
    """Write a file again; refuse it where it is not what was sent."""
    write_again(run, noted, out)
    if digests_in(out).sha256 != noted.sha256:
        raise PaymentRefused("再次生成的银行文件与已送出的不同，请报系统运行人员核查，不要送银行")
    return noted


@needs(Duty.PAY)
def send_run(run_id: int, *, on: date, at: datetime, out_dir: pathlib.Path) -> pathlib.Path:
    """出盘: write the run's bank file; called again it writes the same bytes and sends nothing twice.

    Its own lines that are not held go out, and what earlier months owe: see `joining`.
    """
    folder = pathlib.Path(out_dir)
    with ExitStack() as until_placed:
        with transaction.atomic():
            run = locked(run_id)
            draft = until_placed.enter_context(drafted(folder))
            file = _send_or_repeat(run, on, at, draft)
        return place(draft, folder / file.name)


@needs(Duty.PAY)
@transaction.atomic
def send_now(run_id: int, *, on: date, at: datetime) -> SentBytes:
    """出盘 without a folder: the bytes of the run's bank file, as `send_run` writes them."""
    out = BytesIO()
    return _bytes(_send_or_repeat(locked(run_id), on, at, out), out)


@needs(Duty.PAY)
@transaction.atomic
def sent_bytes(run_id: int, file_no: int = 1) -> SentBytes:
    """A file that was sent, written again. Raises PaymentRefused where there is none, or where it would differ."""
    out, run = BytesIO(), locked(run_id)
    return _bytes(_repeat(run, _noted(run, file_no), out), out)


def _bytes(file: BankFile, out: BytesIO) -> SentBytes:
    return SentBytes(file.name, out.getvalue(), file.sha256, file.sm3)


def _send_or_repeat(run: PayRun, on: date, at: datetime, out: BinaryIO) -> BankFile:
    return _send_first(run, on, at, out) if run.sent_on is None else _repeat(run, _noted(run, 1), out)


def _send_first(run: PayRun, on: date, at: datetime, out: BinaryIO) -> BankFile:
    run.state = move_run(RunState(run.state), RunState.SENT)
    read(str, ONE_SENDS, {})  # a re-issue of an earlier month may want the same line
    if not put_down(run, on):
        raise PaymentRefused("本批全部暂缓，没有可以送银行的，请先解除暂缓")
    file = _keep(run, 1, on, out)
    run.file_name, run.file_sha256, run.sent_on = file.name, file.sha256, on
    run.save(update_fields=["state", "file_name", "file_sha256", "sent_on"])
    book_sending(run, on, 1)
    note(
        run, "发放送银行", at, on=on, file=file.name, sha256=file.sha256, sm3=file.sm3, sent=file.lines_count,
        sent_fen=file.total_fen,
    )  # fmt: skip
    joined = _in_file(run, 1).exclude(line__run=run)
    _tell("退回款补发", file, joined.filter(number__gt=1), at)
    _tell("暂缓解除后发放", file, joined.filter(number=1), at)
    return file


def _tell(action: str, file: BankFile, sent: "QuerySet[Attempt]", at: datetime) -> None:
    """An event for every household whose money goes out late."""
    events: list[tuple[str, str, dict[str, object]]] = [
        (f"家庭 {e2e_household(e2e)}", division, {"e2e": e2e, "file": file.name})
        for e2e, division in sent.order_by(IN_ORDER).values_list("e2e", "division")
    ]
    record_many(action, events, at=at)


@needs(Duty.PAY)
def reissue(run_id: int, *, on: date, at: datetime, out_dir: pathlib.Path) -> pathlib.Path:
    """补发: send returned money to the household's corrected account in a file of its own; also after closing.

    Called again on the same day it writes the same file. Raises PaymentRefused when no returned household has a
    corrected account, when it was sent again already, or when a second file would go out on one day.
    """
    folder = pathlib.Path(out_dir)
    with ExitStack() as until_placed:
        with transaction.atomic():
            run = locked(run_id)
            draft = until_placed.enter_context(drafted(folder))
            file = _send_again(run, on, at, draft)
        return place(draft, folder / file.name)


def _send_again(run: PayRun, on: date, at: datetime, out: BinaryIO) -> BankFile:
    read(str, ONE_SENDS, {})
    former = BankFile.objects.filter(run=run, kind=FileKind.PAY, direction="out").order_by("-file_no")
    today = former.filter(handled_on=on, file_no__gt=1).first()
    last = former.first()
    number = last.file_no + 1 if last else 1
    is_new = put_down_again(run, number, on) > 0
    if is_new and today:
        raise PaymentRefused("今天已送过一次补发文件，请下一个工作日再补发")
    if today:
        return _repeat(run, today, out)
    if not is_new:
        raise PaymentRefused(_nothing_to_send(run))
    file = _keep(run, number, on, out)
    book_sending(run, on, number)
    _tell("退回款补发", file, _in_file(run, number), at)
    return file


def _nothing_to_send(run: PayRun) -> str:
    """Why there is nothing to re-issue: nothing has another account, or it went out already, in which file."""
    states = [AttemptState.NEW, AttemptState.SENT, AttemptState.UNKNOWN, AttemptState.DIFFERS, AttemptState.PAID]
    again = Attempt.objects.filter(line__run=run, number__gt=1, state__in=states).select_related("run")
    words = [
        f"{e2e_household(each.e2e)}（{each.e2e}，在{batch_name(each.run, each.file_no)}里，{each.get_state_display()}）"
        for each in again.order_by(F("division"), IN_ORDER)
    ]
    if words:
        return f"退回款已经补发，不能再补一次：{named(words)}"
    return "没有已更正账户的退回款，请先更正退回家庭的银行账户"
