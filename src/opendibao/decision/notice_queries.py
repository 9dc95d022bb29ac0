"""查公示: the sheets that hang in villages with nothing on them but what may be public, and objections to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import first_row, read
from opendibao.decision.assessing import persons_of
from opendibao.decision.proposing import proposal_of
from opendibao.decision.public_names import public_names
from opendibao.decision.refusal import DecisionRefused
from opendibao.intake.models import Case
from opendibao.policy.reader import RuleGap
from opendibao.rulemaking.queries import pack_in_force

NOTICES = """
SELECT n.id, n.case_id, c.number, c.household_id, c.applicant, n.division, n.sequence, n.posted_on, n.ends_on, n.places,
  n.persons, n.proposed_fen, n.taken_down_on, c.state, n.posted_photo_id, n.taken_down_photo_id,
  (SELECT count(*)::int FROM decision_objection o WHERE o.notice_id = n.id),
  (SELECT count(*)::int FROM decision_objection o WHERE o.notice_id = n.id AND o.settled_on IS NULL)
FROM decision_publicnotice n JOIN intake_case c ON c.id = n.case_id
"""
SHEETS = """
SELECT min(n.id), n.division, n.posted_on, max(n.ends_on), count(*)::int, sum(n.persons)::int,
  sum(n.proposed_fen)::bigint, count(*) FILTER (WHERE n.taken_down_on IS NULL)::int,
  sum((SELECT count(*) FROM decision_objection o WHERE o.notice_id = n.id))::int,
  sum((SELECT count(*) FROM decision_objection o WHERE o.notice_id = n.id AND o.settled_on IS NULL))::int
FROM decision_publicnotice n GROUP BY n.division, n.posted_on
"""
STATES = {
    "": "true",
    "running": "max(n.ends_on) >= %(today)s",
    "over": "max(n.ends_on) < %(today)s AND count(*) FILTER (WHERE n.taken_down_on IS NULL) > 0",
    "objected": "sum((SELECT count(*) FROM decision_objection o"
    " WHERE o.notice_id = n.id AND o.settled_on IS NULL)) > 0",
}
"""Which sheets a list shows: all, those that run, those to be taken down, those with an objection nobody answered."""
OBJECTIONS = """
SELECT o.id, o.case_id, c.number, o.notice_id, o.division, o.received_on, o.person, o.contact, o.words, o.due_on,
  o.taken_by, o.settled_on, o.outcome, o.answer, o.settled_by, c.state
FROM decision_objection o JOIN intake_case c ON c.id = o.case_id
"""
READY = """
SELECT c.id FROM intake_case c
WHERE c.kind = 'application' AND c.state IN ('verified', 'reviewed') AND starts_with(c.division, %(reach)s)
ORDER BY c.accepted_on, c.id
"""
# not those that must be voted on first, nor those whose opinion is a refusal: that needs no notice
READY_VILLAGES = """
SELECT c.division, count(*)::int, min(c.accepted_on) FROM intake_case c
LEFT JOIN LATERAL (SELECT view FROM decision_firstopinion o WHERE o.case_id = c.id ORDER BY sequence DESC LIMIT 1) o
  ON true
WHERE c.kind = 'application' AND coalesce(o.view, '') <> 'refuse' AND (c.state = 'reviewed' OR (
  c.state = 'verified' AND (coalesce(c.gates->>'democratic_review', 'ALWAYS') <> 'ALWAYS' OR EXISTS (
    SELECT FROM decision_reviewvote v WHERE v.case_id = c.id AND NOT v.is_contested))))
