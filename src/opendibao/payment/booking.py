"""记账: books each step of a run; every entry is one INSERT of legs that sum to zero.

Sign: plus is what comes to an account, minus what leaves it, so a balance is the sum of an account's legs.
Money walks 预算指标 → 应付低保金 → 在途 → 已付; a return goes 在途 → 退回待处理 and, sent again, back to 在途. What is
held back goes 应付低保金 → 暂停发放, and from there to 应付低保金 again or back to the budget. The budget has a leg for
every treasury, by its share of the month; the county's is the rest, so that they add up to the fen.
"""

from collections.abc import Sequence
from datetime import date

from opendibao.audit.duties import needs
from opendibao.audit.sql_rows import execute, over_whole_tables
from opendibao.kernel.duties import Duty
from opendibao.payment.models import Account, LedgerEntry, PayRun
from opendibao.policy.pack import Pack
from opendibao.policy.shares import SHARING, WHOLE
from opendibao.rulemaking.queries import pack_in_force

COLUMNS = (
    "INSERT INTO payment_ledgerleg (entry_id, division, account, level, area, attempt_id, line_id, booked_on, fen) "
)
# of rows `owed` (area, fen), what every treasury pays: (area, level, fen)
BY_LEVEL = f"""
shared AS (
  SELECT owed.area, share.level, owed.fen * share.bp / {WHOLE} AS fen
  FROM owed CROSS JOIN unnest(%(levels)s::text[], %(shares)s::bigint[]) AS share (level, bp)),
levels AS (
  SELECT area, level, fen FROM shared
  UNION ALL
  SELECT owed.area, 'county', owed.fen - (SELECT coalesce(sum(s.fen), 0)::bigint FROM shared s WHERE s.area = owed.area)
  FROM owed)
"""
APPROVED = f"""
WITH owed AS (
  SELECT area, sum(amount_fen)::bigint AS fen FROM payment_payline WHERE run_id = %(run)s GROUP BY area),
held AS (
  SELECT h.line_id, h.division, l.area, h.amount_fen AS fen
  FROM payment_hold h JOIN payment_payline l ON l.id = h.line_id WHERE h.run_id = %(run)s),
{BY_LEVEL}
{COLUMNS}
SELECT %(entry)s, %(county)s, 'budget', level, area, NULL, NULL::bigint, %(on)s::date, -fen FROM levels WHERE fen <> 0
UNION ALL
SELECT %(entry)s, %(county)s, 'payable', '', area, NULL, NULL, %(on)s::date, fen FROM owed
UNION ALL
SELECT %(entry)s, %(county)s, 'payable', '', area, NULL, NULL, %(on)s::date, -sum(fen) FROM held GROUP BY area
UNION ALL
SELECT %(entry)s, division, 'suspended', '', area, NULL, line_id, %(on)s::date, fen FROM held
"""
RELEASED = f"""
{COLUMNS}
SELECT %(entry)s, h.division, side.account, '', l.area, NULL, l.id, %(on)s::date, side.sign * h.amount_fen
FROM payment_hold h JOIN payment_payline l ON l.id = h.line_id
CROSS JOIN (VALUES ('suspended', -1), ('payable', 1)) AS side (account, sign) WHERE h.id = %(hold)s
"""
CANCELLED = f"""
WITH owed AS (
  SELECT l.area, h.amount_fen AS fen, h.line_id, h.division
  FROM payment_hold h JOIN payment_payline l ON l.id = h.line_id WHERE h.id = %(hold)s),
{BY_LEVEL}
{COLUMNS}
SELECT %(entry)s, %(county)s, 'budget', level, area, NULL, NULL::bigint, %(on)s::date, fen FROM levels WHERE fen <> 0
UNION ALL
SELECT %(entry)s, division, 'suspended', '', area, NULL, line_id, %(on)s::date, -fen FROM owed
"""
# A first sending takes what is payable, a later one what came back. What an earlier run owes and this file carries is
# booked line by line, so that what each run still owes can be told.
SENT = f"""
WITH sent AS (
  SELECT a.e2e, a.number, a.division, a.amount_fen AS fen, l.area, l.id AS line_id, l.run_id
  FROM payment_attempt a JOIN payment_payline l ON l.id = a.line_id
  WHERE a.run_id = %(run)s AND a.file_no = %(file_no)s)
{COLUMNS}
SELECT %(entry)s, division, 'transit', '', area, e2e, NULL::bigint, %(on)s::date, fen FROM sent
UNION ALL
SELECT %(entry)s, %(county)s, 'payable', '', area, NULL, NULL, %(on)s::date, -sum(fen) FROM sent
WHERE number = 1 AND run_id = %(run)s GROUP BY area
UNION ALL
SELECT %(entry)s, division, 'payable', '', area, NULL, line_id, %(on)s::date, -fen FROM sent
WHERE number = 1 AND run_id <> %(run)s
UNION ALL
SELECT %(entry)s, sent.division, 'returned', '', sent.area, former.e2e, NULL, %(on)s::date, -sent.fen
FROM sent JOIN payment_attempt former ON former.line_id = sent.line_id AND former.number = sent.number - 1
"""
MOVED = f"""
{COLUMNS}
SELECT %(entry)s, a.division, side.account, '', line.area, a.e2e, NULL, %(on)s::date, side.sign * a.amount_fen
FROM payment_attempt a JOIN payment_payline line ON line.id = a.line_id
CROSS JOIN (VALUES (%(source)s, -1), (%(target)s, 1)) AS side (account, sign)
WHERE a.run_id = %(run)s AND a.e2e = ANY(%(e2es)s)
"""
REISSUED = f"""
{COLUMNS}
SELECT %(entry)s, a.division, side.account, '', line.area, side.e2e, NULL, %(on)s::date, side.sign * a.amount_fen
FROM payment_attempt a JOIN payment_payline line ON line.id = a.line_id
JOIN payment_attempt former ON former.line_id = a.line_id AND former.number = a.number - 1
CROSS JOIN LATERAL (VALUES ('returned', -1, former.e2e), ('transit', 1, a.e2e)) AS side (account, sign, e2e)
WHERE a.run_id = %(run)s AND a.e2e = ANY(%(e2es)s)
"""


