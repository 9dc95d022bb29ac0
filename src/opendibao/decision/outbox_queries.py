"""查上报: what waits to go up, what went and came back, and how long it took until the superior system had it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median_low

from opendibao.audit.sql_rows import first_row, over_whole_tables, read
from opendibao.kernel.ids import township_of
from opendibao.kernel.month import month_text
from opendibao.kernel.workdays import workdays_between

STATES = ("", "waiting", "returned", "sent", "accepted")
STATE = """
CASE WHEN e.accepted_on IS NOT NULL THEN 'accepted' WHEN e.sent_on IS NOT NULL THEN 'sent'
  WHEN b.id IS NOT NULL THEN 'returned' ELSE 'waiting' END
"""
FROM = f"""
FROM (SELECT e.id, d.id AS decision_id, d.number, d.kind, h.number AS household, e.division, e.happened_on, e.due_on,
    e.file, e.sent_on, e.accepted_on, e.receipt, coalesce(b.reason, '') AS reason, {STATE} AS state
  FROM decision_outboxevent e JOIN decision_decision d ON d.id = e.decision_id
  JOIN registry_household h ON h.id = d.household_id
  LEFT JOIN decision_sentback b ON b.event_id = e.id AND b.corrected_on IS NULL
  WHERE d.voided_on IS NULL) entry
WHERE (%(state)s = '' OR state = %(state)s) AND starts_with(division, %(reach)s)
"""
LINES = f"""
SELECT decision_id, number, kind, household, division, happened_on, due_on, file, sent_on, accepted_on, receipt, reason,
  state
{FROM} ORDER BY CASE WHEN state = 'accepted' THEN 1 ELSE 0 END,
  CASE WHEN state <> 'accepted' THEN due_on END, happened_on DESC, number DESC LIMIT %(limit)s OFFSET %(offset)s
"""
LINES_COUNT = f"SELECT count(*)::int {FROM}"
TOWNS = f"""
SELECT left(division, 9) || '000', count(*) FILTER (WHERE state = 'waiting')::int,
  count(*) FILTER (WHERE state = 'returned')::int, count(*) FILTER (WHERE state = 'sent')::int,
  count(*) FILTER (WHERE due_on < %(today)s)::int, min(due_on)
{FROM} AND state <> 'accepted' GROUP BY 1 ORDER BY 1
"""
SENT_FILES = """
SELECT f.id, f.name, f.layout, f.sent_on, f.sent_by, f.events, f.sha256,
  (SELECT count(*)::int FROM decision_outboxevent e WHERE e.file = f.name AND e.accepted_on IS NOT NULL),
  (SELECT count(*)::int FROM decision_sentback b WHERE b.file = f.name)
FROM decision_reportingfile f ORDER BY f.sent_on DESC, f.id DESC LIMIT %(limit)s OFFSET %(offset)s
"""
ONE_FILE = "SELECT id, name, division, content FROM decision_reportingfile WHERE id = %(file)s"
TAKEN_FILES = """
SELECT name, sha256, taken_on, taken_by, accepted, returned, known FROM decision_receiptfile
ORDER BY taken_on DESC, id DESC LIMIT 50
"""
RETURN = """
SELECT d.id, d.number, h.number, b.division, b.file, b.returned_on, b.reason, b.corrected_on, b.corrected_by,
  b.correction
FROM decision_sentback b JOIN decision_outboxevent e ON e.id = b.event_id
JOIN decision_decision d ON d.id = e.decision_id
JOIN registry_household h ON h.id = d.household_id
WHERE d.id = %(decision)s AND d.voided_on IS NULL ORDER BY b.returned_on, b.id
"""
ENTRIES = """
SELECT e.division, e.happened_on, e.due_on, e.accepted_on,
  (SELECT count(*)::int FROM decision_sentback b WHERE b.event_id = e.id)
