"""待办案件: what an open case needs next, since when, by which day, and for whom it waits."""

from datetime import date

import pytest

from opendibao.decision.models import OutboxEvent
from opendibao.decision.waiting import NextStep, next_step, open_cases, outbox_waiting
from opendibao.intake.actions import return_for_supplement
from opendibao.verification.actions import Answer, file_match_results
from tests.decision import builders
from tests.intake.builders import ACCEPTED, APPLIED, ASKED, accepted, authorised, submitted
from tests.registry.builders import at

# 57号 第十五条: three working days after Monday 4 March; 第二十二条: thirty, over 清明 with its make-up Sunday
SURVEY_BY, DECIDE_BY = date(2024, 3, 7), date(2024, 4, 16)
pytestmark = pytest.mark.usefixtures("places")


def step(today: date = ASKED) -> NextStep:
    (case,) = open_cases()
    return next_step(case, today)


class TestNextStep:
    def test_an_application_is_to_be_accepted(self) -> None:
        submitted()
        assert step() == NextStep("accept", APPLIED)

    def test_one_that_lacks_papers_waits_for_the_family(self) -> None:
        return_for_supplement(submitted().pk, reason="缺户口簿", on=APPLIED, at=at(APPLIED))
        assert step() == NextStep("supplement", APPLIED, None, "family")

    def test_without_signatures_nobody_may_be_asked_about(self) -> None:
        accepted()
        assert step() == NextStep("consent", ACCEPTED, SURVEY_BY, "family")

    def test_with_signatures_the_departments_are_to_answer(self) -> None:
        authorised()
        assert step() == NextStep("match", ACCEPTED, SURVEY_BY, "departments")

    @pytest.mark.parametrize(("outcome", "key"), [("hit", "hits"), ("no_hit", "survey")])
    def test_a_hit_is_answered_before_the_visit(self, outcome: str, key: str) -> None:
        case = authorised()
        person = case.consents.order_by("person_id")[0].person_id
        detail = {"plate": "赣G00000"} if outcome == "hit" else {}
        file_match_results(
            case.pk, [Answer(person, "vehicles", outcome, detail)], requested_on=ASKED, answered_on=ASKED, at=at(ASKED)
        )
        assert step() == NextStep(key, ACCEPTED, SURVEY_BY)

    def test_after_the_visit_the_village_meets_then_the_notice_is_posted(self) -> None:
        case = builders.surveyed()
        assert step() == NextStep("meeting", ACCEPTED, DECIDE_BY)

        builders.meet(case)

        assert step() == NextStep("notice", ACCEPTED, DECIDE_BY)

    def test_the_notice_runs_seven_days_then_the_county_has_ten_working_days(self) -> None:
        builders.noticed()
        assert step(date(2024, 3, 17)) == NextStep("noticing", builders.POSTED, date(2024, 3, 17), "notice")
        assert step(date(2024, 3, 18)) == NextStep("decide", date(2024, 3, 17), date(2024, 3, 29))

    def test_an_objection_is_to_be_settled_first(self) -> None:
        builders.object_to(builders.noticed())
        assert step(date(2024, 3, 18)) == NextStep("objection", builders.POSTED, DECIDE_BY)


def test_a_case_that_is_decided_waits_for_nobody_but_the_superior_system() -> None:
    decision = builders.covered()
    assert open_cases() == []
    (row,) = outbox_waiting()
    assert (row.decision, row.household_id, row.sent_on) == (decision.number, decision.household_id, None)

    OutboxEvent.objects.update(sent_on=date(2024, 3, 20), accepted_on=date(2024, 3, 21), receipt="R1")

    assert outbox_waiting() == []
