"""过一年: lives the plan day by day through the same actions that a county's officers use."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from opendibao.demo import officers, steps, storeys
from opendibao.demo.casework import casework, deliveries, publications
from opendibao.demo.days import office_hour, workdays_before
from opendibao.demo.departments.delivering import Departments
from opendibao.demo.departments.desk import MatchingDesk
from opendibao.demo.departments.everybody import Everybody
from opendibao.demo.kept_cards import KeptCards
from opendibao.demo.money_changes import MoneyChanges
from opendibao.demo.new_standard import NewStandard
from opendibao.demo.old_stock import OpeningWalk, Say, prepare
from opendibao.demo.open_cases import open_cases, under_way
from opendibao.demo.payday import Payday
from opendibao.demo.plan import CountyPlan
from opendibao.demo.targets import Targets
from opendibao.kernel.money import wan_yuan_text
from opendibao.kernel.month import month_of, year_months
from opendibao.payment.queries import paid_total
from opendibao.statistics.queries import movements_by_month


@dataclass(order=True)
class Appointment:
    """Something to do on a day; `order` keeps the steps of one day in their legal order."""

    day: date
    order: int
    act: officers.Act = field(compare=False)


def appointments(plan: CountyPlan, targets: Targets, out: Path, say: Say) -> Iterator[Appointment]:
    """Everything that will happen in the year, unsorted."""
    households: dict[str, int] = {}
    offices = officers.windows(plan)
    cases = casework(plan, households, offices)
    stock = steps.Stock(households, offices, cases.country)
    departments, waiting = Departments(plan, out, say), under_way(plan, households, cases.country)
    looked_up = [*cases.walks.values(), *(one.walk for one in waiting if one.is_matched)]
    walks = [departments.steps(), MatchingDesk(looked_up, departments, offices).steps()]
    walks += [Everybody(departments, offices).steps()]
    walks += [OpeningWalk(plan, households, out, say).steps(), storeys.steps(plan, targets, out), cases.steps()]
    walks += [steps.ChangeWalk(change, stock).steps(plan) for change in plan.changes]
    walks += [steps.LeaveWalk(leaving, stock).steps(plan) for leaving in plan.exits]
    walks += [open_cases(plan, waiting, stock)]
    walks += [deliveries(plan, offices, cases.country), publications(plan, offices, cases.country)]
    payday = Payday(plan, households, out, offices)
    walks += [payday.days(month) for month in year_months(plan.year)]
    walks += [payday.accounts.steps(), MoneyChanges(plan, households).steps(), NewStandard(plan).steps()]
    walks += [KeptCards(plan, households, offices, cases.country).steps()]
    walks += [steps.periodic_reviews(month, offices, cases.country) for month in year_months(plan.year)]
    for walk in walks:
        yield from (Appointment(day, order, act) for day, order, act in walk)


def live(plan: CountyPlan, targets: Targets, out: Path, *, say: Say) -> None:
    """Open the county and live its year, month by month; each month is one transaction."""
    todo = sorted(appointments(plan, targets, out, say))
    prepare(plan, at=office_hour(workdays_before(todo[0].day, 1)))
    for month in [None, *year_months(plan.year), date(plan.year + 1, 1, 1)]:
        with officers.acting_as(officers.COUNTY_MAKER, plan.county_code), transaction.atomic(), _one_piece():
            for appointment in todo:
                if _month_of_year(appointment.day, plan.year) == month:
                    appointment.act(office_hour(appointment.day))
        if month and month.year == plan.year:
            say(_told(plan, month))


@contextmanager
def _one_piece() -> Iterator[None]:
    """Inside a month no action is undone by itself: a refused step ends the building, so savepoints only cost time."""
    features = connections[DEFAULT_DB_ALIAS].features
    features.uses_savepoints = False
    try:
        yield
    finally:
        features.uses_savepoints = True


def _told(plan: CountyPlan, month: date) -> str:
    """What the month brought, asked of the database."""
    with officers.acting_as(officers.OPERATOR, plan.county_code):
        moved = next(row for row in movements_by_month(month.year) if row.month == month)
        booked = wan_yuan_text(paid_total(month.year, month=month)[1])
    return f"{month.month:>2} 月：入 {moved.entries} 户　退 {moved.exits} 户　到账 {booked} 万元"


def _month_of_year(day: date, year: int) -> date | None:
    """The month of the lived year, and the first days of the next; None for what began in the year before."""
    return month_of(day) if day.year >= year else None
