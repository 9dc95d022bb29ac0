"""查跨省请求: all requests as a list with their days, one with its story, and what a case never heard."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from opendibao.audit.sql_rows import first_row, read
from opendibao.verification.models import RequestMessage
from opendibao.verification.requests.provinces import province_zh
from opendibao.verification.sealing import unseal
from opendibao.verification.sources import SOURCES

VOID = """
r.state IN ('draft', 'sent', 'acknowledged', 'partly') AND (c.state IN ('withdrawn', 'not_accepted', 'discontinued')
  OR r.state = 'draft' AND (c.closed_on IS NOT NULL OR r.authorised_until < %(on)s)
  OR EXISTS (SELECT FROM intake_consent k WHERE k.id = r.consent_id AND k.revoked_on <= %(on)s))
"""
# the rows that each view of the list shows; `on` is the day of looking
VIEWS = {
    "": "true",
    "draft": "r.state = 'draft'",
    "waiting": "r.state IN ('sent', 'acknowledged', 'partly')",
    "overdue": "r.state IN ('sent', 'acknowledged', 'partly') AND r.due_on < %(on)s",
    # what ends or is void and nobody has ended yet (see ending.void_because)
    "over": f"r.state IN ('sent', 'acknowledged', 'partly') AND r.expires_on < %(on)s OR {VOID}",
    "again": "(r.state = 'sent' AND r.next_try_on <= %(on)s)",
    "answered": "r.state = 'answered'",
    "expired": "r.state = 'expired'",
    "recheck": "r.recheck_on <= %(on)s AND r.rechecked_on IS NULL AND r.answered_on IS NULL",
    "late": "EXISTS (SELECT FROM verification_requestanswer a JOIN verification_lateanswer l ON l.answer_id = a.id"
            " WHERE a.request_id = r.id AND l.bearing <> 'unchanged' AND l.settled_on IS NULL)",
    "cancelled": "r.state = 'cancelled'",
}  # fmt: skip
COLUMNS = """
r.id, r.case_id, c.number, h.number, r.division, r.person_id, p.name, r.source, r.province, r.purpose, r.state,
r.made_by, r.made_on, r.sent_by, r.sent_on, r.due_on, r.expires_on, r.acknowledged_on, r.answered_on, r.ended_on,
r.reason, r.attempts, r.next_try_on, r.authorised_until, r.recheck_on, r.rechecked_on, r.rechecked_by, r.recheck_note,
coalesce(m.outcome, ''), coalesce(m.why, ''), m.as_of
"""
TABLES = """
FROM verification_regionrequest r JOIN intake_case c ON c.id = r.case_id
JOIN registry_household h ON h.id = c.household_id JOIN registry_person p ON p.id = r.person_id
LEFT JOIN verification_matchresult m ON m.case_id = r.case_id AND m.person_id = r.person_id AND m.source = r.source
  AND m.province = r.province
"""
ORDER = "ORDER BY coalesce(r.due_on, r.made_on), r.id"
COUNTS = f"SELECT {', '.join(f'count(*) FILTER (WHERE {rule})' for rule in VIEWS.values())} {TABLES} WHERE true"
PROVINCES = f"""
SELECT r.province, count(*)::int, (count(*) FILTER (WHERE {VIEWS["waiting"]}))::int,
  (count(*) FILTER (WHERE {VIEWS["overdue"]}))::int
{TABLES} GROUP BY 1 ORDER BY 1
"""
TRIES = """
SELECT t.sequence, t.tried_on, t.tried_by, t.is_delivered, t.said, t.message_id
FROM verification_requestattempt t WHERE t.request_id = %(request)s ORDER BY t.sequence
"""
ANSWERS = """
SELECT a.sequence, a.outcome, a.is_complete, a.is_late, a.as_of, a.words, a.received_on, a.received_by, a.message_id,
  l.id, coalesce(l.bearing, ''), coalesce(l.outcome_before, ''), coalesce(l.outcome_after, ''), l.before_fen,
  l.after_fen, l.settled_on, coalesce(l.settled_by, ''), coalesce(l.note, '')
