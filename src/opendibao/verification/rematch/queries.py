"""查预警: warnings with filters, one with its steps, the load of each township, runs, who could not be checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from opendibao.audit.sql_rows import read

ONES = """a.id, a.person_id, p.name, a.household_id, h.number, a.division, a.source, a.kind, a.words, a.as_of, a.row_no,
  a.sha256, a.severity, a.monthly_fen, a.effect_fen, a.found_on, a.due_on, a.state, a.looked_by, a.looked_on,
  a.settled_by, a.settled_on, a.reason_code, a.case_id, a.version, a.rematch_id, a.link_id"""
FROM = """
FROM verification_alert a JOIN registry_person p ON p.id = a.person_id
JOIN registry_household h ON h.id = a.household_id
WHERE starts_with(a.division, %(division)s) AND (%(kind)s = '' OR a.kind = %(kind)s)
  AND (%(month)s::date IS NULL OR a.found_on >= %(month)s::date AND a.found_on < %(month)s::date + interval '1 month')
  AND CASE %(standing)s WHEN 'waiting' THEN a.state IN ('open', 'explained', 'visited')
    WHEN 'overdue' THEN a.state IN ('open', 'explained', 'visited') AND a.due_on < %(today)s::date
    WHEN 'settled' THEN a.state NOT IN ('open', 'explained', 'visited')
    WHEN '' THEN true ELSE a.state = %(standing)s END
"""
# what is unsettled first; grave and dear before light and small: what the rules cannot compute counts as all of it
ORDER = """
ORDER BY a.state NOT IN ('open', 'explained', 'visited'),
  a.severity * coalesce(abs(a.effect_fen), a.monthly_fen) DESC, a.due_on, a.id
"""
PAGE = f"SELECT {ONES} {FROM} {ORDER} LIMIT %(limit)s OFFSET %(offset)s"
COUNT = f"SELECT count(*)::int {FROM}"
ONE = f"""
SELECT {ONES} FROM verification_alert a JOIN registry_person p ON p.id = a.person_id
JOIN registry_household h ON h.id = a.household_id WHERE a.id = %(id)s
"""
OF_HOUSEHOLD = f"""
SELECT {ONES} FROM verification_alert a JOIN registry_person p ON p.id = a.person_id
JOIN registry_household h ON h.id = a.household_id WHERE a.household_id = %(household)s
ORDER BY a.found_on DESC, a.id DESC
"""
STEPS = """
SELECT sequence, came_to, is_undo, done_on, officer, companion, reason_code, words FROM verification_alertstep
WHERE alert_id = %(alert)s ORDER BY sequence
"""
LOADS = f"""
SELECT left(a.division, %(width)s), count(*)::int,
  (count(*) FILTER (WHERE a.state NOT IN ('open', 'explained', 'visited')))::int,
  (count(*) FILTER (WHERE a.state IN ('open', 'explained', 'visited') AND a.due_on < %(today)s::date))::int
{FROM} GROUP BY 1 ORDER BY 1
"""
MONTHS = """
SELECT date_trunc('month', found_on)::date, count(*)::int,
  (count(*) FILTER (WHERE state NOT IN ('open', 'explained', 'visited')))::int,
  (count(*) FILTER (WHERE state = 'confirmed'))::int,
  (count(*) FILTER (WHERE settled_on <= due_on))::int
FROM verification_alert WHERE starts_with(division, %(division)s) AND found_on BETWEEN %(first)s AND %(last)s
GROUP BY 1 ORDER BY 1
"""
# the next act is the township's until it has looked, then the county's; what is true asks for a re-verification
TO_DO = """
SELECT a.id, a.household_id, a.division, a.kind, a.state, a.found_on, a.due_on, coalesce(a.settled_on, a.looked_on)
FROM verification_alert a
WHERE a.state IN ('open', 'explained', 'visited') OR a.state = 'confirmed' AND a.case_id IS NULL
  AND EXISTS (SELECT FROM decision_decision d WHERE d.household_id = a.household_id
    AND d.in_force @> %(today)s::date AND d.decided_on <= a.settled_on)
