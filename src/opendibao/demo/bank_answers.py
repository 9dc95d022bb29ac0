"""银行的答复: what the demonstration's bank says of a month, here and there late, unsure or with another amount."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from opendibao.demo.plan import CountyPlan
from opendibao.payment.bank_file import e2e_household
from opendibao.payment.bank_return import Result, Sent, read_results, render_results, write_result
from opendibao.payment.states import AttemptState

LESS_FEN = 1000
"""What the bank's first answer forgets of one payment."""
UNSURE = "银行系统升级，结果待查"
ABSENT, UNKNOWN, DIFFERS = "absent", "unknown", "differs"
ODD = (ABSENT, UNKNOWN, DIFFERS)
AGAIN = "账户已冻结"
"""Why the first return comes back a second time."""


def odd_of(plan: CountyPlan) -> dict[date, dict[str, str]]:
    """By month the households (number → how) of which the bank's first answer is not the last."""
    found: dict[date, dict[str, str]] = {}
    for way in plan.ways:
        if way.kind in ODD:
            found.setdefault(way.month, {})[way.number] = way.kind
    return found


def first_answer(sent: Sequence[Sent], on: date, returned: Mapping[str, str], odd: Mapping[str, str]) -> bytes:
    """All booked on a day but what is returned (household → reason); what is odd is left out, unsure or wrong."""
    if not odd:
        return write_result(sent, on, returned)
    told = [one for one in sent if odd.get(e2e_household(one.e2e)) != ABSENT]
    results = read_results(write_result(told, on, returned))
    return render_results([_said(one, odd.get(e2e_household(one.e2e), "")) for one in results])


def _said(result: Result, how: str) -> Result:
    if how == UNKNOWN:
        return replace(result, state=AttemptState.UNKNOWN, booked_on=None, reason=UNSURE)
    return replace(result, fen=result.fen - LESS_FEN) if how == DIFFERS else result


def last_answer(sent: Sequence[Sent], booked_on: date, odd: Mapping[str, str]) -> bytes:
    """After it was asked the bank says that these were booked like the others: on the same day, as sent."""
    return write_result([one for one in sent if e2e_household(one.e2e) in odd], booked_on, {})
