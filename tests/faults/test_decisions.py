"""决定的墙: what the law refuses is tried by plain SQL, past every action, and the database refuses it."""

from datetime import date
from typing import Any

import pytest
from django.db import DataError, IntegrityError, connection, transaction

from opendibao.audit.actions import record
from opendibao.audit.models import Event
from opendibao.decision.models import Decision, OutboxEvent, PublicNotice
from opendibao.intake.models import Case
from opendibao.payment.models import PayRun
from tests.decision.builders import (
    DECIDED,
    LATER,
    confirm,
    covered,
    earning,
    noticed,
    object_to,
    review,
    reviewed,
    surveyed,
)
from tests.intake.builders import accepted
from tests.registry.builders import LONER, at, divisions, household

pytestmark = pytest.mark.usefixtures("county")
COPIED = (
    "number", "household_id", "case_id", "opening_act_id", "division", "area", "kind", "cause", "outcome", "decided_on",
    "maker", "approver", "persons", "amount_fen", "supplement_fen", "gap_fen", "facts", "rule_set", "first_month",
    "last_month", "ended_on", "ended_by_id",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _places(county: None) -> None:
    divisions()


def sql(text: str, *values: object) -> None:
    """Run it as the app's role, every deferred promise asked at once."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(text, values)


def enter(like: Decision, **changes: Any) -> None:
    """A further decision like another one, some columns changed."""
    given = {"number": "假〔2024〕1号", "ended_on": None, "last_month": None, "ended_by_id": None, **changes}
    shown = ", ".join("%s" if column in given else column for column in COPIED)
    values = [given[column] for column in COPIED if column in given]
    columns = ", ".join(COPIED)
    sql(
        f"INSERT INTO decision_decision ({columns}) SELECT {shown} FROM decision_decision WHERE id = %s",
        *values,
        like.pk,
    )


def refused_for(case: Case, decided_on: date = DECIDED, **more: Any) -> None:
    """A confirmation of this case for its own household is refused."""
    other = confirm(noticed(home=household("999999-00009", LONER)))
    months = {"first_month": date(2024, 4, 1)}
    enter(
        other, case_id=case.pk, household_id=case.household_id, kind="confirm", decided_on=decided_on, **months, **more
    )


class TestNobodyEntersWithoutTheSteps:
    """57号 第十九条、第二十八条."""

    def test_without_a_case(self) -> None:
        with pytest.raises(IntegrityError, match="没有该户已受理的案件"):
            enter(covered(), case_id=None)

    def test_with_the_case_of_another_household(self) -> None:
        other = surveyed(home=household("999999-00002", LONER))

        with pytest.raises(IntegrityError, match="没有该户已受理的案件"):
            enter(covered(), case_id=other.pk)

    def test_without_a_survey(self) -> None:
        with pytest.raises(IntegrityError, match="没有入户调查"):
            refused_for(accepted())

    def test_before_the_survey(self) -> None:
        with pytest.raises(IntegrityError, match="没有入户调查"):
            refused_for(surveyed(), decided_on=date(2024, 3, 5))

    def test_without_a_notice(self) -> None:
        with pytest.raises(IntegrityError, match="公示未满7天"):
            refused_for(reviewed())

    def test_on_the_last_day_of_the_notice(self) -> None:
        with pytest.raises(IntegrityError, match="公示未满7天"):
            refused_for(noticed(), decided_on=date(2024, 3, 17))

    def test_while_an_objection_is_open(self) -> None:
        case = noticed()
        object_to(case)

        with pytest.raises(IntegrityError, match="异议未办结"):
            refused_for(case)

    def test_under_the_mark_legacy_without_the_act(self) -> None:
        with pytest.raises(IntegrityError, match="legacy_has_act_others_a_case"):
            enter(covered(), kind="legacy", household_id=household("999999-00002", LONER))


class TestWhatWasDecidedStays:
    @pytest.mark.parametrize(
        "change",
        ["amount_fen = amount_fen + 1", "persons = 9", "facts = '{}'", "approver = '某'", "decided_on = '2024-03-19'"],
    )
    def test_nothing_of_it_is_rewritten(self, change: str) -> None:
        decision = covered()

        with pytest.raises(IntegrityError, match="决定不能改写"):
            sql(f"UPDATE decision_decision SET {change} WHERE id = %s", decision.pk)

    def test_it_is_not_deleted(self) -> None:
        with pytest.raises(IntegrityError, match="不能修改或删除"):
            sql("DELETE FROM decision_decision WHERE id = %s", covered().pk)

    def test_an_end_is_not_taken_back_nor_put_off(self) -> None:
        decision = covered()
        sql("UPDATE decision_decision SET ended_on = %s WHERE id = %s", LATER, decision.pk)

        for later in ("NULL", "'2024-06-01'"):
            with pytest.raises(IntegrityError, match="决定不能改写"):
                sql(f"UPDATE decision_decision SET ended_on = {later} WHERE id = %s", decision.pk)


class TestOneDecisionAtATime:
    def test_two_in_force_on_one_day(self) -> None:
        before = covered()
        case = review(before, earning(1500))

        with pytest.raises(IntegrityError, match="one_decision_in_force"):
            enter(before, kind="reduce", case_id=case.pk, decided_on=LATER, first_month=date(2030, 1, 1))

    def test_two_amounts_for_one_month(self) -> None:
        before = covered()
        case = review(before, earning(1500))
        sql("UPDATE decision_decision SET ended_on = %s WHERE id = %s", LATER, before.pk)

        with pytest.raises(IntegrityError, match="one_amount_a_month"):
            enter(before, kind="reduce", case_id=case.pk, decided_on=LATER, first_month=date(2024, 6, 1))

    def test_one_number_for_two_decisions(self) -> None:
        before = covered()
        case = review(before, earning(1500))

        with pytest.raises(IntegrityError, match="number"):
            enter(before, number=before.number, kind="stop", case_id=case.pk, amount_fen=0, first_month=None,
                  supplement_fen=0, decided_on=LATER)  # fmt: skip

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"amount_fen": -100}, "granting_names_amount_and_month"),
            ({"amount_fen": 0, "supplement_fen": 0}, "granting_names_amount_and_month"),
            ({"supplement_fen": -1}, "supplement_not_negative"),
            ({"approver": "周编制"}, "maker_is_not_approver"),
            ({"first_month": date(2024, 6, 15)}, "months_are_first_days"),
            ({"first_month": None}, "granting_names_amount_and_month"),
        ],
    )
    def test_impossible_content(self, changes: dict[str, Any], says: str) -> None:
        before = covered()
        case = review(before, earning(1500))
        sql("UPDATE decision_decision SET ended_on = %s, last_month = '2024-05-01' WHERE id = %s", LATER, before.pk)

        with pytest.raises(IntegrityError, match=says):
            enter(before, **{"kind": "reduce", "case_id": case.pk, "decided_on": LATER,
                             "first_month": date(2024, 6, 1), **changes})  # fmt: skip

    def test_half_a_fen_cannot_be_written(self) -> None:
        with pytest.raises((DataError, IntegrityError)):
            sql("UPDATE decision_decision SET amount_fen = '0.5' WHERE id = %s", covered().pk)


class TestAround:
    def test_no_pay_line_without_a_decision(self) -> None:
        decision = covered()
        run = PayRun.objects.create(
            month=date(2024, 4, 1), division="360429000000", due_on=date(2024, 4, 10), frozen_on=date(2024, 4, 3),
            state="computed", maker="甲",
        )  # fmt: skip
        line = (
            "INSERT INTO payment_payline (run_id, household_id, decision_id, month, kind, supplement_no, division,"
            " area, persons, amount_fen, supplement_fen, snapshot) VALUES (%s, %s, {}, '2024-04-01', 'regular', 0,"
            " '360429100201', 'rural', 3, 137800, 0, '{{}}')"
        )

        for decision_id in ("NULL", "0"):
            with pytest.raises(IntegrityError):
                sql(line.format(decision_id), run.pk, decision.household_id)

    def test_an_acceptance_without_a_receipt(self) -> None:
        event = OutboxEvent.objects.get(decision=covered())

        with pytest.raises(IntegrityError, match="acceptance_has_a_receipt"):
            sql("UPDATE decision_outboxevent SET accepted_on = %s WHERE id = %s", LATER, event.pk)

    def test_a_notice_of_six_days(self) -> None:
        notice = PublicNotice.objects.get(case=noticed())

        with pytest.raises(IntegrityError, match="notice_runs_seven_days"):
            sql(
                "INSERT INTO decision_publicnotice (case_id, sequence, division, posted_on, ends_on, places, persons,"
                " proposed_fen) SELECT case_id, 2, division, posted_on, posted_on + 5, places, persons, proposed_fen"
                " FROM decision_publicnotice WHERE id = %s", notice.pk,
            )  # fmt: skip

    def test_a_refused_step_leaves_no_trace(self) -> None:
        case = noticed()
        before = Event.objects.count()

        with pytest.raises(ValueError, match="公示到"):
            confirm(case, on=date(2024, 3, 17))

        assert Event.objects.count() == before
        assert not Decision.objects.exists()
        record("试", "试", division="360429100201", at=at(DECIDED))  # the transaction still works
