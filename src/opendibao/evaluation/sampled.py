"""查样本: the draws of a year, who is in them, who is still to be asked, and the interviews."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from opendibao.audit.sql_rows import first_row, read
from opendibao.evaluation.drawing import draw, frame_sha256
from opendibao.evaluation.frames import NAMED, frame
from opendibao.evaluation.models import Interview, Method, Purpose, SampleDraw
from opendibao.rulemaking.queries import pack_in_force

HEAD = """(SELECT p.name FROM registry_membership m JOIN registry_person p ON p.id = m.person_id
  WHERE m.household_id = h.id AND m.relation = 'head' ORDER BY upper_inf(m.recorded) DESC, m.id DESC LIMIT 1)"""
MEMBERS = {
    Purpose.SATISFACTION: f"""
SELECT s.id, h.number, '' AS month, s.division, coalesce({HEAD}, '') AS head, 0::bigint AS fen, s.chance_n, s.chance_d,
  s.tried, CASE WHEN (s.answer, s.relief, s.awareness) = ('none', 'none', 'none') THEN NULL ELSE s.asked_on END AS done,
  ARRAY[s.answer, s.relief, s.awareness]::text[] AS said, s.channel, h.id AS household_id,
  array_remove(ARRAY[CASE WHEN s.answer <> 'none' THEN 'satisfaction' END,
    CASE WHEN s.relief <> 'none' THEN 'relief' END,
    CASE WHEN s.awareness <> 'none' THEN 'awareness' END], NULL) AS valid,
  array_remove(ARRAY[CASE WHEN s.answer = 'satisfied' THEN 'satisfaction' END,
    CASE WHEN s.relief = 'eased' THEN 'relief' END,
    CASE WHEN s.awareness IN ('knows', 'partly') THEN 'awareness' END], NULL) AS hits
FROM evaluation_satisfactionanswer s JOIN registry_household h ON h.id = s.household_id WHERE s.year = %(year)s
""",
    Purpose.ACCURACY: f"""
SELECT k.id, h.number, '' AS month, k.division, coalesce({HEAD}, '') AS head, d.amount_fen AS fen, k.chance_n,
  k.chance_d, k.tried, k.checked_on AS done, ARRAY[k.outcome, coalesce(k.amount_fen, 0)::text]::text[] AS said,
  '' AS channel, h.id AS household_id,
  array_remove(ARRAY[CASE WHEN k.checked_on IS NOT NULL THEN 'accuracy' END], NULL) AS valid,
  array_remove(ARRAY[CASE WHEN k.outcome = d.outcome AND abs(k.amount_fen - d.amount_fen) <= %(tolerance_fen)s
    THEN 'accuracy' END], NULL) AS hits
FROM evaluation_accuracycheck k JOIN decision_decision d ON d.id = k.decision_id
JOIN registry_household h ON h.id = d.household_id WHERE k.year = %(year)s
""",
    Purpose.ARRIVAL: f"""
SELECT a.id, h.number, concat_ws(' ', to_char(line.month, 'YYYY-MM'), {NAMED}) AS month, a.division,
  coalesce({HEAD}, '') AS head, a.amount_fen AS fen, a.chance_n, a.chance_d, a.tried,
  CASE WHEN a.answer = 'none' THEN NULL ELSE a.asked_on END AS done,
  ARRAY[a.answer, coalesce(a.said_fen::text, '')]::text[] AS said, a.channel,
  h.id AS household_id, array_remove(ARRAY[CASE WHEN a.answer <> 'none' THEN 'arrival' END], NULL) AS valid,
  array_remove(ARRAY[CASE WHEN a.answer = 'received' THEN 'arrival' END], NULL) AS hits
