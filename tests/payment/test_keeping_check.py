"""代管代领待查: the keeper of many cards whose agreements lie unfiled is found; one who does it by the book is not."""

from datetime import date

import pytest

from opendibao.audit.session import acting
from opendibao.kernel.duties import EVERY_DUTY, Duty
from opendibao.payment.actions import look_again
from opendibao.payment.models import PayRun
from opendibao.registry.actions import check_custody, file_custody, file_proxy, return_card
from opendibao.registry.models import Custody
from opendibao.registry.refusal import RegistryRefused
from tests.payment.builders import FAR_VILLAGE, Family, at
from tests.payment.months import settled
from tests.payment.test_prechecks import DAY, compute, found
from tests.payment.test_prechecks import tidy as in_order
from tests.registry.agreements import a_custody, a_proxy

pytestmark = pytest.mark.usefixtures("county")
SIGNED, ENTERED = date(2023, 3, 1), date(2023, 3, 2)
OPEN = "银行卡由赵村干代管，他一人代管、代领3户，协议没有备案"


def tidy(number: str, **more: object) -> Family:
    """A family in which no check finds anything; its account has an end that can be written down."""
    return in_order(number, account=f"6222{ord(number[0]):06}{int(number[1:]):06}", **more)


def keeps(home: Family, **more: object) -> Custody:
    given = {"agreed_by": "成员1", "agreed_on": SIGNED, "handed_on": SIGNED, "day": ENTERED, **more}
    return a_custody(home.household.pk, **given)


def three(division: str = "360429100001") -> list[Custody]:
    return [keeps(tidy(number, division=division)) for number in ("A1", "B1", "C1")]


def filed(made: Custody, remark: str = "村里只有他住得近，老人同意，每月由民政助理对账") -> Custody:
    with acting("县备案", "360429", {Duty.CONFIRM}):
        return file_custody(made.pk, remark=remark, on=ENTERED, at=at(ENTERED))


def looked(made: Custody, on: date, **more: object) -> None:
    given = {"way": "visit", "is_there": True, "is_paid_out": True, "spoken_with": "成员1", "findings": "相符", **more}
    check_custody(made.pk, on=on, at=at(on), **given)  # type: ignore[arg-type]


def named(run: PayRun) -> dict[str, str]:
    return {number: detail for (number, kind), detail in found(run).items() if kind == "keeping"}


def test_one_who_keeps_three_cards_without_a_filed_agreement_is_found_and_a_filing_settles_it() -> None:
    made = three()
    run = compute()
    assert named(run) == dict.fromkeys(("A1", "B1", "C1"), OPEN)

    for each in made:
        filed(each)
        looked(each, date(2023, 12, 1))

    assert look_again(run.pk, on=DAY, at=at(DAY)) == 0
    assert named(run) == {}


def test_two_households_are_not_many() -> None:
    for each in ("A1", "B1"):
        keeps(tidy(each))
    assert named(compute()) == {}


def test_namesakes_of_two_townships_are_two_people() -> None:
    keeps(tidy("A1"))
    keeps(tidy("B1"))
    keeps(tidy("Z1", division=FAR_VILLAGE))
    assert named(compute()) == {}


def test_a_proxy_counts_with_the_cards_but_a_member_of_the_household_does_not() -> None:
    terms = {"agreed_by": "成员1", "agreed_on": SIGNED, "since": SIGNED, "day": ENTERED, "name": "赵村干"}
    keeps(tidy("A1"))
    keeps(tidy("B1"))
    a_proxy(tidy("C1").household.pk, relation="village", **terms)
    a_proxy(tidy("D1").household.pk, relation="member", **terms)

    details = named(compute())

    assert details["A1"] == OPEN
    assert details["C1"] == "低保金由赵村干代领，他一人代管、代领3户，协议没有备案"
    assert "D1" not in details


def test_nobody_looked_for_more_than_a_year() -> None:
    for each in three():
        filed(each)
    assert named(compute(date(2024, 4, 1), date(2024, 3, 29))) == dict.fromkeys(
        ("A1", "B1", "C1"), "银行卡由赵村干代管，他一人代管、代领3户，核查已逾期"
    )


def test_on_the_last_day_of_the_year_it_is_not_overdue() -> None:
    for each in three():
        filed(each)
    # handed over on 1 March 2023: to be looked at by 1 March 2024
    assert named(compute(date(2024, 3, 1), date(2024, 3, 1))) == {}


def test_a_look_that_found_it_wrong_is_found_even_for_one_household() -> None:
    made = filed(keeps(tidy("A1")), "")
    looked(made, date(2023, 12, 20), is_paid_out=False, findings="少交一百元")
    run = compute()

    assert named(run) == {"A1": "银行卡由赵村干代管，他一人代管、代领1户，上次核查不相符"}
    settled(run.pk, DAY)
    return_card(made.pk, returned_to="成员1", on=DAY, at=at(DAY))
    # what was returned on the freeze day is the family's again
    assert look_again(run.pk, on=DAY, at=at(DAY)) == 0


def test_the_county_files_for_a_keeper_of_many_only_with_a_reason() -> None:
    made = three()
    with acting("县备案", "360429", EVERY_DUTY):
        with pytest.raises(RegistryRefused, match="赵村干一人已为3户代管、代领，请在备案说明里写清"):
            file_custody(made[0].pk, on=ENTERED, at=at(ENTERED))
        file_custody(made[0].pk, remark="老人同意", on=ENTERED, at=at(ENTERED))
        proxy = a_proxy(
            tidy("D1").household.pk, day=ENTERED, relation="village", name="赵村干", agreed_by="成员1",
            agreed_on=SIGNED, since=SIGNED,
        )  # fmt: skip
    with (
        acting("再备案", "360429", EVERY_DUTY),
        pytest.raises(RegistryRefused, match="赵村干一人已为4户代管、代领"),
    ):
        file_proxy(proxy.pk, on=ENTERED, at=at(ENTERED))
    made[0].refresh_from_db()
    assert made[0].filed_note == "老人同意"
