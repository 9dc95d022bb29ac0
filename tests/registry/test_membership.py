"""家庭成员变动: what changes holds from its day, and what was known before stays known as it was."""

from datetime import date

import pytest

from opendibao.audit.queries import events_of
from opendibao.registry.actions import add_member, change_head, end_membership, record_death, register_household
from opendibao.registry.entries import MemberEntry
from opendibao.registry.models import Membership, Person
from opendibao.registry.queries import members_on, person_id
from opendibao.registry.refusal import RegistryRefused
from tests.registry.builders import CHILD, FATHER, LONER, MOTHER, NEW_YEAR, at, household, number

pytestmark = pytest.mark.usefixtures("places")
MARCH, MAY = date(2024, 3, 15), date(2024, 5, 20)
BABY = MemberEntry(number(date(2024, 3, 3), 21), "李新生", "child")


def names(pk: int, day: date, known: date | None = None) -> list[str]:
    return [m.name for m in members_on(pk, day, known_at=at(known) if known else None)]


class TestJoining:
    def test_a_birth_told_later_counts_from_the_day_of_birth(self) -> None:
        pk = household()

        add_member(pk, BABY, on=date(2024, 3, 3), at=at(MARCH))

        assert names(pk, date(2024, 3, 2)) == ["王秀英", "李建国", "李小红"]
        assert names(pk, date(2024, 3, 3)) == ["王秀英", "李建国", "李小红", "李新生"]
        assert names(pk, date(2024, 3, 3), known=date(2024, 3, 14)) == ["王秀英", "李建国", "李小红"]
        assert events_of("家庭 999999-00001")[-1].payload["person"] == "999999********" + BABY.id_number[-4:]

    def test_whoever_left_one_household_may_join_another(self) -> None:
        first, second = household(), household("999999-00002", LONER)
        end_membership(first, person_id(CHILD.id_number), last_day=date(2024, 3, 14), at=at(MARCH))

        add_member(second, MemberEntry(CHILD.id_number, CHILD.name, "grandchild"), on=MARCH, at=at(MARCH))

        assert names(first, MARCH) == ["王秀英", "李建国"]
        assert names(second, MARCH) == ["单有福", "李小红"]
        assert Person.objects.count() == 4

    def test_nobody_belongs_to_two_households(self) -> None:
        household()
        second = household("999999-00002", LONER)

        with pytest.raises(RegistryRefused, match=r"户999999-00002：成员“李小红”.*户999999-00001的成员"):
            add_member(second, CHILD, on=MARCH, at=at(MARCH))

    def test_nobody_joins_a_household_twice(self) -> None:
        pk = household()

        with pytest.raises(RegistryRefused, match="户999999-00001的成员"):
            add_member(pk, CHILD, on=MARCH, at=at(MARCH))

    def test_a_second_head_is_refused_by_the_first_ones_name(self) -> None:
        pk = household()

        with pytest.raises(RegistryRefused, match="户主已是王秀英，请先变更户主"):
            add_member(pk, LONER, on=MARCH, at=at(MARCH))

    def test_a_dead_person_joins_nobody(self) -> None:
        first, second = household(), household("999999-00002", LONER)
        record_death(person_id(CHILD.id_number), died=date(2024, 2, 1), at=at(MARCH))

        with pytest.raises(RegistryRefused, match="已登记于2024-02-01死亡"):
            add_member(second, CHILD, on=MARCH, at=at(MARCH))
        assert names(first, MARCH) == ["王秀英", "李建国"]

    def test_a_bad_number_is_refused_with_the_household_named(self) -> None:
        pk = household()

        with pytest.raises(RegistryRefused, match=r"户999999-00001：成员“李新生”：.*校验位"):
            add_member(pk, MemberEntry(BABY.id_number[:-1] + "0", "李新生", "child"), on=MARCH, at=at(MARCH))

    def test_an_unknown_household_is_refused(self) -> None:
        with pytest.raises(RegistryRefused, match="没有这个家庭"):
            add_member(0, BABY, on=MARCH, at=at(MARCH))


