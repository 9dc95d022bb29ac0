"""代管: by written agreement and filed (57号 第二十六条), looked at every year by another, given back to the family."""

from datetime import date

import pytest

from opendibao.audit.queries import events_of
from opendibao.audit.session import acting
from opendibao.kernel.duties import EVERY_DUTY, Duty
from opendibao.registry.actions import (
    check_custody,
    file_custody,
    move_household,
    record_death,
    register_household,
    return_card,
)
from opendibao.registry.custody_queries import custodies, custody
from opendibao.registry.models import Custody, CustodyCheck
from opendibao.registry.queries import members_on
from opendibao.registry.refusal import RegistryRefused
from tests.conftest import ActAs
from tests.registry.agreements import ENTERED, SIGNED, a_custody, filed_custody
from tests.registry.builders import FAR_VILLAGE, LONER, NEW_YEAR, at, divisions, entry, household

DAY = date(2024, 3, 15)
LOOK = {"way": "visit", "is_there": True, "is_paid_out": True, "spoken_with": "王秀英", "findings": "卡在，流水相符"}


def looks(pk: int, on: date = DAY, **more: object) -> CustodyCheck:
    return check_custody(pk, on=on, at=at(on), **{**LOOK, **more})  # type: ignore[arg-type]


@pytest.mark.usefixtures("places")
class TestKeeping:
    def test_what_was_handed_over_when_and_by_which_agreement_stands_there(self) -> None:
        made = a_custody(household())

        (row,) = custodies(DAY)
        assert (row.custodian, row.custodian_is, row.handed, row.tail, row.handed_on, row.agreed_by) == (
            "赵村干", "village", "card", "0001", SIGNED, "王秀英",
        )  # fmt: skip
        assert (row.filed_by, row.due_on, row.paper_id) == ("", date(2025, 2, 1), made.paper_id)
        assert events_of("家庭 999999-00001")[-1].action == "登记代管银行卡"

    def test_the_county_files_it_by_another_hand(self) -> None:
        made = a_custody(household(), custodian="县备案")
        for officer in ("张经办", "县备案"):
            with (
                acting(officer, "360429", {Duty.CONFIRM}),
                pytest.raises(RegistryRefused, match="登记人和代管人不能自己备案"),
            ):
                file_custody(made.pk, on=ENTERED, at=at(ENTERED))
        with acting("李审核", "360429", {Duty.CONFIRM}):
            with pytest.raises(RegistryRefused, match="早于登记日期"):
                file_custody(made.pk, on=SIGNED, at=at(SIGNED))
            file_custody(made.pk, on=ENTERED, at=at(ENTERED))
            with pytest.raises(RegistryRefused, match="已由李审核在2024-02-02备案"):
                file_custody(made.pk, on=ENTERED, at=at(ENTERED))
        (row,) = custodies(DAY)
        assert (row.filed_by, row.filed_on) == ("李审核", ENTERED)

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ({"custodian": " "}, "缺少代管人"),
            ({"custodian": "李建国"}, "“李建国”是家庭成员，自己保管不用登记代管"),
            ({"custodian_is": "shop"}, "代管人只能是乡镇（街道）或村（居）委会的工作人员"),
            ({"post": ""}, "缺少单位和职务"),
            ({"reason": ""}, "缺少代管原因"),
            ({"handed": "password"}, "交付物品“password”不在可选项内"),
            ({"handed_on": DAY}, "交付日期不能晚于今天"),
            ({"handed_on": NEW_YEAR}, "应先签协议再交付"),
            ({"agreed_by": "赵村干"}, "签字人“赵村干”在2024-02-01不是家庭成员"),
        ],
    )
    def test_a_faulty_entry_is_refused(self, more: dict[str, object], said: str) -> None:
        with pytest.raises(RegistryRefused, match=f"户999999-00001：.*{said}"):
            a_custody(household(), **more)
        assert not Custody.objects.exists()

    def test_without_an_account_there_is_nothing_to_keep(self) -> None:
        pk = register_household(entry(account=None), on=NEW_YEAR, at=at(NEW_YEAR)).pk
        with pytest.raises(RegistryRefused, match="没有登记银行账户"):
            a_custody(pk)

    def test_one_card_has_one_custodian_until_it_is_back(self) -> None:
        pk = household()
        first = a_custody(pk)
        with pytest.raises(RegistryRefused, match="赵村干自2024-02-01起已代管，请先登记归还"):
            a_custody(pk)
        return_card(first.pk, returned_to="李建国", on=ENTERED, at=at(ENTERED))

        second = a_custody(pk, custodian="钱乡镇", custodian_is="town")

        assert [(row.id, row.returned_to, row.due_on is None) for row in custodies(DAY)] == [
            (second.pk, "", False), (first.pk, "李建国", True),
        ]  # fmt: skip


