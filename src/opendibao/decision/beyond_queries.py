"""查低收入家庭、转介和核查: who stands in the register, what was referred, what is looked into, and what is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import first_row, read

LOW_INCOME = """
SELECT e.id, e.number, e.household_id, h.number, e.case_id, c.number, e.division, e.area, e.kind, e.persons,
  e.recognised_on, e.recognised_by, e.valid_until, e.recheck_by, e.ended_on, e.end_reason, e.words, e.rule_set
FROM decision_lowincomeentry e JOIN registry_household h ON h.id = e.household_id
JOIN intake_case c ON c.id = e.case_id
"""
LOW_INCOME_VIEWS = {
    "now": "e.ended_on IS NULL AND e.valid_until >= %(today)s",
    "recheck": "e.ended_on IS NULL AND e.recheck_by <= %(today)s",
    "ended": "e.ended_on IS NOT NULL",
}
"""Which entries a list shows: in force, to be looked at again (also those whose days ran out), ended."""
# dibao was refused or stopped, the rules said edge or rigid expenditure, and nothing has been entered or decided since
CANDIDATES = """
SELECT d.id, d.number, d.household_id, h.number, d.case_id, c.number, d.division, d.outcome, d.decided_on
FROM decision_decision d JOIN registry_household h ON h.id = d.household_id JOIN intake_case c ON c.id = d.case_id
WHERE d.kind IN ('refuse', 'stop') AND d.voided_on IS NULL AND d.outcome IN ('edge', 'rigid_expenditure')
  AND NOT EXISTS (SELECT FROM decision_decision n WHERE n.household_id = d.household_id AND n.voided_on IS NULL
    AND (n.decided_on, n.id) > (d.decided_on, d.id))
  AND NOT EXISTS (SELECT FROM decision_lowincomeentry e WHERE e.case_id = d.case_id)
"""
REFERRALS = """
SELECT r.id, r.household_id, h.number, r.case_id, r.division, r.kind, r.because, r.office, r.referred_on,
  r.referred_by, r.due_on, r.closed_on, r.outcome, r.words
FROM decision_referral r JOIN registry_household h ON h.id = r.household_id
"""
REFERRAL_VIEWS = {
    "open": "r.closed_on IS NULL", "late": "r.closed_on IS NULL AND r.due_on < %(today)s",
    "closed": "r.closed_on IS NOT NULL", "granted": "r.outcome = 'granted'", "all": "true",
}  # fmt: skip
KINDS = """
SELECT r.kind, count(*) FILTER (WHERE r.closed_on IS NULL)::int, count(*) FILTER (WHERE r.outcome = 'granted')::int,
  count(*)::int FROM decision_referral r GROUP BY 1 ORDER BY 4 DESC, 1
"""
INQUIRIES = """
SELECT i.id, i.household_id, h.number, i.decision_id, d.number, i.division, i.finding, i.source, i.words, i.opened_on,
  i.opened_by, i.due_on, i.closed_on, i.closed_by, i.outcome, i.reason, i.conditions, i.topic
FROM decision_inquiry i JOIN registry_household h ON h.id = i.household_id
JOIN decision_decision d ON d.id = i.decision_id
"""
INQUIRY_VIEWS = {"open": "i.closed_on IS NULL", "closed": "i.closed_on IS NOT NULL", "all": "true"}
# a topic is open until a training of that very topic, with its sheet, was held after the last inquiry that asked for it
TOPICS = """
SELECT i.topic, count(*)::int, max(i.closed_on) FROM decision_inquiry i WHERE i.topic <> '' GROUP BY 1
HAVING NOT EXISTS (SELECT FROM outreach_trainingsession t WHERE t.topic = i.topic AND t.sheet <> ''
  AND t.held_on >= max(i.closed_on))
