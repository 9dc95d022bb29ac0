"""对账: 已送 = 成功 + 金额不符 + 退回 + 在途 + 未知, 暂缓 and 外来 beside it; each opens exactly its rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read, read_whole
from opendibao.kernel.ids import reach_of
from opendibao.payment.models import ExceptionKind, Resolution
from opendibao.payment.reasons import ReturnReason, reason_of
from opendibao.payment.statements import StatementRow, statement
from opendibao.payment.three_way import ThreeWay, ThreeWayRow, three_way
from opendibao.payment.vouchers import VoucherRow, vouchers

__all__ = [
    "BUCKETS",
    "Bucket",
    "BucketRow",
    "ExceptionRow",
    "Reconciliation",
    "StatementRow",
    "ThreeWay",
    "ThreeWayRow",
    "VoucherRow",
    "bucket_rows",
    "exceptions",
    "reconciliation",
    "statement",
    "three_way",
    "vouchers",
]

BUCKETS: Mapping[str, str] = {
    "sent": "已送",
    "paid": "成功",
    "differs": "金额不符",
    "returned": "退回",
    "in_transit": "在途",
    "unknown": "未知",
    "held": "暂缓",
    "foreign": "外来",
}
"""The buckets and their names, in the order of the equation; the last two stand beside it."""

STATES: Mapping[str, tuple[str, ...]] = {
    "sent": ("new", "sent", "paid", "differs", "returned", "unknown"),
    "paid": ("paid",),
    "differs": ("differs",),
    "returned": ("returned",),
    "in_transit": ("new", "sent"),
    "unknown": ("unknown",),
}
# a line held back from this run's file; one that was released before it went out is not
HELD = """
FROM payment_payline line
WHERE line.id IN (SELECT h.line_id FROM payment_hold h WHERE h.run_id = %(run)s)
  AND NOT EXISTS (SELECT FROM payment_attempt a WHERE a.line_id = line.id AND a.run_id = %(run)s)
"""
# what was sent is said by the files, what became of it by the sendings: the two are told apart on purpose
SUMS = f"""
SELECT 'sent', coalesce(sum(lines_count), 0)::bigint, coalesce(sum(total_fen), 0)::bigint
FROM payment_bankfile WHERE run_id = %(run)s AND kind = 'pay' AND direction = 'out'
UNION ALL
SELECT CASE state WHEN 'sent' THEN 'in_transit' WHEN 'new' THEN 'in_transit' ELSE state END, count(*),
  sum(amount_fen)::bigint
FROM payment_attempt WHERE run_id = %(run)s GROUP BY 1
UNION ALL
SELECT 'held', count(*), coalesce(sum(line.amount_fen), 0)::bigint {HELD}
UNION ALL
SELECT 'foreign', count(*), coalesce(sum(fen), 0)::bigint FROM payment_reconexception
WHERE run_id = %(run)s AND kind = 'foreign'
"""
SENT_ROWS = """
SELECT line.household_id, line.snapshot ->> 'household', coalesce(line.snapshot ->> 'head', ''), line.division,
  line.month, a.e2e, a.account, a.amount_fen, a.answered_fen, a.reason, a.booked_on
