"""银行对账单: the bank's statement of the account from which a run is paid, taken whole or not at all.

CSV in GB18030 or UTF-8: 日期,方向,金额,摘要; the direction is 拨入 (finance put it in), 付出 (it left for a family) or
退回 (it came back in). A statement begins with the day of the 拨入; a later one takes the place of the one before.
"""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.bulk import copy_rows
from opendibao.audit.duties import needs
from opendibao.audit.sql_rows import read, read_whole
from opendibao.kernel.duties import Duty
from opendibao.kernel.money import NotMoney, yuan, yuan_text
from opendibao.payment.bank_file import digest
from opendibao.payment.comparing import compare_again, has_open
from opendibao.payment.models import BankFile, FileKind
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.run_record import locked, note

HEAD = ["日期", "方向", "金额", "摘要"]
WORDS = {"拨入": "in", "付出": "out", "退回": "back"}
SAID = {movement: word for word, movement in WORDS.items()}
SHOWN, TEXT = 5, 100
_DAY = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?")
LISTED = """
SELECT row, booked_on, movement, fen, text FROM payment_statementline
WHERE file_id = (SELECT max(id) FROM payment_bankfile WHERE run_id = %(run)s AND kind = 'statement') ORDER BY row
"""
# money goes into the account once; a sending that was booked or returned left it, a returned one came back
AGREEING = """
WITH back AS (
  SELECT attempt_id, min(booked_on) AS booked_on FROM payment_ledgerleg
  WHERE account = 'returned' AND fen > 0 GROUP BY attempt_id)
SELECT found.day, found.movement, sum(found.fen)::bigint, ''
FROM payment_attempt a LEFT JOIN back ON back.attempt_id = a.e2e
CROSS JOIN LATERAL (VALUES
  (a.sent_on, 'in', CASE WHEN a.number = 1 THEN a.amount_fen END),
  (a.booked_on, 'out', CASE a.state WHEN 'paid' THEN a.amount_fen WHEN 'differs' THEN a.answered_fen END),
  (a.sent_on, 'out', CASE a.state WHEN 'returned' THEN a.amount_fen END),
  (back.booked_on, 'back', CASE a.state WHEN 'returned' THEN a.amount_fen END)) AS found (day, movement, fen)
WHERE a.run_id = %(run)s AND found.fen IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2
"""


class StatementRefused(PaymentRefused):
    """The statement cannot be read or contradicts itself; no line of it was taken."""


@dataclass(frozen=True)
class Movement:
    """A sum (fen, positive) that went in, out or came back on a day."""

    booked_on: date
    movement: str
    fen: int
    text: str = ""


@dataclass(frozen=True)
class StatementRow:
    """A line of the statement that counts for a run."""

    row: int
    booked_on: date
    movement: str
    fen: int
    text: str

    @property
    def movement_zh(self) -> str:
        """The direction as the bank writes it."""
        return SAID[self.movement]


@dataclass(frozen=True)
class StatementTaken:
    """How many lines a statement has, and their sums in fen; `is_repeat` when the same file was taken before."""

    lines: int
    in_fen: int
    out_fen: int
    back_fen: int
    is_repeat: bool


def statement(run_id: int) -> list[StatementRow]:
    """The newest statement of a run, line by line."""
    return read(StatementRow, LISTED, {"run": run_id})


def agreeing(run_id: int) -> list[Movement]:
    """What a bank's statement says whose books agree with ours, for demonstrations and tests."""
    return read_whole(Movement, AGREEING, {"run": run_id})


