"""户名不符: an account in a proxy's name is in order where the county took note of an agreement that lets it be."""

from datetime import date

import pytest

from opendibao.payment.precheck_queries import findings
from opendibao.registry.actions import end_proxy
from tests.payment.builders import Family, at, family
from tests.payment.test_prechecks import compute, found
from tests.registry.agreements import a_proxy, filed_proxy

pytestmark = pytest.mark.usefixtures("county")
NAMED = {("A1", "name_differs"): "户名“陈代领”不是家庭成员"}
MORE = {"agreed_by": "成员1", "agreed_on": date(2023, 2, 1), "since": date(2023, 2, 1)}


def home() -> Family:
    return family("A1", holder="陈代领")


def test_nobody_registered_is_found() -> None:
    home()
    assert found(compute()) == NAMED


def test_a_filed_proxy_whose_account_may_take_the_money_is_in_order() -> None:
    filed_proxy_of(home(), takes_account=True)
    run = compute()
    assert found(run) == {}
    assert findings(run.pk) == []


def test_one_that_only_collects_does_not_explain_the_account() -> None:
    filed_proxy_of(home())
    assert found(compute()) == NAMED


def test_one_of_whom_the_county_took_no_note_explains_nothing() -> None:
    _registered(home(), filed=False, takes_account=True)
    assert found(compute()) == NAMED


def test_one_whose_time_is_over_explains_nothing() -> None:
    made = filed_proxy_of(home(), takes_account=True)
    end_proxy(made, reason="搬走了", last_day=date(2023, 12, 1), on=date(2023, 12, 1), at=at(date(2023, 12, 1)))
    assert found(compute()) == NAMED


def filed_proxy_of(made: Family, **more: object) -> int:
    return _registered(made, filed=True, **more)


def _registered(made: Family, *, filed: bool, **more: object) -> int:
    register = filed_proxy if filed else a_proxy
    return register(made.household.pk, day=date(2023, 2, 2), **{**MORE, **more}).pk
