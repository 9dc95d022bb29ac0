"""只看见自己的: each table of account changes, proxies and kept cards shows a village its own rows and no other's."""

from contextlib import suppress
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from opendibao.registry.account_queries import household_paper
from opendibao.registry.actions import ask_account_change, check_custody, review_proxy
from opendibao.registry.entries import MemberEntry
from opendibao.registry.models import HouseholdPaper
from tests.conftest import ActAs
from tests.registry.agreements import a_custody, a_proxy
from tests.registry.builders import FAR_VILLAGE, NEXT_VILLAGE, VILLAGE, at, divisions, household, number
from tests.registry.changed import asked
from tests.registry.test_account_changes import DAY, NEW

PLACED = ("accountchange", "proxy", "custody")
TABLES = (*PLACED, "householdpaper", "proxyreview", "custodycheck")
NAMES = {VILLAGE: "单有福", NEXT_VILLAGE: "单有禄", FAR_VILLAGE: "单有寿"}
EMPTY_VILLAGE = "360429100203"


def agree(home: int, name: str) -> None:
    """One row of every table, of papers two: the agreement with the proxy and that on the card."""
    ask_account_change(home, asked(NEW, name, DAY), on=DAY, at=at(DAY))
    proxy, custody = a_proxy(home, agreed_by=name), a_custody(home, agreed_by=name)
    review_proxy(proxy.pk, way="visit", spoken_with=name, goes_on=True, findings="好", on=DAY, at=at(DAY))
    check_custody(
        custody.pk, way="visit", is_there=True, is_paid_out=True, spoken_with=name, findings="好", on=DAY, at=at(DAY)
    )


@pytest.fixture
def villages(act_as: ActAs) -> None:
    """A household with all of it in each of three villages, two of one township."""
    with act_as("360429"):
        divisions()
        for place, (village, name) in enumerate(NAMES.items()):
            member = MemberEntry(number(date(1950 + place, 1, 20), 11 + 2 * place), name, "head")
            agree(household(f"999999-0000{place}", member, division=village), name)


def counted(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM registry_{table}")
        return int(cursor.fetchone()[0])


@pytest.mark.usefixtures("villages")
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    ("reach", "homes"), [("360429", 3), ("360429100", 2), (VILLAGE, 1), (EMPTY_VILLAGE, 0), ("", 0)]
)
def test_who_looks_sees_the_rows_of_his_own_place(act_as: ActAs, table: str, reach: str, homes: int) -> None:
    with act_as(reach):
        assert counted(table) == homes * (2 if table == "householdpaper" else 1)


@pytest.mark.usefixtures("villages")
@pytest.mark.parametrize("table", PLACED)
def test_nobody_moves_a_row_into_another_place(act_as: ActAs, table: str) -> None:
    with act_as(VILLAGE), suppress(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE registry_{table} SET division = '{FAR_VILLAGE}'")
    with act_as(FAR_VILLAGE):
        assert counted(table) == 1


@pytest.mark.usefixtures("villages")
def test_a_paper_of_another_village_is_not_there(act_as: ActAs) -> None:
    with act_as(FAR_VILLAGE):
        theirs = HouseholdPaper.objects.values_list("pk", flat=True)[0]
        assert household_paper(theirs)
    with act_as(VILLAGE):
        assert household_paper(theirs) is None
