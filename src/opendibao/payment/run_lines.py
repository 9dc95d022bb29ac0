"""批次名册: the lines of a run as they were frozen, page by page, and what they come to by area and by village."""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read, read_whole
from opendibao.kernel.month import add_months, month_of
from opendibao.payment.models import PayRun
from opendibao.payment.states import RunState

# what a check held back before the run was counted again stays out of its file
HELD = """
EXISTS (SELECT FROM payment_finding f
  WHERE f.run_id = line.run_id AND f.household_id = line.household_id AND f.outcome = 'held')
"""
CHOSEN = f"""
FROM payment_payline line
WHERE line.run_id = %(run)s AND starts_with(line.division, %(reach)s) AND (%(area)s = '' OR line.area = %(area)s)
  AND (NOT %(only_held)s OR {HELD})
"""
SUMS = f"""
SELECT line.area, count(DISTINCT line.household_id), sum(line.persons)::bigint, sum(line.amount_fen)::bigint,
  sum(line.supplement_fen)::bigint,
  count(DISTINCT line.household_id) FILTER (WHERE {HELD}), coalesce(sum(line.persons) FILTER (WHERE {HELD}), 0)::bigint,
  coalesce(sum(line.amount_fen) FILTER (WHERE {HELD}), 0)::bigint
FROM payment_payline line WHERE line.run_id = %(run)s AND starts_with(line.division, %(reach)s)
GROUP BY line.area ORDER BY line.area
"""
ROWS = f"""
SELECT line.snapshot ->> 'household', line.snapshot ->> 'head', line.division, line.area, line.persons,
  line.amount_fen, line.supplement_fen, line.snapshot ->> 'decision', {HELD}
{CHOSEN} ORDER BY line.division COLLATE "C", line.snapshot ->> 'household', line.supplement_no
LIMIT %(limit)s OFFSET %(offset)s
"""
TOTAL = f"SELECT count(*), coalesce(sum(line.persons), 0)::bigint, coalesce(sum(line.amount_fen), 0)::bigint {CHOSEN}"
VILLAGES = """
WITH now AS (
  SELECT division, count(DISTINCT household_id) AS households, sum(persons)::bigint AS persons,
    sum(amount_fen)::bigint AS fen
  FROM payment_payline WHERE run_id = %(run)s AND starts_with(division, %(reach)s) GROUP BY division),
former AS (
  SELECT line.division, count(DISTINCT line.household_id) AS households, sum(line.amount_fen)::bigint AS fen
  FROM payment_payline line JOIN payment_payrun r ON r.id = line.run_id
  WHERE r.month = %(former)s AND starts_with(line.division, %(reach)s) GROUP BY line.division)
SELECT coalesce(now.division, former.division), coalesce(now.households, 0), coalesce(now.persons, 0)::bigint,
  coalesce(now.fen, 0)::bigint, coalesce(former.households, 0), coalesce(former.fen, 0)::bigint
FROM now FULL JOIN former ON former.division = now.division ORDER BY 1
"""


@dataclass(frozen=True)
class RunSum:
    """An area's share of a run in fen (`supplement_fen` is part of `fen`), and the part of it that is held back."""

    area: str
    households: int
    persons: int
    fen: int
    supplement_fen: int
    held_households: int
    held_persons: int
    held_fen: int


@dataclass(frozen=True)
class LineRow:
    """A line of a run; amounts in fen, `supplement_fen` is part of `fen`."""

    household: str
    head: str | None
    division: str
    area: str
    persons: int
    fen: int
    supplement_fen: int
    decision: str
    is_held: bool


@dataclass(frozen=True)
class LineTotal:
    """How many lines and persons a part of a run has, and their fen."""

    lines: int
    persons: int
    fen: int


@dataclass(frozen=True)
class VillageRow:
    """A village's part of a run beside that of the month before; amounts in fen."""

    division: str
    households: int
    persons: int
    fen: int
    was_households: int
    was_fen: int


def run_sums(run_id: int, *, reach: str = "") -> list[RunSum]:
    """What a run owes by area, within a reach (code prefix, see kernel.ids.reach_of), and what of it is held back."""
    return read_whole(RunSum, SUMS, {"run": run_id, "reach": reach})


def _asked(run_id: int, reach: str, area: str, *, only_held: bool) -> dict[str, object]:
    return {"run": run_id, "reach": reach, "area": area, "only_held": only_held}


def line_total(run_id: int, *, reach: str = "", area: str = "", only_held: bool = False) -> LineTotal:
    """The sums of the rows that `line_rows` lists."""
    return read_whole(LineTotal, TOTAL, _asked(run_id, reach, area, only_held=only_held))[0]


def line_rows(
    run_id: int, *, reach: str = "", area: str = "", only_held: bool = False, limit: int = 50, offset: int = 0
) -> list[LineRow]:
    """The lines of a run by village, page by page."""
    asked = _asked(run_id, reach, area, only_held=only_held)
    return read(LineRow, ROWS, {**asked, "limit": limit, "offset": offset})


def village_rows(run_id: int, month: date, *, reach: str = "") -> list[VillageRow]:
    """A run by village, beside the month before it."""
    return read_whole(VillageRow, VILLAGES, {"run": run_id, "former": add_months(month, -1), "reach": reach})


def run_at_hand(today: date) -> tuple[date, PayRun | None]:
    """The month that is being paid, with its run: the newest while open, else the one after it, which has none yet.

    Before any run it is today's month.
    """
    newest = PayRun.objects.order_by("-month").first()
    if newest is None:
        return month_of(today), None
    return (add_months(newest.month, 1), None) if newest.state == RunState.CLOSED else (newest.month, newest)
