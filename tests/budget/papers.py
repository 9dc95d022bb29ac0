"""Papers about money that came, for the tests: the ordinary one, and what is changed of it."""

from dataclasses import replace
from datetime import date
from typing import Any

from opendibao.budget.arrivals import ArrivalPaper, enter_arrival, take_back_arrival
from opendibao.budget.models import FundArrival
from tests.payment.builders import COUNTY, at

YEAR = 2024
JANUARY_2 = date(2024, 1, 2)
FEBRUARY_1 = date(2024, 2, 1)
END_OF_MARCH = date(2024, 3, 31)
CENTRAL = ArrivalPaper(YEAR, "central", "财社〔2024〕1号", 1_000_000, JANUARY_2)
COUNTY_SHARE = ArrivalPaper(YEAR, "county", "县财社〔2024〕3号", 300_000, JANUARY_2, due_on=END_OF_MARCH)


def came(paper: ArrivalPaper = CENTRAL, *, day: date | None = None, **changes: Any) -> FundArrival:
    """An arrival, entered on the day it came unless another day is named."""
    told = replace(paper, **changes)
    on = day or told.arrived_on
    return enter_arrival(told, division=COUNTY, on=on, at=at(on))


def take_back(arrival: FundArrival, fen: int, *, number: str = "财社〔2024〕9号", on: date = FEBRUARY_1) -> FundArrival:
    """A red entry over a part of an arrival."""
    return take_back_arrival(arrival.pk, number=number, fen=fen, arrived_on=on, on=on, at=at(on))
