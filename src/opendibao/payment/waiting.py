"""待补发: sendings that came back and were not sent again, and whether the family's account has changed since."""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read

RETURNED = """
SELECT line.household_id, line.division, line.month, a.amount_fen, a.sent_on, a.reason,
  coalesce((SELECT (b.holder, b.bank, b.number) IS DISTINCT FROM (a.holder, a.bank, a.account)
    FROM registry_bankaccount b WHERE b.household_id = line.household_id AND b.valid @> %(on)s::date
      AND upper_inf(b.recorded)), false)
FROM payment_attempt a JOIN payment_payline line ON line.id = a.line_id
WHERE a.state = 'returned'
  AND NOT EXISTS (SELECT FROM payment_attempt b WHERE b.line_id = a.line_id AND b.number > a.number)
  AND NOT EXISTS (SELECT FROM payment_reconexception x WHERE x.attempt_id = a.e2e AND x.resolution = 'stop')
ORDER BY a.sent_on, a.e2e
"""


@dataclass(frozen=True)
class ReturnedWaiting:
    """Money (fen) that came back for a month and waits; with a corrected account it can be sent again."""

    household_id: int
    division: str
    month: date
    fen: int
    sent_on: date
    reason: str
    has_new_account: bool


def returned_waiting(on: date) -> list[ReturnedWaiting]:
    """What the bank returned and nobody has sent again or stopped, the oldest first; accounts are those of day `on`."""
    return read(ReturnedWaiting, RETURNED, {"on": on})
