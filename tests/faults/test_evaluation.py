"""Bad input to sheet, scores, samples, budget and outreach is refused below the application too."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from opendibao.evaluation.actions import draw_accuracy_sample, draw_satisfaction_sample, lock_year, sign_note
from opendibao.evaluation.models import AccuracyCheck, FindingNote, GivenScore, SatisfactionAnswer, SheetRow, Snapshot
from opendibao.outreach.actions import approve_post, hold_training, open_ticket, record_publicity
from opendibao.outreach.models import HotlineTicket, TrainingSignature
from tests.conftest import ActAs
from tests.evaluation import small_county
from tests.evaluation.year import LOCKED, YEAR
from tests.payment.builders import COUNTY, VILLAGE, at, family

MAY = date(2024, 5, 6)


@pytest.fixture
def judged(act_as: ActAs) -> None:
    """A county with sheet, scores, a note, both samples and a locked snapshot."""
    with act_as("360429"):
        small_county.whole()
        family("C1")
        draw_accuracy_sample(YEAR, size=1, seed=1, on=MAY, at=at(MAY))
        draw_satisfaction_sample(YEAR, size=1, seed=1, on=MAY, at=at(MAY))
        sign_note(YEAR, COUNTY, "W01", "尾差", at=LOCKED)
        lock_year(YEAR, COUNTY, at=LOCKED)


@pytest.fixture
def outreach(act_as: ActAs) -> None:
    with act_as("360429"):
        record_publicity(VILLAGE, held_on=MAY, channel="talk", target_group="all", reached=1, at=at(MAY))
        hold_training(COUNTY, held_on=MAY, topic="题", sheet="表", signatures=[(VILLAGE, "甲")], at=at(MAY))
        approve_post(COUNTY, title="岗", needed_since=MAY, due_on=MAY, at=at(MAY))
        open_ticket(COUNTY, number="T1", kind="report", is_named=True, received_on=MAY, summary="反映", at=at(MAY))


def refused(sql: str) -> str:
    """What the database answers; fails when it takes the statement."""
    with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    return str(refusal.value)


@pytest.mark.usefixtures("judged")
@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE evaluation_snapshot SET content = '{}'", "不能"),
        ("DELETE FROM evaluation_snapshot", "不能"),
        ("UPDATE evaluation_givenscore SET score = 10", "不能"),
        ("DELETE FROM evaluation_givenscore", "不能"),
        ("UPDATE evaluation_sheetrow SET target = 1", "不能"),
        ("UPDATE evaluation_findingnote SET note = '改'", "不能"),
        ("DELETE FROM evaluation_accuracycheck", "不能"),
        ("DELETE FROM evaluation_satisfactionanswer", "不能"),
        ("UPDATE evaluation_accuracycheck SET checked_on = '2024-06-01'", "check_has_a_result"),
        ("UPDATE evaluation_accuracycheck SET outcome = 'dibao'", "check_has_a_result"),
        (
            "UPDATE evaluation_accuracycheck SET checked_on = '2024-06-01', outcome = 'dibao', amount_fen = -1",
            "check_has_a_result",
        ),
        (
            "UPDATE evaluation_accuracycheck SET checked_on = '2024-05-05', outcome = 'dibao', amount_fen = 1",
            "check_has_a_result",
        ),
        ("UPDATE budget_budgetline SET approved_fen = -1", "budget_is_not_negative"),
        ("UPDATE budget_budgetline SET last_year_persons = -1", "last_year_persons"),
        ("UPDATE budget_budgetline SET area = 'rural'", "one_budget_per_year_and_area"),
        ("DELETE FROM budget_budgetline", "不能"),
    ],
)
def test_what_was_judged_and_locked_is_not_changed_by_sql(sql: str, words: str) -> None:
    assert words in refused(sql)


@pytest.mark.usefixtures("outreach")
@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE outreach_publicityaction SET reached = -1", "reached"),
        ("UPDATE outreach_post SET due_on = '2024-05-05'", "post_due_after_need"),
        ("UPDATE outreach_hotlineticket SET answered_on = '2024-05-05'", "ticket_answered_after_received"),
        *[(f"DELETE FROM outreach_{table}", "不能") for table in ("publicityaction", "post", "hotlineticket")],
        *[(f"DELETE FROM outreach_{table}", "不能") for table in ("trainingsession", "trainingsignature")],
    ],
)
def test_the_registers_of_outreach_hold_below_the_application(sql: str, words: str) -> None:
    assert words in refused(sql)


def again(model: type, **changes: object) -> Callable[[], object]:
    """Insert a copy of the first row, with changes."""

    def act() -> object:
        row = model.objects.first()
        row.pk, row._state.adding = None, True
        for name, value in changes.items():
            setattr(row, name, value)
        return row.save(force_insert=True)

    return act


@pytest.mark.usefixtures("judged", "county")
@pytest.mark.parametrize(
    ("act", "words"),
    [
        (again(Snapshot), "one_snapshot_version"),
        (again(GivenScore), "one_given_score"),
        (again(GivenScore, indicator="fund_use", reason=""), "given_score_has_a_reason"),
        (again(GivenScore, indicator="fund_use", officer=""), "given_score_has_a_reason"),
        (again(FindingNote), "one_note_per_finding"),
        (again(FindingNote, finding="W02", officer=""), "note_is_signed"),
        (again(FindingNote, finding="W02", note=""), "note_is_signed"),
        (again(SheetRow), "one_sheet_row_per_position"),
        (again(SheetRow, position=99, weight=Decimal(-1)), "weight_not_negative"),
        (again(AccuracyCheck), "one_check_per_decision_and_year"),
        (again(SatisfactionAnswer), "one_questionnaire_per_household_and_year"),
        (again(Snapshot, version=9, division="110101000000"), "row-level security"),
    ],
)
def test_a_second_or_unsigned_row_is_refused_by_the_database(act: Callable[[], object], words: str) -> None:
    with pytest.raises(DatabaseError, match=words), transaction.atomic():
        act()


@pytest.mark.usefixtures("outreach", "county")
@pytest.mark.parametrize(
    ("act", "words"),
    [
        (again(TrainingSignature), "one_signature_per_session_and_name"),
        (again(HotlineTicket), "outreach_hotlineticket_number"),
        (again(HotlineTicket, number="T2", division="110101000000"), "row-level security"),
    ],
)
def test_a_second_signature_or_ticket_is_refused_by_the_database(act: Callable[[], object], words: str) -> None:
    with pytest.raises(DatabaseError, match=words), transaction.atomic():
        act()
