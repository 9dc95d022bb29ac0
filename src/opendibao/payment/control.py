"""控制数: what a pay run holds by area, and how its sendings stand with the bank; both add up to the run."""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read, read_whole
from opendibao.payment.models import PayRun

AREAS = """
SELECT area, count(DISTINCT household_id), sum(persons)::bigint, sum(amount_fen)::bigint, sum(supplement_fen)::bigint
FROM payment_payline WHERE run_id = %(run)s GROUP BY area ORDER BY area
"""
# the last sending of a line says how it stands; a line without any waits (a sending's number begins with the month)
STANDING = """
SELECT coalesce(last.state, ''), count(*), sum(line.amount_fen)::bigint
FROM payment_payline line LEFT JOIN (
  SELECT DISTINCT ON (a.line_id) a.line_id, a.state FROM payment_attempt a WHERE starts_with(a.e2e, %(begins)s)
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
    """How many lines of a run stand so with the bank (state of the last sending; empty: not sent), and their fen."""

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
    run = PayRun.objects.get(pk=run_id)
    return read_whole(StandingRow, STANDING, {"run": run_id, "begins": f"{run.month:%Y%m}"})
