"""核对调查办理: nobody is asked about unsigned, no hit stays unanswered, two surveyors visit the home."""

from datetime import date

import pytest

from opendibao.audit.queries import events_of
from opendibao.intake.actions import NoConsent
from opendibao.intake.models import Case
from opendibao.intake.states import ForbiddenMove
from opendibao.registry.entries import MemberEntry
from opendibao.registry.queries import person_id
from opendibao.verification.actions import (
    Answer,
    VerificationRefused,
    dispose_match,
    file_match_results,
    open_hits,
    record_survey,
)  # fmt: skip
from opendibao.verification.models import MatchResult, Survey
from opendibao.verification.queries import matches_of, survey_of
from tests.intake.builders import ACCEPTED, ASKED, VISITED, accepted, authorised, submitted
from tests.registry.builders import CHILD, FATHER, LONER, MOTHER, at, household

pytestmark = pytest.mark.usefixtures("places")
FOUND = {"area": "rural", "members": [{"name": "王秀英"}]}
CAR = {"found": "名下有小轿车一辆"}


def answer(member: MemberEntry = MOTHER, source: str = "vehicles", outcome: str = "no_hit", **detail: str) -> Answer:
    return Answer(person_id(member.id_number), source, outcome, detail)


def file(case: Case, *answers: Answer, answered_on: date = VISITED) -> int:
    return file_match_results(case.pk, answers, requested_on=ASKED, answered_on=answered_on, at=at(answered_on))


def visit(case: Case, *, surveyors: tuple[str, str] = ("陈走访", "黄走访"), on: date = VISITED) -> Survey:
    return record_survey(case.pk, on=on, at=at(on), surveyors=surveyors, respondent="王秀英", found=FOUND)


def hit(case: Case) -> MatchResult:
    file(case, answer(outcome="hit", **CAR))
    (found,) = open_hits(case.pk)
    return found


class TestMatching:
    def test_every_answer_is_filed_and_only_a_hit_waits(self) -> None:
        case = authorised()

        count = file(
            case, answer(outcome="hit", **CAR), answer(FATHER), answer(FATHER, "tax", "not_checked"), answer(CHILD)
        )

        assert count == 4
        assert [(m.person, m.source, m.outcome, m.answered_on) for m in matches_of(case.pk)] == [
            ("王秀英", "vehicles", "hit", VISITED),
            ("李建国", "tax", "not_checked", None),  # silence is no answer
            ("李建国", "vehicles", "no_hit", VISITED),
            ("李小红", "vehicles", "no_hit", VISITED),
        ]
        assert [match.detail for match in open_hits(case.pk)] == [CAR]
        assert events_of(f"案件 {case.number}")[-1].payload == {"requested_on": "2024-03-05", "answers": 4, "hits": 1}

    def test_nothing_may_have_been_asked(self) -> None:
        assert file(accepted()) == 0

    def test_nobody_is_asked_about_without_his_authorisation(self) -> None:
        with pytest.raises(NoConsent, match="李建国、王秀英没有签核对授权书"):
            file(accepted(), answer(MOTHER), answer(FATHER), answer(CHILD))
        assert not MatchResult.objects.exists()

    @pytest.mark.parametrize(
        ("faulty", "reason"),
        [
            (Answer(0, "vehicles", "no_hit"), "不是这一户的成员"),
            ("ghost", "来源“ghost”不存在"),
            ("outcome", "不在可选项内"),
            ("empty hit", "请写明核到什么"),
        ],
    )
    def test_an_answer_that_cannot_stand_refuses_all(self, faulty: Answer | str, reason: str) -> None:
        case = authorised()
        wrong = {
            "ghost": lambda: answer(source="ghost"),
            "outcome": lambda: answer(outcome="maybe"),
            "empty hit": lambda: answer(outcome="hit"),
        }
        with pytest.raises(VerificationRefused, match=reason):
            file(case, answer(FATHER), faulty if isinstance(faulty, Answer) else wrong[faulty]())
        assert not MatchResult.objects.exists()

    def test_somebody_of_another_household_is_not_asked_about(self) -> None:
        household("999999-00002", LONER)

        with pytest.raises(VerificationRefused, match="不是这一户的成员"):
            file(authorised(), answer(LONER))

    def test_a_source_answers_once_about_a_person(self) -> None:
        case = authorised()
        file(case, answer())

        with pytest.raises(VerificationRefused, match="王秀英在“车辆”的核对结果已有"):
            file(case, answer())
        with pytest.raises(VerificationRefused, match="已有，请勿重复"):
            file(case, answer(FATHER), answer(FATHER))

    def test_nobody_answers_before_he_is_asked(self) -> None:
        with pytest.raises(VerificationRefused, match="答复日期2024-03-04早于提请日期2024-03-05"):
            file(authorised(), answer(), answered_on=ACCEPTED)

    def test_only_an_accepted_case_is_matched(self) -> None:
        with pytest.raises(ForbiddenMove, match="现在是“已申请”"):
            file(submitted())


