"""查告知书和成批确认: whose letter has not reached the family, what a batch confirmed and whether it can be undone."""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import first_row, read
from opendibao.decision.models import Decision
from opendibao.decision.voiding import why_not_void
from opendibao.decision.waiting import told_by

LETTERS = """
SELECT d.id, d.number, d.kind, d.household_id, h.number, d.case_id, d.division, d.decided_on, d.amount_fen, l.id,
  l.sent_on, l.text, l.note, l.delivered_on, l.delivered_how, l.receiver, d.voided_on, d.void_reason, d.batch_id,
  d.maker, d.approver, coalesce((c.gates->'clocks'->>'refusal_letter')::int, 0)
FROM decision_letter l JOIN decision_decision d ON d.id = l.decision_id
JOIN registry_household h ON h.id = d.household_id LEFT JOIN intake_case c ON c.id = d.case_id
"""
WAITING = f"{LETTERS} WHERE l.delivered_on IS NULL AND d.voided_on IS NULL"
# what the law wants soonest comes first: refusals within three working days, then the oldest
LIST = f"{WAITING} ORDER BY d.kind <> 'refuse', d.decided_on, d.id LIMIT %(limit)s OFFSET %(offset)s"
COUNT = """
SELECT count(*)::int FROM decision_letter l JOIN decision_decision d ON d.id = l.decision_id
WHERE l.delivered_on IS NULL AND d.voided_on IS NULL
"""
BATCH = """
SELECT id, division, approved_on, approver, households, persons, monthly_fen FROM decision_approvalbatch
"""
BATCH_ROWS = f"{LETTERS} WHERE d.batch_id = %(batch)s ORDER BY d.number"


@dataclass(frozen=True)
class LetterFile:
    """A decision's letter with its decision; `delivered_on` is None until somebody took it, money is fen a month.

    `refusal_days` are those in which its case's procedure has a refusal told (0: it says nothing).
    """

    decision_id: int
    number: str
    kind: str
    household_id: int
    household: str
    case_id: int | None
    division: str
    decided_on: date
    amount_fen: int
    letter_id: int
    sent_on: date
    text: str
    note: str
    delivered_on: date | None
    delivered_how: str
    receiver: str
    voided_on: date | None
    void_reason: str
    batch_id: int | None
    maker: str
    approver: str
    refusal_days: int

    @property
    def due_on(self) -> date | None:
        """By which day a refusal must be told (57号 第二十一条); None for the other kinds. Raises RuleGap."""
        return told_by(self.division, self.decided_on, self.refusal_days) if self.kind == "refuse" else None


@dataclass(frozen=True)
class BatchRow:
    """Cases confirmed together; money is fen a month."""

    id: int
    division: str
    approved_on: date
    approver: str
    households: int
    persons: int
    monthly_fen: int


def letters_waiting(*, limit: int | None = 50, offset: int = 0) -> list[LetterFile]:
    """Letters that have not reached the family, refusals first, page by page."""
    return read(LetterFile, LIST, {"limit": limit, "offset": offset})


def letters_waiting_count() -> int:
    """How many there are."""
    row = first_row(COUNT, {})
    return int(str(row[0])) if row else 0


def letter_file(decision_id: int) -> LetterFile | None:
    """The letter of a decision; None where there is none or another township's."""
    return next(iter(read(LetterFile, f"{LETTERS} WHERE d.id = %(decision)s", {"decision": decision_id})), None)


def batch(batch_id: int) -> BatchRow | None:
    """One batch; None where there is none or it is not to be seen."""
    return next(iter(read(BatchRow, f"{BATCH} WHERE id = %(batch)s", {"batch": batch_id})), None)


def batch_letters(batch_id: int) -> list[LetterFile]:
    """The decisions of a batch with their letters."""
    return read(LetterFile, BATCH_ROWS, {"batch": batch_id})


def last_batches(limit: int = 5) -> list[BatchRow]:
    """The batches confirmed last."""
    return read(BatchRow, f"{BATCH} ORDER BY id DESC LIMIT %(limit)s", {"limit": limit})


def not_voidable(decision_id: int, on: date) -> str:
    """Why a decision cannot be taken back on a day, in words; "" where it can."""
    found = Decision.objects.select_related("letter", "outbox").filter(pk=decision_id).first()
    if found is None:
        return "没有这个决定，或不在本人可见的区划内"
    fault = why_not_void(found, on)
    return f"决定{found.number}{fault}" if fault else ""
