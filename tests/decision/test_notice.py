"""公示: what the rules give on the survey's facts is posted for seven days."""

from datetime import date

import pytest

from opendibao.decision.actions import DecisionRefused, RulesDisagree, post_notice
from opendibao.decision.queries import notice_of
from opendibao.intake.queries import case as case_row
from tests.decision.builders import AMOUNT, POSTED, earning, noticed, reviewed, surveyed
from tests.registry.builders import at

pytestmark = pytest.mark.usefixtures("places")


def test_it_proposes_the_amount_of_the_rules_for_seven_days() -> None:
    case = noticed()

    notice = notice_of(case.pk)

    assert notice is not None
    assert (notice.persons, notice.proposed_fen) == (3, AMOUNT)
    assert notice.ends_on == date(2024, 3, 17)  # the day of posting is the first of seven
    assert case_row(case.pk).state == "noticed"


def test_a_family_that_the_rules_refuse_is_not_posted() -> None:
    case = reviewed(earning(4000))

    with pytest.raises(RulesDisagree, match="请办理不予确认"):
        post_notice(case.pk, on=POSTED, at=at(POSTED))

    assert case_row(case.pk).state == "reviewed"


def test_where_every_case_is_voted_on_none_is_posted_before_its_vote() -> None:
    case = surveyed()

    with pytest.raises(DecisionRefused, match="请先开评议会"):
        post_notice(case.pk, on=POSTED, at=at(POSTED))
