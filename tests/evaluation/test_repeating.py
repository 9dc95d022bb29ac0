"""重抽核对: each draw of a year is made again, and a line says whether it stands."""

from datetime import date

import pytest

from opendibao.evaluation.models import SatisfactionAnswer
from opendibao.evaluation.sampled import members, repeats, told
from opendibao.evaluation.sampling import Plan, draw_sample
from opendibao.registry.queries import household
from tests.payment.builders import COUNTY, at, family

pytestmark = pytest.mark.usefixtures("county")
DAY = date(2024, 11, 4)


def drawn() -> None:
    for number in range(6):
        family(f"A{number}")
    draw_sample("satisfaction", 2024, Plan("stratified", seed=7, size=3), on=DAY, at=at(DAY))
    draw_sample("accuracy", 2024, Plan(seed=7, size=2), on=DAY, at=at(DAY))


def test_every_draw_of_the_year_is_said() -> None:
    drawn()
    lines = [told(one) for one in repeats(2024, COUNTY)]
    assert sorted(lines) == [
        "准确率：2024-11-04从6个里简单随机抽2个，种子7，重抽全部相同",
        "满意度：2024-11-04从6个里按乡镇分层抽3个，种子7，重抽全部相同",
    ]
    assert repeats(2023, COUNTY) == []


def test_a_changed_list_and_a_changed_sample_are_told_apart() -> None:
    drawn()
    inside = {one.number for one in members("satisfaction", 2024)}
    unit = SatisfactionAnswer.objects.first()
    outside = next(one for one in range(6) if f"A{one}" not in inside)
    assert unit
    SatisfactionAnswer.objects.filter(pk=unit.pk).update(household_id=family_of(outside))
    found = {one.draw.purpose: told(one) for one in repeats(2024, COUNTY)}
    assert found["satisfaction"].endswith(f"名单没变，样本里有1个不是抽到的：A{outside}")
    family("B1")
    assert all("名单已变（现有7个）" in told(one) for one in repeats(2024, COUNTY))


def test_a_sample_that_lost_a_household_says_which() -> None:
    drawn()
    unit = SatisfactionAnswer.objects.select_related("household").first()
    assert unit
    # no row can be deleted; one that was put into another year is in the sample of this one no more
    SatisfactionAnswer.objects.filter(pk=unit.pk).update(year=2023)
    found = {one.draw.purpose: told(one) for one in repeats(2024, COUNTY)}
    assert found["satisfaction"] == (
        "满意度：2024-11-04从6个里按乡镇分层抽3个，种子7，名单没变，"
        f"抽到的有1个不在样本里：{unit.household.number}"
    )  # fmt: skip


def family_of(number: int) -> int:
    found = household(f"A{number}")
    assert found
    return found.id
