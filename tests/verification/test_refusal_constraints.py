"""拒绝配合的表: what it refuses by name, by plain SQL past every action."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.faults.promises import Broken, insert, named_by_the_database

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
REFUSED = {"first_surveyor": "甲", "second_surveyor": "乙", "witness": "丙", "words": "不开门"}
PROMISES = [
    Broken("three_saw_a_refusal", "verification.RefusedVisit", REFUSED, {"second_surveyor": "甲"}),
    Broken("three_saw_a_refusal", "verification.RefusedVisit", REFUSED, {"witness": "甲"}),
    Broken("three_saw_a_refusal", "verification.RefusedVisit", REFUSED, {"witness": "乙"}),
    Broken("three_saw_a_refusal", "verification.RefusedVisit", REFUSED, {"witness": ""}),
    Broken("a_refusal_has_words", "verification.RefusedVisit", REFUSED, {"words": ""}),
]


@pytest.mark.parametrize("promise", PROMISES, ids=lambda p: p.constraint)
def test_the_database_itself_keeps_the_promise(promise: Broken) -> None:
    assert named_by_the_database(promise) == promise.constraint


def test_a_refusal_that_was_written_down_stays() -> None:
    with transaction.atomic():
        insert("verification.RefusedVisit", REFUSED)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE verification_refusedvisit SET words = '开门了'")
        transaction.set_rollback(True)
