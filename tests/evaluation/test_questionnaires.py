"""问卷: an answer is taken once; silence is an answer; who cannot be reached stays without one."""

from datetime import date

import pytest

from opendibao.audit.models import Event
from opendibao.evaluation.actions import draw_satisfaction_sample, record_answers
from opendibao.evaluation.models import SatisfactionAnswer
from opendibao.evaluation.questionnaires import Questionnaire
from opendibao.evaluation.reached import NotSampled, note_missed
from opendibao.evaluation.sampled import members, progress
from tests.conftest import ActAs
from tests.evaluation.year import ratio
from tests.payment.builders import FAR_VILLAGE, at, family

pytestmark = pytest.mark.usefixtures("county")
DECEMBER = date(2024, 12, 2)


def asked() -> list[int]:
    for number in range(10):
        family(f"A{number}")
    return draw_satisfaction_sample(2024, size=4, seed=1, on=DECEMBER, at=at(DECEMBER))


def test_who_does_not_answer_counts_in_the_response_and_not_in_the_rate() -> None:
    one, two, three, _four = asked()
    answers = [
        Questionnaire(one, "satisfied", "eased", "knows", "phone"), (two, "neutral", "same"),
        Questionnaire(three, "satisfied", "none", "not", "paper"),
    ]  # fmt: skip
    assert record_answers(2024, answers, on=DECEMBER, at=at(DECEMBER)) == 3
    assert ratio("satisfaction") == (2, 3)
    assert ratio("satisfaction.response") == (3, 4)
    assert ratio("hardship_relief.said") == (1, 2)
    assert ratio("awareness") == (1, 2)
    assert Event.objects.filter(action="登记满意度问卷").count() == 3
    assert set(SatisfactionAnswer.objects.values_list("channel", flat=True)) == {"phone", "paper", ""}


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (("delighted", "eased"), "delighted、eased、none"),
        (("satisfied", "richer"), "satisfied、richer、none"),
        (("satisfied", "eased", "maybe"), "satisfied、eased、maybe"),
        (("satisfied", "eased", "knows", "pigeon"), "satisfied、eased、knows、pigeon"),
    ],
)
def test_an_answer_outside_the_sheet_is_refused_and_none_is_kept(answer: tuple[str, ...], said: str) -> None:
    one, two, *_ = asked()
    with pytest.raises(NotSampled, match=f"的回答“{said}”不在问卷的选项里，请从列出的选项里选"):
        record_answers(
            2024, [(one, "satisfied", "eased"), Questionnaire(two, *answer)], on=DECEMBER, at=at(DECEMBER)
        )  # fmt: skip
    assert SatisfactionAnswer.objects.exclude(answer="none").count() == 0


def test_a_household_outside_the_sample_or_twice_is_refused() -> None:
    one, *_ = asked()
    outside = family("B1").household.pk
    with pytest.raises(NotSampled, match="不在2024年度的样本里"):
        record_answers(2024, [(outside, "satisfied", "eased")], on=DECEMBER, at=at(DECEMBER))
    twice = [(one, "satisfied", "eased"), (one, "unsatisfied", "worse")]
    with pytest.raises(NotSampled, match="已经登记过"):
        record_answers(2024, twice, on=DECEMBER, at=at(DECEMBER))


def test_an_empty_sheet_and_a_day_before_the_draw_are_refused() -> None:
    one, *_ = asked()
    with pytest.raises(NotSampled, match="登记为没有联系上"):
        record_answers(2024, [(one, "none", "none")], on=DECEMBER, at=at(DECEMBER))
    with pytest.raises(NotSampled, match="2024-12-01早于抽取日期2024-12-02"):
        record_answers(2024, [(one, "satisfied", "none")], on=date(2024, 12, 1), at=at(DECEMBER))


def test_each_attempt_is_noted_and_an_answer_may_still_come() -> None:
    household, *_ = asked()
    unit = SatisfactionAnswer.objects.get(household=household)
    assert note_missed("satisfaction", unit.pk, on=DECEMBER, at=at(DECEMBER)) == 1
    assert note_missed("satisfaction", unit.pk, on=DECEMBER, at=at(DECEMBER)) == 2
    found = progress("satisfaction", 2024)
    assert (found.size, found.done, found.missed) == (4, 0, 1)
    record_answers(2024, [(household, "satisfied", "none")], on=DECEMBER, at=at(DECEMBER))
    with pytest.raises(NotSampled, match="已经有回答"):
        note_missed("satisfaction", unit.pk, on=DECEMBER, at=at(DECEMBER))
    found = progress("satisfaction", 2024)
    assert (found.done, found.missed) == (1, 0)


def test_a_township_asks_its_own_families_only(act_as: ActAs) -> None:
    family("A1"), family("Z1", division=FAR_VILLAGE)
    draw_satisfaction_sample(2024, size=2, seed=1, on=DECEMBER, at=at(DECEMBER))
    units = {one.number: one for one in members("satisfaction", 2024)}
    with act_as("360429101"):
        assert [one.number for one in members("satisfaction", 2024)] == ["Z1"]
        answers = [(units["Z1"].household_id, "satisfied", "eased")]
        assert record_answers(2024, answers, on=DECEMBER, at=at(DECEMBER)) == 1
        with pytest.raises(NotSampled, match="不在2024年度的样本里"):
            record_answers(2024, [(units["A1"].household_id, "satisfied", "eased")], on=DECEMBER, at=at(DECEMBER))
        with pytest.raises(NotSampled, match="不在样本里"):
            note_missed("satisfaction", units["A1"].id, on=DECEMBER, at=at(DECEMBER))
