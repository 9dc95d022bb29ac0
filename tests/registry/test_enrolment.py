"""建档: what is entered stands in the registry from its day on; what is faulty refuses all, with every reason."""

from dataclasses import replace
from datetime import date

import pytest

from opendibao.audit.queries import events_of
from opendibao.registry.actions import register_household, register_households
from opendibao.registry.entries import AccountEntry, HouseholdEntry, MemberEntry
from opendibao.registry.models import BankAccount, Household, HouseholdPlace, Membership, Person
from opendibao.registry.queries import AccountRow, PlaceRow, account_on, members_on, place_on
from opendibao.registry.refusal import RegistryRefused
from tests.conftest import ActAs
from tests.registry.builders import (
    ACCOUNT,
    CHILD,
    COUNTY,
    FAR_VILLAGE,
    FATHER,
    LONER,
    MOTHER,
    NEW_YEAR,
    TOWN,
    VILLAGE,
    at,
    divisions,
    entry,
    household,
    number,
)  # fmt: skip


def nothing_is_entered() -> bool:
    return not any(table.objects.exists() for table in (Household, Person, Membership, HouseholdPlace, BankAccount))


@pytest.mark.usefixtures("places")
class TestOneHousehold:
    def test_place_members_and_account_hold_from_the_day_on(self) -> None:
        pk = household()

        assert [(m.name, m.sex, m.born, m.relation) for m in members_on(pk, NEW_YEAR)] == [
            ("王秀英", "female", date(1984, 3, 12), "head"),
            ("李建国", "male", date(1982, 5, 1), "spouse"),
            ("李小红", "female", date(2014, 9, 30), "child"),
        ]
        assert place_on(pk, NEW_YEAR) == PlaceRow(VILLAGE, "rural", "3组12号", "00012345678")
        assert account_on(pk, NEW_YEAR) == AccountRow("王秀英", "农商银行", "6200000000000000001")
        assert members_on(pk, date(2024, 1, 1)) == []

    def test_it_leaves_one_event(self) -> None:
        household()

        (event,) = events_of("家庭 999999-00001")
        assert (event.action, event.division) == ("家庭建档", VILLAGE)
        assert event.payload == {"since": "2024-01-02", "members": 3, "area": "rural"}

    def test_fifteen_places_become_eighteen(self) -> None:
        old = replace(LONER, id_number="999999500120011")  # born 1950-01-20, sequence 011

        pk = household("999999-00002", old)

        assert members_on(pk, NEW_YEAR)[0].id_number == number(date(1950, 1, 20), 11)

    def test_a_small_x_becomes_a_capital(self) -> None:
        with_x = next(n for n in (number(date(1960, 1, 1), s) for s in range(1, 99)) if n.endswith("X"))

        pk = household("999999-00002", MemberEntry(with_x.lower(), "陈小末", "head"))

        assert members_on(pk, NEW_YEAR)[0].id_number == with_x

    def test_a_child_belongs_from_birth_not_before(self) -> None:
        pk = register_household(entry(), on=date(2010, 5, 1), at=at(NEW_YEAR)).pk

        assert len(members_on(pk, date(2014, 9, 29))) == 2
        assert len(members_on(pk, date(2014, 9, 30))) == 3

    def test_a_household_may_have_no_account_yet(self) -> None:
        pk = register_household(entry(account=None), on=NEW_YEAR, at=at(NEW_YEAR)).pk

        assert account_on(pk, NEW_YEAR) is None


