"""登记办理: accounts and moves."""

from datetime import date

import pytest

from opendibao.audit.queries import events_of
from opendibao.audit.session import acting
from opendibao.kernel.duties import EVERY_DUTY
from opendibao.registry.actions import (
    ask_account_change,
    change_account,
    confirm_account_change,
    move_household,
    register_household,
)
from opendibao.registry.entries import AccountEntry
from opendibao.registry.models import Membership, Person
from opendibao.registry.queries import account_on, members_on, place_on
from opendibao.registry.queries import household as file_of
from opendibao.registry.refusal import RegistryRefused
from tests.conftest import ActAs
from tests.registry.builders import (
    FAR_VILLAGE,
    MOTHER,
    NEW_YEAR,
    NEXT_VILLAGE,
    TOWN,
    VILLAGE,
    at,
    divisions,
    entry,
    household,
)  # fmt: skip
from tests.registry.changed import asked, changed, looked

MARCH = date(2024, 3, 15)
NEW = AccountEntry("王秀英", "邮储银行", "6200000000000000002")


def move(pk: int, division: str, area: str = "rural") -> None:
    move_household(pk, division=division, area=area, address="新村8号", on=MARCH, at=at(MARCH))


@pytest.mark.usefixtures("places")
class TestAccount:
    def test_money_goes_to_the_new_account_from_its_day(self) -> None:
        pk = household()

        changed(pk, NEW, on=MARCH, at=at(MARCH))

        accounts = [account_on(pk, day) for day in (date(2024, 3, 14), MARCH)]
        assert [a.number for a in accounts if a] == ["6200000000000000001", "6200000000000000002"]
        known_then = account_on(pk, MARCH, known_at=at(date(2024, 3, 14)))
        assert known_then is not None
        assert known_then.number == "6200000000000000001"

    def test_the_event_shows_the_last_four_places_only(self) -> None:
        changed(household(), NEW, on=MARCH, at=at(MARCH))

        told = {event.action: event.payload for event in events_of("家庭 999999-00001")}
        assert told["提出账户变更"]["number"] == told["变更银行账户"]["number"] == "***************0002"

    def test_a_first_account_may_come_later(self) -> None:
        pk = register_household(entry(account=None), on=NEW_YEAR, at=at(NEW_YEAR)).pk

        change_account(pk, NEW, on=MARCH, at=at(MARCH))

        assert account_on(pk, date(2024, 3, 14)) is None
        assert account_on(pk, MARCH) is not None

    def test_an_account_that_would_meet_a_later_one_is_refused(self) -> None:
        first, second, other = (
            date(2024, 3, 1),
            date(2024, 3, 4),
            AccountEntry("王秀英", "农商银行", "6200000000000003"),
        )
        pk = register_household(entry(account=None), on=NEW_YEAR, at=at(NEW_YEAR)).pk
        change_account(pk, NEW, on=MARCH, at=at(first))  # known before it holds
        change = ask_account_change(pk, asked(other, "王秀英", second), on=second, at=at(second))

        with acting("另一经办", "360429", EVERY_DUTY), pytest.raises(RegistryRefused, match="已另有登记的银行账户"):
            confirm_account_change(change.pk, looked(other, "王秀英"), on=second, at=at(second))

    def test_nobody_changes_an_account_alone(self) -> None:
        pk = household()

        with pytest.raises(RegistryRefused, match="户999999-00001：变更账户请先提出，由另一人核实后才生效"):
            change_account(pk, NEW, on=MARCH, at=at(MARCH))

    def test_an_empty_number_is_refused(self) -> None:
        with pytest.raises(RegistryRefused, match="户999999-00001：缺少银行账号"):
            change_account(household(), AccountEntry("王秀英", "邮储银行", ""), on=MARCH, at=at(MARCH))


@pytest.mark.usefixtures("places")
class TestMove:
    def test_the_new_place_holds_from_its_day_and_the_telephone_stays(self) -> None:
        pk = household()

        move(pk, NEXT_VILLAGE, "urban")

        before, after = place_on(pk, date(2024, 3, 14)), place_on(pk, MARCH)
        assert before is not None
        assert after is not None
        assert (before.division, before.area) == (VILLAGE, "rural")
        assert (after.division, after.area, after.address, after.phone) == (
            NEXT_VILLAGE, "urban", "新村8号", "00012345678",
        )  # fmt: skip
        found = file_of("999999-00001")
        assert found is not None
        assert found.division == NEXT_VILLAGE

    def test_members_and_account_go_along_without_a_gap(self) -> None:
        pk = household()

        move(pk, FAR_VILLAGE)

        for day in (date(2024, 3, 14), MARCH):
            assert len(members_on(pk, day)) == 3
            assert account_on(pk, day) is not None
        assert set(Person.objects.values_list("division", flat=True)) == {FAR_VILLAGE}
        now = Membership.objects.filter(recorded__endswith=None, valid__endswith=None)
        assert set(now.values_list("division", flat=True)) == {FAR_VILLAGE}

    @pytest.mark.parametrize(("division", "area", "reason"), [(TOWN, "rural", "不是村"), (NEXT_VILLAGE, "x", "城乡")])
    def test_a_faulty_place_is_refused(self, division: str, area: str, reason: str) -> None:
        with pytest.raises(RegistryRefused, match=reason):
            move(household(), division, area)

    def test_before_its_file_a_household_does_not_move(self) -> None:
        pk = household()

        with pytest.raises(RegistryRefused, match="没有登记住址"):
            move_household(pk, division=NEXT_VILLAGE, area="rural", address="", on=date(2023, 1, 1), at=at(MARCH))


def test_a_township_cannot_send_a_household_to_another(act_as: ActAs) -> None:
    with act_as("360429"):
        divisions()
        pk = household()
    with act_as("360429100"), pytest.raises(RegistryRefused, match="不在本人办理的区划内"):
        move(pk, FAR_VILLAGE)


def test_after_a_move_each_township_sees_its_own_time(act_as: ActAs) -> None:
    with act_as("360429"):
        divisions()
        pk = household()
        move(pk, FAR_VILLAGE)

    with act_as("360429101"):
        assert [m.name for m in members_on(pk, MARCH)][:1] == [MOTHER.name]
        assert members_on(pk, date(2024, 3, 14)) == []
    with act_as("360429100"):
        assert members_on(pk, MARCH) == []
