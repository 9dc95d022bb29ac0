"""追到行: follows money from the decision to the ledger and names each row that differs from the one before it."""

from dataclasses import dataclass
from datetime import date
from tempfile import TemporaryFile

from django.db.models import QuerySet

from opendibao.audit.sql_rows import read_whole
from opendibao.kernel.money import yuan_text
from opendibao.kernel.month import month_text
from opendibao.payment.digests import digests_in
from opendibao.payment.models import BankFile, FileKind
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.sending import write_again

SHOWN = 100
DECIDED = """
SELECT l.month, h.number, coalesce(a.e2e, ''), d.amount_fen, l.amount_fen FROM payment_payline l
JOIN decision_decision d ON d.id = l.decision_id JOIN registry_household h ON h.id = l.household_id
LEFT JOIN payment_attempt a ON a.line_id = l.id AND a.number = 1
WHERE l.kind = 'regular' AND (l.amount_fen <> d.amount_fen OR l.supplement_fen <> d.supplement_fen)
UNION ALL
SELECT l.month, h.number, coalesce(a.e2e, ''), coalesce(o.amount_fen, 0), l.amount_fen FROM payment_payline l
JOIN registry_household h ON h.id = l.household_id
LEFT JOIN payment_payorder o ON o.household_id = l.household_id AND o.month = l.month AND o.kind = l.kind
  AND o.supplement_no = l.supplement_no AND o.outcome = 'approved'
LEFT JOIN payment_attempt a ON a.line_id = l.id AND a.number = 1
WHERE l.kind <> 'regular' AND l.amount_fen IS DISTINCT FROM o.amount_fen
"""
FROZEN = """
SELECT l.month, h.number, coalesce(a.e2e, ''), (l.snapshot ->> 'amount_fen')::bigint, l.amount_fen
FROM payment_payline l JOIN registry_household h ON h.id = l.household_id
LEFT JOIN payment_attempt a ON a.line_id = l.id AND a.number = 1
WHERE l.amount_fen <> (l.snapshot ->> 'amount_fen')::bigint
"""
SENT = """
SELECT l.month, h.number, a.e2e, l.amount_fen - coalesce(o.fen, 0), a.amount_fen FROM payment_attempt a
JOIN payment_payline l ON l.id = a.line_id JOIN registry_household h ON h.id = l.household_id
LEFT JOIN payment_offset o ON o.line_id = l.id
WHERE a.amount_fen <> l.amount_fen - coalesce(o.fen, 0)
"""
BOOKED = """
SELECT l.month, h.number, a.e2e, owed.fen, coalesce(booked.fen, 0) FROM payment_attempt a
CROSS JOIN LATERAL (SELECT CASE WHEN a.state = 'paid' THEN a.amount_fen ELSE 0 END AS fen) AS owed
JOIN payment_payline l ON l.id = a.line_id JOIN registry_household h ON h.id = l.household_id
LEFT JOIN (
  SELECT attempt_id, sum(fen)::bigint AS fen FROM payment_ledgerleg WHERE account = 'paid' GROUP BY attempt_id
) AS booked ON booked.attempt_id = a.e2e
WHERE coalesce(booked.fen, 0) <> owed.fen
"""
# Every step of a run wrote its total into the chain; the first event that says otherwise is named. A list may be frozen
# again before it is checked: what was said of the former one is no longer so.
TOLD = """
SELECT DISTINCT ON (r.month) r.month, '', '', (e.payload ->> 'total_fen')::bigint, lines.fen
FROM payment_payrun r
JOIN (SELECT run_id, count(*) AS count, sum(amount_fen)::bigint AS fen FROM payment_payline GROUP BY run_id) AS lines
  ON lines.run_id = r.id
JOIN audit_event e ON e.subject = '发放批次 ' || to_char(r.month, 'YYYY-MM') AND e.payload ? 'total_fen'
WHERE e.id >= (SELECT max(made.id) FROM audit_event made
    WHERE made.subject = e.subject AND made.action IN ('编制发放', '重新编制发放'))
  AND ((e.payload ->> 'total_fen')::bigint <> lines.fen OR (e.payload ->> 'lines')::bigint <> lines.count)
ORDER BY r.month, e.id
"""


@dataclass(frozen=True)
class Step:
    """One step of the way: what must be equal; `sql` returns the rows where it is not."""

    promise: str
    sql: str


STEPS = {
    "decided": Step("发放明细的金额等于决定或者已批准的应发依据", DECIDED),
    "frozen": Step("发放明细的金额等于编制时冻结的金额", FROZEN),
    "sent": Step("发送的金额等于发放明细减去抵扣", SENT),
    "booked": Step("记账分录的金额等于发送", BOOKED),
    "told": Step("明细合计等于各步骤记入审计链的控制数", TOLD),
}


@dataclass(frozen=True)
class _Row:
    month: date
    household: str
    e2e: str
    should_fen: int
    is_fen: int


@dataclass(frozen=True)
class Mismatch(_Row):
    """A row that differs from the one it comes from: the step it breaks, what it should be and is, in fen.

    Household and sending are empty where only a month's total is known to differ.
    """

    step: str

    @property
    def words(self) -> str:
        """The row and both amounts, for people."""
        where = f"户{self.household} {month_text(self.month)}" if self.household else f"{month_text(self.month)}合计"
        sending = f"（发送 {self.e2e}）" if self.e2e else ""
        return f"{where}{sending}：应为 {yuan_text(self.should_fen)} 元，现为 {yuan_text(self.is_fen)} 元"


@dataclass(frozen=True)
class SentFile:
    """A file to the bank of a month: its hash noted at sending, and that of the file the tables would give now."""

    month: date
    name: str
    noted: str
    now: str

    @property
    def is_same(self) -> bool:
        """Whether the tables still give the file that was sent."""
        return self.noted == self.now


def mismatches() -> list[Mismatch]:
    """Every row of the way that differs from the one before it, at most 100 a step; asked with the county's reach."""
    return [Mismatch(**vars(row), step=key) for key, step in STEPS.items() for row in _rows(step.sql)]


def _rows(sql: str) -> list[_Row]:
    ordered = f"SELECT * FROM ({sql}) AS found ORDER BY 1, 2, 3, 5 LIMIT %(limit)s"
    return read_whole(_Row, ordered, {"limit": SHOWN})


def sent_file(month: date) -> SentFile | None:
    """The first file of one month; None where none was sent."""
    file = _sent().filter(run__month=month, file_no=1).first()
    return _compared(file) if file else None


def changed_files() -> list[SentFile]:
    """The files of all months, re-issues among them, that the tables would not give again."""
    files = [_compared(file) for file in _sent().order_by("run__month", "file_no")]
    return [file for file in files if not file.is_same]


def _sent() -> "QuerySet[BankFile]":
    return BankFile.objects.filter(kind=FileKind.PAY, direction="out").select_related("run")


def _compared(file: BankFile) -> SentFile:
    with TemporaryFile() as out:
        try:
            write_again(file.run, file, out)
            now = digests_in(out).sha256
        except PaymentRefused:  # an account that cannot be written was not in the file
            now = ""
    return SentFile(file.run.month, file.name, file.sha256, now)
