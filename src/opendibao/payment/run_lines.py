"""批次名册: the lines of a run as they were frozen, page by page, and what they come to by area and by village."""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read, read_whole
from opendibao.kernel.month import add_months, month_of
from opendibao.payment.models import ORDERED, PayRun
from opendibao.payment.states import RunState

# what a check held back before the run was counted again stays out of its file
HELD = """
EXISTS (SELECT FROM payment_finding f
  WHERE f.run_id = line.run_id AND f.household_id = line.household_id AND f.outcome = 'held')
"""
# what of a line goes against a receivable and not to the bank
TAKEN = "(SELECT o.fen FROM payment_offset o WHERE o.line_id = line.id)"
CHOSEN = f"""
FROM payment_payline line
WHERE line.run_id = %(run)s AND starts_with(line.division, %(reach)s) AND (%(area)s = '' OR line.area = %(area)s)
  AND (NOT %(only_held)s OR {HELD})
"""
KINDS = ",\n    ".join(
    f"count(*) FILTER (WHERE line.kind = '{kind}') AS {kind}s,"
    f" sum(line.amount_fen) FILTER (WHERE line.kind = '{kind}') AS {kind}s_fen"
    for kind, _zh in ORDERED
)
SUMS = f"""
SELECT area, count(*), sum(persons)::bigint, sum(fen)::bigint, sum(supplement_fen)::bigint,
  count(*) FILTER (WHERE is_held), coalesce(sum(persons) FILTER (WHERE is_held), 0)::bigint,
  coalesce(sum(fen) FILTER (WHERE is_held), 0)::bigint,
  coalesce(sum(taken) FILTER (WHERE NOT is_held), 0)::bigint, sum(offsets)::bigint,
  sum(supplements)::bigint, coalesce(sum(supplements_fen), 0)::bigint, sum(prices)::bigint,
  coalesce(sum(prices_fen), 0)::bigint, sum(backpays)::bigint, coalesce(sum(backpays_fen), 0)::bigint
FROM (SELECT line.area, max(line.persons) AS persons, sum(line.amount_fen) AS fen,
    sum(line.supplement_fen) AS supplement_fen, bool_or({HELD}) AS is_held, sum({TAKEN}) AS taken,
    count({TAKEN}) AS offsets, {KINDS}
  FROM payment_payline line WHERE line.run_id = %(run)s AND starts_with(line.division, %(reach)s)
  GROUP BY line.area, line.household_id) AS household
GROUP BY area ORDER BY area
"""
ROWS = f"""
SELECT line.snapshot ->> 'household', line.snapshot ->> 'head', line.division, line.area, line.persons,
  line.amount_fen, line.supplement_fen, line.snapshot ->> 'decision', {HELD}, line.kind, line.month,
  coalesce({TAKEN}, 0)
{CHOSEN} ORDER BY line.division COLLATE "C", line.snapshot ->> 'household', line.kind <> 'regular', line.month,
  line.kind, line.supplement_no
LIMIT %(limit)s OFFSET %(offset)s
"""
TOTAL = f"""
SELECT coalesce(sum(lines), 0)::bigint, coalesce(sum(persons), 0)::bigint, coalesce(sum(fen), 0)::bigint
FROM (SELECT count(*) AS lines, max(line.persons) AS persons, sum(line.amount_fen) AS fen {CHOSEN}
  GROUP BY line.household_id) AS household
"""
VILLAGES = """
WITH now AS (
  SELECT division, count(*) AS households, sum(persons)::bigint AS persons, sum(fen)::bigint AS fen
  FROM (SELECT division, max(persons) AS persons, sum(amount_fen) AS fen FROM payment_payline
    WHERE run_id = %(run)s AND starts_with(division, %(reach)s) GROUP BY division, household_id) AS household
  GROUP BY division),
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
    """An area's share of a run in fen (`supplement_fen` is part of `fen`), and the part of it that is held back.

    `offset_fen` of `offsets` lines goes against receivables: the bank gets what is neither held back nor set off.
    `supplements`, `prices` and `backpays` are lines that were ordered beside the month's own.
    """

    area: str
    households: int
    persons: int
    fen: int
    supplement_fen: int
    held_households: int
    held_persons: int
    held_fen: int
    offset_fen: int
    offsets: int
    supplements: int
    supplements_fen: int
    prices: int
    prices_fen: int
    backpays: int
    backpays_fen: int

    @property
    def out_fen(self) -> int:
        """What goes to the bank."""
        return self.fen - self.held_fen - self.offset_fen

    @property
    def regular_fen(self) -> int:
        """What is the month's own."""
        return self.fen - self.supplements_fen - self.prices_fen - self.backpays_fen


@dataclass(frozen=True)
class LineRow:
    """A line of a run; amounts in fen, `supplement_fen` is part of `fen`, `offset_fen` goes against a receivable.

    `kind` is PayLine.kind; of what was ordered `month` is the month it is for.
    """

    household: str
    head: str | None
    division: str
    area: str
    persons: int
    fen: int
    supplement_fen: int
    decision: str
    is_held: bool
    kind: str
    month: date
    offset_fen: int


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
