"""坏案件进不了库: what intake, matching, survey and review refuse, the database refuses too."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from opendibao.intake.actions import record_lead
from opendibao.registry.queries import person_id
from opendibao.reviews.actions import schedule_reverifications
from opendibao.verification.actions import Answer, file_match_results, record_survey
from tests.conftest import ActAs
from tests.intake.builders import VISITED, authorised
from tests.registry.builders import CHILD, FAR_VILLAGE, LONER, MOTHER, VILLAGE, at, divisions, household

TABLES = ("intake_lead", "intake_case", "intake_consent", "verification_matchresult", "verification_survey",
          "reviews_reverification")  # fmt: skip
# a signed form is never updated, so only a further one could say less than the law asks
FURTHER_SURVEY = (
    "INSERT INTO verification_survey (case_id, sequence, division, surveyed_on, way, way_reason, place, first_surveyor,"
    " second_surveyor, respondent, is_signed, found, home, conclusion, entered_by) SELECT case_id, 2, division,"
    " surveyed_on, way, '', '', first_surveyor, {second}, respondent, {is_signed}, found, home, '', ''"
    " FROM verification_survey"
)


def run(sql: str) -> int:
    """One statement in a savepoint; how many rows it touched."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.rowcount)


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def surveyed_case(division: str = VILLAGE) -> None:
    """A household with a lead, a verified case, two answers and a review to come."""
    home = household(division=division)
    case = authorised(home)
    record_lead(division, source="grid", on=VISITED, at=at(VISITED), summary="独居")
    mother, child = person_id(MOTHER.id_number), person_id(CHILD.id_number)
    answers = [Answer(mother, "tax", "no_hit"), Answer(child, "tax", "not_checked")]
    file_match_results(case.pk, answers, requested_on=VISITED, answered_on=VISITED, at=at(VISITED))
    record_survey(
        case.pk,
        on=VISITED,
        at=at(VISITED),
        surveyors=("陈走访", "黄走访"),
        respondent="王秀英",
        found={"area": "rural"},
    )
    schedule_reverifications([(home, division, "yearly")], year=2024, at=at(VISITED))


@pytest.fixture(params=["app", "owner"])
def case(request: pytest.FixtureRequest, act_as: ActAs) -> Iterator[None]:
    """The test writes as the app's role or as the owner, whom no policy holds."""
    with act_as("360429"):
        divisions()
        surveyed_case()
        household("999999-00002", LONER)
        if request.param == "app":
            yield
            return
    yield


@pytest.mark.usefixtures("case")
class TestBelowTheApplication:
    @pytest.mark.parametrize(
        ("sql", "constraint"),
        [
            (
                "INSERT INTO intake_case (number, kind, household_id, division, area, state, channel, applied_on,"
                " declared, applicant, accepted_by, procedure, gates, extension_reason) SELECT 'X', kind, household_id,"
                " division, area, 'submitted', channel, applied_on, '{}', '', '', '', '{}', '' FROM intake_case",
                "one_open_case_per_household",
            ),
            ("UPDATE intake_case SET applied_on = accepted_on + 1", "accepted_not_before_applied"),
            ("UPDATE intake_case SET division = '360429109999'", "known_division|row-level"),
            ("UPDATE intake_lead SET division = '360429109999'", "known_division|row-level"),
            ("UPDATE intake_lead SET contacted_on = found_on", "contacted_with_an_outcome"),
            ("UPDATE intake_lead SET outcome = 'informed'", "contacted_with_an_outcome"),
            ("UPDATE intake_lead SET contacted_on = found_on - 1, outcome = 'informed'", "contacted_with_an_outcome"),
            (
                "INSERT INTO intake_consent (case_id, person_id, signer, role, division, signed_on, scope)"
                " SELECT case_id, person_id, signer, role, division, signed_on, scope FROM intake_consent",
                "one_consent_per_person_and_case",
            ),
            ("UPDATE intake_consent SET scope = '{}'", "consent_has_a_scope"),
            (
                "INSERT INTO verification_matchresult (case_id, person_id, division, source, requested_on, answered_on,"
                " outcome, detail, disposition, reason_code, reason, why, province, file) SELECT case_id, person_id,"
                " division, source, requested_on, answered_on, outcome, detail, '', '', '', '', '', ''"
                " FROM verification_matchresult",
                "one_answer_per_person_and_source",
            ),
            ("UPDATE verification_matchresult SET outcome = 'no_hit'", "only_an_answer_says_something"),
            ("UPDATE verification_matchresult SET answered_on = requested_on - 1", "only_an_answer_says_something"),
            (
                "UPDATE verification_matchresult SET outcome = 'hit', answered_on = requested_on,"
                " disposition = 'accept_record', reason_code = 'papers'",
                "a_disposition_has_a_reason",
            ),
            (
                "UPDATE verification_matchresult SET disposition = 'accept_record', reason_code = 'papers',"
                " reason = '属实'",
                "only_a_hit_is_disposed",
            ),
            ("UPDATE verification_matchresult SET reason_code = 'papers'", "a_disposition_has_a_code"),
            (
                "UPDATE verification_matchresult SET begun_on = requested_on - 1",
                "matching_begins_after_the_request",
            ),
            (FURTHER_SURVEY.format(second="first_surveyor", is_signed="true"), "two_different_surveyors"),
            (FURTHER_SURVEY.format(second="second_surveyor", is_signed="false"), "survey_is_signed"),
            ("UPDATE verification_survey SET respondent = '别人'", "只能追加或更正"),
            (
                "INSERT INTO reviews_reverification (household_id, division, review_class, due_on, surveyors, result)"
                " SELECT household_id, division, review_class, due_on, '', '' FROM reviews_reverification",
                "one_reverification_per_due_day",
            ),
            ("UPDATE reviews_reverification SET done_on = due_on", "done_has_a_result"),
            ("UPDATE reviews_reverification SET result = 'kept'", "done_has_a_result"),
        ],
    )
    def test_the_database_refuses_what_the_law_refuses(self, sql: str, constraint: str) -> None:
        before = [count(table) for table in TABLES]

        with pytest.raises(DatabaseError, match=constraint):
            run(sql)

        assert [count(table) for table in TABLES] == before

    @pytest.mark.parametrize("table", TABLES)
    def test_nothing_is_deleted(self, table: str) -> None:
        with pytest.raises(IntegrityError, match="不能修改或删除"):
            run(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", TABLES)
def test_another_township_reads_and_writes_nothing(act_as: ActAs, table: str) -> None:
    with act_as("360429"):
        divisions()
        surveyed_case(FAR_VILLAGE)
    with act_as("360429101"):
        assert count(table) > 0
    with act_as("360429100"):
        assert count(table) == 0
        assert run(f"UPDATE {table} SET division = division") == 0


@pytest.mark.parametrize("table", [table for table in TABLES if table != "verification_survey"])
def test_nobody_sends_his_rows_to_another_township(act_as: ActAs, table: str) -> None:
    with act_as("360429"):
        divisions()
        surveyed_case()
    with act_as("360429100"), pytest.raises(DatabaseError, match="row-level security"):
        run(f"UPDATE {table} SET division = '{FAR_VILLAGE}'")
