"""抽样: a draw follows from seed and stock alone; a check is decided again by the rules; silence is an answer."""

import hashlib
from collections.abc import Callable
from datetime import date

import pytest

from opendibao.audit.models import Event
from opendibao.decision.models import Decision
from opendibao.evaluation.actions import (
    draw_accuracy_sample,
    draw_satisfaction_sample,
    record_accuracy_check,
    record_answers,
)
from opendibao.evaluation.models import AccuracyCheck, SatisfactionAnswer
from opendibao.evaluation.sampling import BadFacts, BadSample, NotSampled, draw
from tests.evaluation.year import measured, ratio
from tests.payment.builders import VILLAGE, Family, at, family, opening_act

pytestmark = pytest.mark.usefixtures("county")
NOVEMBER, DECEMBER = date(2024, 11, 4), date(2024, 12, 2)
# one man of fifty alone on no income: the whole rural standard of 740.00, no supplement
ALONE = {
    "area": "rural",
    "members": [{"name": "甲", "born": "1974-01-01", "sex": "male", "relation": "head"}],
    "property": {"financial_assets": 0, "dwellings": 1},
}


def ten() -> list[Family]:
    return [family(f"A{number}") for number in range(10)]


def decided(number: str, fen: int) -> None:
    made = Family(number).enter()
    Decision.objects.create(
        number=f"旧{number}", household=made.household, opening_act=opening_act(), division=VILLAGE, area="rural",
        kind="legacy", cause="opening", outcome="dibao", decided_on=date(2024, 1, 2), maker="甲签", approver="乙签",
        persons=1, amount_fen=fen, first_month=date(2024, 2, 1),
    )  # fmt: skip


def earning(yuan: int) -> dict[str, object]:
    """The same man with another income of so many yuan a month."""
    member = {**ALONE["members"][0], "income": [{"kind": "other", "amount": yuan, "per": "month"}]}  # type: ignore[index]
    return {**ALONE, "members": [member]}


class TestDrawing:
    def test_the_same_seed_draws_the_same_households_in_any_order_of_entry(self) -> None:
        ten()
        expected = sorted(f"A{n}" for n in range(10))
        expected.sort(key=lambda number: hashlib.sha256(f"7:{number}".encode()).digest())
        assert [one.number for one in draw(4, 7, NOVEMBER)] == sorted(expected[:4])
        assert draw(4, 7, NOVEMBER) == draw(4, 7, NOVEMBER)

    def test_another_seed_draws_others(self) -> None:
        ten()
        draws = {tuple(one.number for one in draw(5, seed, NOVEMBER)) for seed in range(5)}
        assert len(draws) > 1

    def test_only_households_in_force_on_the_day_are_drawn(self) -> None:
        made = ten()
        made[0].decide("stop", NOVEMBER)
        assert [one.number for one in draw(9, 1, NOVEMBER)] == [f"A{n}" for n in range(1, 10)]
        assert len(draw(10, 1, date(2024, 11, 3))) == 10

    @pytest.mark.parametrize("size", [0, 11, -1])
    def test_a_sample_of_nobody_or_of_more_than_there_are_is_refused(self, size: int) -> None:
        ten()
        with pytest.raises(BadSample, match="在保10户"):
            draw(size, 1, NOVEMBER)

    @pytest.mark.parametrize("act", [draw_accuracy_sample, draw_satisfaction_sample])
    def test_a_year_is_drawn_once_and_every_household_has_its_event(self, act: Callable[..., list[int]]) -> None:
        ten()
        assert len(act(2024, size=3, seed=1, on=NOVEMBER, at=at(NOVEMBER))) == 3
        assert Event.objects.filter(action__startswith="抽取").count() == 3
        with pytest.raises(BadSample, match="不能重抽"):
            act(2024, size=3, seed=2, on=NOVEMBER, at=at(NOVEMBER))


