"""查发放文书: what the papers of a run print: its lines by village, what is held and why, who pays, what came back."""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read, read_whole
from opendibao.payment.models import CheckKind

RUN = """
SELECT id, month, division, state, due_on, frozen_on, maker, checker, finance, second_finance, lines_count, total_fen,
  held_count, held_fen, file_name, file_sha256, sent_on, closed_on
FROM payment_payrun WHERE id = %(run)s
"""
# A line that its run's file does not carry: before the file, what is held and not released; then, what did not go out.
KEPT = """
line.id IN (SELECT line_id FROM payment_hold WHERE run_id = %(run)s)
  AND CASE WHEN (SELECT sent_on FROM payment_payrun WHERE id = %(run)s) IS NULL
    THEN EXISTS (SELECT FROM payment_hold h
      WHERE h.line_id = line.id AND h.run_id = %(run)s AND h.outcome <> 'released')
    ELSE NOT EXISTS (SELECT FROM payment_attempt a WHERE a.line_id = line.id AND a.run_id = %(run)s) END
"""
# the household as it was frozen
ROSTER = f"""
SELECT line.division, line.snapshot ->> 'household', coalesce(line.snapshot ->> 'head', ''),
  CASE WHEN line.snapshot #>> '{{members,0,relation}}' = 'head'
    THEN coalesce(line.snapshot #>> '{{members,0,id_number}}', '') ELSE '' END,
  line.kind, line.persons, line.amount_fen, line.supplement_fen,
  coalesce(line.snapshot #>> '{{account,holder}}', ''), coalesce(line.snapshot #>> '{{account,bank}}', ''),
  coalesce(line.snapshot #>> '{{account,number}}', ''), hold.outcome, {KEPT},
  coalesce(taken.fen, 0), line.month
FROM payment_payline line
LEFT JOIN payment_offset taken ON taken.line_id = line.id
LEFT JOIN (SELECT DISTINCT ON (line_id) line_id, outcome FROM payment_hold WHERE run_id = %(run)s
  ORDER BY line_id, id DESC) AS hold ON hold.line_id = line.id
WHERE line.run_id = %(run)s
ORDER BY line.division COLLATE "C", line.snapshot ->> 'household' COLLATE "C", line.kind <> 'regular', line.month,
  line.kind, line.supplement_no
"""
CONFIRMED = """
SELECT division, officer, confirmed_on FROM payment_confirmation WHERE run_id = %(run)s ORDER BY division
"""
# what approval took from the budget; what came back to it later is no part of the application
BOUND = """
SELECT leg.level, leg.area, (-sum(leg.fen))::bigint
FROM payment_ledgerleg leg JOIN payment_ledgerentry entry ON entry.id = leg.entry_id
WHERE entry.run_id = %(run)s AND leg.account = 'budget' AND leg.fen < 0 GROUP BY 1, 2 ORDER BY 1, 2
"""
# one reason a line: the first of the checks that held it, in the order of the checks
HELD = f"""
WITH held AS (
  SELECT line.amount_fen, (SELECT array_position(%(kinds)s::text[], finding.kind::text) FROM payment_finding finding
    WHERE finding.run_id = line.run_id AND finding.household_id = line.household_id AND finding.outcome = 'held'
    ORDER BY 1 LIMIT 1) AS place
  FROM payment_payline line WHERE line.run_id = %(run)s AND {KEPT})
SELECT coalesce((%(kinds)s::text[])[place], ''), count(*), sum(amount_fen)::bigint
FROM held GROUP BY place ORDER BY place NULLS LAST
"""
SLIP = """
SELECT a.e2e, a.division, line.month, coalesce(line.snapshot ->> 'head', ''), a.holder, a.bank, a.account,
  a.amount_fen, a.state, a.sent_on, a.reason
FROM payment_attempt a JOIN payment_payline line ON line.id = a.line_id WHERE a.e2e = %(e2e)s
"""
CHECKS = {kind.value: str(kind.label) for kind in CheckKind}


@dataclass(frozen=True)
class PaperRun:
    """A run as its papers name it; amounts in fen, `held_fen` is part of `total_fen`."""

    id: int
    month: date
    division: str
    state: str
    due_on: date
    frozen_on: date
    maker: str
    checker: str
    finance: str
    second_finance: str
    lines: int
    total_fen: int
    held: int
    held_fen: int
    file_name: str
    file_sha256: str
    sent_on: date | None
    closed_on: date | None


@dataclass(frozen=True)
class RosterRow:
    """A line of a run as it was frozen; `hold` is the outcome of its hold (empty: still held), None where none was.

    `is_kept` says that the run's file does not carry it, `offset_fen` what of it goes against a receivable instead; of
    what was ordered `month` is the month it is for.
    """

    division: str
    household: str
    head: str
    id_number: str
    kind: str
    persons: int
    fen: int
    supplement_fen: int
    holder: str
    bank: str
    account: str
    hold: str | None
    is_kept: bool
    offset_fen: int
    month: date


@dataclass(frozen=True)
class ConfirmedRow:
    """A township's confirmation."""

    division: str
    officer: str
    confirmed_on: date


@dataclass(frozen=True)
class LevelRow:
    """What a level of treasury gives for an area, in fen; the level is empty where the booking names none."""

    level: str
    area: str
    fen: int


@dataclass(frozen=True)
class HeldRow:
    """How many lines of a run one check holds back, and their fen; `kind` is empty where no check says it."""

    kind: str
    lines: int
    fen: int

    @property
    def zh(self) -> str:
        """The check in words."""
        return CHECKS.get(self.kind, "其他原因")


@dataclass(frozen=True)
class SlipRow:
    """A sending as the family is told of it; fen."""

    e2e: str
    division: str
    month: date
    head: str
    holder: str
    bank: str
    account: str
    fen: int
    state: str
    sent_on: date | None
    reason: str


def paper_run(run_id: int) -> PaperRun | None:
    """The run; None where there is none or it is another county's."""
    return next(iter(read(PaperRun, RUN, {"run": run_id})), None)


def roster_rows(run_id: int) -> list[RosterRow]:
    """Every line of the run that the session sees, by village and household."""
    return read_whole(RosterRow, ROSTER, {"run": run_id})


def confirmed_towns(run_id: int) -> dict[str, ConfirmedRow]:
    """The confirmations of the townships, by their code."""
    return {row.division: row for row in read(ConfirmedRow, CONFIRMED, {"run": run_id})}


def bound_by_level(run_id: int) -> list[LevelRow]:
    """What approval took from the budget, by level of treasury and area; none before approval."""
    return read(LevelRow, BOUND, {"run": run_id})


def held_by_check(run_id: int) -> list[HeldRow]:
    """What the run's file does not carry, by the check that found it; each line once."""
    return read(HeldRow, HELD, {"run": run_id, "kinds": list(CHECKS)})


def slip_row(e2e: str) -> SlipRow | None:
    """A sending by its number; None where there is none or it is another township's."""
    return next(iter(read(SlipRow, SLIP, {"e2e": e2e})), None)