FROM payment_attempt a JOIN payment_payline line ON line.id = a.line_id
WHERE a.run_id = %(run)s AND a.state = ANY(%(states)s)
ORDER BY line.division, line.snapshot ->> 'household', a.e2e LIMIT %(limit)s OFFSET %(offset)s
"""
HELD_ROWS = f"""
SELECT line.household_id, line.snapshot ->> 'household', coalesce(line.snapshot ->> 'head', ''), line.division,
  line.month, '', coalesce(line.snapshot #>> '{{account,number}}', ''), line.amount_fen, NULL::bigint,
  (SELECT string_agg(h.reason, '；' ORDER BY h.id) FROM payment_hold h
   WHERE h.line_id = line.id AND h.run_id = %(run)s), NULL::date
{HELD}
ORDER BY line.division, line.snapshot ->> 'household', line.id LIMIT %(limit)s OFFSET %(offset)s
"""
FOREIGN_ROWS = """
SELECT NULL::bigint, '', told.holder, x.division, r.month, told.e2e, '', x.fen, NULL::bigint, x.detail, told.booked_on
FROM payment_reconexception x JOIN payment_inboundline told ON told.id = x.inbound_id
JOIN payment_payrun r ON r.id = x.run_id
WHERE x.run_id = %(run)s AND x.kind = 'foreign' ORDER BY told.row, x.id LIMIT %(limit)s OFFSET %(offset)s
"""
LISTED = """
SELECT x.id, x.run_id, r.month, x.kind, line.household_id, coalesce(line.snapshot ->> 'household', ''),
  coalesce(line.snapshot ->> 'head', ''), x.division, coalesce(x.attempt_id, told.e2e, ''), coalesce(a.state, ''),
  x.fen, x.detail, coalesce(a.reason, ''), x.found_on, x.owner, x.resolution, x.note, x.decided_by, x.decided_on,
  x.settled_on
FROM payment_reconexception x JOIN payment_payrun r ON r.id = x.run_id
LEFT JOIN payment_attempt a ON a.e2e = x.attempt_id
LEFT JOIN payment_payline line ON line.id = a.line_id
LEFT JOIN payment_inboundline told ON told.id = x.inbound_id
WHERE (%(run)s::bigint IS NULL OR x.run_id = %(run)s) AND starts_with(x.division, %(reach)s)
  AND (%(is_open)s::bool IS NULL OR (x.settled_on IS NULL) = %(is_open)s)
ORDER BY x.resolution <> '', r.month, array_position(%(kinds)s, x.kind::text), x.division, x.attempt_id, x.id
LIMIT %(limit)s OFFSET %(offset)s
"""
TAIL = 4


@dataclass(frozen=True)
class Bucket:
    """How many sendings (held: lines; foreign: lines of the bank) and how many fen."""

    lines: int
    fen: int


@dataclass(frozen=True)
class Reconciliation:
    """A run's equation; what was sent comes from the files that went out, the rest from what the bank said."""

    sent: Bucket
    paid: Bucket
    differs: Bucket
    returned: Bucket
    in_transit: Bucket
    unknown: Bucket
    held: Bucket
    foreign: Bucket

    @property
    def holds(self) -> bool:
        """Whether everything sent is in exactly one bucket, to the fen."""
        parts = (self.paid, self.differs, self.returned, self.in_transit, self.unknown)
        return self.sent == Bucket(sum(part.lines for part in parts), sum(part.fen for part in parts))

    def bucket(self, name: str) -> Bucket:
        """One bucket by its name."""
        found: Bucket = getattr(self, name)
        return found


@dataclass(frozen=True)
class _Sum:
    bucket: str
    lines: int
    fen: int


@dataclass(frozen=True)
class _Told:
    household_id: int | None
    household: str
    head: str
    division: str
    month: date
    e2e: str
    account: str
    fen: int
    answered_fen: int | None
    reason: str
    booked_on: date | None


@dataclass(frozen=True)
class BucketRow:
    """A row of a bucket; `fen` is what was sent (foreign: what the bank says), `answered_fen` another amount it booked.

    Of the account only the last four digits are shown; `code` is the reason's (reasons.reason_of) of what came back.
    """

    household_id: int | None
    household: str
    head: str
    division: str
    month: date
    e2e: str
    account_masked: str
    fen: int
    answered_fen: int | None
    reason: str
    code: str
    booked_on: date | None


@dataclass(frozen=True)
class ExceptionRow:
    """What does not agree, who owns it and what is done; open until `settled_on`, undecided while `resolution` is "".

    `state` is the sending's now (empty: it is about no sending); `reason` is the bank's word for what came back.
    """

    id: int
    run_id: int
    month: date
    kind: str
    household_id: int | None
    household: str
    head: str
    division: str
    e2e: str
    state: str
    fen: int
    detail: str
    reason: str
    found_on: date
    owner: str
    resolution: str
    note: str
    decided_by: str
    decided_on: date | None
    settled_on: date | None

    @property
    def zh(self) -> str:
        """The kind's name."""
        return str(ExceptionKind(self.kind).label)

    @property
    def resolution_zh(self) -> str:
        """The decision's name."""
        return str(Resolution(self.resolution).label)

    @property
    def why(self) -> ReturnReason | None:
        """What the clerk does and the family is told, for what came back."""
        return reason_of(self.reason) if self.kind == ExceptionKind.RETURNED else None


def reconciliation(run_id: int) -> Reconciliation:
    """The buckets of a run: every sending that went out in its files, its re-issues included."""
    sums = {each.bucket: Bucket(each.lines, each.fen) for each in read_whole(_Sum, SUMS, {"run": run_id})}
    return Reconciliation(**{name: sums.get(name, Bucket(0, 0)) for name in BUCKETS})


def bucket_rows(run_id: int, bucket: str, *, limit: int = 50, offset: int = 0) -> list[BucketRow]:
    """The rows of a bucket, page by page. Raises KeyError for a name that is none."""
    asked: dict[str, object] = {"run": run_id, "limit": limit, "offset": offset}
    if bucket == "held":
        return _rows(HELD_ROWS, asked)
    if bucket == "foreign":
        return _rows(FOREIGN_ROWS, asked)
    return _rows(SENT_ROWS, {**asked, "states": list(STATES[bucket])}, coded=bucket == "returned")


def _rows(sql: str, asked: Mapping[str, object], *, coded: bool = False) -> list[BucketRow]:
    return [
        BucketRow(
            told.household_id, told.household, told.head, told.division, told.month, told.e2e, _masked(told.account),
            told.fen, told.answered_fen, told.reason, reason_of(told.reason).code if coded else "", told.booked_on,
        )
        for told in read_whole(_Told, sql, asked)
    ]  # fmt: skip


def _masked(account: str) -> str:
    """The last four digits; a short number shows less."""
    shown = account[-TAIL:] if len(account) > 2 * TAIL else account[-1:]
    return f"****{shown}" if account else ""


def exceptions(
    run_id: int | None = None, division: str = "", is_open: bool | None = None, *, limit: int = 10_000, offset: int = 0
) -> list[ExceptionRow]:
    """What does not agree, undecided first; of a run, a division, and open or ended, where these are asked for."""
    asked: dict[str, object] = {
        "run": run_id, "reach": reach_of(division) if division else "", "is_open": is_open,
        "kinds": list(ExceptionKind.values), "limit": limit, "offset": offset,
    }  # fmt: skip
    return read(ExceptionRow, LISTED, asked)