ORDER BY 2 DESC, 1
"""
OF_TOPIC = "%(topic)s::text IN ('', i.topic)"
WAITING = f"""
SELECT 'recognise', w.case_id, w.outcome, w.household_id, w.division, w.decided_on, NULL::date, w.case_number
FROM ({CANDIDATES}) w (id, number, household_id, household, case_id, case_number, division, outcome, decided_on)
UNION ALL SELECT 'recheck', e.id, e.kind, e.household_id, e.division, e.recheck_by, e.valid_until, e.number
FROM decision_lowincomeentry e WHERE {LOW_INCOME_VIEWS["recheck"]}
UNION ALL SELECT 'referral', r.id, r.kind, r.household_id, r.division, r.referred_on, r.due_on, r.office
FROM decision_referral r WHERE {REFERRAL_VIEWS["late"]}
"""
PAGE = "LIMIT %(limit)s OFFSET %(offset)s"


@dataclass(frozen=True)
class LowIncomeRow:
    """An entry of the register; `ended_on` is None while it was not ended."""

    id: int
    number: str
    household_id: int
    household: str
    case_id: int
    case: str
    division: str
    area: str
    kind: str
    persons: int
    recognised_on: date
    recognised_by: str
    valid_until: date
    recheck_by: date
    ended_on: date | None
    end_reason: str
    words: str
    rule_set: str


@dataclass(frozen=True)
class CandidateRow:
    """A family that the rules called low-income when dibao was refused or stopped, and that is not entered yet."""

    decision_id: int
    decision: str
    household_id: int
    household: str
    case_id: int
    case: str
    division: str
    kind: str
    decided_on: date


@dataclass(frozen=True)
class ReferralRow:
    """A referral; `closed_on` is None while nothing is known of what came of it."""

    id: int
    household_id: int
    household: str
    case_id: int | None
    division: str
    kind: str
    because: str
    office: str
    referred_on: date
    referred_by: str
    due_on: date
    closed_on: date | None
    outcome: str
    words: str


@dataclass(frozen=True)
class KindCount:
    """How many referrals of a kind are open, were granted, and were made in all."""

    kind: str
    open: int
    granted: int
    all: int


@dataclass(frozen=True)
class InquiryRow:
    """A finding and what came of it; `closed_on` is None while it is looked into."""

    id: int
    household_id: int
    household: str
    decision_id: int
    decision: str
    division: str
    finding: str
    source: str
    words: str
    opened_on: date
    opened_by: str
    due_on: date
    closed_on: date | None
    closed_by: str
    outcome: str
    reason: str
    conditions: list[str]
    topic: str


@dataclass(frozen=True)
class BesideWaiting:
    """What is to do beside cases: `recognise` (id of a case), `recheck` an entry, a late `referral`."""

    what: str
    id: int
    kind: str
    household_id: int
    division: str
    since: date
    due: date | None
    tag: str


@dataclass(frozen=True)
class Topic:
    """What closed inquiries say is to be trained, of how many, the last of which day."""

    words: str
    inquiries: int
    since: date


def low_income(view: str, today: date, *, limit: int | None = 50, offset: int = 0) -> list[LowIncomeRow]:
    """Entries of a view (a key of LOW_INCOME_VIEWS), those whose days run out first."""
    order = "e.ended_on DESC, e.id" if view == "ended" else "e.valid_until, e.id"
    sql = f"{LOW_INCOME} WHERE {LOW_INCOME_VIEWS[view]} ORDER BY {order} {PAGE}"
    return read(LowIncomeRow, sql, {"today": today, "limit": limit, "offset": offset})


def low_income_count(view: str, today: date) -> int:
    """How many entries a view has."""
    return _count("decision_lowincomeentry e", LOW_INCOME_VIEWS[view], today)


def low_income_entry(entry_id: int) -> LowIncomeRow | None:
    """One entry; None where there is none or another township's."""
    return next(iter(read(LowIncomeRow, f"{LOW_INCOME} WHERE e.id = %(id)s", {"id": entry_id})), None)


def low_income_of(household_id: int) -> list[LowIncomeRow]:
    """The entries of a household, the latest first."""
    sql = f"{LOW_INCOME} WHERE e.household_id = %(home)s ORDER BY e.id DESC"
    return read(LowIncomeRow, sql, {"home": household_id})


