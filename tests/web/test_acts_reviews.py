"""登记复核: a visit that found nothing changed closes the review that is due; anything else is refused in words."""

from datetime import date

import pytest

from opendibao.kernel.duties import Duty
from opendibao.reviews.models import Reverification
from tests.payment.builders import COUNTY, FAR_VILLAGE, VILLAGE, Family, family
from tests.web.desk import Desk, hired
from tests.web.test_acts_tickets import faults

FORM = "/households/A1/review/"
VISIT = {"done_on": "2025-01-06", "first": "王经办", "second": "陈走访"}


def due(home: Family, on: date) -> Reverification:
    """A review of a household that is due on a day."""
    return Reverification.objects.create(
        household=home.household, division=home.division, review_class="yearly", due_on=on
    )


@pytest.fixture
def clerk(county: None) -> Desk:
    due(family("A1", division=VILLAGE), date(2025, 1, 31))
    return Desk(hired("clerk91", "王经办"))


def test_a_visit_without_change_closes_the_review(clerk: Desk) -> None:
    page = clerk.follows(clerk.does(clerk.reads("/households/A1/").link("登记定期复核"), **VISIT))

    row = Reverification.objects.get()
    assert (row.done_on, row.result, row.surveyors) == (date(2025, 1, 6), "kept", "王经办、陈走访")
    assert "已登记定期复核：不变。" in page.words
    assert "定期复核：不变" in page.words
    assert "登记定期复核" not in [words for words, _ in page.links]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("second", "王经办", "“调查人二”和“调查人一”是同一个人，请写同去的那一位"),
        ("second", "", "请填写“调查人二”"),
        ("first", "长" * 21, "“调查人一”最多 20 个字"),
        ("done_on", "2025-01-07", "“入户日期”2025-01-07 还没有到"),
        ("done_on", "2024-12-31", "“入户日期”2024-12-31 早于这次复核开始的 2025-01-01，请填这次走访的日期"),
    ],
)
def test_what_is_wrong_is_said_by_field(clerk: Desk, field: str, typed: str, said: str) -> None:
    page = clerk.does(FORM, **{**VISIT, field: typed})

    assert said in faults(page)
    assert Reverification.objects.get().done_on is None


def test_a_review_whose_month_has_not_begun_and_a_household_without_one_say_so(clerk: Desk) -> None:
    due(family("B1"), date(2025, 2, 28))
    family("C1")

    assert "这次复核从 2025-02-01 起才能办" in clerk.reads("/households/B1/review/").words
    assert "这一户没有到期的定期复核" in clerk.reads("/households/C1/review/").words
    assert clerk.sends("/households/C1/review/", key="0" * 32, seen="x").status == 400
    assert "登记定期复核" not in [words for words, _ in clerk.reads("/households/B1/").links]


def test_a_foreign_household_is_not_there_and_a_reader_may_not(clerk: Desk) -> None:
    due(family("F1", division=FAR_VILLAGE), date(2025, 1, 31))
    confirmer = Desk(hired("county91", "李审核", division=COUNTY, duties=(Duty.CONFIRM,)))

    assert clerk.reads("/households/F1/review/").status == 404
    assert confirmer.reads(FORM).status == 403


def test_two_who_visit_the_same_family_the_second_sees_the_first(clerk: Desk) -> None:
    first = clerk.opens(FORM)
    clerk.does(FORM, **VISIT)

    late = clerk.sends(FORM, **{**first, **VISIT, "key": "f" * 32, "second": "黄走访"})

    assert late.status == 409
    assert Reverification.objects.get().surveyors == "王经办、陈走访"
