"""查提标: upratings with their totals, what the standard did to each family and in sum, and who waits for review."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from opendibao.audit.sql_rows import read, read_whole
from opendibao.decision.assessing import case_of
from opendibao.decision.models import Decision, Uprating, UpratingLine
from opendibao.decision.refusal import DecisionRefused
from opendibao.decision.standard_change import StandardChange, change_from, former_numbers
from opendibao.rulemaking.queries import policy_in_force
from opendibao.rules.answer import Answer
from opendibao.rules.assess import assess
from opendibao.rules.case import CaseError, parse_case

LINES = """
SELECT l.id, l.household_id, h.number, l.division, l.area, l.result, l.reason, l.persons, l.former_fen, l.held_fen,
  l.amount_fen, l.supplement_fen, f.number, coalesce(n.number, ''), n.id
FROM decision_upratingline l JOIN decision_decision f ON f.id = l.former_id
JOIN registry_household h ON h.id = l.household_id
LEFT JOIN decision_decision n ON n.id = f.ended_by_id AND n.uprating_id = l.uprating_id
"""
CHOSEN = "WHERE l.uprating_id = %(uprating)s AND %(result)s IN ('', l.result) AND %(line)s IN (0, l.id)"
ROWS = f'{LINES} {CHOSEN} ORDER BY l.division COLLATE "C", h.number, l.id LIMIT %(limit)s OFFSET %(offset)s'
COUNT = f"SELECT count(*)::int FROM decision_upratingline l {CHOSEN}"
# to the fen: before + by the standard + by age = after
SUMS = """
SELECT l.area, l.result, count(*)::int, sum(l.persons)::int, sum(l.former_fen)::bigint,
  sum(CASE WHEN l.result IN ('increase', 'reduce') THEN l.amount_fen - l.held_fen ELSE 0 END)::bigint,
  sum(CASE WHEN l.result IN ('increase', 'reduce') THEN l.held_fen - l.former_fen ELSE 0 END)::bigint,
  sum(CASE WHEN l.result IN ('increase', 'reduce') THEN l.amount_fen ELSE l.former_fen END)::bigint
FROM decision_upratingline l WHERE l.uprating_id = %(uprating)s AND l.result <> 'ended'
GROUP BY l.area, l.result ORDER BY l.area, l.result
"""
VILLAGES = """
SELECT l.division, count(*)::int, sum(l.persons)::int, count(*) FILTER (WHERE l.result = 'increase')::int,
  count(*) FILTER (WHERE l.result = 'review')::int, sum(l.former_fen)::bigint,
  sum(CASE WHEN l.result IN ('increase', 'reduce') THEN l.amount_fen ELSE l.former_fen END)::bigint
FROM decision_upratingline l WHERE l.uprating_id = %(uprating)s AND l.result <> 'ended'
GROUP BY l.division ORDER BY l.division COLLATE "C"
"""
# who was sent to review and still gets the former amount
WAITING = f"""
{LINES} JOIN decision_uprating u ON u.id = l.uprating_id
WHERE u.id = %(uprating)s AND u.state = 'approved' AND l.result = 'review' AND f.ended_on IS NULL
ORDER BY l.division COLLATE "C", h.number, l.id
"""
LETTERS = """
SELECT t.id, d.number, d.division, t.sent_on, coalesce((
    SELECT m ->> 'name' FROM jsonb_array_elements(d.facts -> 'members') m WHERE m ->> 'relation' = 'head' LIMIT 1),
  '户主')
