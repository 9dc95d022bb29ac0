"""公用的行: SQL pieces that several figures read, so that one idea stands once.

A household is covered while its decisions follow on one another; a person while he belongs to a covered
household, whichever. At a day exactly one decision of a covered household is in force: it says whose standard
applies, so that every household and person is counted once, however often it moved.
"""

from dataclasses import dataclass

from opendibao.payment.coverage import COVERAGE
from opendibao.statistics.queries import PERSON_SPELLS

AREAS = {"rural": "农村", "urban": "城镇"}


def area_word(column: str) -> str:
    """An area's code as the column `area` in words."""
    return f"CASE {column} WHEN 'rural' THEN '{AREAS['rural']}' ELSE '{AREAS['urban']}' END AS area"


@dataclass(frozen=True)
class Moment:
    """Which spans count, and on which of its days a span is looked at for place and area."""

    where: str
    day: str


def on_day(day: str) -> Moment:
    """The stock of a day: spans that hold it."""
    return Moment(f"spell.span @> {day}::date", f"{day}::date")


ENTERED = Moment("lower(spell.span) BETWEEN %(first)s AND %(last)s", "lower(spell.span)")
# the last day of a span is the one before its upper bound: who is stopped on a day is out on that day
LEFT = Moment("upper(spell.span) BETWEEN %(first)s AND %(last)s", "upper(spell.span) - 1")

# every row has its household, its person, its decision: they are joined from the left only so that the database need
# not join them where rows are counted and no name is read
PLACED = """
LEFT JOIN registry_household h ON h.id = d.household_id
LEFT JOIN registry_householdplace place ON place.household_id = d.household_id AND place.valid @> {day}
  AND place.recorded @> %(known_at)s::timestamptz
LEFT JOIN registry_division village ON village.code = coalesce(place.division, d.division)
LEFT JOIN registry_division town ON town.code = village.parent_id
WHERE {where}{area}
"""
PLACE = f"""
h.number AS household, town.name AS town, coalesce(village.name, d.division) AS village,
{area_word("d.area")},
lower(spell.span) AS since, upper(spell.span) AS until, 1 AS n, 1 AS d
"""
HOUSEHOLD_ROWS = f"""
SELECT {PLACE} FROM spell
JOIN granted d ON d.household_id = spell.household_id AND d.span @> {{day}}
{PLACED} ORDER BY d.division, h.number
"""
PERSON_ROWS = f"""
SELECT p.name AS person, p.id_number, {PLACE} FROM spell
LEFT JOIN registry_person p ON p.id = spell.person_id
JOIN registry_membership m ON m.person_id = spell.person_id AND m.valid @> {{day}}
  AND m.recorded @> %(known_at)s::timestamptz
JOIN granted d ON d.household_id = m.household_id AND d.span @> {{day}}
{PLACED} ORDER BY d.division, h.number, p.id_number
"""
HOUSEHOLD_SPELLS = f"{COVERAGE}, spell AS (SELECT household_id, unnest(spans) AS span FROM coverage)"
PERSON_SPELL_ROWS = f"{PERSON_SPELLS}, spell AS (SELECT person_id, unnest(spans) AS span FROM belonging)"
# whose time under one area's standard begins while he was covered the day before: changed over, not entered
HOUSEHOLDS_CHANGED = f"""
{COVERAGE},
area_spell AS (
  SELECT household_id, area, unnest(range_agg(span)) AS span FROM granted GROUP BY household_id, area),
spell AS (
  SELECT s.household_id, s.span FROM area_spell s JOIN coverage c ON c.household_id = s.household_id
  WHERE c.spans @> (lower(s.span) - 1))
"""
PERSONS_CHANGED = f"""
{PERSON_SPELLS},
area_spell AS (
  SELECT m.person_id, g.area, unnest(range_agg(g.span * m.valid)) AS span
  FROM granted g JOIN registry_membership m ON m.household_id = g.household_id
  WHERE m.recorded @> %(known_at)s::timestamptz GROUP BY m.person_id, g.area),
spell AS (
  SELECT s.person_id, s.span FROM area_spell s JOIN belonging b ON b.person_id = s.person_id
  WHERE b.spans @> (lower(s.span) - 1))
"""


def _rows(spells: str, rows: str, moment: Moment, area: str) -> str:
    only = f" AND d.area = '{area}'" if area else ""
    return f"WITH {spells} {rows.format(day=moment.day, where=moment.where, area=only)}"


def households(moment: Moment, area: str = "") -> str:
    """Rows of covered households: number, town, village, area, since when, until when."""
    return _rows(HOUSEHOLD_SPELLS, HOUSEHOLD_ROWS, moment, area)