def shares_of(month: date, pack: Pack | None = None) -> list[int]:
    """What the treasuries above the county pay of a month, in basis points, in the order of SHARING (0: nothing said).

    Where no sharing is in force the county pays all.
    """
    found = pack or pack_in_force()
    rows = [found.find(f"cost_share.{level}", month) for level in SHARING]
    return [int(row.value) if row else 0 for row in rows]


def _book(sql: str, run: PayRun, on: date, text: str, **more: object) -> None:
    """One entry with its legs; `text` is the summary printed in the ledger."""
    entry = LedgerEntry.objects.create(run=run, division=run.division, booked_on=on, text=f"{run.month:%Y-%m} {text}")
    with over_whole_tables():
        execute(sql, {"entry": entry.pk, "run": run.pk, "county": run.division, "on": on, **more})


def _sharing(run: PayRun) -> dict[str, object]:
    return {"levels": list(SHARING), "shares": shares_of(run.month)}


@needs(Duty.FINANCE)
def book_approval(run: PayRun, on: date) -> None:
    """财政审核: every treasury's budget is bound for what the run owes; what is held back waits apart."""
    _book(APPROVED, run, on, "财政审核通过", **_sharing(run))


@needs(Duty.PAY)
def book_released_hold(run: PayRun, on: date, hold_id: int) -> None:
    """解除暂缓: what was held back is payable."""
    _book(RELEASED, run, on, "解除暂缓", hold=hold_id)


@needs(Duty.PAY)
def book_cancelled_hold(run: PayRun, on: date, hold_id: int) -> None:
    """不再发放: what was held back goes back to the treasuries it came from."""
    _book(CANCELLED, run, on, "暂缓后不再发放", hold=hold_id, **_sharing(run))


@needs(Duty.PAY)
def book_sending(run: PayRun, on: date, file_no: int = 1) -> None:
    """出盘: everything in one file of the run is on its way, one leg per sending."""
    _book(SENT, run, on, "送银行" if file_no == 1 else "退回后再次送银行", file_no=file_no)


@needs(Duty.PAY)
def book_paid(run: PayRun, booked_on: date, e2es: Sequence[str]) -> None:
    """到账: booked by the bank on a day; `run` is the run whose file carried the sendings."""
    _book(MOVED, run, booked_on, "银行记账到户", source=Account.TRANSIT, target=Account.PAID, e2es=list(e2es))


@needs(Duty.PAY)
def book_returned(run: PayRun, on: date, e2es: Sequence[str]) -> None:
    """退回: back from the bank, waiting for an account that works; `run` as for `book_paid`."""
    _book(MOVED, run, on, "银行退回", source=Account.TRANSIT, target=Account.RETURNED, e2es=list(e2es))


@needs(Duty.PAY)
def book_reissue(run: PayRun, on: date, e2es: Sequence[str]) -> None:
    """补发: the returned money of the former sendings goes out with the new ones (`book_sending` does whole files)."""
    _book(REISSUED, run, on, "退回后再次送银行", e2es=list(e2es))
