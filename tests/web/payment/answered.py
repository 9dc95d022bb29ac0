"""A month as the bank leaves it: five booked, one a cent off, one returned, one unanswered, one that is not ours."""

from dataclasses import dataclass, replace
from datetime import date

from opendibao.payment.actions import sendings, take_return
from opendibao.payment.bank_return import Result, render_results
from opendibao.payment.models import PayRun
from opendibao.payment.states import AttemptState
from opendibao.registry.actions import move_household
from tests.payment.builders import FAR_VILLAGE, Family, at, family
from tests.payment.months import sent

MONTH, DAY, MOVED = date(2025, 1, 1), date(2025, 1, 6), date(2024, 12, 2)
REASON, PHONE = "账户已注销", "0792-6338000"
FOREIGN = "202501-Z9-R-0-1"


@dataclass
class Answered:
    """The families by number, their run, and the bytes of the bank's answer."""

    run: PayRun
    families: dict[str, Family]
    answer: bytes


def results(run: PayRun) -> list[Result]:
    """H1 to H5 booked, H6 one cent off, H7 of another township returned, H8 unanswered, one line not ours."""
    found = []
    for row, each in enumerate(sendings(run.pk), 2):
        number = each.e2e.split("-")[1]
        if number == "H8":
            continue
        if number == "H7":
            found.append(Result(row, each.e2e, each.amount_fen, AttemptState.RETURNED, None, REASON, each.holder))
            continue
        fen = each.amount_fen + (number == "H6")
        found.append(Result(row, each.e2e, fen, AttemptState.PAID, DAY, "", each.holder))
    found.append(replace(found[0], row=99, e2e=FOREIGN, fen=12345, holder="别处"))
    return [replace(each, row=row) for row, each in enumerate(found, 2)]


def sent_month() -> Answered:
    """The month is with the bank; H7 lives in another township and has a telephone."""
    families = {f"H{n}": family(f"H{n}", fen=50000 + n * 100) for n in range(1, 7)}
    families["H7"] = family("H7", fen=70000, division=FAR_VILLAGE)
    families["H8"] = family("H8", fen=80000)
    home = families["H7"].household.pk
    move_household(home, division=FAR_VILLAGE, area="rural", address="2号", on=MOVED, at=at(MOVED), phone=PHONE)
    run = sent(MONTH)
    return Answered(run, families, render_results(results(run)))


def answered_month() -> Answered:
    """The bank's answer is taken."""
    month = sent_month()
    take_return(month.run.pk, month.answer, on=DAY, at=at(DAY))
    return month
