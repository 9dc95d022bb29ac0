"""告知书送达: plain words of short sentences, one sentence of the officer's own, handed over once."""

import re
from datetime import date
from statistics import median

import pytest

from opendibao.decision.actions import stop_benefit
from opendibao.decision.letter_queries import letter_file, letters_waiting
from opendibao.decision.letters import deliver_decision, note_letter
from opendibao.decision.models import Decision, Letter
from opendibao.decision.refusal import DecisionRefused
from opendibao.decision.voiding import void_decision
from tests.decision.builders import LATER, checking, covered, earning, refuse, review, reviewed
from tests.decision.reported import facts_of, meet, report_refusal, verified
from tests.registry.builders import at

pytestmark = pytest.mark.usefixtures("places")
DAY = date(2024, 3, 19)
ENDS = re.compile(r"[。；：\n]")


def grant() -> Decision:
    return covered()


def too_much_income() -> Decision:
    return refuse(reviewed(earning(4000)))


def too_much_saved() -> Decision:
    case = verified(1, facts_of(1, assets=200_000))
    meet(case)
    report_refusal(case)
    return refuse(case)


def stopped() -> Decision:
    case = review(covered(), earning(4000))
    with checking():
        return stop_benefit(case.pk, cause="income", on=LATER, at=at(LATER))


@pytest.mark.parametrize("make", [grant, too_much_income, too_much_saved, stopped])
def test_half_of_the_sentences_have_no_more_than_twenty_five_letters(make: object) -> None:
    text = Letter.objects.get(decision=make()).text  # type: ignore[operator]
    sentences = [one.strip() for one in ENDS.split(text) if one.strip()]

    assert len(sentences) > 10
    assert median(map(len, sentences)) <= 25


@pytest.mark.parametrize("make", [grant, too_much_income, too_much_saved, stopped])
def test_the_result_comes_first_then_why_then_what_then_whom_to_call(make: object) -> None:
    lines = Letter.objects.get(decision=make()).text.splitlines()  # type: ignore[operator]

    heads = [line.split("、", 1)[1].split("：", 1)[0] for line in lines[2:8]]
    assert heads == ["结果", "金额", "理由", "时间", "不同意怎么办", "有疑问找谁"]
    assert "0000-1234900" in lines[7]


def test_savings_above_the_limit_are_named_as_the_reason() -> None:
    text = Letter.objects.get(decision=too_much_saved()).text

    # 740 × 24 × 1
    assert "金融资产200,000.00元，超过低保家庭限额17,760.00元" in text


def test_the_sentence_of_the_officer_stands_beside_the_locked_text() -> None:
    decision = grant()
    before = Letter.objects.get().text

    with checking():
        note_letter(decision.pk, note=" 看病的钱可以问医保。 ", at=at(DAY))

    assert (Letter.objects.get().text, Letter.objects.get().note) == (before, "看病的钱可以问医保。")
    with checking(), pytest.raises(DecisionRefused, match="最多300字"):
        note_letter(decision.pk, note="长" * 301, at=at(DAY))


def test_it_is_handed_over_once_and_then_stays_as_it_is() -> None:
    decision = grant()
    deliver_decision(decision.pk, how="home", receiver="王秀英", on=DAY, at=at(DAY))

    with pytest.raises(DecisionRefused, match="已于2024-03-19送达王秀英，请勿重复登记"):
        deliver_decision(decision.pk, how="post", receiver="王秀英", on=DAY, at=at(DAY))
    with checking(), pytest.raises(DecisionRefused, match="不能再改补充说明"):
        note_letter(decision.pk, note="再补一句", at=at(DAY))
    assert letters_waiting() == []


@pytest.mark.parametrize(
    ("how", "receiver", "on", "said"),
    [
        ("pigeon", "王秀英", DAY, "送达方式“pigeon”不在可选项内"), ("home", " ", DAY, "写明签收人"),
        ("home", "王秀英", date(2024, 3, 17), "早于制作日期2024-03-18"),
    ],
)  # fmt: skip
def test_a_delivery_that_cannot_be_is_refused(how: str, receiver: str, on: date, said: str) -> None:
    decision = grant()

    with pytest.raises(DecisionRefused, match=said):
        deliver_decision(decision.pk, how=how, receiver=receiver, on=on, at=at(DAY))


def test_the_letter_of_a_voided_decision_goes_nowhere() -> None:
    decision = grant()
    with checking():
        void_decision(decision.pk, reason="再核", on=DAY, at=at(DAY))

    with pytest.raises(DecisionRefused, match="告知书作废"):
        deliver_decision(decision.pk, how="home", receiver="王秀英", on=DAY, at=at(DAY))


def test_a_refusal_is_to_be_told_within_three_working_days() -> None:
    found = letter_file(too_much_income().pk)

    assert found is not None
    assert found.due_on == date(2024, 3, 21)  # Monday the 18th and three days
