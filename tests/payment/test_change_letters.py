"""变动告知书: a family reads what, how much, why, until when and how, and whom to ask."""

from datetime import date

import pytest

from opendibao.audit.session import acting
from opendibao.kernel.duties import EVERY_DUTY
from opendibao.payment.change_letters import claim_letter, order_letter, suspension_letter, waiver_letter
from opendibao.payment.ordering import approve_order, order_supplement
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.repaying import approve_waiver, ask_waiver
from opendibao.payment.suspending import approve_suspension, ask_suspension
from tests.payment.builders import Family, at, family
from tests.payment.months import JANUARY, paid
from tests.payment.test_recovering import claim, claimed

DAY = date(2024, 2, 20)
pytestmark = pytest.mark.usefixtures("county")


def overpaid_family() -> Family:
    one = family("A1")
    family("B1")
    paid(JANUARY)
    one.decide("reduce", date(2024, 1, 20), fen=30000, first_month=date(2024, 2, 1))
    return one


def test_who_must_give_back_reads_every_month_and_the_law() -> None:
    said = claim_letter(claimed(overpaid_family()).pk).splitlines()
    assert said[0] == "多发保障金退回通知书"
    assert said[2] == (
        "一、要退回多少：320.00元（大写：叁佰贰拾元整）。2024年1月发620.00元，应发300.00元，多320.00元。"
    )
    assert "虚报、隐瞒、伪造。隐瞒了工资。" in said[3]
    assert "社会救助暂行办法第六十八条" in said[3]
    assert "请在2024年3月21日以前退回" in said[4]
    assert "审批减免" in said[5]
    assert "行政复议" in said[6]


def test_before_approval_there_is_no_letter() -> None:
    made = claim(overpaid_family())
    with pytest.raises(PaymentRefused, match="还没有批准"):
        claim_letter(made.pk)
    for letter in (waiver_letter, suspension_letter, order_letter):
        with pytest.raises(PaymentRefused, match="还没有批准"):
            letter(1)


def test_who_is_let_off_reads_what_need_not_be_given_back() -> None:
    asked = ask_waiver(claimed(overpaid_family()).pk, cause="重病住院", on=DAY, at=at(DAY))
    with acting("王财政", "360429", EVERY_DUTY):
        approve_waiver(asked.pk, on=DAY, at=at(DAY))
    said = waiver_letter(asked.pk)
    assert "还没有退回的320.00元（大写：叁佰贰拾元整）不用退了" in said
    assert "重病住院" in said


def test_who_is_suspended_reads_that_nothing_is_lost() -> None:
    one = family("A1")
    made = ask_suspension(one.household.pk, first_month=date(2024, 3, 1), cause="正在核查收入", on=DAY, at=at(DAY))
    with acting("李复核", "360429", EVERY_DUTY):
        approve_suspension(made.pk, on=DAY, at=at(DAY))
    said = suspension_letter(made.pk)
    assert "从2024年3月起暂停发放" in said
    assert "一次补发" in said


def test_who_gets_a_supplement_reads_for_which_month() -> None:
    family("A1")
    paid(JANUARY)
    late = family("B1", fen=31550)
    made = order_supplement(late.household.pk, month=JANUARY, cause="决定晚到", on=DAY, at=at(DAY))
    with acting("李复核", "360429", EVERY_DUTY):
        approve_order(made.pk, on=DAY, at=at(DAY))
    said = order_letter(made.pk)
    assert "给你家补发2024年1月的315.50元（大写：叁佰壹拾伍元伍角整）" in said