FROM evaluation_arrivalcheck a JOIN payment_payline line ON line.id = a.line_id
JOIN registry_household h ON h.id = line.household_id WHERE a.year = %(year)s
""",
}
FIELDS = "id, number, month, division, head, fen, chance_n, chance_d, tried, done, said, channel, household_id, hits"
ROWS = """
SELECT {fields} FROM ({members}) AS members WHERE starts_with(division, %(reach)s) {where}
ORDER BY division, number, month LIMIT %(limit)s OFFSET %(at)s
"""
STATES = {
    "": "", "waiting": "AND done IS NULL", "done": "AND done IS NOT NULL", "valid": "AND %(code)s = ANY (valid)",
    "hit": "AND %(code)s = ANY (hits)",
}  # fmt: skip
COUNT = "SELECT count(*)::int FROM ({members}) AS members WHERE starts_with(division, %(reach)s) {where}"
COUNTS = """
SELECT count(*)::int, count(done)::int, count(*) FILTER (WHERE done IS NULL AND tried > 0)::int
FROM ({members}) AS members WHERE starts_with(division, %(reach)s)
"""
MISMATCHES = """
SELECT a.id, h.number, to_char(l.month, 'YYYY-MM'), a.division, a.amount_fen, a.answer, a.said_fen, a.asked_on
FROM evaluation_arrivalcheck a JOIN payment_payline l ON l.id = a.line_id
JOIN registry_household h ON h.id = l.household_id
WHERE a.year = %(year)s AND a.answer IN ('different', 'missing') ORDER BY a.division, h.number, l.month
"""


@dataclass(frozen=True)
class MemberRow:
    """One of a sample; `month` is that of a payment, `done` the day of the answer, money in fen.

    `said` are the answers in order (of a re-survey outcome and fen, of a payment the answer
    and the fen of another amount), `hits` the questions answered with a yes.
    """

    id: int
    number: str
    month: str
    division: str
    head: str
    fen: int
    chance_n: int | None
    chance_d: int | None
    tried: int
    done: date | None
    said: list[str]
    channel: str
    household_id: int
    hits: list[str]

    @property
    def chance(self) -> Fraction | None:
        """How likely it was to be drawn; None where that was not kept."""
        return Fraction(self.chance_n, self.chance_d) if self.chance_n and self.chance_d else None


@dataclass(frozen=True)
class Progress:
    """How many are in a sample, answered, and without an answer although somebody tried."""

    size: int
    done: int
    missed: int


@dataclass(frozen=True)
class DrawRow:
    """A draw as it was kept; margin and confidence in basis points, None where the size was given."""

    id: int
    year: int
    purpose: str
    method: str
    seed: int
    size: int
    population: int
    total_fen: int
    margin_bp: int | None
    confidence_bp: int | None
    frame_sha256: str
    drawn_on: date
    officer: str


@dataclass(frozen=True)
class Repeat:
    """A draw made again from its seed: whether the list is the same, and who differs."""

    draw: DrawRow
    listed: int
    frame_now: str
    missing: list[str]
    extra: list[str]

    @property
    def is_same_list(self) -> bool:
        """Whether the list to draw from is unchanged, by its checksum."""
        return self.frame_now == self.draw.frame_sha256

    @property
    def is_same(self) -> bool:
        """Whether the same were drawn, each with the same chance."""
        return self.is_same_list and not self.missing and not self.extra


@dataclass(frozen=True)
class MismatchRow:
    """A payment of which the family says that it did not come, or not so much; money in fen."""

    id: int
    number: str
    month: str
    division: str
    fen: int
    answer: str
    said_fen: int | None
    asked_on: date


@dataclass(frozen=True)
class InterviewRow:
    """An interview or case study; `household` is "" where it is of none."""

    id: int
    year: int
    kind: str
    held_on: date
    with_whom: str
    household: str
    division: str
    text: str
    officer: str


def draws(year: int, division: str) -> dict[str, DrawRow]:
    """The draws of a year by purpose."""
    found = SampleDraw.objects.filter(year=year, division=division)
    return {one.purpose: _draw_row(one) for one in found}


def _draw_row(one: SampleDraw) -> DrawRow:
    return DrawRow(
        one.pk, one.year, one.purpose, one.method, one.seed, one.size, one.population, one.total_fen, one.margin_bp,
        one.confidence_bp, one.frame_sha256, one.drawn_on, one.officer,
    )  # fmt: skip


def _members(purpose: str) -> str:
    return MEMBERS[Purpose(purpose)]


@dataclass(frozen=True)
class Which:
    """Which of a sample: `state` of STATES, `code` of the question for valid and hit, `reach` of their divisions."""

    state: str = ""
    code: str = ""
    reach: str = ""


EVERYBODY = Which()


def members(
    purpose: str, year: int, which: Which = EVERYBODY, *, limit: int | None = None, offset: int = 0
) -> list[MemberRow]:
    """A sample, village by village."""
    sql = ROWS.format(fields=FIELDS, members=_members(purpose), where=STATES[which.state])
    return read(MemberRow, sql, _asked(year, which) | {"limit": limit, "at": offset})


def _asked(year: int, which: Which) -> dict[str, object]:
    tolerance = pack_in_force().value("evaluation.accuracy_tolerance", date(year, 12, 31))
    return {"year": year, "reach": which.reach, "code": which.code, "tolerance_fen": tolerance}


def members_count(purpose: str, year: int, which: Which) -> int:
    """How many there are."""
    row = first_row(COUNT.format(members=_members(purpose), where=STATES[which.state]), _asked(year, which))
    return int(str(row[0])) if row else 0


def progress(purpose: str, year: int, reach: str = "") -> Progress:
    """How far a sample is worked, in the whole county or within a reach."""
    row = first_row(COUNTS.format(members=_members(purpose)), _asked(year, Which(reach=reach)))
    size, done, missed = (int(str(cell)) for cell in row or (0, 0, 0))
    return Progress(size, done, missed)


def after(purpose: str, year: int, unit_id: int) -> MemberRow | None:
    """Who is to be asked next: the first of the waiting behind one in the list, else the first of all."""
    every = members(purpose, year)
    place = next((place for place, row in enumerate(every) if row.id == unit_id), -1)
    return next((row for row in [*every[place + 1 :], *every[: place + 1]] if row.done is None), None)


def member(purpose: str, unit_id: int, year: int) -> MemberRow | None:
    """One of a sample; None where there is none, or it is another township's."""
    sql = ROWS.format(fields=FIELDS, members=_members(purpose), where="AND id = %(id)s")
    found = read(MemberRow, sql, _asked(year, EVERYBODY) | {"id": unit_id, "limit": 1, "at": 0})
    return found[0] if found else None