FROM decision_letter t JOIN decision_decision d ON d.id = t.decision_id
WHERE d.uprating_id = %(uprating)s AND d.division = %(division)s AND t.delivered_on IS NULL AND d.voided_on IS NULL
ORDER BY d.number
"""
UNDELIVERED = """
SELECT d.division, count(*)::int FROM decision_letter t JOIN decision_decision d ON d.id = t.decision_id
WHERE d.uprating_id = %(uprating)s AND t.delivered_on IS NULL AND d.voided_on IS NULL
GROUP BY d.division ORDER BY d.division COLLATE "C"
"""
# a township does not see the county's upratings, but the letters to its own families
BY_TOWN = """
SELECT d.uprating_id, rpad(left(d.division, 9), 12, '0'), d.decided_on, count(*)::int
FROM decision_letter t JOIN decision_decision d ON d.id = t.decision_id
WHERE d.uprating_id IS NOT NULL AND t.delivered_on IS NULL AND d.voided_on IS NULL GROUP BY 1, 2, 3 ORDER BY 3, 1, 2
"""
STEPS = (
    "standard_fen", "line_year_fen", "income_year_fen", "gap_before_fen", "base_benefit_fen", "supplement_fen",
    "monthly_benefit_fen",
)  # fmt: skip
"""The steps of an assessment (fields of Answer) that a difference is told by, in their order."""


@dataclass(frozen=True)
class UpratingRow:
    """An uprating; money is fen a month."""

    id: int
    division: str
    effective_month: date
    since: date
    reckoned_on: date
    changes: tuple[StandardChange, ...]
    state: str
    prepared_on: date
    prepared_by: str
    approved_on: date | None
    approver: str
    first_month: date | None
    withdrawn_reason: str
    households: int
    increased: int
    reduced: int
    kept: int
    to_review: int
    ended: int
    before_fen: int
    after_fen: int

    @property
    def difference_fen(self) -> int:
        """How much more a month."""
        return self.after_fen - self.before_fen


@dataclass(frozen=True)
class UpratingLineRow:
    """What a new standard does to a household; fen a month. `decision_id` is the new decision's once it is taken."""

    id: int
    household_id: int
    household: str
    division: str
    area: str
    result: str
    reason: str
    persons: int
    former_fen: int
    held_fen: int | None
    amount_fen: int
    supplement_fen: int
    former: str
    decision: str
    decision_id: int | None

    @property
    def by_standard_fen(self) -> int:
        """The part of the difference that the new numbers make."""
        return 0 if self.held_fen is None else self.amount_fen - self.held_fen

    @property
    def by_age_fen(self) -> int:
        """The part that time alone made since the former decision."""
        return 0 if self.held_fen is None else self.held_fen - self.former_fen


@dataclass(frozen=True)
class UpratingSum:
    """An area's households of one result, fen a month: before + by the standard + by age = after."""

    area: str
    result: str
    households: int
    persons: int
    before_fen: int
    by_standard_fen: int
    by_age_fen: int
    after_fen: int


@dataclass(frozen=True)
class VillageUprating:
    """A village's households in force: how many, with how many persons, and what they get a month (fen)."""

    division: str
    households: int
    persons: int
    increased: int
    to_review: int
    before_fen: int
    after_fen: int

    @property
    def difference_fen(self) -> int:
        """How much more a month."""
        return self.after_fen - self.before_fen


@dataclass(frozen=True)
class DeliveryRow:
    """A letter of an uprating that has not reached the family, and who will sign for it."""

    letter_id: int
    decision: str
    division: str
    sent_on: date
    head: str


@dataclass(frozen=True)
class VillageLetters:
    """How many letters of an uprating a village's families have not got."""

    division: str
    letters: int


@dataclass(frozen=True)
class TownLetters:
    """How many letters of an uprating a township has to hand over, and since when."""

    uprating_id: int
    town: str
    decided_on: date
    letters: int


@dataclass(frozen=True)
class Step:
    """One step of the calculation (one of STEPS) by the former and by the new numbers, in fen."""

    name: str
    before_fen: int
    after_fen: int

    @property
    def difference_fen(self) -> int:
        """How much more."""
        return self.after_fen - self.before_fen


@dataclass(frozen=True)
class Difference:
    """A household's difference, explained: the numbers that changed, and each step with them and without."""

    line: UpratingLineRow
    changes: tuple[StandardChange, ...]
    steps: tuple[Step, ...]