FROM verification_requestanswer a LEFT JOIN verification_lateanswer l ON l.answer_id = a.id
WHERE a.request_id = %(request)s ORDER BY a.sequence
"""
MESSAGES = """
SELECT m.id, m.message_id, m.direction, m.kind, m.province, m.transport, m.file_name, m.passed_on, m.passed_by, m.items,
  m.sha256, m.division, m.refused::text
FROM verification_requestmessage m {where} ORDER BY m.passed_on DESC, m.id DESC LIMIT %(limit)s
"""
CHECKED = ("hit", "no_hit")
PARTLY, ANSWERED, EXPIRED, CANCELLED = "partly", "answered", "expired", "cancelled"


@dataclass(frozen=True)
class RequestRow:
    """A request with the names of its case, household and member, and all its days.

    `outcome` and `why` are those of the case's question, "" while it was not asked.
    """

    id: int
    case_id: int
    case: str
    household: str
    division: str
    person_id: int
    person: str
    source: str
    province: str
    purpose: str
    state: str
    made_by: str
    made_on: date
    sent_by: str
    sent_on: date | None
    due_on: date | None
    expires_on: date | None
    acknowledged_on: date | None
    answered_on: date | None
    ended_on: date | None
    reason: str
    attempts: int
    next_try_on: date | None
    authorised_until: date | None
    recheck_on: date | None
    rechecked_on: date | None
    rechecked_by: str
    recheck_note: str
    outcome: str
    why: str
    as_of: date | None

    @property
    def subject(self) -> str:
        """The audit's name of what it belongs to."""
        return f"案件 {self.case}"

    @property
    def is_unanswered(self) -> bool:
        """Whether all of it or a part was not told; what was withdrawn is not asked any more."""
        is_part = self.state == PARTLY or (self.state == EXPIRED and self.answered_on is None)
        return self.state != CANCELLED and (is_part or self.outcome not in CHECKED)

    def is_overdue(self, on: date) -> bool:
        """Whether the other side is late and still has time."""
        return self.state in ("sent", "acknowledged", "partly") and self.due_on is not None and self.due_on < on

    def needs_recheck(self, on: date) -> bool:
        """Whether somebody has to look again at what stayed unchecked."""
        is_due = self.recheck_on is not None and self.recheck_on <= on
        return is_due and self.rechecked_on is None and self.answered_on is None


@dataclass(frozen=True)
class TryRow:
    """One try to hand it over."""

    sequence: int
    tried_on: date
    tried_by: str
    is_delivered: bool
    said: str
    message: int


@dataclass(frozen=True)
class AnswerRow:
    """A part of an answer; where it came late, the result without and with it, and what was made of it."""

    sequence: int
    outcome: str
    is_complete: bool
    is_late: bool
    as_of: date
    words: str
    received_on: date
    received_by: str
    message: int
    late: int | None
    bearing: str
    outcome_before: str
    outcome_after: str
    before_fen: int | None
    after_fen: int | None
    settled_on: date | None
    settled_by: str
    note: str


@dataclass(frozen=True)
class MessageRow:
    """A message that went out or came in; `refused` is JSON text: the lines that were not taken, and why."""

    id: int
    message_id: str
    direction: str
    kind: str
    province: str
    transport: str
    file_name: str
    passed_on: date
    passed_by: str
    items: int
    sha256: str
    division: str
    refused: str


@dataclass(frozen=True)
class ProvinceRow:
    """A province with how many requests it has, how many wait there and how many are overdue."""

    province: str
    all: int
    waiting: int
    overdue: int


@dataclass(frozen=True)
class Unanswered:
    """What nobody told of a member, ready to be printed: it is never "no record"."""

    person: str
    source: str
    province: str
    words: str


def requests(view: str, on: date, *, province: str = "", offset: int = 0, limit: int | None = 50) -> list[RequestRow]:
    """One view of the requests in sight (VIEWS), those due first."""
    sql = f"SELECT {COLUMNS} {TABLES} WHERE ({VIEWS[view]}) AND r.province LIKE %(province)s {ORDER}"
    asked: dict[str, Any] = {"on": on, "province": province or "%", "offset": offset, "limit": limit}
    return read(RequestRow, f"{sql} OFFSET %(offset)s LIMIT %(limit)s", asked)