class TestDisposition:
    def test_a_hit_is_answered_with_a_reason(self) -> None:
        case = authorised()

        match = dispose_match(hit(case).pk, disposition="accept_record", reason="当事人确认属实", at=at(VISITED))

        assert (match.disposition, match.reason) == ("accept_record", "当事人确认属实")
        assert open_hits(case.pk) == []

    def test_a_hit_to_be_checked_again_still_waits(self) -> None:
        case = authorised()
        match = hit(case)
        dispose_match(match.pk, disposition="recheck", reason="车牌待查", at=at(VISITED))

        assert open_hits(case.pk) == [match]
        dispose_match(match.pk, disposition="keep_declaration", reason="车辆已报废", at=at(VISITED))
        assert open_hits(case.pk) == []

    @pytest.mark.parametrize(
        ("disposition", "reason", "words"),
        [
            ("ignore", "无所谓", "不在可选项内"),
            ("accept_record", " ", "处置理由"),
            ("recheck", "长" * 121, "120字以内"),
        ],
    )
    def test_a_faulty_answer_is_refused(self, disposition: str, reason: str, words: str) -> None:
        match = hit(authorised())

        with pytest.raises(VerificationRefused, match=words):
            dispose_match(match.pk, disposition=disposition, reason=reason, at=at(VISITED))

    def test_an_answer_is_not_rewritten(self) -> None:
        match = hit(authorised())
        dispose_match(match.pk, disposition="accept_record", reason="属实", at=at(VISITED))

        with pytest.raises(VerificationRefused, match="已处置为“采信”"):
            dispose_match(match.pk, disposition="keep_declaration", reason="改主意", at=at(VISITED))

    def test_after_the_decision_nothing_is_answered(self) -> None:
        case = authorised()
        match = hit(case)
        Case.objects.filter(pk=case.pk).update(state="refused")

        with pytest.raises(ForbiddenMove, match="办结前才能登记部门答复和处置"):
            dispose_match(match.pk, disposition="accept_record", reason="属实", at=at(VISITED))

    def test_where_nothing_was_found_nothing_is_to_be_answered(self) -> None:
        case = authorised()
        file(case, answer())

        with pytest.raises(VerificationRefused, match="只有核到信息"):
            dispose_match(matches_of(case.pk)[0].id, disposition="accept_record", reason="属实", at=at(VISITED))

    def test_an_unknown_answer_is_said_so(self) -> None:
        with pytest.raises(VerificationRefused, match="没有这条核对结果"):
            dispose_match(0, disposition="accept_record", reason="属实", at=at(VISITED))


class TestSurvey:
    def test_the_visit_verifies_the_case(self) -> None:
        case = accepted()

        visit(case)

        case.refresh_from_db()
        assert case.state == "verified"
        found = survey_of(case.pk)
        assert found is not None
        assert (found.surveyed_on, found.surveyors, found.respondent) == (VISITED, ("陈走访", "黄走访"), "王秀英")
        assert found.found == FOUND

    def test_before_the_visit_there_is_no_survey(self) -> None:
        assert survey_of(accepted().pk) is None

    def test_a_hit_without_an_answer_stops_the_survey(self) -> None:
        case = authorised()
        hit(case)

        with pytest.raises(VerificationRefused, match="还有1条核到的信息没有处置"):
            visit(case)
        case.refresh_from_db()
        assert case.state == "accepted"

    @pytest.mark.parametrize("surveyors", [("陈走访", "陈走访"), ("陈走访", " "), ("", "黄走访")])
    def test_two_different_people_visit(self, surveyors: tuple[str, str]) -> None:
        with pytest.raises(VerificationRefused, match="两名不同的调查人"):
            visit(accepted(), surveyors=surveyors)

    def test_nobody_visits_before_acceptance(self) -> None:
        with pytest.raises(VerificationRefused, match="早于受理日期2024-03-04"):
            visit(accepted(), on=date(2024, 3, 3))

    def test_the_family_and_what_was_found_are_named(self) -> None:
        case = accepted()
        for respondent, found, words in ((" ", FOUND, "在场家庭成员"), ("王秀英", {}, "查明的情况")):
            with pytest.raises(VerificationRefused, match=words):
                record_survey(
                    case.pk, on=VISITED, at=at(VISITED), surveyors=("陈走访", "黄走访"), respondent=respondent,
                    found=found,
                )  # fmt: skip

    def test_a_case_is_surveyed_once(self) -> None:
        case = accepted()
        visit(case)

        with pytest.raises(ForbiddenMove, match="已核对调查"):
            visit(case)
