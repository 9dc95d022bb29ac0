"""演示县的报送和整改: finance asks, scores one row lower and accepts; the year's own points are listed."""

from datetime import date
from decimal import Decimal

import pytest

from opendibao.demo import receiving as demo
from opendibao.demo.plan import CountyPlan
from opendibao.evaluation.rectifications import kind_of, rectifications
from opendibao.evaluation.reviewed import reviewed
from opendibao.evaluation.submissions import accepted_submission
from tests.evaluation import receiving
from tests.evaluation.year import YEAR
from tests.payment.builders import COUNTY


@pytest.fixture
def received(county: None, small: CountyPlan) -> None:
    """The small county's year, final, and what the demonstration does with it."""
    receiving.lived()
    receiving.finalised()
    demo.receive(small)


@pytest.mark.usefixtures("received")
def test_finance_asks_about_the_row_that_lost_most_and_scores_a_given_row_lower() -> None:
    sent = accepted_submission(YEAR, COUNTY)
    assert sent
    seen = reviewed(sent)
    (asked,) = seen.questions
    assert asked.subject == "indicator:target_accuracy"  # not measured: 0 of 10
    assert asked.replied_by == sent.submitted_by
    assert [(one.row.code, one.finance, one.own) for one in seen.differing] == [
        ("rural_benefit_paid", Decimal("4.50"), Decimal("5.00"))
    ]
    assert sent.budget_use


@pytest.mark.usefixtures("received")
def test_the_year_s_own_points_are_listed_and_what_finance_asked_is_closed() -> None:
    listed = rectifications(YEAR, COUNTY)
    assert [kind_of(one.origin) for one in listed] == [
        "indicator", "indicator", "indicator", "question", "score", "problem",
    ]  # fmt: skip
    assert {one.due_on for one in listed} == {date(2025, 4, 30)}
    assert [kind_of(one.origin) for one in listed if one.closed_on] == ["question"]
