"""缺口预警: the month in which the money runs out at the present pace, and whether that is near."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read
from opendibao.budget.cash import SIGNS, STARTED, flows, keeps_arrivals
from opendibao.budget.funds import fund_shares
from opendibao.kernel.month import add_months, month_of
from opendibao.rulemaking.queries import pack_in_force

FAR = 120
"""Months after which nobody asks."""
PACE = f"""
WITH {STARTED}
SELECT r.month, -sum(g.fen)::bigint
FROM payment_ledgerleg g JOIN payment_ledgerentry e ON e.id = g.entry_id JOIN payment_payrun r ON r.id = e.run_id
CROSS JOIN started
WHERE g.account = 'budget' AND g.booked_on <= %(on)s AND r.month >= started.day GROUP BY 1 ORDER BY 1
"""


@dataclass(frozen=True)
class Spent:
    """Fen bound for the run of a month."""

    month: date
    fen: int


@dataclass(frozen=True)
class Alarm:
    """How long the money lasts at the present pace (fen a month); `runs_out` is the first month that is not covered.

    It counts from `last_month`, the last that is bound. `runs_out` is None where nothing is spent or the money lasts
    ten years; `with_expected` counts what the levels still owe of the year's budget (`expected_fen`) as if it came.
    """

    left_fen: int
    pace_fen: int
    expected_fen: int
    last_month: date
    runs_out: date | None
    with_expected: date | None
    is_near: bool


def first_uncovered(left_fen: int, pace_fen: int, last_month: date, coming: Mapping[date, int]) -> date | None:
    """The first month after `last_month` for which a pace (fen a month) is not there; `coming` is added in its month.

    Left 250, pace 100 after March: April and May are covered, June is not. None where nothing is spent or it is far.
    """
    if pace_fen <= 0:
        return None
    for number in range(1, FAR + 1):
        month = add_months(last_month, number)
        left_fen += coming.get(month, 0) - pace_fen
        if left_fen < 0:
            return month
    return None


def alarm(on: date) -> Alarm | None:
    """How long the money lasts, by the mean of the last months; None where no arrival or no approved run is there.

    Raises RuleGap.
    """
    spent = read(Spent, PACE, {"on": on}) if keeps_arrivals() else []
    if not spent:
        return None
    pack, last_month = pack_in_force(), spent[-1].month
    recent = spent[-pack.value("fund.pace_months", on) :]
    pace = -(-sum(row.fen for row in recent) // len(recent))  # a fen too much warns no later than it should
    at_hand, left, coming = max(last_month, month_of(on)), 0, defaultdict[date, int](int)
    for flow in flows(on):
        if flow.month <= at_hand:
            left += SIGNS[flow.kind] * flow.fen
        else:
            coming[flow.month] += flow.fen
    expected = sum(share.outstanding_fen for share in fund_shares(last_month.year, on))
    runs_out = first_uncovered(left, pace, last_month, coming)
    near = add_months(last_month, pack.value("fund.alarm_months", on))
    return Alarm(
        left, pace, expected, last_month, runs_out, first_uncovered(left + expected, pace, last_month, coming),
        is_near=runs_out is not None and runs_out <= near,
    )  # fmt: skip
