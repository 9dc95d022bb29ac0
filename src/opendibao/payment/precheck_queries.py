"""核对情况: what the checks before payment found and what became of it, who confirmed, and what a run waits for."""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read, read_whole
from opendibao.payment.models import CheckKind, PayRun
from opendibao.payment.states import RunState
from opendibao.rulemaking.queries import pack_in_force

COUNTED = """
SELECT kind, count(*), count(*) FILTER (WHERE outcome = ''), count(*) FILTER (WHERE outcome = 'accepted'),
  count(*) FILTER (WHERE outcome = 'held'), count(*) FILTER (WHERE outcome = 'fixed')
FROM payment_finding WHERE run_id = %(run)s GROUP BY kind
"""
SIGNED = "SELECT kind, officer, signed_on FROM payment_checksigned WHERE run_id = %(run)s"
# what waits stands first; a finding of amount zero has no line
FOUND = """
SELECT f.id, f.household_id, h.number, coalesce(l.head, ''), f.division, f.kind, f.detail,
  coalesce(l.fen, 0), f.outcome, f.reason, f.officer, f.settled_on
FROM payment_finding f JOIN registry_household h ON h.id = f.household_id
LEFT JOIN LATERAL (
  SELECT sum(amount_fen)::bigint AS fen, max(snapshot ->> 'head') AS head FROM payment_payline
  WHERE run_id = f.run_id AND household_id = f.household_id) AS l ON true
WHERE f.run_id = %(run)s AND (%(kind)s = '' OR f.kind = %(kind)s)
ORDER BY f.outcome <> '', f.division, h.number, f.id LIMIT %(limit)s OFFSET %(offset)s
"""
# a confirmation counts for the count and the total that it named
TOWNS = """
SELECT part.town, part.lines, part.persons, part.fen, coalesce(c.officer, ''), c.confirmed_on
FROM (SELECT town, sum(lines)::bigint AS lines, sum(persons)::bigint AS persons, sum(fen)::bigint AS fen
  FROM (SELECT rpad(left(division, 9), 12, '0') AS town, count(*) AS lines, max(persons) AS persons,
      sum(amount_fen) AS fen
    FROM payment_payline WHERE run_id = %(run)s GROUP BY 1, household_id) AS household
  GROUP BY town) AS part
LEFT JOIN payment_confirmation c ON c.run_id = %(run)s AND c.division = part.town
  AND c.lines_count = part.lines AND c.total_fen = part.fen
ORDER BY part.town
"""
NAMED = """
SELECT coalesce((SELECT name FROM registry_division WHERE code = town), town) FROM unnest(%(towns)s::text[]) AS town
"""


@dataclass(frozen=True)
class CheckRow:
    """One of the eleven checks: how many it found and what became of them; signed by whom and when (None: not yet)."""

    kind: str
    zh: str
    found: int
    waiting: int
    accepted: int
    held: int
    fixed: int
    signed_by: str
    signed_on: date | None


@dataclass(frozen=True)
class FindingRow:
    """A household that a check found, with what it is owed in fen (0: it has no line) and how it was settled."""

    id: int
    household_id: int
    household: str
    head: str
    division: str
    kind: str
    detail: str
    fen: int
    outcome: str
    reason: str
    officer: str
    settled_on: date | None


@dataclass(frozen=True)
class TownRow:
    """A township's part of a run: households, persons and fen; officer empty where it has not confirmed that part."""

    division: str
    households: int
    persons: int
    fen: int
    officer: str
    confirmed_on: date | None


@dataclass(frozen=True)
class Gates:
    """What a run waits for: townships with lines and how many of them confirmed, unsettled findings, signed checks.

    `next_step` is one of compute's followers: settle, sign, confirm, check, approve, approve_again, send, close, ""
    (closed); `is_ready` says whether another officer may check the list now.
    """

    towns: int
    confirmed: int
    waiting: int
    signed: int
    is_signed: bool
    is_ready: bool
    next_step: str


@dataclass(frozen=True)
class _Counted:
    kind: str
    found: int
    waiting: int
    accepted: int
    held: int
    fixed: int


@dataclass(frozen=True)
class _Signed:
    kind: str
    officer: str
    signed_on: date


AFTER = {
    RunState.CHECKED: "approve",
    RunState.REVIEWED: "approve_again",
    RunState.APPROVED: "send",
    RunState.SENT: "close",
    RunState.CLOSED: "",
}


def check_table(run_id: int) -> list[CheckRow]:
    """All eleven checks of a run in the order of the page, also those that found nothing."""
    counted = {row.kind: row for row in read(_Counted, COUNTED, {"run": run_id})}
    signed = {row.kind: row for row in read(_Signed, SIGNED, {"run": run_id})}
    rows = []
    for kind in CheckKind:
        of, by = counted.get(kind.value, _Counted(kind.value, 0, 0, 0, 0, 0)), signed.get(kind.value)
        rows.append(
            CheckRow(
                kind.value, kind.label, of.found, of.waiting, of.accepted, of.held, of.fixed,
                by.officer if by else "", by.signed_on if by else None,
            )
        )  # fmt: skip
    return rows


def findings(run_id: int, kind: str = "", limit: int = 50, offset: int = 0) -> list[FindingRow]:
    """What a check (or all) found, page by page; what waits stands first."""
    return read_whole(FindingRow, FOUND, {"run": run_id, "kind": kind, "limit": limit, "offset": offset})


def confirmations(run_id: int) -> list[TownRow]:
    """Every township with lines in the run, confirmed or not; a township's session sees its own."""
    return read(TownRow, TOWNS, {"run": run_id})


def towns_waiting(run_id: int) -> list[str]:
    """Names of the townships that have not confirmed their part; none where the county asks for no confirmation."""
    towns = _unconfirmed(PayRun.objects.get(pk=run_id), confirmations(run_id))
    return read(str, NAMED, {"towns": towns}) if towns else []


def _unconfirmed(run: PayRun, towns: list[TownRow]) -> list[str]:
    is_asked = pack_in_force().value("pay.township_confirms", run.month)
    return [row.division for row in towns if not row.officer] if is_asked else []


def gates(run_id: int) -> Gates:
    """What a run waits for before the next step; a step's own officers are not looked at."""
    run = PayRun.objects.get(pk=run_id)
    table, towns = check_table(run_id), confirmations(run_id)
    waiting, signed = sum(row.waiting for row in table), sum(bool(row.signed_by) for row in table)
    step = AFTER.get(RunState(run.state))
    if step is None:
        step = _before_checking(waiting, signed == len(table), bool(_unconfirmed(run, towns)))
    return Gates(
        towns=len(towns),
        confirmed=sum(bool(row.officer) for row in towns),
        waiting=waiting,
        signed=signed,
        is_signed=signed == len(table),
        is_ready=step == "check",
        next_step=step,
    )


def _before_checking(waiting: int, is_signed: bool, towns_open: bool) -> str:
    """The first thing that a computed run lacks."""
    if waiting:
        return "settle"
    if not is_signed:
        return "sign"
    return "confirm" if towns_open else "check"
