"""抽样: a draw follows from seed and list alone, is kept with its chances, and stands when it is drawn again."""

import hashlib
from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from opendibao.audit.models import Event
from opendibao.evaluation.actions import draw_accuracy_sample, draw_satisfaction_sample
from opendibao.evaluation.models import AccuracyCheck, ArrivalCheck, SampleDraw, SatisfactionAnswer
from opendibao.evaluation.sampled import draws, members, progress, repeat
from opendibao.evaluation.sampling import BadSample, Plan, draw_sample
from tests.payment.builders import COUNTY, FAR_VILLAGE, Family, at, family
from tests.payment.months import JANUARY, paid

pytestmark = pytest.mark.usefixtures("county")
NOVEMBER = date(2024, 11, 4)


def ten() -> list[Family]:
    return [family(f"A{number}") for number in range(10)]


def drawn(purpose: str, plan: Plan, on: date = NOVEMBER) -> list[str]:
    draw_sample(purpose, on.year, plan, on=on, at=at(on))
    return sorted(f"{one.number} {one.month}".strip() for one in members(purpose, on.year))


def test_the_same_seed_draws_the_same_households_in_any_order_of_entry() -> None:
    ten()
    expected = sorted((f"A{n}" for n in range(10)), key=lambda name: hashlib.sha256(f"7:{name}".encode()).digest())
    assert drawn("satisfaction", Plan(seed=7, size=4)) == sorted(expected[:4])


def test_only_households_in_force_on_the_day_are_drawn() -> None:
    made = ten()
    made[0].decide("stop", NOVEMBER)
    assert drawn("accuracy", Plan(seed=1, size=9)) == [f"A{n}" for n in range(1, 10)]
    assert len(drawn("satisfaction", Plan(seed=1, size=10), date(2024, 11, 3))) == 10