class TestAccuracy:
    def check(self, facts: dict[str, object], fen: int = 74000) -> AccuracyCheck:
        decided("A1", fen)
        (check,) = draw_accuracy_sample(2024, size=1, seed=1, on=NOVEMBER, at=at(NOVEMBER))
        return record_accuracy_check(check, facts=facts, on=DECEMBER, at=at(DECEMBER))

    def test_the_same_facts_give_the_same_outcome_and_amount(self) -> None:
        found = self.check(ALONE)
        assert (found.outcome, found.amount_fen) == ("dibao", 74000)
        assert ratio("target_accuracy") == (1, 1)

    @pytest.mark.parametrize(("yuan", "agrees"), [(10, 1), (11, 0), (700, 0), (740, 0)])
    def test_ten_yuan_are_within_tolerance_and_eleven_are_not(self, yuan: int, agrees: int) -> None:
        # 740 − income; at 740 the income is no longer below the standard
        assert self.check(earning(yuan)).amount_fen == (740 - yuan) * 100
        assert ratio("target_accuracy") == (agrees, 1)

    def test_what_is_drawn_and_not_yet_checked_is_not_measured(self) -> None:
        decided("A1", 74000)
        draw_accuracy_sample(2024, size=1, seed=1, on=NOVEMBER, at=at(NOVEMBER))
        assert measured("target_accuracy").value is None

    def test_a_check_is_recorded_once(self) -> None:
        found = self.check(ALONE)
        with pytest.raises(NotSampled, match="已经登记"):
            record_accuracy_check(found.pk, facts=ALONE, on=DECEMBER, at=at(DECEMBER))
        with pytest.raises(NotSampled, match="不存在"):
            record_accuracy_check(0, facts=ALONE, on=DECEMBER, at=at(DECEMBER))

    def test_facts_that_cannot_be_are_refused_by_field_and_leave_the_check_open(self) -> None:
        decided("A1", 74000)
        (check,) = draw_accuracy_sample(2024, size=1, seed=1, on=NOVEMBER, at=at(NOVEMBER))
        with pytest.raises(BadFacts, match=r"members\[0\]\.income"):
            record_accuracy_check(check, facts=earning(-1), on=DECEMBER, at=at(DECEMBER))
        with pytest.raises(BadFacts, match="早于抽取日期"):
            record_accuracy_check(check, facts=ALONE, on=date(2024, 11, 3), at=at(DECEMBER))
        assert AccuracyCheck.objects.get().checked_on is None


class TestSatisfaction:
    def asked(self) -> list[int]:
        ten()
        return draw_satisfaction_sample(2024, size=4, seed=1, on=DECEMBER, at=at(DECEMBER))

    def test_who_does_not_answer_counts_in_the_response_and_not_in_the_rate(self) -> None:
        one, two, three, _four = self.asked()
        answers = [(one, "satisfied", "eased"), (two, "neutral", "same"), (three, "satisfied", "none")]
        assert record_answers(2024, answers, on=DECEMBER, at=at(DECEMBER)) == 3
        assert ratio("satisfaction") == (2, 3)
        assert ratio("satisfaction.response") == (3, 4)
        assert ratio("hardship_relief.said") == (1, 2)
        assert Event.objects.filter(action="登记满意度问卷").count() == 3

    @pytest.mark.parametrize("answer", [("delighted", "eased"), ("satisfied", "richer")])
    def test_an_answer_outside_the_sheet_is_refused_and_none_is_kept(self, answer: tuple[str, str]) -> None:
        one, two, *_ = self.asked()
        with pytest.raises(NotSampled, match="不在问卷的选项里"):
            record_answers(2024, [(one, "satisfied", "eased"), (two, *answer)], on=DECEMBER, at=at(DECEMBER))
        assert SatisfactionAnswer.objects.exclude(answer="none").count() == 0

    def test_a_household_outside_the_sample_or_twice_is_refused(self) -> None:
        one, *_ = self.asked()
        outside = family("B1").household.pk
        with pytest.raises(NotSampled, match="不在2024年度的样本里"):
            record_answers(2024, [(outside, "satisfied", "eased")], on=DECEMBER, at=at(DECEMBER))
        twice = [(one, "satisfied", "eased"), (one, "unsatisfied", "worse")]
        with pytest.raises(NotSampled, match="已经登记过"):
            record_answers(2024, twice, on=DECEMBER, at=at(DECEMBER))
