"""银行一方: what a bank may answer to a file, in its own format, line by line as it pleases."""

import zlib
from collections.abc import Callable, Iterable
from datetime import date

from opendibao.payment.bank_return import Result, render_results
from opendibao.payment.models import Attempt
from opendibao.payment.states import AttemptState

VERDICTS = ("paid", "paid", "paid", "returned", "unknown", "differs", "name", "absent")
"""What becomes of a line; `absent` is left out of the file, `name` is booked under somebody else's."""
OTHER_NAME = "别人"


def result(row: int, sending: Attempt, verdict: str, booked_on: date) -> Result:
    """One line of the bank's file."""
    state = {"returned": AttemptState.RETURNED, "unknown": AttemptState.UNKNOWN}.get(verdict, AttemptState.PAID)
    return Result(
        row=row, e2e=sending.e2e, fen=sending.amount_fen - (verdict == "differs"), state=state,
        booked_on=booked_on if state is AttemptState.PAID else None,
        reason="账户已销户" if verdict == "returned" else "",
        holder=OTHER_NAME if verdict == "name" else sending.holder,
    )  # fmt: skip


def foreign(row: int, booked_on: date, fen: int = 12_345) -> Result:
    """A line of somebody else's."""
    return Result(
        row=row, e2e=f"199901-Z{row}-R-0-1", fen=fen, state=AttemptState.PAID, booked_on=booked_on, reason="",
        holder="外人",
    )  # fmt: skip


def answered(
    sent: Iterable[Attempt], verdict: Callable[[Attempt], str], booked_on: date, *, foreigners: int = 0
) -> bytes:
    """A whole file of answers to these sendings."""
    told = [(one, verdict(one)) for one in sent]
    results = [
        result(row, one, what, booked_on)
        for row, (one, what) in enumerate(((o, w) for o, w in told if w != "absent"), 2)
    ]
    results += [foreign(len(results) + 2 + n, booked_on) for n in range(foreigners)]
    return render_results(results)


def by_number(sending: Attempt) -> str:
    """A verdict that hangs on the sending's number alone; what was sent again is paid."""
    if sending.number > 1:
        return "paid"
    return ("paid", "paid", "paid", "paid", "paid", "returned", "unknown", "differs")[
        zlib.crc32(sending.e2e.encode()) % 8
    ]
