"""抽样的承诺: what the database itself keeps of draws, answers and interviews, broken by plain SQL."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from tests.faults.promises import Broken, insert, named_by_the_database

pytestmark = pytest.mark.django_db
DAY = date(2024, 12, 2)
DRAW = {"size": 5, "population": 10, "purpose": "accuracy"}
OTHER = {"year": 2025}
ANSWERED = {"answer": "received", "asked_on": DAY}
PROMISES = [
    Broken("one_draw_a_year_and_purpose", "evaluation.SampleDraw", DRAW, {}),
    Broken("draw_within_population", "evaluation.SampleDraw", DRAW, OTHER | {"size": 0}),
    Broken("draw_within_population", "evaluation.SampleDraw", DRAW, OTHER | {"size": 11}),
    Broken("one_questionnaire_per_household_and_year", "evaluation.SatisfactionAnswer", {}, {}),
    Broken("questionnaire_chance_is_a_share", "evaluation.SatisfactionAnswer", {}, OTHER | {"chance_n": 1}),
    Broken(
        "questionnaire_chance_is_a_share", "evaluation.SatisfactionAnswer", {}, OTHER | {"chance_n": 3, "chance_d": 2}
    ),
    Broken("one_check_per_decision_and_year", "evaluation.AccuracyCheck", {}, {}),
    Broken("check_chance_is_a_share", "evaluation.AccuracyCheck", {}, OTHER | {"chance_n": 0, "chance_d": 2}),
    Broken("check_chance_is_a_share", "evaluation.AccuracyCheck", {}, OTHER | {"chance_d": 2}),
    Broken("check_has_a_result", "evaluation.AccuracyCheck", {}, OTHER | {"checked_on": DAY}),
    Broken("one_arrival_check_a_line", "evaluation.ArrivalCheck", ANSWERED, {}),
    Broken("arrival_answer_has_a_day", "evaluation.ArrivalCheck", ANSWERED, {"line": 2, "asked_on": None}),
    Broken("different_amount_is_said", "evaluation.ArrivalCheck", ANSWERED, {"line": 2, "answer": "different"}),
    Broken(
        "different_amount_is_said",
        "evaluation.ArrivalCheck",
        ANSWERED,
        {"line": 2, "answer": "different", "said_fen": -1},
    ),
    Broken("arrival_chance_is_a_share", "evaluation.ArrivalCheck", ANSWERED, {"line": 2, "chance_n": 2, "chance_d": 1}),
    Broken("interview_has_a_text", "evaluation.Interview", {}, {"text": ""}),
    Broken("interview_has_a_text", "evaluation.Interview", {}, {"officer": ""}),
]


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize("promise", PROMISES, ids=lambda p: p.constraint)
def test_the_database_itself_keeps_the_promise(promise: Broken) -> None:
    assert named_by_the_database(promise) == promise.constraint


@pytest.mark.usefixtures("places")
def test_the_small_row_that_keeps_every_promise_is_accepted() -> None:
    for promise in PROMISES:
        with transaction.atomic():
            insert(promise.model, promise.keeps)
            transaction.set_rollback(True)


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize(
    ("model", "sql"),
    [
        ("evaluation.SampleDraw", "UPDATE evaluation_sampledraw SET seed = 2"),
        ("evaluation.SampleDraw", "DELETE FROM evaluation_sampledraw"),
        ("evaluation.Interview", "UPDATE evaluation_interview SET text = '改'"),
        ("evaluation.Interview", "DELETE FROM evaluation_interview"),
        ("evaluation.ArrivalCheck", "DELETE FROM evaluation_arrivalcheck"),
        ("evaluation.SatisfactionAnswer", "DELETE FROM evaluation_satisfactionanswer"),
    ],
)
def test_a_draw_and_a_talk_stay_what_they_were(model: str, sql: str) -> None:
    # what the row points to need not exist: it is rolled back before anybody asks
    with pytest.raises(DatabaseError, match="不能"), transaction.atomic():  # noqa: PT012
        insert(model, DRAW if model.endswith("Draw") else {})
        with connection.cursor() as cursor:
            cursor.execute(sql)
