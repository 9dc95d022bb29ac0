"""资金的承诺: what arrivals, bound money and vouchers must keep by level; each answers only where it is broken."""

from datetime import date

from opendibao.audit.sql_rows import first_row, over_whole_tables, read
from opendibao.budget.book import book
from opendibao.budget.cash import year_use
from opendibao.kernel.money import yuan_said
from opendibao.kernel.month import month_text
from opendibao.payment.level_vouchers import level_differences
from opendibao.payment.models import ExceptionKind, PayRun, ReconException
from opendibao.payment.promise import Check
from opendibao.payment.three_way import three_way
from opendibao.policy.shares import LEVELS

ENTERED = (
    Check(
        "红字到位资金都冲回同一笔，合计不超过原来的金额",
        """SELECT first.number FROM budget_fundarrival red JOIN budget_fundarrival first ON first.id = red.takes_back_id
        GROUP BY first.id HAVING first.amount_fen + sum(red.amount_fen) < 0 OR first.takes_back_id IS NOT NULL
          OR bool_or((red.division, red.year, red.level, red.area, red.source)
            <> (first.division, first.year, first.level, first.area, first.source)) ORDER BY first.number LIMIT 1""",
    ),
    Check(
        "预算指标的每条分录都属于一个批次，写明级次",
        """SELECT '分录' || g.id FROM payment_ledgerleg g JOIN payment_ledgerentry e ON e.id = g.entry_id
        WHERE g.account = 'budget' AND (e.run_id IS NULL OR g.level = '') ORDER BY g.id LIMIT 1""",
    ),
)
ADDED = "各级资金：结转加到位减审核占用，逐月相接到最后，等于逐笔相加"
PAID = "财政凭证的合计和各级次等于应付的，不等的都列为差异、有人负责"
# entry by entry and leg by leg, without the months between
SUMMED = """
WITH kept AS (SELECT division, funds_kept_since(division) AS year FROM budget_fundarrival GROUP BY division)
SELECT coalesce(sum(fen), 0)::bigint FROM (
  SELECT a.amount_fen AS fen FROM budget_fundarrival a JOIN kept ON kept.division = a.division AND kept.year IS NOT NULL
  WHERE a.level = %(level)s
  UNION ALL
  SELECT g.fen FROM payment_ledgerleg g JOIN payment_ledgerentry e ON e.id = g.entry_id
  JOIN payment_payrun r ON r.id = e.run_id JOIN kept ON kept.division = r.division
  WHERE g.account = 'budget' AND g.level = %(level)s AND r.month >= make_date(kept.year, 1, 1)) AS moved
"""
LAST = "SELECT coalesce(max(year), 0) FROM budget_fundarrival"


def said() -> list[str]:
    """Every promise in words, in the order in which they are checked."""
    return [*(check.promise for check in ENTERED), ADDED, PAID]


def promises() -> list[tuple[str, str]]:
    """Every promise with what breaks it (empty: it holds); asked with the county's reach."""
    with over_whole_tables():
        rows = [(check.promise, first_row(check.sql, {})) for check in ENTERED]
        found = [(promise, str(row[0]) if row else "") for promise, row in rows]
        return [*found, (ADDED, _not_added()), (PAID, _not_paid())]


def faults() -> list[str]:
    """What is broken, each with its promise."""
    return [f"应当“{promise}”，但{fault}不符" for promise, fault in promises() if fault]


def _last_year() -> int:
    """The last year in which something was entered, or bound by a run."""
    run = PayRun.objects.order_by("-month").first()
    return max(read(int, LAST, {})[0], run.month.year if run else 0)


def _not_added() -> str:
    """The level whose months do not end at the sum of its entries and legs."""
    used = {row.level: row.left_fen for row in year_use(_last_year(), date.max)}
    if not used:
        return ""
    free = {row.level: row.free_fen for row in book(date.max)}
    for level, zh in LEVELS.items():
        (summed,) = read(int, SUMMED, {"level": level})
        if not used[level] == free[level] == summed:
            return f"{zh}资金：逐月相接{yuan_said(used[level])}元，逐笔相加{yuan_said(summed)}元，"
    return ""


def _not_paid() -> str:
    """The first closed run whose vouchers say otherwise than is owed, in sum or of a level, and nobody was told."""
    for run in PayRun.objects.filter(state="closed").order_by("month"):
        whole = next(row.difference for row in three_way(run.pk).rows if row.key == "voucher")
        odd = {"合计": whole, **{row.zh: row.difference for row in level_differences(run.pk)}}
        for zh, fen in odd.items():
            if fen and not _is_told(run, fen):
                return f"{month_text(run.month)}的{zh}"
    return ""


def _is_told(run: PayRun, fen: int) -> bool:
    return ReconException.objects.filter(run=run, kind=ExceptionKind.VOUCHER, fen=fen).exists()
