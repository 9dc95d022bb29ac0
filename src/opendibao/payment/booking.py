"""记账: books each step of a run; every entry is one INSERT of legs that sum to zero.

Sign: plus is what comes to an account, minus what leaves it, so a balance is the sum of an account's legs.
Money walks 预算指标 → 应付低保金 → 在途 → 已付; a return goes 在途 → 退回待处理 and, sent again, back to 在途.
"""

from collections.abc import Sequence
from datetime import date

from opendibao.audit.duties import needs
from opendibao.audit.sql_rows import execute, over_whole_tables
from opendibao.kernel.duties import Duty
from opendibao.payment.models import Account, LedgerEntry, PayRun

COLUMNS = "INSERT INTO payment_ledgerleg (entry_id, division, account, area, attempt_id, booked_on, fen) "
APPROVED = (
    COLUMNS
    + """
SELECT %(entry)s, %(county)s, side.account, line.area, NULL, %(on)s::date, side.sign * sum(line.amount_fen)
FROM payment_payline line CROSS JOIN (VALUES ('budget', -1), ('payable', 1)) AS side (account, sign)
WHERE line.run_id = %(run)s GROUP BY side.account, side.sign, line.area
"""
)
SENT = (
    COLUMNS
    + """
SELECT %(entry)s, a.division, 'transit', line.area, a.e2e, %(on)s::date, a.amount_fen
FROM payment_attempt a JOIN payment_payline line ON line.id = a.line_id
WHERE line.run_id = %(run)s AND a.number = 1
UNION ALL
SELECT %(entry)s, %(county)s, 'payable', line.area, NULL, %(on)s::date, -sum(a.amount_fen)
FROM payment_attempt a JOIN payment_payline line ON line.id = a.line_id
WHERE line.run_id = %(run)s AND a.number = 1 GROUP BY line.area
"""
)
MOVED = (
    COLUMNS
    + """
SELECT %(entry)s, a.division, side.account, line.area, a.e2e, %(on)s::date, side.sign * a.amount_fen
FROM payment_attempt a JOIN payment_payline line ON line.id = a.line_id
CROSS JOIN (VALUES (%(source)s, -1), (%(target)s, 1)) AS side (account, sign)
WHERE line.run_id = %(run)s AND a.e2e = ANY(%(e2es)s)
"""
)
REISSUED = (
    COLUMNS
    + """
SELECT %(entry)s, a.division, side.account, line.area, side.e2e, %(on)s::date, side.sign * a.amount_fen
FROM payment_attempt a JOIN payment_payline line ON line.id = a.line_id
JOIN payment_attempt former ON former.line_id = a.line_id AND former.number = a.number - 1
CROSS JOIN LATERAL (VALUES ('returned', -1, former.e2e), ('transit', 1, a.e2e)) AS side (account, sign, e2e)
WHERE line.run_id = %(run)s AND a.e2e = ANY(%(e2es)s)
"""
)


def _book(sql: str, run: PayRun, on: date, text: str, **more: object) -> None:
    """One entry with its legs; `text` is the summary printed in the ledger."""
    entry = LedgerEntry.objects.create(run=run, division=run.division, booked_on=on, text=f"{run.month:%Y-%m} {text}")
    with over_whole_tables():
        execute(sql, {"entry": entry.pk, "run": run.pk, "county": run.division, "on": on, **more})


@needs(Duty.FINANCE)
def book_approval(run: PayRun, on: date) -> None:
    """财政审核: the budget is bound for what the run owes."""
    _book(APPROVED, run, on, "财政审核通过")


@needs(Duty.PAY)
def book_sending(run: PayRun, on: date) -> None:
    """出盘: what was owed is on its way, one leg per sending."""
    _book(SENT, run, on, "送银行")


@needs(Duty.PAY)
def book_paid(run: PayRun, booked_on: date, e2es: Sequence[str]) -> None:
    """到账: booked by the bank on a day."""
    _book(MOVED, run, booked_on, "银行记账到户", source=Account.TRANSIT, target=Account.PAID, e2es=list(e2es))


@needs(Duty.PAY)
def book_returned(run: PayRun, on: date, e2es: Sequence[str]) -> None:
    """退回: back from the bank, waiting for an account that works."""
    _book(MOVED, run, on, "银行退回", source=Account.TRANSIT, target=Account.RETURNED, e2es=list(e2es))


@needs(Duty.PAY)
def book_reissue(run: PayRun, on: date, e2es: Sequence[str]) -> None:
    """补发: the returned money of the former sending goes out with the new one."""
    _book(REISSUED, run, on, "退回后再次送银行", e2es=list(e2es))
