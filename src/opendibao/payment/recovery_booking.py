"""追缴记账: what a family must give back is part of what was paid; it comes back, is set off, or is given up.

已付待追回 stands beside 已付 and is never above zero: both together are what families rightly have.
- A claim goes 已付待追回 → 应追缴; cash goes 应追缴 → 已追回.
- What is set off is paid rightly by that (应追缴 → 已付待追回), while the same money of the month stays with the
  county (应付低保金 → 已追回).
- What is waived stays with the family (应追缴 → 已付待追回).
"""

from datetime import date

from opendibao.audit.duties import needs
from opendibao.audit.sql_rows import execute, over_whole_tables
from opendibao.kernel.duties import Duty
from opendibao.payment.models import Account, LedgerEntry, LedgerLeg, Offset, PayRun, Receivable

SET_OFF = """
WITH taken AS (
  SELECT o.fen, o.division, o.receivable_id, l.area FROM payment_offset o JOIN payment_payline l ON l.id = o.line_id
  WHERE o.run_id = %(run)s)
INSERT INTO payment_ledgerleg (entry_id, division, account, level, area, receivable_id, booked_on, fen)
SELECT %(entry)s, %(county)s, 'payable', '', area, NULL::bigint, %(on)s::date, -sum(fen) FROM taken GROUP BY area
UNION ALL
SELECT %(entry)s, division, side.account, '', area, receivable_id, %(on)s::date, side.sign * fen FROM taken
CROSS JOIN (VALUES ('recovered', 1), ('to_recover', -1), ('claimed', 1)) AS side (account, sign)
"""


def _move(receivable: Receivable, on: date, text: str, fen: int, source: Account, target: Account) -> None:
    entry = LedgerEntry.objects.create(division=receivable.division, booked_on=on, text=text)
    LedgerLeg.objects.bulk_create(
        LedgerLeg(
            entry=entry, division=receivable.division, account=account, area=receivable.area, receivable=receivable,
            booked_on=on, fen=amount,
        )
        for account, amount in ((source, -fen), (target, fen))
    )  # fmt: skip


@needs(Duty.PAY)
def book_claim(receivable: Receivable, on: date) -> None:
    """批准追缴: what was paid too much is to be recovered."""
    _move(receivable, on, "批准追缴", receivable.amount_fen, Account.CLAIMED, Account.TO_RECOVER)


@needs(Duty.PAY)
def book_cash_return(receivable: Receivable, on: date, fen: int) -> None:
    """现金退回: the money (fen) is with the county again."""
    _move(receivable, on, "现金退回", fen, Account.TO_RECOVER, Account.RECOVERED)


@needs(Duty.FINANCE)
def book_waiver(receivable: Receivable, on: date, fen: int) -> None:
    """困难减免: the money (fen) stays with the family."""
    _move(receivable, on, "困难减免", fen, Account.TO_RECOVER, Account.CLAIMED)


@needs(Duty.FINANCE)
def book_offsets(run: PayRun, on: date) -> None:
    """抵扣: what a run's lines owe and does not go out, because it goes against receivables."""
    if not Offset.objects.filter(run=run).exists():
        return
    entry = LedgerEntry.objects.create(
        run=run, division=run.division, booked_on=on, text=f"{run.month:%Y-%m} 抵扣应追缴"
    )  # fmt: skip
    with over_whole_tables():
        execute(SET_OFF, {"entry": entry.pk, "run": run.pk, "county": run.division, "on": on})