FROM decision_outboxevent e JOIN decision_decision d ON d.id = e.decision_id
WHERE d.voided_on IS NULL AND e.happened_on BETWEEN %(first)s AND %(last)s ORDER BY e.happened_on, e.id
"""
STEPS = (2, 5, 10)
"""Upper ends, in working days, of the classes of the distribution; the last class is open."""


@dataclass(frozen=True)
class EntryLine:
    """A decision on its way into the superior system; `state` is one of STATES, `reason` why it was returned."""

    decision_id: int
    decision: str
    kind: str
    household: str
    division: str
    happened_on: date
    due_on: date
    file: str
    sent_on: date | None
    accepted_on: date | None
    receipt: str
    reason: str
    state: str


@dataclass(frozen=True)
class TownEntries:
    """What of a township is not accepted yet; `overdue` of them past their day, `due_on` the nearest day."""

    township: str
    waiting: int
    returned: int
    sent: int
    overdue: int
    due_on: date


@dataclass(frozen=True)
class SentFile:
    """A file that went up, and how many of its events were accepted and returned."""

    pk: int
    name: str
    layout: str
    sent_on: date
    sent_by: str
    events: int
    sha256: str
    accepted: int
    returned: int

    @property
    def unanswered(self) -> int:
        """Events without an answer: half a file of receipts shows here."""
        return max(0, self.events - self.accepted - self.returned)


@dataclass(frozen=True)
class FileContent:
    """The bytes of a file as they went up."""

    pk: int
    name: str
    division: str
    content: bytes


@dataclass(frozen=True)
class TakenFile:
    """A file of receipts that came."""

    name: str
    sha256: str
    taken_on: date
    taken_by: str
    accepted: int
    returned: int
    known: int


@dataclass(frozen=True)
class ReturnRow:
    """A decision that the superior system returned, and what was put right (`corrected_on` None while it waits)."""

    decision_id: int
    decision: str
    household: str
    division: str
    file: str
    returned_on: date
    reason: str
    corrected_on: date | None
    corrected_by: str
    correction: str


@dataclass(frozen=True)
class Entry:
    """When a decision was taken, due in the superior system and accepted by it, and how often it came back."""

    division: str
    happened_on: date
    due_on: date
    accepted_on: date | None
    returns: int

    @property
    def days(self) -> int | None:
        """Working days from the decision to the acceptance; None while there is none."""
        return None if self.accepted_on is None else workdays_between(self.happened_on, self.accepted_on)


@dataclass(frozen=True)
class Lag:
    """The entries of a month or township: how many accepted, in time, returned, and their working days.

    `classes` counts the accepted by STEPS, the last class all above; median and longest are None where there is none.
    """

    key: str
    entries: int
    accepted: int
    in_time: int
    returns: int
    median: int | None
    longest: int | None
    classes: Sequence[int]


def entry_lines(*, state: str = "", reach: str = "", limit: int | None = 50, offset: int = 0) -> list[EntryLine]:
    """Decisions on their way, what is due first at the head and what is accepted at the end."""
    with over_whole_tables():
        return read(EntryLine, LINES, {"state": state, "reach": reach, "limit": limit, "offset": offset})


def entry_lines_count(*, state: str = "", reach: str = "") -> int:
    """How many there are of a state and place."""
    row = first_row(LINES_COUNT, {"state": state, "reach": reach})
    return int(str(row[0])) if row else 0


def entries_by_township(today: date) -> list[TownEntries]:
    """What is not accepted yet, township by township."""
    return read(TownEntries, TOWNS, {"state": "", "reach": "", "today": today})


def sent_files(*, limit: int | None = 50, offset: int = 0) -> list[SentFile]:
    """Files that went up, the latest first."""
    return read(SentFile, SENT_FILES, {"limit": limit, "offset": offset})


def sent_file(file_id: int) -> FileContent | None:
    """One file with its bytes; None where there is none or another township's."""
    return next(iter(read(FileContent, ONE_FILE, {"file": file_id})), None)


def sent_files_count() -> int:
    """How many files went up."""
    row = first_row("SELECT count(*)::int FROM decision_reportingfile", {})
    return int(str(row[0])) if row else 0


def taken_files() -> list[TakenFile]:
    """The last fifty files of receipts."""
    return read(TakenFile, TAKEN_FILES, {})


def returns_of(decision_id: int) -> list[ReturnRow]:
    """How often a decision came back, the first time first."""
    return read(ReturnRow, RETURN, {"decision": decision_id})


def entry_lag(year: int, *, by: str) -> list[Lag]:
    """How long entry took for the decisions of a year, by `month` or `township`; the whole year last, under ""."""
    span = {"first": date(year, 1, 1), "last": date(year, 12, 31)}
    found = read(Entry, ENTRIES, span)
    groups: dict[str, list[Entry]] = {}
    for entry in found:
        key = month_text(entry.happened_on) if by == "month" else township_of(entry.division)
        groups.setdefault(key, []).append(entry)
    return [_lag(key, groups[key]) for key in sorted(groups)] + ([_lag("", found)] if found else [])


def _lag(key: str, entries: Sequence[Entry]) -> Lag:
    days = sorted(entry.days for entry in entries if entry.days is not None)
    in_time = sum(entry.accepted_on is not None and entry.accepted_on <= entry.due_on for entry in entries)
    classes = [0] * (len(STEPS) + 1)
    for number in days:
        classes[next((place for place, most in enumerate(STEPS) if number <= most), len(STEPS))] += 1
    return Lag(
        key, len(entries), len(days), in_time, sum(entry.returns for entry in entries),
        median_low(days) if days else None, days[-1] if days else None, classes,
    )  # fmt: skip
