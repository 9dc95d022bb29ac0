"""核对统计: what departments handed in, who was asked, what was found and made of it, and how soon; with its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read_whole
from opendibao.kernel.workdays import workdays_between

# a question belongs to the day on which it was asked; answers of other provinces are counted with the requests
OF_YEAR = "m.province = '' AND m.requested_on BETWEEN %(first)s AND %(last)s"
ANSWERS = f"""
SELECT m.source, m.outcome, m.why, m.disposition, count(*)::int, count(DISTINCT m.person_id)::int
FROM verification_matchresult m WHERE {OF_YEAR} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
"""
PERSONS = (
    f"SELECT m.source, count(DISTINCT m.person_id)::int FROM verification_matchresult m WHERE {OF_YEAR} GROUP BY 1"
)
HANDED = """
SELECT d.source, count(*)::int, max(d.as_of), max(d.received_on), sum(d.rows)::int, sum(d.rejected)::int
FROM verification_delivery d WHERE d.received_on BETWEEN %(first)s AND %(last)s GROUP BY 1 ORDER BY 1
"""
FLAGS = """
SELECT d.source, r.id_flag, count(*)::int FROM verification_sourcerecord r
JOIN verification_delivery d ON d.id = r.delivery_id
WHERE d.received_on BETWEEN %(first)s AND %(last)s GROUP BY 1, 2 ORDER BY 1, 2
"""
LINKS = """
SELECT l.source, l.tier, l.state, count(*)::int FROM verification_link l
WHERE l.linked_at >= %(first)s::timestamptz AND l.linked_at < %(last)s::date + 1 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
BEGUN = f"""
SELECT c.id, c.number, min(m.requested_on), min(m.begun_on), max(m.answered_on),
  coalesce((c.gates->'clocks'->>'match_start')::int, 3)
FROM verification_matchresult m JOIN intake_case c ON c.id = m.case_id WHERE {OF_YEAR} GROUP BY c.id ORDER BY c.id
"""
CHOSEN = """
 AND (%(source)s = '' OR m.source = %(source)s) AND (%(outcome)s = '' OR m.outcome = %(outcome)s)
 AND (%(why)s = '' OR m.why = %(why)s) AND (%(disposition)s = '' OR m.outcome = 'hit' AND m.disposition =
   CASE %(disposition)s WHEN 'none' THEN '' ELSE %(disposition)s END)
"""
ANSWER_ROWS = f"""
SELECT c.id, c.number, c.division, m.source, m.requested_on, m.begun_on, m.answered_on, m.outcome, m.why, m.as_of,
  m.file, m.disposition, m.reason
FROM verification_matchresult m JOIN intake_case c ON c.id = m.case_id WHERE {OF_YEAR} {CHOSEN}
ORDER BY m.requested_on, c.number, m.source, m.id LIMIT %(limit)s OFFSET %(offset)s
"""
ANSWER_COUNT = f"SELECT count(*)::int FROM verification_matchresult m WHERE {OF_YEAR} {CHOSEN}"
LINK_ROWS = """
SELECT l.id, l.source, l.division, l.row_no, l.tier, l.state, l.score, l.linked_at::date, l.settled_by, l.settled_on,
  l.note
FROM verification_link l
WHERE l.linked_at >= %(first)s::timestamptz AND l.linked_at < %(last)s::date + 1
  AND (%(source)s = '' OR l.source = %(source)s) AND (%(tier)s = '' OR l.tier = %(tier)s)
  AND (%(state)s = '' OR l.state = %(state)s)
ORDER BY l.linked_at, l.id LIMIT %(limit)s OFFSET %(offset)s
"""


@dataclass(frozen=True)
class AnswerCount:
    """Questions of a source with one outcome, reason and disposition; `persons`: different people among them."""

    source: str
    outcome: str
    why: str
    disposition: str
    questions: int
    persons: int


@dataclass(frozen=True)
class HandedCount:
    """What a source handed in: files, the newest day of its data, the last day it came, rows, rows sent back."""

    source: str
    deliveries: int
    as_of: date
    received_on: date
    rows: int
    rejected: int


@dataclass(frozen=True)
class FlagCount:
    """Rows of a source by the state of the id number on them."""

    source: str
    flag: str
    rows: int


@dataclass(frozen=True)
class LinkCount:
    """Links of a source by how sure they are and what became of them."""

    source: str
    tier: str
    state: str
    links: int