class TestLeaving:
    def test_the_last_day_is_the_last(self) -> None:
        pk = household()

        end_membership(pk, person_id(FATHER.id_number), last_day=date(2024, 3, 10), at=at(MARCH))

        assert names(pk, date(2024, 3, 10)) == ["王秀英", "李建国", "李小红"]
        assert names(pk, date(2024, 3, 11)) == ["王秀英", "李小红"]
        assert names(pk, date(2024, 3, 11), known=date(2024, 3, 14)) == ["王秀英", "李建国", "李小红"]

    def test_leaving_on_the_day_of_entry_leaves_both_times_in_order(self) -> None:
        pk = household()

        end_membership(pk, person_id(FATHER.id_number), last_day=NEW_YEAR, at=at(NEW_YEAR))

        assert names(pk, NEW_YEAR) == ["王秀英", "李建国", "李小红"]
        assert names(pk, date(2024, 1, 3)) == ["王秀英", "李小红"]

    def test_the_head_of_others_cannot_leave(self) -> None:
        pk = household()

        with pytest.raises(RegistryRefused, match="王秀英是户999999-00001的户主"):
            end_membership(pk, person_id(MOTHER.id_number), last_day=MARCH, at=at(MARCH))

    def test_whoever_is_no_member_cannot_leave(self) -> None:
        pk = household()

        with pytest.raises(RegistryRefused, match="在2023-12-31不是户999999-00001的成员"):
            end_membership(pk, person_id(FATHER.id_number), last_day=date(2023, 12, 31), at=at(MARCH))

    def test_a_correction_cannot_be_noted_before_what_it_corrects(self) -> None:
        pk = household()

        with pytest.raises(RegistryRefused, match="2024-01-02登记的"):
            end_membership(pk, person_id(FATHER.id_number), last_day=NEW_YEAR, at=at(date(2024, 1, 1)))
        assert Membership.objects.count() == 3


class TestDeath:
    def test_a_late_death_changes_the_present_and_nothing_that_was_known(self) -> None:
        pk = household()
        father = person_id(FATHER.id_number)

        record_death(father, died=date(2024, 2, 10), at=at(MAY))

        assert names(pk, date(2024, 2, 10)) == ["王秀英", "李建国", "李小红"]
        assert names(pk, date(2024, 2, 11)) == ["王秀英", "李小红"]
        assert names(pk, date(2024, 4, 1), known=date(2024, 4, 30)) == ["王秀英", "李建国", "李小红"]
        before = members_on(pk, date(2024, 2, 1), known_at=at(date(2024, 4, 30)))[1]
        after = members_on(pk, date(2024, 2, 1))[1]
        assert (before.died, after.died) == (None, date(2024, 2, 10))

    def test_a_death_before_the_household_was_entered_ends_a_membership_that_never_was(self) -> None:
        pk = household()

        record_death(person_id(FATHER.id_number), died=date(2023, 12, 1), at=at(MARCH))

        assert names(pk, NEW_YEAR) == ["王秀英", "李小红"]
        assert names(pk, NEW_YEAR, known=date(2024, 3, 14)) == ["王秀英", "李建国", "李小红"]

    @pytest.mark.parametrize("died", [date(1982, 4, 30), date(2024, 3, 16)])
    def test_an_impossible_day_is_refused(self, died: date) -> None:
        household()

        with pytest.raises(RegistryRefused, match="死亡日期"):
            record_death(person_id(FATHER.id_number), died=died, at=at(MARCH))

    def test_nobody_dies_twice(self) -> None:
        household()
        record_death(person_id(FATHER.id_number), died=date(2024, 2, 10), at=at(MARCH))

        with pytest.raises(RegistryRefused, match="已登记于2024-02-10死亡"):
            record_death(person_id(FATHER.id_number), died=date(2024, 2, 11), at=at(MAY))

    def test_a_whole_household_may_die(self) -> None:
        pk = household()

        for member in (MOTHER, FATHER, CHILD):
            record_death(person_id(member.id_number), died=date(2024, 2, 10), at=at(MARCH))

        assert names(pk, date(2024, 2, 11)) == []


class TestHead:
    def test_another_member_becomes_the_head(self) -> None:
        pk = household()

        change_head(pk, person_id(FATHER.id_number), former_relation="spouse", on=MARCH, at=at(MARCH))

        assert [(m.name, m.relation) for m in members_on(pk, MARCH)][:2] == [("李建国", "head"), ("王秀英", "spouse")]
        assert members_on(pk, date(2024, 3, 14))[0].name == "王秀英"

    def test_after_the_heads_death_an_heir_is_named(self) -> None:
        pk = household()
        record_death(person_id(MOTHER.id_number), died=date(2024, 2, 10), at=at(MARCH))

        change_head(pk, person_id(FATHER.id_number), former_relation="spouse", on=date(2024, 2, 11), at=at(MARCH))

        assert [(m.name, m.relation) for m in members_on(pk, MARCH)] == [("李建国", "head"), ("李小红", "child")]

    def test_a_stranger_cannot_be_the_head(self) -> None:
        pk = household()
        household("999999-00002", LONER)

        with pytest.raises(RegistryRefused, match="新户主应是户999999-00001"):
            change_head(pk, person_id(LONER.id_number), former_relation="spouse", on=MARCH, at=at(MARCH))

    def test_two_heads_are_refused(self) -> None:
        pk = household()

        with pytest.raises(RegistryRefused, match="不在可选项内"):
            change_head(pk, person_id(FATHER.id_number), former_relation="head", on=MARCH, at=at(MARCH))


def test_a_registered_household_comes_back_as_such() -> None:
    from tests.registry.builders import entry

    assert register_household(entry(), on=NEW_YEAR, at=at(NEW_YEAR)).number == "999999-00001"
