"""待办案件: what an open case needs next, since when, by which day, and for whom it waits."""

from dataclasses import replace
from datetime import date

import pytest

from opendibao.decision.first_opinion import give_opinion, report_case
from opendibao.decision.hearing import tell_of_hearing
from opendibao.decision.letter_queries import letter_file
from opendibao.decision.models import Objection, OutboxEvent
from opendibao.decision.objections import settle_objection
from opendibao.decision.open_cases import case_clock, open_case
from opendibao.decision.waiting import NextStep, decided_waiting, next_step, open_cases
from opendibao.intake.actions import move_case
from opendibao.intake.clock_pauses import pause_clock, resume_clock
from opendibao.intake.completeness import return_for_supplement
from opendibao.intake.extending import extend_case
from opendibao.intake.states import CaseState
from opendibao.policy.procedures import Procedure, procedure_in
from opendibao.policy.reader import pack_of_division
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
        return_for_supplement(submitted().pk, items=["核对授权书"], on=APPLIED, at=at(APPLIED))
        assert step() == NextStep("supplement", APPLIED, None, "family")

    def test_without_signatures_nobody_may_be_asked_about(self) -> None:
        accepted()
        assert step() == NextStep("consent", ACCEPTED, SURVEY_BY, "family", ACCEPTED)

    def test_with_signatures_the_departments_are_to_answer(self) -> None:
        authorised()
        assert step() == NextStep("match", ACCEPTED, SURVEY_BY, "departments", ACCEPTED)

    @pytest.mark.parametrize(("outcome", "key"), [("hit", "hits"), ("no_hit", "survey")])
    def test_a_hit_is_answered_before_the_visit(self, outcome: str, key: str) -> None:
        case = authorised()
        person = case.consents.order_by("person_id")[0].person_id
        detail = {"plate": "赣G00000"} if outcome == "hit" else {}
        file_match_results(
            case.pk, [Answer(person, "vehicles", outcome, detail)], requested_on=ASKED, answered_on=ASKED, at=at(ASKED)
        )
        assert step() == NextStep(key, ACCEPTED, SURVEY_BY, opens=ACCEPTED)

    def test_after_the_visit_the_village_meets_then_the_notice_is_posted(self) -> None:
        case = builders.surveyed()
        assert step() == NextStep("meeting", builders.SURVEYED, DECIDE_BY, opens=builders.SURVEYED)

        builders.meet(case)

        assert step() == NextStep("opinion", builders.MET, DECIDE_BY, opens=builders.MET)

    def test_the_notice_runs_seven_days_then_the_township_reports_and_the_county_has_ten_working_days(self) -> None:
        case, last, reported = builders.noticed(), date(2024, 3, 17), date(2024, 3, 20)
        assert step(last) == NextStep("noticing", builders.POSTED, last, "notice", builders.POSTED)
        assert step(date(2024, 3, 18)) == NextStep("report", last, DECIDE_BY, opens=date(2024, 3, 18))

        report_case(case.pk, on=reported, at=at(reported))

        # from Thursday the 21st: 21, 22, 25 to 29, 1 to 3 April; the festival begins on the 4th
        assert step(reported) == NextStep("decide", reported, date(2024, 4, 3), opens=reported)

    def test_an_objection_is_to_be_settled_first(self) -> None:
        builders.object_to(builders.noticed())
        assert step(date(2024, 3, 18)) == NextStep(
            "objection", builders.POSTED, date(2024, 3, 19), opens=builders.POSTED
        )


def test_a_case_that_is_decided_waits_for_nobody_but_the_superior_system() -> None:
    decision = builders.covered()
    assert open_cases() == []
    (row,) = decided_waiting()
    assert (row.what, row.decision, row.household_id) == ("outbox", decision.number, decision.household_id)
    assert (row.sent_on, row.due_on) == (None, date(2024, 3, 25))  # five working days after Monday the 18th

    OutboxEvent.objects.update(sent_on=date(2024, 3, 20), accepted_on=date(2024, 3, 21), receipt="R1")

    assert decided_waiting() == []


def test_a_refusal_is_to_be_told_by_the_clock_of_its_procedure() -> None:
    decision = builders.refuse(builders.reviewed(builders.earning(6000)))

    told = next(row for row in decided_waiting() if row.what == "letter")

    assert (told.decision_id, told.happened_on) == (decision.pk, builders.DECIDED)
    assert told.due_on == date(2024, 3, 21)
    assert replace(told, days=5).due_on == date(2024, 3, 25)
    letter = letter_file(decision.pk)
    assert letter is not None
    assert letter.due_on == told.due_on
    assert replace(letter, refusal_days=5).due_on == date(2024, 3, 25)


