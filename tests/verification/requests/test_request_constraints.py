"""跨省请求的表: what they refuse by name, by plain SQL past every action, and the order in which a request may go."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from opendibao.intake.consents import revoke_consent
from opendibao.verification.models import LateAnswer, RegionRequest, RequestAnswer, RequestMessage
from opendibao.verification.requests.states import NEXT, RequestState
from tests.faults.promises import Broken, insert, named_by_the_database
from tests.intake.builders import ASKED, authorised
from tests.registry.builders import MemberEntry, at, household, number
from tests.verification.requests.province import Wire, drafted, replied, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
SENT_ON, DUE, EXPIRES = date(2024, 3, 5), date(2024, 3, 19), date(2024, 4, 4)
REQUEST, ANSWER, LATE = "verification.RegionRequest", "verification.RequestAnswer", "verification.LateAnswer"
ATTEMPT, MESSAGE = "verification.RequestAttempt", "verification.RequestMessage"
DRAFT: dict[str, Any] = {
    "province": "44", "purpose": "核对存款", "key": "a" * 32, "state": "draft", "made_on": SENT_ON, "attempts": 0,
    "person": 7,
}  # fmt: skip
OTHER = {"key": "b" * 32, "person": 8}
SENT = {
    "state": "sent", "sent_on": SENT_ON, "sent_by": "李审核", "due_on": DUE, "expires_on": EXPIRES, "attempts": 1,
}  # fmt: skip
FOUND = {"outcome": "hit", "is_complete": True, "words": "有存款", "as_of": date(2024, 3, 1), "sequence": 1,
         "facts": "{}"}  # fmt: skip
UNCHANGED = {
    "bearing": "unchanged", "outcome_before": "dibao", "outcome_after": "dibao", "before_fen": 1, "after_fen": 1,
    "answer": 1,
}  # fmt: skip
OTHER_HEAD = MemberEntry(number(date(1982, 5, 1), 42), "周小兰", "head")
OUT = {"direction": "out", "kind": "request", "items": 1, "message_id": "county-0001"}
PROMISES = [
    Broken("one_open_request_per_question", REQUEST, DRAFT, {"key": "b" * 32}),
    Broken("verification_regionrequest_key_key", REQUEST, DRAFT, {"person": 8}),
    Broken("a_request_has_a_purpose", REQUEST, DRAFT, {**OTHER, "purpose": "  "}),
    Broken("a_request_goes_to_a_province", REQUEST, DRAFT, {**OTHER, "province": "99"}),
    Broken("a_sent_request_has_its_days", REQUEST, DRAFT, {**OTHER, **SENT, "due_on": None}),
    Broken("a_sent_request_has_its_days", REQUEST, DRAFT, {**OTHER, **SENT, "expires_on": date(2024, 3, 4)}),
    Broken("a_sent_request_has_its_days", REQUEST, DRAFT, {**OTHER, **SENT, "sent_by": ""}),
    Broken("a_sent_request_has_its_days", REQUEST, DRAFT, {**OTHER, **SENT, "attempts": 0}),
    Broken("only_a_draft_is_not_sent", REQUEST, DRAFT, {**OTHER, "state": "acknowledged"}),
    Broken("only_a_draft_is_not_sent", REQUEST, DRAFT, {**OTHER, **SENT, "state": "draft"}),
    Broken("a_request_ends_in_its_state", REQUEST, DRAFT, {**OTHER, "reason": "不要了"}),
    Broken("a_request_ends_in_its_state", REQUEST, DRAFT, {**OTHER, **SENT, "state": "answered"}),
    Broken("a_request_ends_in_its_state", REQUEST, DRAFT, {**OTHER, **SENT, "state": "expired", "ended_on": EXPIRES}),
    Broken("a_request_ends_in_its_state", REQUEST, DRAFT, {**OTHER, "state": "cancelled", "ended_on": EXPIRES}),
    Broken("a_request_lasts_as_its_consent", REQUEST, DRAFT,
           {**OTHER, **SENT, "authorised_until": date(2024, 4, 3)}),
    Broken("a_recheck_is_done_by_somebody", REQUEST, DRAFT, {**OTHER, "rechecked_on": EXPIRES}),
    Broken("tries_count_up", ATTEMPT, {"sequence": 1, "is_delivered": True}, {}),
    Broken("a_failed_try_says_why", ATTEMPT, {"sequence": 1, "is_delivered": True},
           {"sequence": 2, "is_delivered": False, "said": ""}),
    Broken("answers_count_up", ANSWER, FOUND, {}),
    Broken("only_a_found_answer_has_words", ANSWER, FOUND, {"sequence": 2, "words": ""}),
    Broken("only_a_found_answer_has_words", ANSWER, FOUND, {"sequence": 2, "outcome": "no_hit"}),
    Broken("a_part_that_found_nothing_is_not_checked", ANSWER, FOUND,
           {"sequence": 2, "outcome": "no_hit", "words": "", "is_complete": False}),
    Broken("a_part_that_found_nothing_is_not_checked", ANSWER, FOUND,
           {"sequence": 2, "outcome": "not_checked", "words": ""}),
    Broken("an_answer_came_after_its_day", ANSWER, FOUND, {"sequence": 2, "received_on": date(2024, 2, 29)}),
    Broken("only_requests_go_out", MESSAGE, OUT, {"message_id": "county-0002", "kind": "answer"}),
    Broken("only_requests_go_out", MESSAGE, OUT, {"message_id": "county-0002", "direction": "in"}),
    Broken("a_message_says_something", MESSAGE, OUT, {"message_id": "county-0002", "items": 0}),
    Broken("verification_requestmessage_message_id_key", MESSAGE, OUT, {}),
    Broken("what_bears_is_known", LATE, UNCHANGED, {"answer": 2, "bearing": "changes", "after_fen": None}),
    Broken("unchanged_is_the_same", LATE, UNCHANGED, {"answer": 2, "after_fen": 2}),
    Broken("a_late_answer_is_settled_by_somebody", LATE, UNCHANGED, {"answer": 2, "settled_on": date(2024, 6, 1)}),
]  # fmt: skip


@pytest.fixture
def unguarded() -> None:
    """The triggers of the order are off, so that each constraint speaks for itself; all of it is rolled back."""
    tables = ("verification_regionrequest", "verification_requestanswer")
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


@pytest.mark.parametrize("promise", PROMISES, ids=lambda p: p.constraint)
def test_the_database_itself_keeps_the_promise(promise: Broken, unguarded: None) -> None:
    assert named_by_the_database(promise) == promise.constraint


def refused_update(table: str, change: str, said: str, pk: int) -> None:
    with pytest.raises(DatabaseError, match=said), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {change} WHERE id = %s", [pk])


@pytest.mark.parametrize("state", sorted(set(RequestState) - NEXT[RequestState.DRAFT] - {RequestState.DRAFT}))
def test_a_draft_goes_nowhere_but_out_or_away(state: RequestState) -> None:
    request = drafted(authorised())

    refused_update("verification_regionrequest", f"state = '{state}'", f"不能从draft变为{state}", request.pk)


def test_every_move_that_the_table_forbids_is_forbidden_by_the_database() -> None:
    request = drafted(authorised())
    sent(request, Wire())

    refused_update("verification_regionrequest", "state = 'draft'", "不能从sent变为draft", request.pk)
    RegionRequest.objects.filter(pk=request.pk).update(state="partly")
    refused_update("verification_regionrequest", "state = 'acknowledged'", "不能从partly变为acknowledged", request.pk)
    RegionRequest.objects.filter(pk=request.pk).update(state="answered", answered_on=date(2024, 3, 8))
    for state in RequestState:
        if state != RequestState.ANSWERED:
            refused_update("verification_regionrequest", f"state = '{state}'", "不能从answered变为", request.pk)


def test_a_request_begins_as_a_draft() -> None:
    with pytest.raises(IntegrityError, match="从待发送开始"), transaction.atomic():
        insert(REQUEST, {**DRAFT, **SENT})


def test_what_was_asked_of_whom_never_changes() -> None:
    request = drafted(authorised())
    for change in ("province = '51'", "person_id = person_id + 1", "purpose = '别的'", "key = 'c'", "source = 'tax'"):
        refused_update("verification_regionrequest", change, "不能改", request.pk)
    sent(request, Wire())
    for change in ("due_on = due_on + 1", "expires_on = expires_on + 1", "sent_on = NULL", "sent_by = '别人'"):
        refused_update("verification_regionrequest", change, "日期和期限不能改", request.pk)


def test_no_question_without_an_authorisation_in_force() -> None:
    case = authorised()
    request = drafted(case)
    columns = {
        **DRAFT, "case": case.pk, "person": request.person_id, "source": "tax", "division": case.division,
        "consent": request.consent_id,
    }  # fmt: skip
    for wrong in ({"consent": 0}, {"case": case.pk + 1}, {"made_on": date(2024, 3, 3)}, {"made_on": date(2025, 3, 4)}):
        with pytest.raises(IntegrityError, match="没有有效的核对授权"), transaction.atomic():
            insert(REQUEST, {**columns, **wrong})
    revoke_consent(request.consent_id, reason="不同意了", on=ASKED, at=at(ASKED))
    refused_update(
        "verification_regionrequest",
        "state = 'sent', attempts = 1, sent_by = '某', sent_on = '2024-03-05', due_on = '2024-03-19',"
        " expires_on = '2024-04-04'",
        "没有有效的核对授权",
        request.pk,
    )


def test_an_answer_belongs_to_a_request_that_waits_for_it() -> None:
    request = drafted(authorised())
    wire = Wire()
    sent(request, wire)
    day = date(2024, 3, 12)
    replied(wire, request, on=day, number="gd-answer-1")
    message = RequestMessage.objects.get(direction="in")
    out = RequestMessage.objects.get(direction="out")
    row = {**FOUND, "request": request.pk, "sequence": 2, "message": message.pk, "is_late": False}

    with pytest.raises(IntegrityError, match="已经答全的跨省请求不收答复"), transaction.atomic():
        insert(ANSWER, row)
    second = drafted(authorised(household("999999-00088", OTHER_HEAD)), OTHER_HEAD)
    with pytest.raises(IntegrityError, match="没有发出"), transaction.atomic():
        insert(ANSWER, {**row, "request": second.pk})
    sent(second, wire)
    with pytest.raises(IntegrityError, match="答复要来自所问的省份"), transaction.atomic():
        insert(ANSWER, {**row, "request": second.pk, "message": out.pk})
    RegionRequest.objects.filter(pk=second.pk).update(
        state="expired", ended_on=date(2024, 4, 5), recheck_on=date(2024, 7, 3)
    )
    with pytest.raises(IntegrityError, match="到期以后的答复是迟到答复"), transaction.atomic():
        insert(ANSWER, {**row, "request": second.pk})


def test_what_came_and_what_was_weighed_stays() -> None:
    request = drafted(authorised())
    wire = Wire()
    sent(request, wire)
    replied(wire, request, on=date(2024, 3, 12), number="gd-answer-1")
    answer = RequestAnswer.objects.get()
    refused_update("verification_requestanswer", "outcome = 'hit', words = '改'", "不能修改或删除", answer.pk)
    refused_update("verification_requestmessage", "items = 2", "不能修改或删除", answer.message_id)
    refused_update("verification_requestattempt", "said = '改'", "不能修改或删除", request.tries.get().pk)
    late = LateAnswer.objects.create(
        answer=answer, division=request.division, bearing="unknown", weighed_on=date(2024, 3, 12)
    )
    refused_update("verification_lateanswer", "bearing = 'unchanged'", "不能改写", late.pk)
    LateAnswer.objects.filter(pk=late.pk).update(settled_on=date(2024, 3, 13), settled_by="某", note="复核")
    refused_update("verification_lateanswer", "note = '别的'", "不能改写", late.pk)
    for table in ("regionrequest", "requestmessage", "requestattempt", "requestanswer", "lateanswer"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM verification_{table}")


def test_the_neighbouring_township_sees_none_of_it(act_as: Any) -> None:
    request = drafted(authorised())
    sent(request, Wire())

    with act_as("360429101"):
        assert list(RegionRequest.objects.all()) == []
        assert list(request.tries.all()) == []
        assert list(RequestMessage.objects.all()) == []
    with act_as("360429100"):
        assert RegionRequest.objects.get().pk == request.pk
        assert list(RequestMessage.objects.all()) == []  # the county's own files
