"""到期清除: what a department delivered is emptied when its time is over, by a person, and never before."""

from datetime import date

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from opendibao.audit.queries import events_of
from opendibao.audit.session import acting
from opendibao.kernel.duties import Duty
from opendibao.registry.queries import person_id
from opendibao.verification.models import Delivery, DeliveryReject, Link, MatchResult, Purge, SourceRecord
from opendibao.verification.privacy.purging import purge_delivery
from opendibao.verification.privacy.retention import due_on, retained
from opendibao.verification.refusal import VerificationRefused
from tests.faults.promises import Broken, insert, named_by_the_database
from tests.intake.builders import ASKED, authorised
from tests.registry.builders import COUNTY, MOTHER, at, household
from tests.verification.privacy.delivered import delivered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
EVE, DUE = date(2026, 3, 4), date(2026, 3, 5)  # received on 2024-03-05, kept for 24 months


def purged(delivery: Delivery, *, on: date = DUE, reason: str = "留存到期") -> Purge:
    return purge_delivery(delivery.pk, reason=reason, on=on, at=at(on))


def sealed_bytes(delivery: Delivery) -> int:
    """How many bytes of what was delivered are still there."""
    delivery.refresh_from_db()
    rows = [*SourceRecord.objects.filter(delivery=delivery), *DeliveryReject.objects.filter(delivery=delivery)]
    return len(bytes(delivery.sealed_file)) + sum(len(bytes(row.sealed)) + len(row.tokens) for row in rows)


@pytest.mark.parametrize(
    ("received", "months", "day"),
    [
        (date(2024, 3, 5), 24, date(2026, 3, 5)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2024, 12, 31), 1, date(2025, 1, 31)),
    ],
)
def test_the_day_is_so_many_months_later(received: date, months: int, day: date) -> None:
    assert due_on(received, months) == day


class TestWhatIsDue:
    def test_banks_are_kept_for_a_year_and_the_others_for_two(self) -> None:
        delivered(source="vehicles")
        delivered(source="bank_deposits")

        found = {row.stored.source: (row.months, row.due_on) for row in retained(ASKED)}

        assert found == {"vehicles": (24, DUE), "bank_deposits": (12, date(2025, 3, 5))}

    def test_it_is_due_on_its_day_and_not_on_the_eve(self) -> None:
        delivered()

        assert [row.is_due(EVE) for row in retained(EVE)] == [False]
        assert [row.is_due(DUE) for row in retained(DUE)] == [True]

    def test_what_was_cleared_is_not_due_again(self) -> None:
        purged(delivered())

        assert [(row.is_due(DUE), row.stored.purged_by) for row in retained(DUE)] == [(False, "张经办")]