def requests_counts(on: date, *, province: str = "") -> dict[str, int]:
    """How many requests each view has, in one query."""
    found = first_row(f"{COUNTS} AND r.province LIKE %(province)s", {"on": on, "province": province or "%"})
    return dict(zip(VIEWS, (int(str(number)) for number in found or ()), strict=True))


def requests_of(case_id: int) -> list[RequestRow]:
    """The requests of a case."""
    return read(RequestRow, f"SELECT {COLUMNS} {TABLES} WHERE r.case_id = %(case)s {ORDER}", {"case": case_id})


def request_of(request_id: int) -> RequestRow | None:
    """One request; None where there is none in sight."""
    found = read(RequestRow, f"SELECT {COLUMNS} {TABLES} WHERE r.id = %(id)s", {"id": request_id})
    return found[0] if found else None


def requests_to_send(on: date) -> list[RequestRow]:
    """Drafts, and what nobody acknowledged by the day of its next try, province by province."""
    # a draft whose sending failed waits for its next day too
    rule = f"({VIEWS['draft']} AND coalesce(r.next_try_on <= %(on)s, r.attempts = 0)) OR {VIEWS['again']}"
    return read(RequestRow, f"SELECT {COLUMNS} {TABLES} WHERE {rule} ORDER BY r.province, r.id", {"on": on})


def requests_by_province(on: date) -> list[ProvinceRow]:
    """How the provinces answer."""
    return read(ProvinceRow, PROVINCES, {"on": on})


def tries_of(request_id: int) -> list[TryRow]:
    """Every try to hand a request over."""
    return read(TryRow, TRIES, {"request": request_id})


def answers_of(request_id: int) -> list[AnswerRow]:
    """Every part of the answer to a request."""
    return read(AnswerRow, ANSWERS, {"request": request_id})


def messages(limit: int = 50) -> list[MessageRow]:
    """The latest messages out and in."""
    return read(MessageRow, MESSAGES.format(where=""), {"limit": limit})


def message_of(message: int) -> MessageRow | None:
    """One message; None where there is none in sight."""
    found = read(MessageRow, MESSAGES.format(where="WHERE m.id = %(id)s"), {"id": message, "limit": 1})
    return found[0] if found else None


def message_bytes(message: int) -> bytes:
    """The bytes of a message in sight, as they went or came."""
    return unseal(bytes(RequestMessage.objects.get(pk=message).sealed))


def requests_of_message(message: int) -> list[RequestRow]:
    """The requests that went out with a message, or that it answers."""
    rule = """EXISTS (SELECT FROM verification_requestattempt t WHERE t.request_id = r.id AND t.message_id = %(id)s)
      OR EXISTS (SELECT FROM verification_requestanswer a WHERE a.request_id = r.id AND a.message_id = %(id)s)"""
    return read(RequestRow, f"SELECT {COLUMNS} {TABLES} WHERE {rule} {ORDER}", {"id": message})


def unanswered_of(case_id: int) -> list[Unanswered]:
    """What other provinces did not tell about the members of a case, in words for its papers."""
    return [
        Unanswered(row.person, row.source, province_zh(row.province), unanswered_words(row))
        for row in requests_of(case_id)
        if row.is_unanswered
    ]


def unanswered_words(row: RequestRow) -> str:
    """What was not told, of whom and since when."""
    what = f"未核到：{province_zh(row.province)}{SOURCES[row.source].zh if row.source in SOURCES else row.source}"
    if row.sent_on is None:
        return f"{what}（{row.person}），{row.made_on}提出，还没有发出"
    if row.state == EXPIRED:
        later = f"（{row.answered_on}才答复，另行登记）" if row.answered_on else ""
        part = "只有部分答复" if row.outcome in CHECKED else "未答复"
        return f"{what}（{row.person}），{row.sent_on}发出，{row.expires_on}到期{part}{later}"
    if row.state == ANSWERED:
        old = "答复用的数据已经过期" if row.why == "stale" else "办结后才答复，另行登记"
        return f"{what}（{row.person}），{row.sent_on}发出，{row.answered_on}{old}"
    part = "只有部分答复" if row.state == PARTLY else "还在等答复"
    return f"{what}（{row.person}），{row.sent_on}发出，{part}（{row.due_on}前）"