GROUP BY 1 ORDER BY 3, 1
"""


@dataclass(frozen=True)
class PostedNotice:
    """A notice of a case; `case_state` is where the case stands now, objections all and those without an answer."""

    id: int
    case_id: int
    number: str
    household_id: int
    applicant: str
    division: str
    sequence: int
    posted_on: date
    ends_on: date
    places: list[str]
    persons: int
    proposed_fen: int
    taken_down_on: date | None
    case_state: str
    posted_photo_id: int | None
    taken_down_photo_id: int | None
    objections: int
    open_objections: int


@dataclass(frozen=True)
class SheetRow:
    """What was posted in a village on a day: one sheet, named by the first of its notices."""

    id: int
    division: str
    posted_on: date
    ends_on: date
    households: int
    persons: int
    proposed_fen: int
    hanging: int
    objections: int
    open_objections: int


@dataclass(frozen=True)
class NoticeLine:
    """A line of a public sheet: group, name of the head, how many, how much a month; nothing else may be public."""

    group: str
    name: str
    persons: int
    fen: int


@dataclass(frozen=True)
class NoticeSheet:
    """A sheet as it hangs: village, days (both counted), lines, where it hangs, whom to tell."""

    division: str
    posted_on: date
    ends_on: date
    lines: list[NoticeLine]
    places: list[str]
    phone: str

    @property
    def persons(self) -> int:
        """How many persons all its families have."""
        return sum(line.persons for line in self.lines)

    @property
    def days(self) -> int:
        """How many days it hangs, the first and the last counted."""
        return (self.ends_on - self.posted_on).days + 1


@dataclass(frozen=True)
class ObjectionRow:
    """An objection; `person` "" where he gave no name, `outcome` "" until it is settled."""

    id: int
    case_id: int
    number: str
    notice_id: int
    division: str
    received_on: date
    person: str
    contact: str
    words: str
    due_on: date
    taken_by: str
    settled_on: date | None
    outcome: str
    answer: str
    settled_by: str
    case_state: str


@dataclass(frozen=True)
class ReadyNotice:
    """A case whose opinion may be posted; `fault` says what must be done first, then nothing is proposed."""

    case_id: int
    number: str
    group: str
    name: str
    persons: int
    proposed_fen: int
    fault: str


@dataclass(frozen=True)
class ReadyVillage:
    """A village with cases that are surveyed or reviewed and not yet posted."""

    division: str
    cases: int
    since: date


@dataclass(frozen=True)
class NoObjection:
    """That a notice ran its days and nobody objected, or that what was objected was groundless (公示无异议证明)."""

    number: str
    division: str
    line: NoticeLine
    posted_on: date
    ends_on: date
    places: list[str]
    taken_down_on: date | None
    groundless: list[ObjectionRow]


def notices_of(case_id: int) -> list[PostedNotice]:
    """The notices of a case, the earliest first."""
    return read(PostedNotice, f"{NOTICES} WHERE n.case_id = %(case)s ORDER BY n.sequence", {"case": case_id})


def notice(notice_id: int) -> PostedNotice | None:
    """One notice; None where there is none or another township's."""
    return next(iter(read(PostedNotice, f"{NOTICES} WHERE n.id = %(id)s", {"id": notice_id})), None)


def sheet_of(notice_id: int) -> list[PostedNotice]:
    """All that was posted in the same village on the same day as a notice; empty where there is none."""
    found = notice(notice_id)
    if found is None:
        return []
    sql = f"{NOTICES} WHERE n.division = %(division)s AND n.posted_on = %(day)s ORDER BY n.id"
    return read(PostedNotice, sql, {"division": found.division, "day": found.posted_on})


def places_before(division: str) -> list[str]:
    """Where the last sheet of a village hung, so that nobody types it twice."""
    sql = f"{NOTICES} WHERE n.division = %(division)s ORDER BY n.posted_on DESC, n.id DESC LIMIT 1"
    return next((row.places for row in read(PostedNotice, sql, {"division": division})), [])


def sheets(today: date, *, state: str = "", limit: int | None = 50, offset: int = 0) -> list[SheetRow]:
    """Sheets in a state (a key of STATES), the latest first."""
    sql = f"{SHEETS} HAVING {STATES[state]} ORDER BY n.posted_on DESC, n.division LIMIT %(limit)s OFFSET %(offset)s"
    return read(SheetRow, sql, {"today": today, "limit": limit, "offset": offset})


def sheets_count(today: date, *, state: str = "") -> int:
    """How many sheets are in a state."""
    row = first_row(f"SELECT count(*)::int FROM ({SHEETS} HAVING {STATES[state]}) s", {"today": today})
    return int(str(row[0])) if row else 0