def write_statement(movements: Iterable[Movement]) -> bytes:
    """The bytes of a bank's statement with these movements."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEAD)
    writer.writerows([one.booked_on, SAID[one.movement], yuan_text(one.fen), one.text] for one in movements)
    return text.getvalue().encode("gb18030")


def _text(data: bytes) -> str:
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        raise StatementRefused("对账单是表格文件，请另存为CSV（日期,方向,金额,摘要）再传")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise StatementRefused("对账单的编码认不出，可能已损坏，请向银行重新取，存为CSV（GB18030或UTF-8）")


def _day(text: str) -> date:
    found = _DAY.fullmatch(text.strip())
    try:
        return date(*map(int, found.groups())) if found else date.fromisoformat(text)
    except ValueError:
        raise StatementRefused(f"日期“{text}”应写成 2024-01-08 这样") from None


def _movement(cells: list[str], on: date) -> Movement:
    """One line. Raises StatementRefused naming the field."""
    if len(cells) != len(HEAD):
        raise StatementRefused(f"应有{len(HEAD)}列（{'、'.join(HEAD)}），有{len(cells)}列")
    day, word, amount, text = (cell.strip() for cell in cells)
    booked_on = _day(day)
    if booked_on > on:
        raise StatementRefused(f"日期{booked_on}晚于今天")
    if word not in WORDS:
        raise StatementRefused(f"方向“{word}”不认识，应为{'、'.join(WORDS)}")
    try:
        fen = yuan(amount)
    except NotMoney as fault:
        raise StatementRefused(str(fault)) from None
    if fen <= 0:
        raise StatementRefused(f"金额“{amount}”应大于0；退回的写在“退回”方向")
    if len(text) > TEXT:
        raise StatementRefused(f"摘要最多{TEXT}个字")
    return Movement(booked_on, WORDS[word], fen, text)


def read_statement(data: bytes, on: date) -> list[tuple[int, Movement]]:
    """Row and movement of every line; `on` is today. Raises StatementRefused naming rows, fields and remedy."""
    try:
        rows = list(csv.reader(io.StringIO(_text(data), newline=""), strict=True))
    except csv.Error as fault:
        raise StatementRefused(f"对账单不是完整的CSV：{fault}，请向银行重新取") from None
    if not rows or [cell.strip() for cell in rows[0]] != HEAD:
        raise StatementRefused(f"对账单第1行应是表头：{','.join(HEAD)}")
    found, faults = [], []
    for number, cells in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        try:
            found.append((number, _movement(cells, on)))
        except StatementRefused as fault:
            faults.append(f"第{number}行{fault}")
    if faults:
        more = f"（共{len(faults)}处）" if len(faults) > SHOWN else ""
        raise StatementRefused(f"对账单整个未收：{'；'.join(faults[:SHOWN])}{more}，请改正或者向银行重新取")
    if not found:
        raise StatementRefused("对账单没有一笔明细，请向银行取这个月的对账单")
    return found


def _taken(movements: Iterable[Movement], *, is_repeat: bool) -> StatementTaken:
    rows = list(movements)
    sums = {way: sum(one.fen for one in rows if one.movement == way) for way in SAID}
    return StatementTaken(len(rows), sums["in"], sums["out"], sums["back"], is_repeat)


@needs(Duty.PAY, Duty.FINANCE)
@transaction.atomic
def take_statement(run_id: int, data: bytes, *, on: date, at: datetime) -> StatementTaken:
    """收银行对账单: keep it line by line and compare; the same file twice changes nothing.

    Raises StatementRefused, and then nothing of the file is taken.
    """
    run = locked(run_id)
    rows = read_statement(data, on)
    movements = [movement for _, movement in rows]
    sha256 = digest(data)
    if before := BankFile.objects.filter(sha256=sha256).first():
        if before.run_id != run.pk or before.kind != FileKind.STATEMENT:
            raise StatementRefused("这个文件已经收过，不是这个批次的对账单")
        return _taken(movements, is_repeat=True)
    was_open = has_open(run)
    number = BankFile.objects.filter(run=run, kind=FileKind.STATEMENT).count() + 1
    file = BankFile.objects.create(
        run=run, division=run.division, kind=FileKind.STATEMENT, direction="in", file_no=number,
        name=f"STATEMENT-{run.month:%Y%m}-{number}.csv", sha256=sha256, handled_on=on, lines_count=len(rows),
        total_fen=sum(one.fen for one in movements),
    )  # fmt: skip
    columns = ("file_id", "run_id", "division", "row", "booked_on", "movement", "fen", "text")
    copy_rows("payment_statementline", columns, (
        (file.pk, run.pk, run.division, row, one.booked_on, one.movement, one.fen, one.text) for row, one in rows
    ))  # fmt: skip
    taken = _taken(movements, is_repeat=False)
    note(run, "收银行对账单", at, on=on, sha256=sha256, in_fen=taken.in_fen, out_fen=taken.out_fen,
         back_fen=taken.back_fen)  # fmt: skip
    compare_again(run, was_open, on=on, at=at)
    return taken
