"""告知书: result, amount in figures and words, reason with its clause, from when, what to do against it."""

import pytest

from opendibao.decision.actions import stop_benefit
from opendibao.decision.models import Letter
from tests.decision.builders import HANDS, LATER, checking, covered, earning, refuse, review, reviewed
from tests.registry.builders import at

pytestmark = pytest.mark.usefixtures("places")


def test_a_grant_is_told_in_the_order_in_which_a_family_asks() -> None:
    text = Letter.objects.get(decision=covered()).text

    lines = text.splitlines()
    assert lines[:2] == ["最低生活保障确认通知书", "王秀英："]
    assert lines[2] == "一、结果：同意你家享受最低生活保障，保障3人。"
    assert lines[3] == "二、金额：每月1378.00元（壹仟叁佰柒拾捌元整）。其中分类施保74.00元。"
    assert "社会救助暂行办法第九条" in lines[4]
    assert lines[5] == "四、时间：从2024年4月起，按月发到你家的银行账户。"
    assert "行政复议" in lines[6]
    assert lines[7] == "六、有疑问找谁：请找东镇民政窗口，或拨打热线0000-1234900。"
    assert lines[-1] == "决定日期：2024年3月18日"


def test_a_refusal_says_why_and_by_which_clause() -> None:
    decision = refuse(reviewed(earning(4000)))

    text = Letter.objects.get(decision=decision).text

    assert "不予确认你家享受最低生活保障" in text
    assert "家庭年收入48,600.00元，高于年保障线26,640.00元" in text
    assert "最低生活保障审核确认办法第二十一条" in text
    assert "社会救助暂行办法第六十五条" in text


def test_a_stop_names_the_former_amount_and_the_last_month() -> None:
    case = review(covered(), earning(4000))

    with checking():
        decision = stop_benefit(case.pk, cause="income", on=LATER, at=at(LATER), **HANDS)

    text = Letter.objects.get(decision=decision).text

    assert "停发前每月1378.00元" in text
    assert "2024年5月的保障金照发，次月起停发" in text


def test_a_time_of_grace_names_its_last_month() -> None:
    case = review(covered(), earning(2700))

    with checking():
        decision = stop_benefit(case.pk, cause="employment", on=LATER, at=at(LATER), **HANDS)

    assert "从2024年6月起，按月发到你家的银行账户。发到2024年11月为止。" in Letter.objects.get(decision=decision).text


def test_no_line_holds_an_id_number_or_an_account() -> None:
    text = Letter.objects.get(decision=covered()).text

    assert "999999" not in text
    assert "6200000000000000001" not in text