def notice_sheet(notice_ids: Sequence[int]) -> NoticeSheet:
    """What stands on the sheet of these notices of one village. Raises DecisionRefused where they are not of one."""
    found = read(PostedNotice, f"{NOTICES} WHERE n.id = ANY(%(ids)s) ORDER BY n.id", {"ids": list(notice_ids)})
    if not found or len({(row.division, row.posted_on) for row in found}) != 1:
        raise DecisionRefused("一张公示榜只能有同一个村（社区）同一天张贴的案件，请分开打印")
    first = found[0]
    applicants = {row.household_id: row.applicant for row in found}
    names = public_names([row.household_id for row in found], first.posted_on, applicants)
    lines = [
        NoticeLine(names[row.household_id].group, names[row.household_id].name, row.persons, row.proposed_fen)
        for row in found
        if row.household_id in names
    ]
    places = list(dict.fromkeys(place for row in found for place in row.places))
    ends = max(row.ends_on for row in found)
    return NoticeSheet(first.division, first.posted_on, ends, lines, places, supervision_phone(first.posted_on))


def supervision_phone(on: date) -> str:
    """The number that public sheets name for objections on a day; "" where none is entered."""
    pack = pack_in_force()
    row = pack.find("office.supervision", on) or pack.find("office.hotline", on)
    return str(row.value) if row else ""


def ready_villages() -> list[ReadyVillage]:
    """Villages where something may be posted, the longest waiting first."""
    return read(ReadyVillage, READY_VILLAGES, {})


def ready_notices(division: str, on: date) -> list[ReadyNotice]:
    """The cases of a village that are surveyed or reviewed: what the rules propose on a day, or what is missing."""
    ids = read(int, READY, {"reach": division})
    cases = Case.objects.in_bulk(ids)
    applicants = {cases[each].household_id: cases[each].applicant for each in ids}
    names = public_names(list(applicants), on, applicants)
    found = []
    for each in ids:
        case = cases[each]
        who = names.get(case.household_id)
        group, name = (who.group, who.name) if who else ("", "")
        persons, fen, fault = _proposed(case, on)
        found.append(ReadyNotice(case.pk, case.number, group, name, persons, fen, fault))
    return found


def _proposed(case: Case, on: date) -> tuple[int, int, str]:
    try:
        answer = proposal_of(case, on)
    except (DecisionRefused, RuleGap) as refusal:
        return 0, 0, str(refusal)
    return persons_of(answer), answer.monthly_benefit_fen, ""


def objections_of(case_id: int) -> list[ObjectionRow]:
    """The objections to a case's notices, the earliest first."""
    sql = f"{OBJECTIONS} WHERE o.case_id = %(case)s ORDER BY o.received_on, o.id"
    return read(ObjectionRow, sql, {"case": case_id})


def objection(objection_id: int) -> ObjectionRow | None:
    """One objection; None where there is none or another township's."""
    return next(iter(read(ObjectionRow, f"{OBJECTIONS} WHERE o.id = %(id)s", {"id": objection_id})), None)


def objections(*, is_open: bool = False, limit: int | None = 50, offset: int = 0) -> list[ObjectionRow]:
    """Objections, those without an answer first and of them the earliest due."""
    which = "WHERE o.settled_on IS NULL" if is_open else ""
    order = "ORDER BY o.settled_on IS NOT NULL, o.due_on, o.id LIMIT %(limit)s OFFSET %(offset)s"
    return read(ObjectionRow, f"{OBJECTIONS} {which} {order}", {"limit": limit, "offset": offset})


def objections_count(*, is_open: bool = False) -> int:
    """How many objections there are, or wait for an answer."""
    which = "WHERE settled_on IS NULL" if is_open else ""
    row = first_row(f"SELECT count(*)::int FROM decision_objection {which}", {})
    return int(str(row[0])) if row else 0


def no_objection(case_id: int, on: date) -> NoObjection | None:
    """The data of the certificate that nothing speaks against a notice; None while it runs, or where something does."""
    posted = notices_of(case_id)
    if not posted or posted[-1].ends_on >= on:
        return None
    last = posted[-1]
    told = [row for row in objections_of(case_id) if row.notice_id == last.id]
    if any(row.outcome != "groundless" for row in told):
        return None
    line = next(iter(notice_sheet([last.id]).lines), None)
    if line is None:
        return None
    return NoObjection(
        last.number, last.division, line, last.posted_on, last.ends_on, last.places, last.taken_down_on, told
    )