@pytest.mark.parametrize("size", [0, 11, -1])
def test_a_sample_of_nobody_or_of_more_than_there_are_is_refused(size: int) -> None:
    ten()
    with pytest.raises(BadSample, match="名单上有10个"):
        drawn("accuracy", Plan(size=size))
    assert SampleDraw.objects.count() == 0


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (Plan("lottery", size=3), "没有用途“accuracy”或方法“lottery”"),
        (Plan(seed=-1, size=3), "种子-1应是0到"),
        (Plan(), "没有写样本量，也没有写误差限和置信度"),
        (Plan(margin_bp=500), "请填其中一样"),
        (Plan(margin_bp=5000, confidence_bp=9500), "误差限50%应大于0%、小于50%"),
        (Plan(margin_bp=500, confidence_bp=9000 + 1), "应为90%、95%、99%中的一个"),
        (Plan(margin_bp=500, confidence_bp=9500, response_bp=0), "预计应答率0%"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_in_words(plan: Plan, words: str) -> None:
    ten()
    with pytest.raises(BadSample, match=words):
        drawn("accuracy", plan)
    assert AccuracyCheck.objects.count() == 0


def test_a_day_of_another_year_and_an_empty_list_are_refused() -> None:
    ten()
    with pytest.raises(BadSample, match="2024-11-04不在2023年度"):
        draw_sample("accuracy", 2023, Plan(size=1), on=NOVEMBER, at=at(NOVEMBER))
    with pytest.raises(BadSample, match="没有到账的发放"):
        drawn("arrival", Plan(size=1))


def test_without_a_size_margin_and_confidence_say_how_many() -> None:
    ten()
    # n₀ = 1.959964²·0.25 ÷ 0.1² = 96.04; 96.04 ÷ (1 + 95.04 ÷ 10) = 9.14 → 10
    made = draw_sample(
        "satisfaction", 2024, Plan(margin_bp=1000, confidence_bp=9500), on=NOVEMBER, at=at(NOVEMBER)
    )  # fmt: skip
    assert (made.size, made.population, made.margin_bp, made.confidence_bp) == (10, 10, 1000, 9500)


@pytest.mark.parametrize("act", [draw_accuracy_sample, draw_satisfaction_sample])
def test_a_year_is_drawn_once_and_every_household_has_its_event(act: Callable[..., list[int]]) -> None:
    ten()
    assert len(act(2024, size=3, seed=1, on=NOVEMBER, at=at(NOVEMBER))) == 3
    assert Event.objects.filter(action__startswith="抽取").count() == 3
    assert Event.objects.filter(action="抽样").count() == 1
    with pytest.raises(BadSample, match="不能重抽"):
        act(2024, size=3, seed=2, on=NOVEMBER, at=at(NOVEMBER))


def test_a_sample_older_than_the_draws_is_not_drawn_again() -> None:
    made = ten()[0]
    SatisfactionAnswer.objects.create(
        year=2024, household=made.household, division=made.division, asked_on=NOVEMBER, answer="none", relief="none"
    )
    with pytest.raises(BadSample, match="已经抽取"):
        drawn("satisfaction", Plan(size=1))


def test_every_township_with_households_is_asked() -> None:
    for number in range(9):
        family(f"A{number}")
    family("Z1", division=FAR_VILLAGE)
    names = drawn("satisfaction", Plan("stratified", seed=3, size=4))
    assert len([name for name in names if name.startswith("A")]) == 3
    assert "Z1" in names
    chances = {one.number: one.chance for one in members("satisfaction", 2024)}
    assert chances["Z1"] == Fraction(1)
    assert set(chances.values()) == {Fraction(1), Fraction(1, 3)}


def test_payments_are_drawn_by_amount_from_what_the_bank_booked() -> None:
    family("A1", fen=100000), family("A2", fen=20000), family("A3", fen=20000), family("A4", fen=20000)
    family("A5", fen=40000)
    paid(JANUARY, returned={"A5": "销户"})
    names = drawn("arrival", Plan("pps", seed=1, size=2))
    # 1000 of 1600 booked is more than half: in for certain; one of the three others, each a third
    assert names[0] == "A1 2024-01"
    assert {one.number: one.chance for one in members("arrival", 2024)}["A1"] == Fraction(1)
    assert [one.chance for one in members("arrival", 2024) if one.number != "A1"] == [Fraction(1, 3)]
    made = SampleDraw.objects.get()
    assert (made.population, made.total_fen) == (4, 160000)
    assert ArrivalCheck.objects.filter(amount_fen=100000, year=2024, drawn_on=NOVEMBER).count() == 1


@pytest.mark.parametrize("method", ["simple", "stratified", "pps"])
def test_a_draw_made_again_is_the_same(method: str) -> None:
    ten()
    drawn("accuracy", Plan(method, seed=20241104, size=6))
    found = repeat(draws(2024, COUNTY)["accuracy"])
    assert found.is_same
    assert (found.listed, found.missing, found.extra) == (10, [], [])


def test_a_list_that_has_changed_since_is_told_apart_from_a_wrong_draw() -> None:
    made = ten()
    drawn("accuracy", Plan(seed=5, size=6))
    family("A99")  # entered later, in force since before the day
    found = repeat(draws(2024, COUNTY)["accuracy"])
    assert not found.is_same_list
    assert not found.is_same
    assert found.listed == 11
    assert made


def test_a_household_put_into_the_sample_by_hand_is_found_out() -> None:
    made = ten()
    drawn("satisfaction", Plan(seed=5, size=3))
    inside = {one.number for one in members("satisfaction", 2024)}
    outside = next(one for one in made if one.number not in inside)
    unit = SatisfactionAnswer.objects.first()
    assert unit
    gone = unit.household.number
    SatisfactionAnswer.objects.filter(pk=unit.pk).update(household=outside.household)
    found = repeat(draws(2024, COUNTY)["satisfaction"])
    assert found.is_same_list
    assert (found.missing, found.extra) == ([outside.number], [gone])


def test_progress_counts_the_waiting() -> None:
    ten()
    drawn("satisfaction", Plan(seed=5, size=3))
    found = progress("satisfaction", 2024)
    assert (found.size, found.done, found.missed) == (3, 0, 0)
