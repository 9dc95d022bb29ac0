"""凭证按级次: what each level of treasury pays of a run's money that went out, beside what its vouchers say.

Each line's money is shared as its own run's month shares it: what was held back and goes out later is paid by those who
were bound for it. The county pays what rounding leaves. A voucher that names no level pays for any of them.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read, read_whole
from opendibao.payment.booking import shares_of
from opendibao.payment.models import PayRun
from opendibao.policy.pack import Pack
from opendibao.policy.shares import LEVELS, share_out
from opendibao.rulemaking.queries import pack_in_force

# as in three_way: what left the payable for the first time, of a closed run up to its closing day
WENT = """
SELECT origin.month, line.area, sum(g.fen)::bigint
FROM payment_ledgerleg g JOIN payment_ledgerentry e ON e.id = g.entry_id JOIN payment_attempt a ON a.e2e = g.attempt_id
JOIN payment_payline line ON line.id = a.line_id JOIN payment_payrun origin ON origin.id = line.run_id
WHERE e.run_id = %(run)s AND g.account = 'transit' AND g.fen > 0 AND a.number = 1 AND g.booked_on <= %(until)s::date
GROUP BY 1, 2
"""
SAID = "SELECT level, sum(fen)::bigint FROM payment_voucher WHERE run_id = %(run)s GROUP BY level"


@dataclass(frozen=True)
class _Went:
    month: date
    area: str
    fen: int


@dataclass(frozen=True)
class _Said:
    level: str
    fen: int


@dataclass(frozen=True)
class LevelDue:
    """A level of treasury in fen: its share of what went out, and what its own vouchers say."""

    level: str
    zh: str
    due_fen: int
    voucher_fen: int

    @property
    def difference(self) -> int:
        """How much more the vouchers have."""
        return self.voucher_fen - self.due_fen

    @property
    def begins(self) -> str:
        """The words that begin its exception and by which it is found again."""
        return f"{self.zh}财政凭证："


def due_by_level(run_id: int, pack: Pack | None = None) -> dict[str, int]:
    """What each level pays of what a run sent (fen), the county what the others' shares leave; {} before the sending.

    Raises RuleGap where no pack is in force.
    """
    run = PayRun.objects.get(pk=run_id)
    found: dict[str, int] = defaultdict(int)
    pack = pack or pack_in_force()
    for row in read_whole(_Went, WENT, {"run": run_id, "until": run.closed_on or date.max}):
        for level, fen in share_out(row.fen, shares_of(row.month, pack)).items():
            found[level] += fen
    return dict(found)


def by_level(run_id: int) -> list[LevelDue]:
    """Every level's share beside its vouchers; empty where no voucher of the run names a level."""
    said = {row.level: row.fen for row in read(_Said, SAID, {"run": run_id})}
    if not any(level for level in said):
        return []
    due = due_by_level(run_id)
    return [LevelDue(level, zh, due.get(level, 0), said.get(level, 0)) for level, zh in LEVELS.items()]


def level_differences(run_id: int) -> list[LevelDue]:
    """The levels whose vouchers do not say what they owe.

    While the vouchers with a level do not come to the whole, a level that lacks something may have it in one without
    level or in one that is still to be entered; a level that has too much has too much.
    """
    rows = by_level(run_id)
    is_whole = not sum(row.difference for row in rows)
    return [row for row in rows if row.difference > 0 or (row.difference and is_whole)]