@pytest.mark.usefixtures("places")
class TestLooking:
    def test_a_look_puts_the_next_one_off_and_says_whether_all_was_well(self) -> None:
        made = filed_custody(household())
        looks(made.pk, is_paid_out=False, findings="二月少交100元")

        row = custody(made.pk, DAY)
        assert row
        assert (row.checked_on, row.fits, row.due_on) == (DAY, False, date(2025, 3, 15))

    def test_the_custodian_does_not_look_at_himself(self) -> None:
        made = filed_custody(household())
        with (
            acting("赵村干", "360429", EVERY_DUTY),
            pytest.raises(RegistryRefused, match="代管人不能核查自己代管的银行卡"),
        ):
            looks(made.pk)

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ({"findings": ""}, "缺少核查情况"),
            ({"way": "x"}, "核查方式“x”不在可选项内"),
            ({"spoken_with": "赵村干"}, "“赵村干”不是家庭成员"),
            ({"on": NEW_YEAR}, "早于交付日期"),
        ],
    )
    def test_a_faulty_look_is_refused(self, more: dict[str, object], said: str) -> None:
        made = filed_custody(household())
        with pytest.raises(RegistryRefused, match=said):
            looks(made.pk, **more)  # type: ignore[arg-type]
        assert not CustodyCheck.objects.exists()

    def test_twice_on_one_day_is_refused(self) -> None:
        made = filed_custody(household())
        looks(made.pk)
        with pytest.raises(RegistryRefused, match="这天已经核查过"):
            looks(made.pk)


@pytest.mark.usefixtures("places")
class TestReturning:
    def test_it_is_given_to_somebody_of_the_family_and_then_it_is_over(self) -> None:
        made = filed_custody(household())
        with pytest.raises(RegistryRefused, match="“路人”不是家庭成员，请交还家庭成员"):
            return_card(made.pk, returned_to="路人", on=DAY, at=at(DAY))
        with pytest.raises(RegistryRefused, match="归还日期2024-01-02早于交付日期"):
            return_card(made.pk, returned_to="王秀英", on=NEW_YEAR, at=at(NEW_YEAR))

        return_card(made.pk, returned_to="王秀英", remark="出院了", on=DAY, at=at(DAY))

        for again in (
            lambda: return_card(made.pk, returned_to="王秀英", on=DAY, at=at(DAY)),
            lambda: looks(made.pk),
        ):
            with pytest.raises(RegistryRefused, match="这笔代管已在2024-03-15归还给王秀英"):
                again()
        with pytest.raises(RegistryRefused, match="没有这笔代管"):
            return_card(0, returned_to="王秀英", on=DAY, at=at(DAY))


@pytest.mark.usefixtures("places")
def test_the_card_of_a_man_who_died_alone_can_be_given_back() -> None:
    pk = household("999999-00002", LONER)
    made = filed_custody(pk, agreed_by="单有福")
    (loner,) = members_on(pk, DAY)
    record_death(loner.person_id, died=date(2024, 3, 10), at=at(DAY))

    with pytest.raises(RegistryRefused, match="家中已没有在世的成员，请登记归还，写明交给谁"):
        looks(made.pk, spoken_with="单有福")
    with pytest.raises(RegistryRefused, match="请在归还说明里写清接收人是谁"):
        return_card(made.pk, returned_to="单有贵", on=DAY, at=at(DAY))
    return_card(made.pk, returned_to="单有贵", remark="弟弟，凭户口簿和死亡证明", on=DAY, at=at(DAY))

    assert [row.returned_to for row in custodies(DAY)] == ["单有贵"]


def test_a_kept_card_moves_with_the_household(act_as: ActAs) -> None:
    with act_as("360429"):
        divisions()
        pk = household()
        filed_custody(pk)
        move_household(pk, division=FAR_VILLAGE, area="rural", address="1", on=DAY, at=at(DAY))
    with act_as("360429100"):
        assert custodies(DAY) == []
    with act_as("360429101"):
        assert [row.custodian for row in custodies(DAY)] == ["赵村干"]
