"""退回名单: each payment that came back, whether the family's account has changed since, and what became of it."""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read

# what was sent again stays on the list until the bank has booked it, and for a while after
RETURNED = """
SELECT line.household_id, h.number, coalesce(line.snapshot ->> 'head', ''), line.division, line.month, a.e2e,
  a.amount_fen, a.sent_on, a.reason, coalesce(owned.owner, ''), coalesce(owned.resolution, ''),
  coalesce((SELECT (b.holder, b.bank, b.number) IS DISTINCT FROM (a.holder, a.bank, a.account)
    FROM registry_bankaccount b WHERE b.household_id = line.household_id AND b.valid @> %(on)s::date
      AND upper_inf(b.recorded)), false),
  again.sent_on, again.booked_on
FROM payment_attempt a
JOIN payment_payline line ON line.id = a.line_id
JOIN registry_household h ON h.id = line.household_id
LEFT JOIN payment_attempt again ON again.line_id = a.line_id AND again.number = a.number + 1
LEFT JOIN payment_reconexception owned ON owned.attempt_id = a.e2e AND owned.kind = 'returned'
WHERE a.state = 'returned' AND (again.e2e IS NULL OR again.booked_on IS NULL OR again.booked_on > %(since)s::date)
  AND (again.e2e IS NULL OR again.state <> 'returned')
ORDER BY again.e2e IS NOT NULL, a.sent_on, line.division, a.e2e
"""


@dataclass(frozen=True)
class Returned:
    """A payment (fen) that came back; `owner` and `resolution` are the decision on it, "" while there is none.

    `again_sent_on` is the day of the sending that followed, None while there is none.
    """

    household_id: int
    household: str
    head: str
    division: str
    month: date
    e2e: str
    fen: int
    sent_on: date
    reason: str
    owner: str
    resolution: str
    has_new_account: bool
    again_sent_on: date | None
    again_booked_on: date | None

    @property
    def state(self) -> str:
        """Where it stands: account (waits for it), joins (goes with the next run), again, booked, stopped."""
        if self.again_booked_on:
            return "booked"
        if self.again_sent_on:
            return "again"
        if self.resolution == "stop":
            return "stopped"
        return "joins" if self.has_new_account else "account"


def returned_list(on: date, *, since: date) -> list[Returned]:
    """What came back and is not done with, then what was booked after `since`; accounts are those of the day `on`."""
    return read(Returned, RETURNED, {"on": on, "since": since})