class TestByItsOwnProcedure:
    """Province 98 reviews on an objection alone; the demonstration's county reviews every case."""

    @pytest.fixture
    def on_objection(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def national(division: str, on: date) -> Procedure:
            return procedure_in(pack_of_division(division), on, "national-2021")

        monkeypatch.setattr("opendibao.intake.actions.procedure_of", national)

    @pytest.mark.usefixtures("on_objection")
    def test_where_no_review_is_asked_for_the_opinion_comes_next(self) -> None:
        builders.surveyed()
        assert step() == NextStep("opinion", builders.SURVEYED, DECIDE_BY, opens=builders.SURVEYED)

    @pytest.mark.parametrize(("pay", "key"), [(1200, "notice"), (6000, "report")])
    def test_what_is_granted_is_posted_and_what_is_refused_reported(self, pay: int, key: str) -> None:
        case = builders.reviewed(builders.earning(pay, 8 if pay == 1200 else 12))
        give_opinion(case.pk, on=builders.MET, at=at(builders.MET))
        assert step() == NextStep(key, builders.MET, DECIDE_BY, opens=builders.MET)

    def test_another_limit_holds_for_the_cases_accepted_under_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def short(division: str, on: date) -> Procedure:
            return procedure_in(pack_of_division(division), on, "workdays-20-30")

        monkeypatch.setattr("opendibao.intake.actions.procedure_of", short)
        builders.reviewed()
        monkeypatch.undo()  # another procedure is in force now; the case keeps its own

        assert step().due == date(2024, 4, 1)

    def test_a_township_that_confirms_reports_to_nobody(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def handed_down(division: str, on: date) -> Procedure:
            return procedure_in(pack_of_division(division), on, "national-2026-township")

        monkeypatch.setattr("opendibao.intake.actions.procedure_of", handed_down)
        builders.noticed()
        assert step(date(2024, 3, 18)).key == "decide"


class TestTime:
    def test_a_clock_that_stands_still_waits_for_what_it_was_stopped_for(self) -> None:
        case, friday, monday = builders.reviewed(), date(2024, 3, 8), date(2024, 3, 11)
        pause_clock(case.pk, ground="hospital", reason="户主住院", on=friday, at=at(friday))

        # the limit moves on with every working day it stands still: the 8th and the 11th so far
        assert (step(monday).waits_for, step(monday).due) == ("paused", date(2024, 4, 18))
        (open_one,) = open_cases()
        assert open_one.paused_for.startswith("家庭成员住院")

        resume_clock(case.pk, on=date(2024, 3, 12), at=at(date(2024, 3, 12)))

        assert (step(date(2024, 3, 20)).waits_for, step(date(2024, 3, 20)).due) == ("", date(2024, 4, 18))

    def test_a_case_that_was_extended_has_the_long_limit(self) -> None:
        case = builders.reviewed()
        extend_case(case.pk, reason="外省信息没有回复", on=builders.MET, at=at(builders.MET))
        assert step().due == date(2024, 5, 9)

    def test_the_clock_of_a_case_says_used_and_left(self) -> None:
        builders.reviewed()
        (case,) = open_cases()

        clock = case_clock(case, date(2024, 4, 18))

        assert clock is not None
        assert (clock.limit, clock.used, clock.left, clock.due) == (30, 32, -2, DECIDE_BY)

    def test_before_acceptance_no_clock_runs(self) -> None:
        case = open_case(submitted().pk)
        assert case is not None
        assert case_clock(case, ASKED) is None

    def test_a_family_that_may_speak_has_the_case(self) -> None:
        told, until = date(2026, 7, 1), date(2026, 7, 8)
        case = builders.review(builders.covered(), builders.earning(1500), told)
        assert step(told).key == "decide"
        tell_of_hearing(case.pk, proposal="拟减发", on=told, at=at(told))

        assert step(until) == NextStep("hear", told, until, "family", told)
        assert (step(date(2026, 7, 9)).key, step(date(2026, 7, 9)).waits_for) == ("hear", "")

    def test_a_settled_objection_that_asks_for_a_survey_leads_back_to_one(self) -> None:
        case = builders.noticed()
        objection = builders.object_to(case)
        settled = date(2024, 3, 14)
        Objection.objects.filter(pk=objection.pk).update(
            settled_on=settled, outcome="survey", answer="重新调查", settled_by="王经办"
        )
        move_case(case.pk, CaseState.ACCEPTED)

        assert step(date(2024, 3, 15)) == NextStep("survey", settled, DECIDE_BY, opens=settled)

    def test_one_that_asks_for_a_review_leads_to_the_village_before_anything_else(self) -> None:
        case, settled = builders.noticed(), date(2024, 3, 14)
        objection = builders.object_to(case)
        settle_objection(objection.pk, outcome="review", answer="重新评议", on=settled, at=at(settled))

        assert step(date(2024, 3, 15)) == NextStep("meeting", settled, DECIDE_BY, opens=settled)