class TestClearing:
    def test_file_rows_and_tokens_are_emptied_and_the_rest_stays(self) -> None:
        delivery = delivered()
        assert sealed_bytes(delivery) > 0

        note = purged(delivery, reason=" 留存到期 ")

        assert sealed_bytes(delivery) == 0
        assert (delivery.purged_on, delivery.accepted, delivery.rejected, len(delivery.sha256)) == (DUE, 1, 1, 64)
        assert (note.purged_by, note.reason, note.months, note.due_on) == ("张经办", "留存到期", 24, DUE)
        assert (note.records, note.rejects) == (1, 1)
        assert SourceRecord.objects.get(delivery=delivery).row_key  # so that 不是同一人 is remembered

    def test_it_leaves_an_event_without_anything_of_the_rows(self) -> None:
        delivery = delivered()

        purged(delivery)

        (event,) = events_of(f"送达数据 {delivery.pk}")
        assert (event.action, event.payload["records"], event.payload["reason"]) == ("清除送达数据", 1, "留存到期")
        assert MOTHER.id_number not in str(event.payload)

    def test_a_link_stays_with_its_evidence(self) -> None:
        household()
        delivery = delivered()
        link = _link(delivery, "automatic")

        purged(delivery)

        link.refresh_from_db()
        assert link.evidence == [{"field": "id", "level": "equal", "weight": 1200}]

    @pytest.mark.parametrize(
        ("on", "reason", "said"),
        [
            (EVE, "留存到期", "要留到2026-03-05（收到后24个月，演示参数"),
            (DUE, "  ", "请用200字以内写明清除理由"),
            (DUE, "留" * 201, "请用200字以内写明清除理由"),
        ],
    )
    def test_it_is_refused_before_its_day_and_without_a_reason(self, on: date, reason: str, said: str) -> None:
        delivery = delivered()
        before = sealed_bytes(delivery)

        with pytest.raises(VerificationRefused, match=said):
            purged(delivery, on=on, reason=reason)

        assert sealed_bytes(delivery) == before

    def test_it_is_cleared_once(self) -> None:
        delivery = delivered()
        purged(delivery)

        with pytest.raises(VerificationRefused, match="已于2026-03-05清除"):
            purged(delivery)

    def test_a_hit_that_nobody_has_answered_keeps_its_rows(self) -> None:
        delivery, case = delivered(), authorised()
        MatchResult.objects.create(
            case=case, person_id=person_id(MOTHER.id_number), division=case.division, source="vehicles",
            requested_on=ASKED, answered_on=ASKED, outcome="hit", detail={"found": "名下有车"}, delivery=delivery,
        )  # fmt: skip

        with pytest.raises(VerificationRefused, match="还有1条核到的信息没有处置"):
            purged(delivery)

    def test_a_row_that_waits_for_a_person_keeps_them_too(self) -> None:
        household()
        delivery = delivered()
        _link(delivery, "waiting")

        with pytest.raises(VerificationRefused, match="还有1条记录待认定是不是本人"):
            purged(delivery)

    def test_whoever_does_not_run_the_system_clears_nothing(self) -> None:
        delivery = delivered()

        with acting("李审核", "360429", {Duty.CONFIRM}), pytest.raises(PermissionError, match="系统运行"):
            purged(delivery)

    def test_another_county_does_not_see_it(self) -> None:
        delivery = delivered()

        with acting("外县", "360430", {Duty.OPERATE}), pytest.raises(VerificationRefused, match="没有这份送达数据"):
            purged(delivery)


def _link(delivery: Delivery, state: str) -> Link:
    record = SourceRecord.objects.get(delivery=delivery)
    return Link.objects.create(
        record=record, person_id=person_id(MOTHER.id_number), division=COUNTY, source="vehicles",
        row_key=record.row_key,
        row_no=record.row_no, score=1200, model="甲", linked_at=at(ASKED),
        tier="review" if state == "waiting" else "confirmed", state=state,
        evidence=[{"field": "id", "level": "equal", "weight": 1200}],
    )  # fmt: skip


NOTE = {"months": 24, "due_on": DUE, "purged_on": DUE, "purged_by": "甲", "reason": "留存到期"}


class TestTheDatabaseItself:
    @pytest.mark.parametrize(
        ("breaks", "constraint"),
        [
            ({"purged_on": EVE}, "nothing_is_cleared_before_its_day"),
            ({"reason": " "}, "a_clearing_says_why"),
            ({"purged_by": ""}, "a_clearing_says_why"),
        ],
    )
    def test_refuses_a_note_that_is_not_whole(self, breaks: dict[str, object], constraint: str) -> None:
        keeps = {**NOTE, "delivery": delivered().pk}

        assert named_by_the_database(Broken(constraint, "verification.Purge", keeps, breaks)) == constraint

    @pytest.mark.parametrize("wrong", [{"months": 25}, {"due_on": EVE}, {"months": 0, "due_on": date(2024, 3, 4)}])
    def test_reckons_the_day_itself(self, wrong: dict[str, object]) -> None:
        row = NOTE | {"delivery": delivered().pk} | wrong

        with pytest.raises(DatabaseError) as refusal, transaction.atomic():
            insert("verification.Purge", row)

        cause = refusal.value.__cause__
        assert isinstance(cause, psycopg.errors.IntegrityError)
        assert cause.diag.constraint_name == "purge_is_due"

    def test_empties_nothing_without_a_note(self) -> None:
        delivery = delivered()

        with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE verification_delivery SET purged_on = %s, sealed_file = '' WHERE id = %s", [DUE, delivery.pk]
            )

        cause = refusal.value.__cause__
        assert isinstance(cause, psycopg.errors.IntegrityError)
        assert cause.diag.constraint_name == "delivery_is_purged_with_a_note"

    def test_keeps_the_note(self) -> None:
        purged(delivered())

        with pytest.raises(DatabaseError, match="只能追加"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE verification_purge SET reason = '别的'")