ORDER BY a.due_on, a.id
"""
RUNS = """
SELECT id, division, ran_on, is_monthly, started_by, started_at, finished_at, state, sources_count, sources_done,
  households, persons, found, again, ended, unchecked
FROM verification_rematch WHERE %(id)s::bigint IS NULL OR id = %(id)s ORDER BY started_at DESC, id DESC LIMIT %(limit)s
"""
SOURCES = """
SELECT source, as_of, why, persons, hits, no_hits, unchecked, alerts FROM verification_rematchsource
WHERE rematch_id = %(id)s ORDER BY id
"""
GAPS = """
SELECT g.person_id, p.name, g.household_id, h.number, g.division, g.why, g.sources FROM verification_rematchgap g
JOIN registry_person p ON p.id = g.person_id JOIN registry_household h ON h.id = g.household_id
WHERE g.rematch_id = %(id)s AND (%(why)s = '' OR g.why = %(why)s)
ORDER BY g.why, g.division, h.number, g.person_id LIMIT %(limit)s OFFSET %(offset)s
"""
GAPS_BY_WHY = """
SELECT why, count(*)::int FROM verification_rematchgap WHERE rematch_id = %(id)s GROUP BY why ORDER BY 2 DESC, 1
"""
EVIDENCE = "SELECT tier, score, margin, evidence::text FROM verification_link WHERE id = %(link)s"
ALL = 1_000_000


@dataclass(frozen=True)
class AlertQuestion:
    """Which warnings are asked for: place (code prefix), kind, standing, month of finding; "" and None: all of them.

    `standing` is waiting, overdue, settled or a state.
    """

    division: str = ""
    kind: str = ""
    standing: str = ""
    month: date | None = None
    today: date = date.max

    def sql(self) -> dict[str, object]:
        """As parameters of the queries."""
        return {
            "division": self.division, "kind": self.kind, "standing": self.standing, "month": self.month,
            "today": self.today,
        }  # fmt: skip


@dataclass(frozen=True)
class AlertRow:
    """A warning (预警): whom and what it is about, from which row of which file; money in fen a month."""

    id: int
    person_id: int
    person: str
    household_id: int
    household: str
    division: str
    source: str
    kind: str
    words: str
    as_of: date
    row_no: int
    sha256: str
    severity: int
    monthly_fen: int
    effect_fen: int | None
    found_on: date
    due_on: date
    state: str
    looked_by: str
    looked_on: date | None
    settled_by: str
    settled_on: date | None
    reason_code: str
    case_id: int | None
    version: int
    rematch_id: int
    link_id: int

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has settled it."""
        return self.state in ("open", "explained", "visited")

    def is_overdue(self, today: date) -> bool:
        """Whether its days are over and it waits still."""
        return self.is_waiting and self.due_on < today


@dataclass(frozen=True)
class StepRow:
    """What somebody did with a warning."""

    sequence: int
    came_to: str
    is_undo: bool
    done_on: date
    officer: str
    companion: str
    reason_code: str
    words: str


@dataclass(frozen=True)
class LoadRow:
    """The warnings of a place (code prefix): how many, how many settled (处置率's two numbers), how many overdue."""

    place: str
    found: int
    settled: int
    overdue: int


@dataclass(frozen=True)
class MonthRow:
    """The warnings found in a month: how many, how many settled by now, how many true, how many settled in time."""

    month: date
    found: int
    settled: int
    confirmed: int
    in_time: int


@dataclass(frozen=True)
class ToDoRow:
    """A warning that waits for an act; `since`: when it came to whoever has it (None: when it was found)."""

    id: int
    household_id: int
    division: str
    kind: str
    state: str
    found_on: date
    due_on: date
    since: date | None


