"""The end of a month for the tests: finance's voucher and the bank's statement, as a county without faults has them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from opendibao.kernel.month import month_text
from opendibao.payment.actions import enter_voucher, sendings, take_return, take_statement
from opendibao.payment.bank_return import Result, read_results, render_results, write_result
from opendibao.payment.models import PayRun
from opendibao.payment.receiving import Taken
from opendibao.payment.statements import agreeing, write_statement
from opendibao.payment.states import AttemptState
from opendibao.payment.three_way import three_way
from tests.payment.builders import at

EIGHTH = date(2024, 1, 8)
Change = Callable[[Result], Result]


def answers(run: PayRun, day: date = EIGHTH) -> dict[str, Result]:
    """By household, what a bank says that books everything on a day."""
    return {row.e2e.split("-")[1]: row for row in read_results(write_result(sendings(run.pk), day, {}))}


def take(run: PayRun, rows: list[Result], on: date = EIGHTH) -> Taken:
    """The bank's file with these rows is taken."""
    numbered = [replace(row, row=number) for number, row in enumerate(rows, 2)]
    return take_return(run.pk, render_results(numbered), on=on, at=at(on))


def came_back(row: Result, reason: str) -> Result:
    return replace(row, state=AttemptState.RETURNED, booked_on=None, reason=reason)


def agreed(run: PayRun, on: date = EIGHTH) -> None:
    """Finance's voucher and the bank's statement agree with the ledger."""
    enter_voucher(
        run.pk, number=f"凭{month_text(run.month)}", issued_on=on, fen=three_way(run.pk).ledger_sent, on=on, at=at(on)
    )
    take_statement(run.pk, write_statement(agreeing(run.pk)), on=on, at=at(on))