@dataclass(frozen=True)
class Begun:
    """A case: when it was asked about, when the county began and when the last answer came; `days`: the limit."""

    case_id: int
    number: str
    requested_on: date
    begun_on: date | None
    answered_on: date | None
    days: int

    def is_in_time(self, on: date) -> bool | None:
        """Whether the county began within the limit (57号 第十七条); None while it still may."""
        if self.begun_on is None:
            return False if workdays_between(self.requested_on, on) > self.days else None
        return workdays_between(self.requested_on, self.begun_on) <= self.days


@dataclass(frozen=True)
class _Persons:
    source: str
    persons: int


@dataclass(frozen=True)
class AnswerRow:
    """One question about a member of a case."""

    case_id: int
    number: str
    division: str
    source: str
    requested_on: date
    begun_on: date | None
    answered_on: date | None
    outcome: str
    why: str
    as_of: date | None
    file: str
    disposition: str
    reason: str


@dataclass(frozen=True)
class LinkRow:
    """One link: where the row stands, how sure it is, what became of it; nothing of whom it is about."""

    id: int
    source: str
    division: str
    row_no: int
    tier: str
    state: str
    score: int
    linked_on: date
    settled_by: str
    settled_on: date | None
    note: str


@dataclass(frozen=True)
class MatchStatistics:
    """A year's matching by source."""

    year: int
    answers: Sequence[AnswerCount]
    persons: dict[str, int]
    handed: Sequence[HandedCount]
    flags: Sequence[FlagCount]
    links: Sequence[LinkCount]
    begun: Sequence[Begun]

    def questions(self, source: str = "", outcome: str = "", why: str = "", disposition: str = "") -> int:
        """Questions that fit; "" fits all, disposition "none" a hit that nobody has answered."""
        return sum(
            one.questions
            for one in self.answers
            if source in ("", one.source) and outcome in ("", one.outcome) and why in ("", one.why)
            and (not disposition or (one.outcome == "hit" and (one.disposition or "none") == disposition))
        )  # fmt: skip

    def linked(self, source: str = "", tier: str = "", state: str = "") -> int:
        """Links that fit."""
        return sum(
            one.links for one in self.links
            if source in ("", one.source) and tier in ("", one.tier) and state in ("", one.state)
        )  # fmt: skip

    def rows_flagged(self, source: str, flag: str) -> int:
        """Rows of a source whose id number is in a state."""
        return sum(one.rows for one in self.flags if one.source == source and one.flag == flag)

    @property
    def workdays_to_answer(self) -> list[int]:
        """Working days from the question to the last answer, of each case that was answered."""
        return [workdays_between(one.requested_on, one.answered_on) for one in self.begun if one.answered_on]

    @property
    def sources(self) -> list[str]:
        """Every source that was asked or handed something in."""
        return sorted({one.source for one in self.answers} | {one.source for one in self.handed})


def _year(year: int) -> dict[str, object]:
    return {"first": date(year, 1, 1), "last": date(year, 12, 31)}


def match_statistics(year: int) -> MatchStatistics:
    """The matching of a year as the session sees it; deliveries and their rows are the county's own."""
    of = _year(year)
    persons = {one.source: one.persons for one in read_whole(_Persons, PERSONS, of)}
    return MatchStatistics(
        year, read_whole(AnswerCount, ANSWERS, of), persons, read_whole(HandedCount, HANDED, of),
        read_whole(FlagCount, FLAGS, of), read_whole(LinkCount, LINKS, of), read_whole(Begun, BEGUN, of),
    )  # fmt: skip


@dataclass(frozen=True)
class AnswersAsked:
    """Which questions are asked for; "" for all."""

    year: int
    source: str = ""
    outcome: str = ""
    why: str = ""
    disposition: str = ""

    @property
    def parameters(self) -> dict[str, object]:
        """For the query."""
        chosen = {name: getattr(self, name) for name in ("source", "outcome", "why", "disposition")}
        return {**_year(self.year), **chosen}


def answer_rows(asked: AnswersAsked, *, limit: int | None = None, offset: int = 0) -> list[AnswerRow]:
    """The questions behind a count, in order of asking."""
    return read_whole(AnswerRow, ANSWER_ROWS, {**asked.parameters, "limit": limit, "offset": offset})


def answer_count(asked: AnswersAsked) -> int:
    """How many there are."""
    return read_whole(int, ANSWER_COUNT, asked.parameters)[0]


def link_rows(
    year: int, source: str = "", tier: str = "", state: str = "", *, limit: int | None = None, offset: int = 0
) -> list[LinkRow]:
    """The links behind a count, in order of linking."""
    chosen = {"source": source, "tier": tier, "state": state, "limit": limit, "offset": offset}
    return read_whole(LinkRow, LINK_ROWS, {**_year(year), **chosen})