def candidates(*, limit: int | None = None, offset: int = 0) -> list[CandidateRow]:
    """Families to be recognised, the longest waiting first."""
    return read(CandidateRow, f"{CANDIDATES} ORDER BY d.decided_on, d.id {PAGE}", {"limit": limit, "offset": offset})


def candidates_count() -> int:
    """How many there are."""
    return _whole(f"SELECT count(*)::int FROM ({CANDIDATES}) w", {})


def referrals(view: str, today: date, *, kind: str = "", limit: int | None = 50, offset: int = 0) -> list[ReferralRow]:
    """Referrals of a view (a key of REFERRAL_VIEWS) and kind ("" all), the earliest due first; closed the latest."""
    order = "r.due_on, r.id" if view in ("open", "late") else "r.referred_on DESC, r.id DESC"
    sql = f"{REFERRALS} WHERE {REFERRAL_VIEWS[view]} AND %(kind)s::text IN ('', r.kind) ORDER BY {order} {PAGE}"
    return read(ReferralRow, sql, {"today": today, "kind": kind, "limit": limit, "offset": offset})


def referrals_count(view: str, today: date, *, kind: str = "") -> int:
    """How many referrals a view and kind have."""
    return _count("decision_referral r", f"{REFERRAL_VIEWS[view]} AND %(kind)s::text IN ('', r.kind)", today, kind)


def referral_kinds() -> list[KindCount]:
    """The referrals counted by kind, the most frequent first."""
    return read(KindCount, KINDS, {})


def referral(referral_id: int) -> ReferralRow | None:
    """One referral; None where there is none or another township's."""
    return next(iter(read(ReferralRow, f"{REFERRALS} WHERE r.id = %(id)s", {"id": referral_id})), None)


def referrals_of(household_id: int) -> list[ReferralRow]:
    """The referrals of a household, the latest first."""
    return read(ReferralRow, f"{REFERRALS} WHERE r.household_id = %(home)s ORDER BY r.id DESC", {"home": household_id})


def inquiries(view: str, *, topic: str = "", limit: int | None = 50, offset: int = 0) -> list[InquiryRow]:
    """Inquiries of a view (a key of INQUIRY_VIEWS) and topic ("" all), open ones first by their day, then closed."""
    order = "i.closed_on IS NOT NULL, CASE WHEN i.closed_on IS NULL THEN i.due_on END, i.closed_on DESC, i.id"
    sql = f"{INQUIRIES} WHERE {INQUIRY_VIEWS[view]} AND {OF_TOPIC} ORDER BY {order} {PAGE}"
    return read(InquiryRow, sql, {"topic": topic, "limit": limit, "offset": offset})


def inquiries_count(view: str, *, topic: str = "") -> int:
    """How many inquiries a view and topic have."""
    sql = f"SELECT count(*)::int FROM decision_inquiry i WHERE {INQUIRY_VIEWS[view]} AND {OF_TOPIC}"
    return _whole(sql, {"topic": topic})


def inquiry(inquiry_id: int) -> InquiryRow | None:
    """One inquiry; None where there is none or another township's."""
    return next(iter(read(InquiryRow, f"{INQUIRIES} WHERE i.id = %(id)s", {"id": inquiry_id})), None)


def inquiries_of(decision_id: int) -> list[InquiryRow]:
    """The inquiries into a decision, the earliest first."""
    return read(InquiryRow, f"{INQUIRIES} WHERE i.decision_id = %(id)s ORDER BY i.id", {"id": decision_id})


def beside_waiting(today: date) -> list[BesideWaiting]:
    """All that waits of the low-income register and of referrals, in one query."""
    return read(BesideWaiting, WAITING, {"today": today})


def training_topics() -> list[Topic]:
    """What inquiries say is to be trained and was not yet, the most frequent first."""
    return read(Topic, TOPICS, {})


def _count(table: str, where: str, today: date, kind: str = "") -> int:
    return _whole(f"SELECT count(*)::int FROM {table} WHERE {where}", {"today": today, "kind": kind})


def _whole(sql: str, asked: Mapping[str, object]) -> int:
    row = first_row(sql, asked)
    return int(str(row[0])) if row else 0
