"""月度等式: 上月 + 新增 + 恢复 + 提标 + 增发 − 暂停 − 停发 − 减发 = 本月, each term opening its households.

It is the equation of the regular lines. What was ordered beside them, what is set off and what is held back stands
next to it (run_lines.run_sums), so that the month is told to the fen from the decisions to the bank.
"""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read_whole
from opendibao.kernel.month import add_months

TERMS = {
    "opening": "存量建账",
    "new": "新增",
    "resumed": "恢复",
    "uprated": "提标",
    "increased": "增发",
    "suspended": "暂停",
    "stopped": "停发",
    "reduced": "减发",
}
CHANGES = """
WITH now AS (
  SELECT l.household_id, l.amount_fen, d.cause, d.kind FROM payment_payline l
  JOIN decision_decision d ON d.id = l.decision_id WHERE l.month = %(month)s::date AND l.kind = 'regular'),
before AS (
  SELECT household_id, amount_fen FROM payment_payline WHERE month = %(former)s::date AND kind = 'regular'),
change AS (
  SELECT household_id, coalesce(before.amount_fen, 0) AS was, coalesce(now.amount_fen, 0) AS is_now,
    CASE
      WHEN before.household_id IS NULL AND (
        -- asked by index for the few that are new; EXISTS would read all lines into a hash
        SELECT true FROM payment_payline l WHERE l.household_id = now.household_id AND l.month < %(former)s::date
        LIMIT 1) THEN 'resumed'
      WHEN before.household_id IS NULL AND now.kind = 'legacy' THEN 'opening'
      WHEN before.household_id IS NULL THEN 'new'
      WHEN now.household_id IS NULL AND (
        -- the money is suspended, and a decision still grants the month
        SELECT true FROM payment_suspension s JOIN decision_decision d
          ON d.household_id = s.household_id AND d.months @> %(month)s::date AND d.amount_fen > 0
        WHERE s.household_id = before.household_id AND s.outcome = 'approved' AND s.first_month <= %(month)s::date
          AND coalesce(s.until_month > %(month)s::date, true) LIMIT 1) THEN 'suspended'
      WHEN now.household_id IS NULL THEN 'stopped'
      WHEN now.amount_fen > before.amount_fen AND now.cause = 'standard' THEN 'uprated'
      WHEN now.amount_fen > before.amount_fen THEN 'increased'
      WHEN now.amount_fen < before.amount_fen THEN 'reduced'
      ELSE 'same' END AS term
  FROM now FULL JOIN before USING (household_id))
"""
SUMS = CHANGES + "SELECT term, count(*), sum(was)::bigint, sum(is_now)::bigint FROM change GROUP BY term"
ROWS = (
    CHANGES
    + """
SELECT h.number, h.division, change.was, change.is_now FROM change
JOIN registry_household h ON h.id = change.household_id
WHERE change.term = %(term)s ORDER BY h.division, h.number LIMIT %(limit)s OFFSET %(offset)s
"""
)


@dataclass(frozen=True)
class Term:
    """One term: its key and name, how many households, and by how many fen it moves the sum (signed)."""

    key: str
    zh: str
    households: int
    fen: int


@dataclass(frozen=True)
class Equation:
    """A month beside the one before it, in fen; `holds` is the proof."""

    month: date
    before_households: int
    before_fen: int
    terms: tuple[Term, ...]
    households: int
    fen: int

    @property
    def holds(self) -> bool:
        """Whether the former month and the terms give this month."""
        return self.before_fen + sum(term.fen for term in self.terms) == self.fen


@dataclass(frozen=True)
class ChangeRow:
    """One household of a term: its amount in the former month and in this one, in fen."""

    household: str
    division: str
    was_fen: int
    now_fen: int


@dataclass(frozen=True)
class _Sum:
    term: str
    households: int
    was: int
    now: int


def _months(month: date) -> dict[str, object]:
    return {"month": month, "former": add_months(month, -1)}


def equation(month: date) -> Equation:
    """How last month's sum became this month's."""
    sums = {each.term: each for each in read_whole(_Sum, SUMS, _months(month))}
    none = _Sum("", 0, 0, 0)
    terms = [(key, zh, sums.get(key, none)) for key, zh in TERMS.items()]
    return Equation(
        month,
        before_households=sum(each.households for each in sums.values() if each.was),
        before_fen=sum(each.was for each in sums.values()),
        terms=tuple(Term(key, zh, each.households, each.now - each.was) for key, zh, each in terms),
        households=sum(each.households for each in sums.values() if each.now),
        fen=sum(each.now for each in sums.values()),
    )


def equation_rows(month: date, term: str, *, limit: int = 50, offset: int = 0) -> list[ChangeRow]:
    """The households of one term, page by page."""
    return read_whole(ChangeRow, ROWS, {**_months(month), "term": term, "limit": limit, "offset": offset})
