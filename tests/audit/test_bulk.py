"""成批写入: COPY obeys the same walls as any INSERT."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction

from opendibao.audit.actions import record_many
from opendibao.audit.bulk import copy_rows
from opendibao.registry.models import Division, Household
from tests.conftest import ActAs

DAY = "2024-01-02"
COLUMNS = ["number", "division", "opened_on"]


@pytest.fixture
def village(county: None) -> str:
    Division.objects.create(code="360429100001", name="东村", level="village")
    return "360429100001"


def test_rows_arrive_and_are_counted(village: str) -> None:
    assert copy_rows("registry_household", COLUMNS, [("A1", village, DAY), ("B1", village, DAY)]) == 2
    assert Household.objects.count() == 2


def test_two_copies_fit_in_one_transaction(village: str) -> None:
    copy_rows("registry_household", COLUMNS, [("A1", village, DAY)])
    copy_rows("registry_household", COLUMNS, [("B1", village, DAY)])
    assert Household.objects.count() == 2


def test_one_bad_row_refuses_all(village: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        copy_rows("registry_household", COLUMNS, [("A1", village, DAY), ("A1", village, DAY)])
    assert not Household.objects.exists()


def test_a_row_outside_the_officers_reach_is_refused(act_as: ActAs) -> None:
    with act_as("360429100"), pytest.raises(DatabaseError), transaction.atomic():
        record_many("复核", [("家庭 B1", "360429101001", {})], at=datetime(2024, 1, 3, tzinfo=UTC))
