"""抽样名单: who may be drawn on a day, for each purpose: households in force, or payments that the bank booked."""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read_whole
from opendibao.evaluation.drawing import Unit
from opendibao.evaluation.models import Purpose
from opendibao.kernel.ids import township_of

IN_FORCE = """
SELECT h.number, d.division, d.amount_fen, h.id, d.id, NULL::bigint
FROM decision_decision d JOIN registry_household h ON h.id = d.household_id
WHERE d.in_force @> %(on)s::date ORDER BY h.number
"""
# what a payment of a month beside its regular one is called, as part of its name
NAMED = """CASE line.kind WHEN 'supplement' THEN '补发' WHEN 'price' THEN '物价补贴' WHEN 'backpay' THEN '提标补差' END
  || line.supplement_no"""
# a payment may be booked after a first sending came back: what counts is what stands in the account 已付 that day
BOOKED = f"""
SELECT concat_ws(' ', h.number, to_char(line.month, 'YYYY-MM'), {NAMED}), line.division,
  sum(leg.fen)::bigint, h.id, line.decision_id, line.id
FROM payment_ledgerleg leg JOIN payment_attempt attempt ON attempt.e2e = leg.attempt_id
JOIN payment_payline line ON line.id = attempt.line_id JOIN registry_household h ON h.id = line.household_id
WHERE leg.account = 'paid' AND leg.booked_on BETWEEN make_date(extract(year FROM %(on)s::date)::int, 1, 1) AND %(on)s
GROUP BY h.number, h.id, line.id HAVING sum(leg.fen) > 0 ORDER BY 1
"""


@dataclass(frozen=True)
class Listed:
    """One on the list: a household with its decision in force, or a payment; money in fen."""

    key: str
    division: str
    fen: int
    household_id: int
    decision_id: int
    line_id: int | None

    @property
    def unit(self) -> Unit:
        """What the draw looks at."""
        return Unit(self.key, township_of(self.division), self.fen)


def frame(purpose: str, on: date) -> list[Listed]:
    """The list of a day, by key: payments booked since the year began for 到账核实, else households in force."""
    return read_whole(Listed, BOOKED if purpose == Purpose.ARRIVAL else IN_FORCE, {"on": on})