@pytest.mark.usefixtures("places")
class TestRefusals:
    @pytest.mark.parametrize(
        ("faulty", "reason"),
        [
            (entry("1", replace(MOTHER, id_number=MOTHER.id_number[:-1] + "0")), "户1：成员“王秀英”：.*校验位不对"),
            (entry("1", replace(MOTHER, id_number="9999991984")), "18位"),
            (entry("1", MemberEntry(number(date(2030, 1, 1), 1), "未来人", "head")), "不合理"),
            (entry("1", replace(MOTHER, name=" ")), "缺少姓名"),
            (entry("1", replace(MOTHER, relation="boss")), "与户主关系"),
            (entry("1", FATHER, CHILD), "没有户主"),
            (entry("1", MOTHER, replace(FATHER, relation="head")), "有2个户主（王秀英、李建国）"),
            (entry(" "), "缺少户编号"),
            (entry("1", area="city"), "农村或城镇"),
            (entry("1", division="360429100999"), "不存在"),
            (entry("1", division=TOWN), "不是村"),
            (entry("1", division=COUNTY), "不是村"),
            (entry("1", account=AccountEntry("王秀英", "农商银行", " ")), "缺少银行账号"),
            (entry("1", MOTHER, replace(MOTHER, relation="child")), "在名单中已列在户1"),
        ],
    )
    def test_a_faulty_household_is_refused_with_its_reason(self, faulty: HouseholdEntry, reason: str) -> None:
        with pytest.raises(RegistryRefused, match=reason):
            register_household(faulty, on=NEW_YEAR, at=at(NEW_YEAR))

        assert nothing_is_entered()

    def test_an_impossible_date_with_a_right_check_digit_is_refused(self) -> None:
        # 9·(7+9+10+5+8+4) + 1·1+9·6+8·3+4·7 + 0·9+2·10 + 3·5+0·8 + 0·4+0·2… = 510 = 46·11 + 4, and 4 stands for 8
        impossible = replace(MOTHER, id_number="999999198402300028")

        with pytest.raises(RegistryRefused, match="出生日期不存在"):
            register_household(entry("1", impossible), on=NEW_YEAR, at=at(NEW_YEAR))

    def test_a_household_without_members_is_refused(self) -> None:
        with pytest.raises(RegistryRefused, match="没有成员"):
            register_household(replace(entry("1"), members=()), on=NEW_YEAR, at=at(NEW_YEAR))

    def test_somebody_of_another_household_is_refused_by_its_name(self) -> None:
        household()

        with pytest.raises(
            RegistryRefused, match=r"户999999-00002：成员“李小红”.*自2024-01-02起是户999999-00001的成员"
        ):
            household("999999-00002", LONER, CHILD, on=date(2024, 6, 3))
        assert Household.objects.count() == 1

    def test_a_number_known_under_another_name_is_refused(self) -> None:
        household()

        with pytest.raises(RegistryRefused, match="已登记为“王秀英”"):
            household("999999-00002", replace(MOTHER, name="王秀荣"))

    def test_a_household_number_is_given_once(self) -> None:
        household()

        with pytest.raises(RegistryRefused, match="户编号已有建档"):
            household("999999-00001", LONER)

    def test_one_faulty_household_refuses_the_whole_list_and_all_faults_are_named(self) -> None:
        bad, worse = entry("2", replace(LONER, name="")), entry("3", FATHER)

        with pytest.raises(RegistryRefused, match=r"户2：.*缺少姓名.*户3：没有户主"):
            register_households([(entry("1"), NEW_YEAR), (bad, NEW_YEAR), (worse, NEW_YEAR)], at=at(NEW_YEAR))

        assert nothing_is_entered()

    def test_the_same_person_twice_in_a_list_is_refused(self) -> None:
        rows = [(entry("1"), NEW_YEAR), (entry("2", LONER, CHILD), NEW_YEAR)]

        with pytest.raises(RegistryRefused, match=r"户2：成员“李小红”.*已列在户1"):
            register_households(rows, at=at(NEW_YEAR))

    def test_the_first_twenty_faults_are_shown(self) -> None:
        rows = [(replace(entry(str(n)), members=()), NEW_YEAR) for n in range(25)]

        with pytest.raises(RegistryRefused, match=r"户19：.*；等25处$"):
            register_households(rows, at=at(NEW_YEAR))


def test_a_person_of_another_township_is_refused_without_telling_of_him(act_as: ActAs) -> None:
    with act_as("360429"):
        divisions()
        household("999999-00009", LONER, division=FAR_VILLAGE)
    with act_as("360429100"), pytest.raises(RegistryRefused, match="已在其他乡镇登记") as refusal:
        household("999999-00010", LONER)

    assert "999999-00009" not in str(refusal.value)


def test_many_households_enter_at_once(places: None) -> None:
    rows = [(entry("2", LONER, account=ACCOUNT), NEW_YEAR), (entry("1"), date(2023, 6, 1))]

    ids = register_households(rows, at=at(NEW_YEAR))

    assert set(ids) == {"1", "2"}
    assert [m.name for m in members_on(ids["1"], date(2023, 6, 1))] == ["王秀英", "李建国", "李小红"]
    assert [m.name for m in members_on(ids["2"], NEW_YEAR)] == ["单有福"]
    assert place_on(ids["2"], date(2023, 6, 1)) is None
