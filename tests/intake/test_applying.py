"""申请: the family's file and its case come into being together or not at all."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from opendibao.intake.actions import record_lead, submit_case
from opendibao.intake.applying import Family, Filing, Relative, file_application
from opendibao.intake.drafts import save_draft
from opendibao.intake.duplicates import Person, duplicates
from opendibao.intake.models import Case, Draft, Lead, OfficialRelative, OnlineApplication
from opendibao.intake.refusal import IntakeRefused
from opendibao.registry.actions import record_death
from opendibao.registry.entries import HouseholdEntry, MemberEntry
from opendibao.registry.models import Household
from opendibao.registry.queries import household_by_id, members_on, next_number, person_id
from opendibao.registry.refusal import RegistryRefused
from tests.conftest import ActAs
from tests.registry.builders import (
    CHILD,
    FAR_VILLAGE,
    FATHER,
    LONER,
    MOTHER,
    VILLAGE,
    at,
    divisions,
    household,
    number,
)  # fmt: skip

pytestmark = pytest.mark.usefixtures("county")
ON = date(2025, 1, 6)
DECLARED: Mapping[str, object] = {"area": "rural", "members": [{"name": "王秀英"}]}
NEW = HouseholdEntry("", VILLAGE, "rural", "5组", "", (MOTHER, FATHER, CHILD), None)


@pytest.fixture(autouse=True)
def places(county: None) -> None:
    divisions()


def filing(**changes: object) -> Filing:
    return replace(Filing(Family(None, NEW), "counter", "王秀英", DECLARED), **changes)  # type: ignore[arg-type]


def files(**changes: object) -> Case:
    return file_application(filing(**changes), on=ON, at=at(ON))


def test_a_new_family_gets_the_next_number_of_its_village() -> None:
    household(f"{VILLAGE}-0007", LONER)
    case = files()

    home = household_by_id(case.household_id)
    assert home.number == f"{VILLAGE}-0008"
    assert (case.applicant, case.channel, case.declared) == ("王秀英", "counter", DECLARED)
    assert [one.name for one in members_on(home.id, ON)] == ["王秀英", "李建国", "李小红"]


def test_a_number_that_was_typed_otherwise_does_not_stop_the_count() -> None:
    household(f"{VILLAGE}-9999", LONER)
    household(f"{VILLAGE}-A1", MemberEntry(number(date(1950, 1, 2), 8), "王五", "head"))

    assert next_number(VILLAGE) == f"{VILLAGE}-10000"


def test_a_known_family_keeps_its_file() -> None:
    home = household()
    grown = MemberEntry(number(date(2024, 12, 1), 6), "李小宝", "child")
    case = files(family=Family(home, joins=[grown], leaves=[person_id(FATHER.id_number)]))

    assert case.household_id == home
    assert [one.name for one in members_on(home, ON)] == ["王秀英", "李小红", "李小宝"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"applicant": "李小红"}, "未满18周岁"),
        ({"applicant": "王二"}, "“王二”不是户360429100201-0001的成员"),
        ({"family": Family(None)}, "没有写是哪一家"),
        ({"channel": "fax"}, "渠道“fax”不在可选项内"),
        ({"relatives": [Relative("王二", "张主任", "村主任", "弟弟")]}, "“王二”不是这一户的成员"),
        ({"relatives": [Relative("王秀英", "", "村主任", "弟弟")]}, "请填写工作人员"),
        ({"lead_id": 999_999}, "没有这条线索"),
        ({"online_id": 999_999}, "这份网上申请已经有人接办或者答复过"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_left_behind(changes: dict[str, object], said: str) -> None:
    with pytest.raises(IntakeRefused, match=said):
        files(**changes)
    assert not Household.objects.exists()
    assert not Case.objects.exists()
    assert not OfficialRelative.objects.exists()


@pytest.mark.parametrize("text", ["", "1234", f"{MOTHER.id_number[:17]}A", "９９９", "9.99999E+17"])
def test_a_number_that_cannot_be_is_refused_by_name(text: str) -> None:
    entry = replace(NEW, members=(MemberEntry(text, "王秀英", "head"),))
    with pytest.raises(IntakeRefused, match="成员“王秀英”：身份证号"):
        files(family=Family(None, entry))


def test_a_place_of_another_officer_is_refused(act_as: ActAs) -> None:
    with act_as("360429101"), pytest.raises(RegistryRefused, match="不在本人办理的区划内"):
        files()


def test_nobody_applies_twice() -> None:
    case = files()
    with pytest.raises(IntakeRefused, match=f"已有在办申请{case.number}"):
        files(family=Family(case.household_id))


def test_a_member_of_another_household_is_named_with_it() -> None:
    household("999999-00009", replace(FATHER, relation="head"))
    with pytest.raises(IntakeRefused, match="李建国是户999999-00009的成员"):
        files()


def test_a_lead_is_settled_with_the_case() -> None:
    lead = record_lead(VILLAGE, source="grid", on=ON, at=at(ON), summary="独居")
    case = files(channel="lead", lead_id=lead.pk)

    found = Lead.objects.get()
    assert (found.outcome, found.contacted_on, found.household_id) == ("applied", ON, case.household_id)


def test_an_online_application_is_taken_over_once() -> None:
    sent = OnlineApplication.objects.create(
        number="W1", division=VILLAGE, received_at=datetime(2025, 1, 5, tzinfo=UTC), applicant="王秀英",
        id_number=MOTHER.id_number, phone="13900001111",
    )  # fmt: skip
    case = files(channel="online", online_id=sent.pk)
    sent.refresh_from_db()
    assert (sent.case_id, sent.answered_on) == (case.pk, ON)

    other = replace(NEW, members=(LONER,))
    with pytest.raises(IntakeRefused, match="已经有人接办"):
        files(family=Family(None, other), applicant="单有福", channel="online", online_id=sent.pk)


def test_a_draft_is_filed_with_its_case() -> None:
    save_draft("a" * 32, division=VILLAGE, title="王秀英", content={"form": {}}, revision=0, at=at(ON))
    case = file_application(filing(), draft_key="a" * 32, on=ON, at=at(ON))

    assert Draft.objects.get().case_id == case.pk
    with pytest.raises(IntakeRefused, match=f"已经提交为案件{case.number}"):
        save_draft("a" * 32, division=VILLAGE, title="", content={"form": {"x": "1"}}, revision=1, at=at(ON))
    with pytest.raises(IntakeRefused, match="没有这份草稿"):
        file_application(filing(), draft_key="b" * 32, on=ON, at=at(ON))


class TestDuplicates:
    def found(self, *persons: Person, home: int | None = None) -> list[tuple[str, str]]:
        return [(one.kind, one.name) for one in duplicates(home, persons, ON)]

    def test_nothing_stands_against_strangers(self) -> None:
        assert self.found(Person(MOTHER.id_number, "王秀英")) == []

    def test_the_open_case_of_any_person_comes_first(self) -> None:
        home = household()
        case = submit_case(home, kind="review", channel="review", declared={}, on=ON, at=at(ON))
        found = duplicates(None, [Person(CHILD.id_number, "李小红")], ON)
        assert [(one.kind, one.case, one.household) for one in found] == [
            ("case", case.number, "999999-00001"), ("household", "", "999999-00001"),
        ]  # fmt: skip

    def test_own_members_of_the_household_are_no_duplicates(self) -> None:
        home = household()
        assert self.found(Person(MOTHER.id_number, "王秀英"), home=home) == []

    def test_the_dead_and_the_differently_named(self) -> None:
        household()
        record_death(person_id(FATHER.id_number), died=date(2024, 12, 1), at=at(ON))
        assert ("named", "王秀兰") in self.found(Person(MOTHER.id_number, "王秀兰"))
        assert ("died", "李建国") in self.found(Person(FATHER.id_number, "李建国"))

    def test_of_another_township_only_the_township_is_told(self, act_as: ActAs) -> None:
        household("far", LONER, division=FAR_VILLAGE)
        with act_as("360429100"):
            (found,) = duplicates(None, [Person(LONER.id_number, "单有福")], ON)
        assert (found.kind, found.township, found.household, found.known_as) == ("elsewhere", "360429101000", "", "")
