"""到位资金的承诺: what its table refuses by name, by plain SQL past every action."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError, ProgrammingError

from opendibao.budget.models import FundArrival
from tests.budget.papers import came
from tests.conftest import ActAs
from tests.faults.promises import Broken, attempt, insert, named_by_the_database
from tests.payment.builders import COUNTY

DAY, NEXT_DAY = date(2024, 1, 5), date(2024, 1, 6)
CENTRAL = {
    "year": 2024, "division": COUNTY, "level": "central", "source": "allocation", "area": "", "number": "财1",
    "amount_fen": 500, "arrived_on": DAY, "takes_back": None, "due_on": None, "entry_no": 1,
}  # fmt: skip
SHARE = CENTRAL | {"level": "county", "due_on": DAY}
OTHER = {"number": "财2"}
PROMISES = [
    Broken("an_arrival_is_entered_once", "budget.FundArrival", CENTRAL, {"amount_fen": 7}),
    Broken("a_red_arrival_takes_one_back", "budget.FundArrival", CENTRAL, OTHER | {"amount_fen": 0}),
    Broken("a_red_arrival_takes_one_back", "budget.FundArrival", CENTRAL, OTHER | {"amount_fen": -1}),
    Broken("the_county_share_has_its_day", "budget.FundArrival", SHARE, OTHER | {"due_on": None}),
    Broken("the_county_share_has_its_day", "budget.FundArrival", CENTRAL, OTHER | {"due_on": DAY}),
    Broken("the_county_share_has_its_day", "budget.FundArrival", SHARE, OTHER | {"source": "carried"}),
    Broken("an_arrival_says_its_paper", "budget.FundArrival", CENTRAL, {"number": ""}),
    Broken("an_arrival_says_its_paper", "budget.FundArrival", CENTRAL, OTHER | {"officer": ""}),
    Broken("an_arrival_is_of_a_year_near_its_day", "budget.FundArrival", CENTRAL, OTHER | {"year": 2022}),
    Broken("an_arrival_is_of_a_year_near_its_day", "budget.FundArrival", CENTRAL, OTHER | {"year": 2026}),
]
RED = {"number": "财9", "amount_fen": -500, "arrived_on": NEXT_DAY}


@pytest.mark.django_db
@pytest.mark.parametrize("promise", PROMISES, ids=lambda p: p.constraint)
def test_the_database_itself_keeps_the_promise(promise: Broken) -> None:
    assert named_by_the_database(promise) == promise.constraint


def _first() -> int:
    insert("budget.FundArrival", CENTRAL)
    return FundArrival.objects.get().pk


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"level": "province"}, {"area": "rural"}, {"year": 2025}, {"source": "carried"}, {"division": "360430000000"},
        {"arrived_on": date(2024, 1, 4)},
    ],
    ids=lambda wrong: next(iter(wrong)),
)  # fmt: skip
def test_a_red_entry_is_of_the_money_it_takes_back(wrong: dict[str, Any]) -> None:
    first = _first()
    with pytest.raises(IntegrityError, match="红字到位资金与冲回的那一笔不符"):
        attempt("budget.FundArrival", CENTRAL | RED | {"takes_back": first} | wrong)
    attempt("budget.FundArrival", CENTRAL | RED | {"takes_back": first})


@pytest.mark.django_db
def test_a_red_entry_of_a_red_one_and_too_much_red_are_refused() -> None:
    first = _first()
    red = CENTRAL | RED | {"takes_back": first}
    with pytest.raises(IntegrityError, match="冲回的比到位的多：财9"):
        attempt("budget.FundArrival", red | {"amount_fen": -501})
    insert("budget.FundArrival", red | {"amount_fen": -400})
    with pytest.raises(IntegrityError, match="冲回的比到位的多"):
        attempt("budget.FundArrival", red | {"amount_fen": -101})
    second = FundArrival.objects.get(amount_fen=-400).pk
    with pytest.raises(IntegrityError, match="红字到位资金与冲回的那一笔不符"):
        attempt("budget.FundArrival", red | {"amount_fen": -1, "takes_back": second})


@pytest.mark.django_db
def test_a_second_entry_of_a_paper_waits_until_the_first_is_wholly_back() -> None:
    first = _first()
    with pytest.raises(IntegrityError, match="这笔到位资金已经登记，没有全部冲回：财1"):
        attempt("budget.FundArrival", CENTRAL | {"entry_no": 2})
    insert("budget.FundArrival", CENTRAL | RED | {"takes_back": first})
    attempt("budget.FundArrival", CENTRAL | {"entry_no": 2})


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE budget_fundarrival SET amount_fen = 1", "DELETE FROM budget_fundarrival",
    ],
)  # fmt: skip
def test_nothing_of_an_arrival_is_rewritten(sql: str) -> None:
    came()
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert FundArrival.objects.get().amount_fen == 1_000_000


def test_a_township_enters_nothing_for_the_county(act_as: ActAs) -> None:
    with act_as("360429100"), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        came()