def repeat(kept: DrawRow) -> Repeat:
    """重抽核对: the list of the day, drawn again with the seed that was kept."""
    units = [one.unit for one in frame(kept.purpose, kept.drawn_on)]
    again = draw(kept.method, units, kept.size, kept.seed) if len(units) >= kept.size else []
    fresh = {(one.unit.key, one.chance) for one in again}
    stored = {(f"{row.number} {row.month}".strip(), row.chance) for row in members(kept.purpose, kept.year)}
    missing, extra = ({key for key, _chance in each} for each in (stored - fresh, fresh - stored))
    return Repeat(kept, len(units), frame_sha256(units), sorted(missing), sorted(extra))


def repeats(year: int, division: str) -> list[Repeat]:
    """Every draw of a year made again."""
    return [repeat(kept) for kept in draws(year, division).values()]


def told(found: Repeat) -> str:
    """A draw made again, in a line."""
    kept = found.draw
    purpose, method = Purpose(kept.purpose).label, Method(kept.method).label
    how = f"{purpose}：{kept.drawn_on}从{kept.population}个里{method}抽{kept.size}个"
    said = f"{how}，种子{kept.seed}，"
    if found.is_same:
        return f"{said}重抽全部相同"
    if not found.is_same_list:
        return f"{said}名单已变（现有{found.listed}个），差{len(found.missing)}个"
    if not found.missing:
        return f"{said}名单没变，抽到的有{len(found.extra)}个不在样本里：{'、'.join(found.extra[:10])}"
    return f"{said}名单没变，样本里有{len(found.missing)}个不是抽到的：{'、'.join(found.missing[:10])}"


def mismatches(year: int) -> list[MismatchRow]:
    """Payments that families say did not come, or not so much."""
    return read(MismatchRow, MISMATCHES, {"year": year})


def interviews(year: int, *, limit: int | None = None, offset: int = 0) -> list[InterviewRow]:
    """The interviews and case studies of a year, the latest first."""
    found = Interview.objects.filter(year=year).select_related("household").order_by("-held_on", "-id")
    return [_interview(one) for one in (found[offset : offset + limit] if limit else found)]


def interviews_count(year: int) -> int:
    """How many there are."""
    return Interview.objects.filter(year=year).count()


def interview(interview_id: int) -> InterviewRow | None:
    """One of them; None where there is none."""
    found = Interview.objects.filter(pk=interview_id).select_related("household").first()
    return _interview(found) if found else None


def _interview(one: Interview) -> InterviewRow:
    number = one.household.number if one.household else ""
    return InterviewRow(
        one.pk, one.year, one.kind, one.held_on, one.with_whom, number, one.division, one.text, one.officer
    )
