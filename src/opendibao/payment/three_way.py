"""三方核对: what our ledger, finance's vouchers and the bank's statement say of a run, side by side in fen.

Of a closed run the bookings and the statement count up to its closing day: what is sent again later is the later
statement's matter. Its vouchers count whatever their day, since each is entered for one run.
The statement's 付出 is every sum that left the account, its 退回 what came back into it; the first less the second
stayed with the families. The newest statement of a run counts, so that overlapping ones add nothing twice.
"""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read_whole
from opendibao.kernel.money import yuan_said
from opendibao.payment.models import PayRun

SUMS = """
WITH legs AS (
  SELECT g.account, g.fen, a.number, g.attempt_id FROM payment_ledgerleg g
  JOIN payment_ledgerentry e ON e.id = g.entry_id JOIN payment_attempt a ON a.e2e = g.attempt_id
  WHERE e.run_id = %(run)s AND g.booked_on <= %(until)s::date),
lines AS (
  SELECT movement, fen FROM payment_statementline WHERE booked_on <= %(until)s::date AND file_id = (
    SELECT max(id) FROM payment_bankfile WHERE run_id = %(run)s AND kind = 'statement'))
SELECT
  coalesce((SELECT sum(fen) FROM legs WHERE account = 'transit' AND fen > 0 AND number = 1), 0)::bigint,
  coalesce((SELECT sum(fen) FROM payment_voucher WHERE run_id = %(run)s), 0)::bigint,
  coalesce((SELECT sum(fen) FROM lines WHERE movement = 'in'), 0)::bigint,
  coalesce((SELECT sum(fen) FROM legs WHERE account = 'paid'), 0)::bigint,
  coalesce((SELECT sum(answered_fen) FROM payment_attempt
    WHERE run_id = %(run)s AND state = 'differs' AND booked_on <= %(until)s::date), 0)::bigint,
  coalesce((SELECT sum(fen) FROM lines WHERE movement = 'out'), 0)::bigint
    - coalesce((SELECT sum(fen) FROM lines WHERE movement = 'back'), 0)::bigint,
  coalesce((SELECT sum(fen) FROM legs WHERE account = 'returned' AND fen > 0), 0)::bigint,
  coalesce((SELECT sum(fen) FROM lines WHERE movement = 'back'), 0)::bigint,
  EXISTS (SELECT FROM payment_voucher WHERE run_id = %(run)s),
  EXISTS (SELECT FROM payment_bankfile WHERE run_id = %(run)s AND kind = 'statement')
"""


@dataclass(frozen=True)
class ThreeWayRow:
    """One line of the comparison in fen: what the ledger has, and what the other side says."""

    key: str
    zh: str
    ledger_fen: int
    other: str
    other_fen: int

    @property
    def difference(self) -> int:
        """How much more the other side has."""
        return self.other_fen - self.ledger_fen

    @property
    def words(self) -> str:
        """The comparison in words."""
        return f"{self.zh}：台账{yuan_said(self.ledger_fen)}元，{self.other}{yuan_said(self.other_fen)}元"


@dataclass(frozen=True)
class ThreeWay:
    """The sums of the three sides in fen.

    `ledger_sent` is what left the payable for the first time (what came back and is sent again needs no new money),
    `differs_answered` what the bank says it booked where that is another amount, `statement_out` what left the account
    less what came back into it.
    """

    ledger_sent: int
    vouchers: int
    statement_in: int
    ledger_paid: int
    differs_answered: int
    statement_out: int
    ledger_returned: int
    statement_back: int
    has_vouchers: bool
    has_statement: bool

    @property
    def rows(self) -> list[ThreeWayRow]:
        """The comparisons, line by line as they are printed."""
        paid = self.ledger_paid + self.differs_answered
        return [
            ThreeWayRow("voucher", "送银行与财政凭证", self.ledger_sent, "财政支付凭证", self.vouchers),
            ThreeWayRow("in", "送银行与拨入", self.ledger_sent, "对账单拨入", self.statement_in),
            ThreeWayRow("out", "已付（含金额不符的银行所报）与付出", paid, "对账单付出减退回", self.statement_out),
            ThreeWayRow("back", "退回与退回入账", self.ledger_returned, "对账单退回入账", self.statement_back),
        ]

    @property
    def differences(self) -> list[ThreeWayRow]:
        """The lines that do not agree."""
        return [row for row in self.rows if row.difference]

    @property
    def holds(self) -> bool:
        """Whether all three agree to the fen, and both others have spoken."""
        return self.has_vouchers and self.has_statement and not self.differences


def three_way(run_id: int) -> ThreeWay:
    """The three sides of a run; of a closed one what was booked up to its closing day."""
    run = PayRun.objects.get(pk=run_id)
    (sums,) = read_whole(ThreeWay, SUMS, {"run": run_id, "until": run.closed_on or date.max})
    return sums
