"""并入下批: what earlier months still owe and the next run's first file carries: corrected returns, released holds."""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.duties import needs
from opendibao.audit.sql_rows import execute, read
from opendibao.kernel.duties import Duty
from opendibao.payment.models import PayRun

COLUMNS = """
INSERT INTO payment_attempt (e2e, line_id, run_id, file_no, number, division, holder, bank, account, amount_fen, state,
  sent_on, reason)
"""
# e2e = month, household, R(egular), S(upplement), P(rice) or B(ack-pay), number of the supplement, of the sending
FIRST_E2E = """to_char(line.month, 'YYYYMM') || '-' || (line.snapshot ->> 'household') || '-'
    || upper(left(line.kind, 1)) || '-' || line.supplement_no || '-1'"""
# what goes against a receivable is not sent
NET = "line.amount_fen - coalesce((SELECT o.fen FROM payment_offset o WHERE o.line_id = line.id), 0)"
ACCOUNT_NOW = "a.household_id = line.household_id AND a.valid @> %(on)s::date AND upper_inf(a.recorded)"
# The list says where the money of a line goes. One that was held back and released goes to the account of the day: it
# may be the account for which it was held.
OWN = f"""
{COLUMNS}
SELECT {FIRST_E2E}, line.id, line.run_id, 1, 1, line.division,
  coalesce(a.holder, line.snapshot #>> '{{account,holder}}', ''),
  coalesce(a.bank, line.snapshot #>> '{{account,bank}}', ''),
  coalesce(a.number, line.snapshot #>> '{{account,number}}', ''), {NET}, 'sent', %(on)s::date, ''
FROM payment_payline line
LEFT JOIN (
  SELECT line_id, bool_and(outcome = 'released') AS is_free FROM payment_hold WHERE run_id = %(run)s GROUP BY line_id
) AS held ON held.line_id = line.id
LEFT JOIN registry_bankaccount a ON held.is_free AND {ACCOUNT_NOW}
WHERE line.run_id = %(run)s AND (held.line_id IS NULL OR held.is_free AND a.id IS NOT NULL)
"""
# whose own line of this very list waits held back gets nothing of earlier months either: his account may be the doubt
WAITS = """EXISTS (SELECT FROM payment_hold own JOIN payment_payline mine ON mine.id = own.line_id
    WHERE own.run_id = %(run)s AND own.outcome = '' AND mine.household_id = line.household_id)"""
# a line whose last sending came back, whose account is another one since, and that nobody has stopped
CORRECTED = f"""
FROM payment_attempt last
JOIN payment_payline line ON line.id = last.line_id
JOIN payment_payrun former ON former.id = line.run_id
JOIN registry_household home ON home.id = line.household_id
JOIN registry_bankaccount a ON {ACCOUNT_NOW}
WHERE last.state = 'returned' AND (a.holder, a.bank, a.number) IS DISTINCT FROM (last.holder, last.bank, last.account)
  AND NOT EXISTS (SELECT FROM payment_attempt later WHERE later.line_id = line.id AND later.number > last.number)
  AND NOT EXISTS (SELECT FROM payment_reconexception x WHERE x.attempt_id = last.e2e AND x.resolution = 'stop')
"""
RELEASED = f"""
FROM payment_payline line
JOIN payment_payrun former ON former.id = line.run_id
JOIN registry_household home ON home.id = line.household_id
LEFT JOIN registry_bankaccount a ON {ACCOUNT_NOW}
WHERE line.id IN (SELECT line_id FROM payment_hold WHERE outcome = 'released')
  AND NOT EXISTS (SELECT FROM payment_hold h WHERE h.line_id = line.id AND h.outcome <> 'released')
  AND NOT EXISTS (SELECT FROM payment_attempt sent WHERE sent.line_id = line.id)
"""
AGAIN_E2E = "regexp_replace(last.e2e, '[0-9]+$', (last.number + 1)::text)"
AGAIN = f"""
{COLUMNS}
SELECT {AGAIN_E2E}, line.id, %(run)s, %(file_no)s, last.number + 1, line.division, a.holder, a.bank, a.number,
  {NET}, 'sent', %(on)s::date, '' {CORRECTED}
"""
LATE = f"""
{COLUMNS}
SELECT {FIRST_E2E}, line.id, %(run)s, 1, 1, line.division, a.holder, a.bank, a.number, {NET}, 'sent',
  %(on)s::date, '' {RELEASED} AND former.month < %(month)s AND a.id IS NOT NULL AND NOT {WAITS}
"""
JOINING = f"""
SELECT home.number, line.month, {NET}, 'returned', true, {WAITS} {CORRECTED} AND former.month < %(month)s
UNION ALL
SELECT home.number, line.month, line.amount_fen, 'released', a.id IS NOT NULL, {WAITS}
{RELEASED} AND former.month < %(month)s
ORDER BY 2, 1
"""
JOINED = """
SELECT home.number, line.month, a.amount_fen, CASE WHEN a.number > 1 THEN 'returned' ELSE 'released' END, true, false
FROM payment_attempt a JOIN payment_payline line ON line.id = a.line_id
JOIN registry_household home ON home.id = line.household_id
WHERE a.run_id = %(run)s AND a.file_no = 1 AND line.run_id <> %(run)s ORDER BY 2, 1
"""
WHY = {"returned": "退回后账户已更正", "released": "暂缓已解除"}
NO_ACCOUNT = "暂缓已解除，但还没有银行账户，登记后才能发放"
STILL_HELD = "这户本月暂缓，查清以前一起等"


@dataclass(frozen=True)
class _Found:
    household: str
    month: date
    fen: int
    why: str
    has_account: bool
    waits: bool

    def as_row(self) -> "JoiningRow":
        why = STILL_HELD if self.waits else WHY[self.why] if self.has_account else NO_ACCOUNT
        return JoiningRow(self.household, self.month, self.fen, why, self.has_account and not self.waits)


@dataclass(frozen=True)
class JoiningRow:
    """Money (fen) that an earlier month owes a household, why it comes now, and whether this file can carry it."""

    household: str
    month: date
    fen: int
    why: str
    goes: bool


def joining(run_id: int, on: date) -> list[JoiningRow]:
    """What of earlier months goes out with the run's first file, the oldest first; accounts are those of the day `on`.

    Of a run that is sent: what went out with it.
    """
    run = PayRun.objects.filter(pk=run_id).first()
    if run is None:
        return []
    sql = JOINED if run.sent_on else JOINING
    return [found.as_row() for found in read(_Found, sql, {"run": run.pk, "month": run.month, "on": on})]


@needs(Duty.PAY)
def put_down(run: PayRun, on: date) -> int:
    """Put down the sendings of a run's first file: its own lines that are not held, and what joins them."""
    asked = {"run": run.pk, "on": on, "month": run.month, "file_no": 1}
    own = execute(OWN, asked)
    returned = execute(f"{AGAIN} AND former.month < %(month)s AND NOT {WAITS}", asked)
    return own + returned + execute(LATE, asked)


@needs(Duty.PAY)
def put_down_again(run: PayRun, file_no: int, on: date) -> int:
    """Put down the sendings of a file of its own: what came back of this run and has another account now."""
    return execute(f"{AGAIN} AND line.run_id = %(run)s", {"run": run.pk, "on": on, "file_no": file_no})