def persons(moment: Moment, area: str = "") -> str:
    """Rows of covered persons: name, id number, household, town, village, area, since, until."""
    return _rows(PERSON_SPELL_ROWS, PERSON_ROWS, moment, area)


def wider(of_all: str, area: str) -> tuple[str, str] | None:
    """The rows of all areas and what picks one area's of them; None where all are meant."""
    return (of_all, f"area = '{AREAS[area]}'") if area else None


def households_changed_to(area: str = "") -> str:
    """Covered households to which the other area's standard begins to apply."""
    return _rows(HOUSEHOLDS_CHANGED, HOUSEHOLD_ROWS, ENTERED, area)


def persons_changed_to(area: str = "") -> str:
    """Covered persons to whom the other area's standard begins to apply, by decision or by changing household."""
    return _rows(PERSONS_CHANGED, PERSON_ROWS, ENTERED, area)


# money of the year: one row per booking of an attempt in the account 已付
PAID = """
SELECT h.number AS household, line.snapshot ->> 'head' AS head, town.name AS town, village.name AS village,
  to_char(line.month, 'YYYY-MM') AS month, leg.booked_on, attempt.account, d.number AS decision,
  leg.fen / 100 || '.' || lpad((leg.fen %% 100)::text, 2, '0') AS yuan, leg.fen AS n, 1 AS d
FROM payment_ledgerleg leg
LEFT JOIN payment_attempt attempt ON attempt.e2e = leg.attempt_id
LEFT JOIN payment_payline line ON line.id = attempt.line_id
LEFT JOIN registry_household h ON h.id = line.household_id
LEFT JOIN decision_decision d ON d.id = line.decision_id
LEFT JOIN registry_division village ON village.code = line.division
LEFT JOIN registry_division town ON town.code = village.parent_id
WHERE leg.account = 'paid' AND leg.booked_on BETWEEN %(first)s AND %(last)s {area}
ORDER BY line.month, line.division, h.number, leg.id
"""
# when somebody belonged to a household, as known at the time of knowledge
PEOPLED = """
peopled AS (
  SELECT household_id, range_agg(valid) AS spans FROM registry_membership
  WHERE recorded @> %(known_at)s::timestamptz GROUP BY household_id)
"""
# what was booked of a month's own money beside its regular line; price supplements and back-pay are other money
SUPPLEMENTED = """
more AS (
  SELECT l.household_id, l.month, sum(a.amount_fen)::bigint AS fen
  FROM payment_payline l JOIN payment_attempt a ON a.line_id = l.id
  WHERE l.kind = 'supplement' AND a.state = 'paid' AND a.booked_on <= %(last)s GROUP BY l.household_id, l.month)
"""
# what every household was owed for a month whose due day has passed, what the bank booked of it, and what of it went
# against what the household had to give back
DUE_LINES = f"""
WITH {SUPPLEMENTED}, line AS (
  SELECT l.household_id, l.division, l.snapshot ->> 'head' AS head, l.month, r.due_on, d.number AS decision,
    d.amount_fen AS decided_fen, a.booked_on, a.amount_fen + coalesce(more.fen, 0) AS booked_fen,
    coalesce(taken.fen, 0) AS set_off_fen
  FROM payment_payline l JOIN payment_payrun r ON r.id = l.run_id
  LEFT JOIN payment_offset taken ON taken.line_id = l.id
  LEFT JOIN decision_decision d ON d.id = l.decision_id
  LEFT JOIN payment_attempt a ON a.line_id = l.id AND a.state = 'paid' AND a.booked_on <= %(last)s
  LEFT JOIN more ON more.household_id = l.household_id AND more.month = l.month
  WHERE l.kind = 'regular' AND l.month BETWEEN %(first)s AND %(last)s AND r.due_on <= %(last)s
    -- what was held and then given up is owed no longer: nobody lived, or no decision grants the month
    AND NOT EXISTS (SELECT FROM payment_hold h WHERE h.line_id = l.id AND h.outcome = 'cancelled'
      AND h.settled_on <= %(last)s))
SELECT h.number, line.head, village.name AS village, to_char(line.month, 'YYYY-MM') AS month, line.due_on,
  line.booked_on, line.decision, line.decided_fen, line.booked_fen,
  line.set_off_fen, CASE WHEN {{good}} THEN 1 ELSE 0 END AS n, 1 AS d
FROM line LEFT JOIN registry_household h ON h.id = line.household_id
LEFT JOIN registry_division village ON village.code = line.division ORDER BY n, line.month, h.number
"""
DUE_LINE_HEADS = (
    "户编号", "户主", "村社区", "发放月", "期限", "到账日", "决定文号", "决定金额（分）", "到账金额（分）",
    "抵扣应追缴（分）",
)  # fmt: skip
