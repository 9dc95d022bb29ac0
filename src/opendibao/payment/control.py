"""控制数: what a pay run holds by area, and how its sendings stand with the bank; both add up to the run."""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read, read_whole
from opendibao.payment.models import PayRun

AREAS = """
SELECT area, count(*), sum(persons)::bigint, sum(fen)::bigint, sum(supplement_fen)::bigint
FROM (SELECT area, household_id, max(persons) AS persons, sum(amount_fen) AS fen, sum(supplement_fen) AS supplement_fen
  FROM payment_payline WHERE run_id = %(run)s GROUP BY area, household_id) AS household
GROUP BY area ORDER BY area
"""
# the last sending of a line says how it stands; a line without any waits; what goes against a receivable is not sent
STANDING = """
SELECT coalesce(last.state, ''), count(*), sum(line.amount_fen - coalesce(taken.fen, 0))::bigint
FROM payment_payline line LEFT JOIN payment_offset taken ON taken.line_id = line.id LEFT JOIN (
  SELECT DISTINCT ON (a.line_id) a.line_id, a.state FROM payment_attempt a
  JOIN payment_payline mine ON mine.id = a.line_id AND mine.run_id = %(run)s
  ORDER BY a.line_id, a.number DESC) AS last ON last.line_id = line.id
WHERE line.run_id = %(run)s GROUP BY 1 ORDER BY 1
"""


@dataclass(frozen=True)
class ControlRow:
    """An area's share of a run; amounts in fen, `supplement_fen` is part of `fen`."""

    area: str
    households: int
    persons: int
    fen: int
    supplement_fen: int


@dataclass(frozen=True)
class StandingRow:
    """How many lines of a run stand so with the bank (state of the last sending; empty: not sent), and their fen.

    The fen are what is sent of them, without what goes against a receivable.
    """

    state: str
    lines: int
    fen: int


def run_of(month: date) -> PayRun | None:
    """The pay run of a month."""
    return PayRun.objects.filter(month=month).first()


def control_totals(run_id: int) -> list[ControlRow]:
    """What the run owes, by area."""
    return read(ControlRow, AREAS, {"run": run_id})


def standing(run_id: int) -> list[StandingRow]:
    """How the run's lines stand with the bank."""
    return read_whole(StandingRow, STANDING, {"run": run_id})