def _row(made: Uprating) -> UpratingRow:
    return UpratingRow(
        made.pk, made.division, made.effective_month, made.since, made.reckoned_on,
        tuple(map(change_from, made.basis)), made.state, made.prepared_on, made.prepared_by,
        made.approved_on, made.approver, made.first_month, made.withdrawn_reason, made.households, made.increased,
        made.reduced, made.kept, made.to_review, made.ended, made.before_fen, made.after_fen,
    )  # fmt: skip


def upratings() -> list[UpratingRow]:
    """All of them, the newest first."""
    return [_row(made) for made in Uprating.objects.order_by("-id")]


def uprating(uprating_id: int) -> UpratingRow | None:
    """One; None where there is none or it is not to be seen."""
    found = Uprating.objects.filter(pk=uprating_id).first()
    return _row(found) if found else None


def uprating_lines(
    uprating_id: int, *, result: str = "", line: int = 0, limit: int = 50, offset: int = 0
) -> list[UpratingLineRow]:
    """Its households by village, page by page; those of one result, or the one line, where they are named."""
    asked = {"uprating": uprating_id, "result": result, "line": line, "limit": limit, "offset": offset}
    return read_whole(UpratingLineRow, ROWS, asked)


def uprating_line_count(uprating_id: int, *, result: str = "") -> int:
    """How many there are."""
    return read(int, COUNT, {"uprating": uprating_id, "result": result, "line": 0})[0]


def uprating_sums(uprating_id: int) -> list[UpratingSum]:
    """The month before and after, by area and result, with what the standard and what age made of the difference."""
    return read_whole(UpratingSum, SUMS, {"uprating": uprating_id})


def uprating_villages(uprating_id: int) -> list[VillageUprating]:
    """The month before and after, by village; who goes to review stays at the former amount."""
    return read_whole(VillageUprating, VILLAGES, {"uprating": uprating_id})


def waiting_for_review(uprating_id: int) -> list[UpratingLineRow]:
    """Who was not taken to the new standard and has had no decision since."""
    return read_whole(UpratingLineRow, WAITING, {"uprating": uprating_id})


def villages_to_deliver(uprating_id: int) -> list[VillageLetters]:
    """The villages whose letters are not all delivered."""
    return read_whole(VillageLetters, UNDELIVERED, {"uprating": uprating_id})


def letters_by_town() -> list[TownLetters]:
    """The letters of all upratings that have not reached the families, by township."""
    return read(TownLetters, BY_TOWN, {})  # asked on every page of the day: one statement


def letters_to_deliver(uprating_id: int, *, division: str) -> list[DeliveryRow]:
    """A village's letters that nobody has got yet."""
    return read_whole(DeliveryRow, LETTERS, {"uprating": uprating_id, "division": division})


def difference(line_id: int) -> Difference | None:
    """A household's difference step by step; None where there is no such line or its facts are not known.

    Raises DecisionRefused where it cannot be computed any more.
    """
    row = next(iter(read(UpratingLineRow, f"{LINES} WHERE l.id = %(line)s", {"line": line_id})), None)
    line = UpratingLine.objects.select_related("uprating").filter(pk=line_id).first()
    if row is None or line is None or row.held_fen is None:
        return None
    changes = tuple(map(change_from, line.uprating.basis))
    facts = Decision.objects.values_list("facts", flat=True).get(pk=line.former_id)
    try:
        case = parse_case(case_of(facts, line.uprating.reckoned_on, policy_in_force()))
    except CaseError as fault:
        raise DecisionRefused(f"决定时的情况现在读不出来（{fault}），不能重算") from None
    earlier = former_numbers(changes, line.uprating.reckoned_on - timedelta(days=1))
    held, new = assess(replace(case, overrides=earlier), trace=False), assess(case, trace=False)
    concerned = tuple(one for one in changes if line.area in one.areas)
    return Difference(row, concerned, tuple(_steps(held, new)))


def _steps(held: Answer, new: Answer) -> Iterator[Step]:
    for name in STEPS:
        yield Step(name, getattr(held, name), getattr(new, name))
