"""资金够不够: what a run needs of each level against what has come and is free, before its file goes out.

Money of an area pays that area alone, what came for both pays either. The levels together must have it: that the
database refuses too (run_is_covered). Whether one level may advance what another has not brought is a parameter.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read
from opendibao.budget.arrivals import AREAS, ENTERS_ALONE
from opendibao.budget.refusal import FundRefused
from opendibao.kernel.money import yuan_said
from opendibao.kernel.month import month_text
from opendibao.payment.booking import shares_of
from opendibao.payment.control import control_totals
from opendibao.payment.models import PayRun
from opendibao.policy.shares import LEVELS, share_out
from opendibao.rulemaking.queries import pack_in_force

FIRST_YEAR = "SELECT coalesce(funds_kept_since(%(division)s), 0)"
CAME = """
SELECT a.level, a.area, sum(a.amount_fen)::bigint FROM budget_fundarrival a
WHERE a.division = %(division)s AND fund_available_on(a) <= greatest(%(on)s::date, %(month)s::date) GROUP BY 1, 2
"""
BOUND = """
SELECT g.level, g.area, -sum(g.fen)::bigint
FROM payment_ledgerleg g JOIN payment_ledgerentry e ON e.id = g.entry_id JOIN payment_payrun r ON r.id = e.run_id
WHERE g.account = 'budget' AND r.division = %(division)s AND r.month >= %(started)s::date AND r.month {which} %(month)s
GROUP BY 1, 2
"""
FORMER, OWN = BOUND.format(which="<"), BOUND.format(which="=")
Sums = dict[tuple[str, str], int]


@dataclass(frozen=True)
class _Part:
    level: str
    area: str
    fen: int


@dataclass(frozen=True)
class Shortfall:
    """A level that has not brought what a run needs of it (fen): free before the run, its part, what is missing."""

    level: str
    zh: str
    free_fen: int
    need_fen: int
    short_fen: int


@dataclass(frozen=True)
class Coverage:
    """Whether a run's money is there: `is_kept` is False where no arrivals are entered, and then nothing can be said.

    `short_fen` is what is missing of all levels together; where it is 0, the others advance what a level lacks.
    """

    is_kept: bool
    shortfalls: tuple[Shortfall, ...]
    short_fen: int
    may_advance: bool

    @property
    def is_covered(self) -> bool:
        """Whether the file may go out."""
        return not self.short_fen and (self.may_advance or not self.shortfalls)


def _sums(sql: str, asked: dict[str, object]) -> Sums:
    found: Sums = defaultdict(int)
    for part in read(_Part, sql, asked):
        found[part.level, part.area] += part.fen
    return found


def _by_share(run: PayRun) -> Sums:
    """What a run that finance has not approved yet would bind, as its approval will book it."""
    found: Sums = {}
    for row in control_totals(run.pk):
        found |= {(level, row.area): fen for level, fen in share_out(row.fen, shares_of(run.month)).items()}
    return found


def _missing(came: Sums, needs: Sums, levels: list[str]) -> int:
    """How much of what is needed of some levels, taken as one purse, has not come (fen)."""
    over, both = 0, 0
    for area in AREAS:
        has = sum(came.get((level, area), 0) for level in levels)
        if area:
            over += max(0, sum(needs.get((level, area), 0) for level in levels) - has)
        else:
            both = has
    return max(0, over - both)


def coverage(run_id: int, *, on: date) -> Coverage:
    """What of a run's money is missing on a day, by level and in all; a later month's run does not count."""
    run = PayRun.objects.get(pk=run_id)
    asked: dict[str, object] = {"division": run.division, "on": on, "month": run.month}
    first_year = read(int, FIRST_YEAR, asked)[0]
    if not first_year or run.month.year < first_year:
        return Coverage(is_kept=False, shortfalls=(), short_fen=0, may_advance=True)
    asked["started"] = date(first_year, 1, 1)
    came, former = _sums(CAME, asked), _sums(FORMER, asked)
    own = _sums(OWN, asked) or _by_share(run)
    needs: Sums = {key: former.get(key, 0) + own.get(key, 0) for key in {*former, *own}}
    may_advance = bool(pack_in_force().value("fund.levels_advance", run.month))
    return Coverage(
        True, tuple(_shortfalls(came, former, own, needs)), _missing(came, needs, list(LEVELS)), may_advance
    )


def _shortfalls(came: Sums, former: Sums, own: Sums, needs: Sums) -> list[Shortfall]:
    found = []
    for level, zh in LEVELS.items():
        if short := _missing(came, needs, [level]):
            free, need = (
                sum(sign * fen for sums, sign in parts for (of, _), fen in sums.items() if of == level)
                for parts in (((came, 1), (former, -1)), ((own, 1),))
            )
            found.append(Shortfall(level, zh, free, need, short))
    return found


def can_send(run_id: int, *, on: date) -> list[Shortfall]:
    """The levels whose money for a run is not there on a day; empty where all is there or no arrivals are entered."""
    return list(coverage(run_id, on=on).shortfalls)


def refuse_uncovered(run_id: int, *, on: date) -> None:
    """Raise FundRefused, naming levels and remedy, where a run may not be sent because its money has not come.

    Inside the transaction that sends: whoever would take money back meanwhile waits until that is done.
    """
    read(str, ENTERS_ALONE, {})
    found = coverage(run_id, on=on)
    if found.is_covered:
        return
    month = month_text(PayRun.objects.get(pk=run_id).month)
    levels = "、".join(f"{row.zh}少{yuan_said(row.short_fen)}元" for row in found.shortfalls)
    whole = f"各级合计少{yuan_said(found.short_fen)}元" if found.short_fen else "按参数各级之间不能垫付"
    raise FundRefused(
        f"{month}的到位资金不够：{whole}（{levels}）。钱已经到的，先登记到位资金；没有到的，请财政调度后再送"
    )
