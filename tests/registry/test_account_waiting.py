"""账户待办事项: the day of the next look is the one that the lists of proxies and kept cards say."""

from datetime import date

import pytest

from opendibao.registry.account_waiting import account_limits, account_waiting
from opendibao.registry.custody_queries import custodies, proxies
from tests.registry.agreements import filed_custody, filed_proxy
from tests.registry.builders import household

# a leap day has no like in the next year
LEAP = date(2024, 2, 29)


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize("day", [date(2024, 2, 1), LEAP])
def test_the_next_look_is_that_of_the_lists(day: date) -> None:
    pk = household()
    filed_proxy(pk, day, agreed_on=day, since=day)
    filed_custody(pk, agreed_on=date(2024, 2, 1), handed_on=date(2024, 2, 1))

    limits = account_limits(day)

    due = {row.what: limits.due_on(row) for row in account_waiting()}
    assert due == {"proxy": proxies(day)[0].due_on, "custody": custodies(day)[0].due_on}
    assert due["proxy"] == (date(2025, 2, 28) if day == LEAP else date(2025, 2, 1))