@dataclass(frozen=True)
class RunRow:
    """A run over everybody covered (复核比对)."""

    id: int
    division: str
    ran_on: date
    is_monthly: bool
    started_by: str
    started_at: datetime
    finished_at: datetime | None
    state: str
    sources_count: int
    sources_done: int
    households: int
    persons: int
    found: int
    again: int
    ended: int
    unchecked: int


@dataclass(frozen=True)
class SourceRow:
    """One source of a run: the three outcomes, which add up to the persons, and the causes it gave for warnings."""

    source: str
    as_of: date | None
    why: str
    persons: int
    hits: int
    no_hits: int
    unchecked: int
    alerts: int


@dataclass(frozen=True)
class GapRow:
    """A person whom a run could not check; `sources` is empty where in none."""

    person_id: int
    person: str
    household_id: int
    household: str
    division: str
    why: str
    sources: Sequence[str]


@dataclass(frozen=True)
class WhyRow:
    """How many persons could not be checked for a reason."""

    why: str
    persons: int


@dataclass(frozen=True)
class EvidenceRow:
    """Why a row was held to be a person's: weights in hundredths, field by field as JSON text."""

    tier: str
    score: int
    margin: int | None
    evidence: str


def alerts(question: AlertQuestion, *, limit: int = ALL, offset: int = 0) -> list[AlertRow]:
    """Warnings, the unsettled first, by how grave they are times their effect."""
    return read(AlertRow, PAGE, {**question.sql(), "limit": limit, "offset": offset})


def alerts_count(question: AlertQuestion) -> int:
    """How many warnings a question finds."""
    return next(iter(read(int, COUNT, question.sql())))


def alert_of(alert_id: int) -> AlertRow | None:
    """One warning; None where there is none in sight."""
    return next(iter(read(AlertRow, ONE, {"id": alert_id})), None)


def alerts_of(household_id: int) -> list[AlertRow]:
    """All warnings of a household, the newest first."""
    return read(AlertRow, OF_HOUSEHOLD, {"household": household_id})


def steps_of(alert_id: int) -> list[StepRow]:
    """What was done with a warning, in order."""
    return read(StepRow, STEPS, {"alert": alert_id})


def loads(question: AlertQuestion, width: int) -> list[LoadRow]:
    """The load of each place, told by so many digits of its code (9: townships, 12: villages)."""
    return read(LoadRow, LOADS, {**question.sql(), "width": width})


def disposition_by_month(year: int, division: str = "") -> list[MonthRow]:
    """处置率 by the month of finding: settled over found, exact; the rows are `alerts` of the month."""
    span = {"first": date(year, 1, 1), "last": date(year, 12, 31)}
    return read(MonthRow, MONTHS, {**span, "division": division})


def alerts_to_do(today: date) -> list[ToDoRow]:
    """Warnings that wait for an act, the first due first."""
    return read(ToDoRow, TO_DO, {"today": today})


def rematches(limit: int = 24) -> list[RunRow]:
    """The last runs, the newest first."""
    return read(RunRow, RUNS, {"id": None, "limit": limit})


def rematch_of(rematch_id: int) -> RunRow | None:
    """One run; None where there is none in sight."""
    return next(iter(read(RunRow, RUNS, {"id": rematch_id, "limit": 1})), None)


def sources_of(rematch_id: int) -> list[SourceRow]:
    """The sources of a run in the order of the departments."""
    return read(SourceRow, SOURCES, {"id": rematch_id})


def gaps_of(rematch_id: int, why: str = "", *, limit: int = ALL, offset: int = 0) -> list[GapRow]:
    """Who could not be checked in a run, by reason and village."""
    return read(GapRow, GAPS, {"id": rematch_id, "why": why, "limit": limit, "offset": offset})


def gaps_by_why(rematch_id: int) -> list[WhyRow]:
    """How many persons could not be checked in a run, by reason."""
    return read(WhyRow, GAPS_BY_WHY, {"id": rematch_id})


def evidence_of(link_id: int) -> EvidenceRow | None:
    """Why a row was held to be a person's."""
    return next(iter(read(EvidenceRow, EVIDENCE, {"link": link_id})), None)
