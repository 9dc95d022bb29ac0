"""委托书和近亲属备案: who applies for a family, and whose relatives officials are."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from opendibao.decision.relatives_register import relatives, relatives_count, relatives_of
from opendibao.intake.ending import withdraw_case
from opendibao.intake.mandates import give_mandate
from opendibao.intake.models import Case, Mandate, OfficialRelative
from opendibao.intake.official_relatives import register_relative
from opendibao.intake.refusal import IntakeRefused
from tests.conftest import ActAs
from tests.intake.builders import ACCEPTED, APPLIED, submitted
from tests.registry.builders import at, divisions

HELP = {"helper": "赵邻居", "relation": "neighbour", "phone": "00012345678", "reason": "行动不便"}
KIN = {"member": "李建国", "official": "李书记", "post": "村支部书记", "relation": "兄弟"}
LATER = date(2024, 3, 8)


def mandate(case: Case, **more: str) -> Mandate:
    return give_mandate(case.pk, **{**HELP, **more}, on=APPLIED, at=at(APPLIED))  # type: ignore[arg-type]


def kin(case: Case, **more: str) -> OfficialRelative:
    return register_relative(case.pk, **{**KIN, **more}, on=ACCEPTED, at=at(ACCEPTED))  # type: ignore[arg-type]


@pytest.mark.usefixtures("places")
class TestMandate:
    def test_it_names_the_helper(self) -> None:
        made = mandate(submitted())

        assert (made.helper, made.relation, made.signed_on) == ("赵邻居", "neighbour", APPLIED)

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ({"helper": " "}, "请填写受委托人"),
            ({"phone": ""}, "请填写电话"),
            ({"reason": "长" * 121}, "请填写委托原因，120字以内"),
            ({"relation": "boss"}, "“boss”不在可选项内，请在亲属、邻居、村社区、社会组织中选一项"),
        ],
    )
    def test_a_mandate_that_cannot_stand_is_refused(self, more: dict[str, str], said: str) -> None:
        with pytest.raises(IntakeRefused, match=said):
            mandate(submitted(), **more)

    def test_a_photograph_of_another_case_is_refused(self) -> None:
        with pytest.raises(IntakeRefused, match="没有这张委托书照片"):
            give_mandate(submitted().pk, **HELP, on=APPLIED, at=at(APPLIED), paper_id=1)  # type: ignore[arg-type]

    def test_a_case_has_one(self) -> None:
        case = submitted()
        mandate(case)

        with pytest.raises(IntakeRefused, match="已登记委托书，受委托人赵邻居"):
            mandate(case, helper="钱邻居")

    def test_what_is_signed_stays(self) -> None:
        made = mandate(submitted())
        made.helper = "钱邻居"

        with pytest.raises(IntegrityError), transaction.atomic():
            made.save()


@pytest.mark.usefixtures("places")
class TestRelative:
    def test_it_stands_in_the_register_and_waits_for_the_countys_visit(self) -> None:
        case = submitted()
        kin(case)

        (row,) = relatives_of(case.pk)
        assert (row.member, row.official, row.relation, row.visited_on) == ("李建国", "李书记", "兄弟", None)
        assert [one.case for one in relatives()] == [case.number]
        assert relatives_count() == 1

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ({"member": "路人"}, "“路人”不是这一户的成员"),
            ({"official": ""}, "请填写工作人员"),
            ({"post": "长" * 61}, "请填写职务，60字以内"),
            ({"relation": " "}, "请填写亲属关系"),
        ],
    )
    def test_an_entry_names_a_member_and_an_official(self, more: dict[str, str], said: str) -> None:
        with pytest.raises(IntakeRefused, match=said):
            kin(submitted(), **more)

    def test_the_same_two_are_entered_once(self) -> None:
        case = submitted()
        kin(case)

        with pytest.raises(IntakeRefused, match="李建国和李书记的亲属关系已备案"):
            kin(case, relation="堂兄弟")


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize("enter", [mandate, kin])
def test_after_its_end_a_case_takes_no_more(enter: Callable[[Case], object]) -> None:
    case = submitted()
    withdraw_case(case.pk, reason="不再申请", on=ACCEPTED, at=at(ACCEPTED))

    with pytest.raises(IntakeRefused, match="已办结"):
        enter(case)


def test_another_townships_register_is_not_there(act_as: ActAs) -> None:
    with act_as("360429"):
        divisions()
        case = submitted()
        kin(case)
    with act_as("360429101"):
        assert relatives() == []
        with pytest.raises(IntakeRefused, match="没有这个案件"):
            kin(case)
