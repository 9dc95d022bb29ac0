"""两月之间: before the next list a new standard is taken to everybody, what is short is ordered, too much is claimed.

Every step rests on what the tables say, so that whoever is killed goes on here as well.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial

from django.db import transaction

from opendibao.decision.models import Decision, Uprating
from opendibao.decision.uprating import approve_uprating, prepare_uprating
from opendibao.kernel.month import add_months
from opendibao.payment import actions as pay
from opendibao.payment.back_pay import back_pay, back_pay_rows
from opendibao.payment.models import Attempt, CashReturn, PayOrder, PayRun, Receivable
from opendibao.registry.models import Household
from opendibao.rulemaking.queries import pack_in_force
from tests.faults.money.county import AUDITOR, CHECKER, MAKER
from tests.faults.money.one_step import Step, day
from tests.payment.builders import Family, at

LOWERED_TO, PART = 20_000, 1_000
"""Fen a month of whoever is lowered, and what of the claim is given back in cash at once."""


def between_months(run: PayRun) -> Iterator[Step]:
    """What is still to be done of it after a month was closed; nothing is left of a county without new standard."""
    on = day(run, 12)
    since = pack_in_force().row("standard.rural", on).since
    if since < PayRun.objects.order_by("month")[0].month:
        return
    yield from _raised(since, on)
    if waiting := list(PayOrder.objects.filter(outcome="").values_list("pk", flat=True)):
        yield Step("approve_orders", CHECKER, partial(pay.approve_orders, waiting, on=on, at=at(on)))
    yield from _claimed(run, on)


def _raised(since: date, on: date) -> Iterator[Step]:
    """A batch every month: the first raises whoever can be reckoned, the later ones find those who go to review."""
    if waiting := Uprating.objects.filter(state="prepared").first():
        yield Step("approve_uprating", CHECKER, partial(approve_uprating, waiting.pk, on=on, at=at(on)))
    elif not Uprating.objects.filter(approved_on=on).exists():
        yield Step("prepare_uprating", MAKER, partial(prepare_uprating, since, on=on, at=at(on)))
    for made in Uprating.objects.filter(state="approved", increased__gt=0):
        if any(row.is_open for row in back_pay_rows(made.pk)):
            yield Step("back_pay", MAKER, partial(back_pay, made.pk, on=on, at=at(on)))


def _claimed(run: PayRun, on: date) -> Iterator[Step]:
    """A family a month got too much: lowered, claimed, approved, set off against its months, a part given back."""
    lowered = Decision.objects.filter(kind="reduce", decided_on=on).first()
    if lowered is None:
        if number := _paid_and_never_lowered(run):
            yield Step("lower", AUDITOR, partial(_lower, number, on))
        return
    claim = Receivable.objects.filter(decision=lowered).first()
    if claim is None:
        told = {"decision_id": lowered.pk, "since_month": run.month, "cause": "late", "words": "没有及时报告"}
        yield Step("ask_claim", MAKER, partial(pay.ask_claim, lowered.household_id, **told, on=on, at=at(on)))  # type: ignore[arg-type]
        return
    if claim.outcome == "":
        yield Step("approve_claim", CHECKER, partial(pay.approve_claim, claim.pk, on=on, at=at(on)))
    if claim.way == "cash":
        yield Step("agree_way", MAKER, partial(pay.agree_way, claim.pk, way="offset", on=on, at=at(on)))
    if not CashReturn.objects.filter(receivable=claim).exists():
        receipt = f"收{claim.pk}"
        act = partial(pay.enter_cash_return, claim.pk, fen=PART, receipt=receipt, on=on, at=at(on))
        yield Step("enter_cash_return", MAKER, act)


def _paid_and_never_lowered(run: PayRun) -> str | None:
    """A household that got the month's money, and whose decision is the first."""
    paid = Attempt.objects.filter(run=run, line__run=run, state="paid").values("line__household")
    found = Household.objects.filter(pk__in=paid, number__startswith="H").exclude(decisions__kind="reduce")
    return found.order_by("number").values_list("number", flat=True).first()


@transaction.atomic
def _lower(number: str, on: date) -> None:
    home = Household.objects.get(number=number)
    one = Family(number, division=home.division, area=home.decisions.get().area)
    one.household = home
    one.decide("reduce", on, fen=LOWERED_TO, first_month=add_months(on.replace(day=1), 1))
