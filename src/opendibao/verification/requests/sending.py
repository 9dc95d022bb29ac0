"""发送请求: the county sends drafts, and what nobody acknowledged once more, one message a province."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction

from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import county_of
from opendibao.verification.models import Purpose, RegionRequest, RequestAttempt, RequestMessage
from opendibao.verification.privacy.lookups import Question, log_lookups
from opendibao.verification.privacy.rights import NoAuthorisation, rights
from opendibao.verification.refusal import VerificationRefused
from opendibao.verification.requests.ending import cancelled, note, void_because
from opendibao.verification.requests.messages import Item, Message, encode
from opendibao.verification.requests.provinces import province_zh
from opendibao.verification.requests.questions import ask
from opendibao.verification.requests.states import RequestState, move_request
from opendibao.verification.requests.timing import days_of, next_try
from opendibao.verification.requests.transport import Transport, TransportFailed
from opendibao.verification.sealing import blind, seal
from opendibao.verification.sources import SOURCES

SENT, SENT_AGAIN, NOT_SENT = "发送跨省核对", "再次发送跨省核对", "跨省核对没有送出"
COUNTY_DIGITS = 6
SAID_LENGTH = 200


@dataclass(frozen=True)
class Sent:
    """What came of sending: requests and messages that went out, requests that did not, and those that were void."""

    requests: int
    messages: int
    failed: int
    cancelled: int


@needs(Duty.CONFIRM)
@transaction.atomic
def send_requests(
    request_ids: Sequence[int], transport: Transport, *, on: date, at: datetime, number: str = ""
) -> Sent:
    """发送跨省核对: one message a province; the days begin with the first sending, and a failed try is noted.

    What is not authorised any more is voided instead. `number` names the messages where a test wants to know it.
    Raises VerificationRefused naming a request that may not be sent now; then nothing is sent.
    """
    chosen = list(
        RegionRequest.objects.select_for_update(of=("self",)).filter(pk__in=set(request_ids))
        .select_related("case", "person", "consent").order_by("province", "pk")
    )  # fmt: skip
    if not chosen or len(chosen) != len(set(request_ids)):
        raise VerificationRefused("没有选要发送的请求，或者有的不在本人可见的区划内，请重新选")
    for row in chosen:
        if fault := unsendable(row, on):
            raise VerificationRefused(fault)
    void = {row.pk: reason for row in chosen if (reason := void_because(row, on))}
    cancelled([row for row in chosen if row.pk in void], void, on=on, at=at)
    going = [row for row in chosen if row.pk not in void]
    _refuse_unauthorised(going, on)  # before anything leaves the house
    delivered = list[RegionRequest]()
    provinces = sorted({row.province for row in going})
    for place, province in enumerate(provinces):
        rows = [row for row in going if row.province == province]
        own = f"{number}-{place}" if number else secrets.token_hex(12)
        if _hand_over(rows, transport, own, on, at):
            delivered += rows
    messages = len({row.province for row in delivered})
    return Sent(len(delivered), messages, len(going) - len(delivered), len(void))


def _refuse_unauthorised(going: Sequence[RegionRequest], on: date) -> None:
    """A minor who has come of age meanwhile signs for himself. Raises NoAuthorisation naming who has to sign."""
    may_ask = rights({(row.case_id, row.person_id) for row in going}, on)
    if lacking := {row.person_id for row in going if (row.case_id, row.person_id) not in may_ask}:
        raise NoAuthorisation.of(lacking, on)


def unsendable(request: RegionRequest, on: date) -> str:
    """Why a request may not be sent on a day; "" where it may. An unacknowledged one waits for its next day."""
    who = f"{request.person.name}在{province_zh(request.province)}“{SOURCES[request.source].zh}”的请求"
    state = RequestState(request.state)
    if on < request.made_on:
        return f"{who}{request.made_on}才提出，发送日期{on}请改正"
    if state not in (RequestState.DRAFT, RequestState.SENT):
        return f"{who}{state.label}，不用再发"
    if request.next_try_on is None and request.attempts and state is RequestState.DRAFT:
        return f"{who}试发{request.attempts}次都没有送出，不再试，请查清原因，撤销后重新提出"
    if request.next_try_on is None and request.attempts:
        return f"{who}已发送{request.attempts}次，不再重发，请直接联系对方"
    if request.next_try_on and on < request.next_try_on and state is RequestState.DRAFT:
        return f"{who}上次没有送出，{request.next_try_on}以后再试"
    if request.next_try_on and on < request.next_try_on:
        return f"{who}已发送{request.attempts}次，{request.next_try_on}以后仍没有签收才再发"
    return ""


def _hand_over(rows: Sequence[RegionRequest], transport: Transport, number: str, on: date, at: datetime) -> bool:
    """One message to one province; returns whether it was handed over. What it says is kept either way."""
    first = [row for row in rows if row.state == RequestState.DRAFT]
    for row in first:
        days = days_of(row.division, on, row.authorised_until)
        row.due_on, row.expires_on = days.due_on, days.expires_on
    message = _message(rows, number, on)
    kept = _keep(message, rows[0].province, transport.name, on)
    try:
        said, is_delivered = transport.deliver(message), True
    except TransportFailed as fault:
        said, is_delivered = str(fault), False
    _note_tries(rows, kept, said[:SAID_LENGTH], on, is_delivered=is_delivered)
    if not is_delivered:
        note(NOT_SENT, rows, at, on=str(on))
        return False
    _asked(rows, first, on, at)
    return True


def _asked(rows: Sequence[RegionRequest], first: Sequence[RegionRequest], on: date, at: datetime) -> None:
    """The questions are on record, and that somebody was asked about, with its right."""
    questions = [
        Question(row.person_id, row.source, Purpose.REQUEST, row.case_id, province_zh(row.province)) for row in rows
    ]
    log_lookups(questions, on=on, at=at)
    ask(first, on)
    note(SENT, first, at, on=str(on))
    note(SENT_AGAIN, [row for row in rows if row not in first], at, on=str(on))


def _note_tries(
    rows: Sequence[RegionRequest], kept: RequestMessage, said: str, on: date, *, is_delivered: bool
) -> None:
    officer = officer_name()
    for row in rows:
        row.attempts += 1
        row.next_try_on = next_try(row.division, on, row.attempts, row.expires_on)
        if row.state == RequestState.DRAFT and is_delivered:
            row.state = move_request(RequestState.DRAFT, RequestState.SENT)
            row.sent_on, row.sent_by = on, officer
        elif row.state == RequestState.DRAFT:
            row.due_on = row.expires_on = None
    RegionRequest.objects.bulk_update(
        rows, ["attempts", "next_try_on", "state", "sent_on", "sent_by", "due_on", "expires_on"]
    )
    RequestAttempt.objects.bulk_create(
        RequestAttempt(
            request=row, sequence=row.attempts, message=kept, tried_on=on, tried_by=officer,
            is_delivered=is_delivered, said=said,
        )
        for row in rows
    )  # fmt: skip


def _message(rows: Sequence[RegionRequest], number: str, on: date) -> Message:
    county = county_of(rows[0].division)[:COUNTY_DIGITS]
    return Message(number, "request", county, rows[0].province, on, [_item(row) for row in rows])


def _item(row: RegionRequest) -> Item:
    return {
        "key": row.key, "subject": subject_of(row), "name": row.person.name, "id_number": row.person.id_number,
        "source": row.source, "purpose": row.purpose, "due_on": str(row.due_on),
        "authorised_until": str(row.authorised_until or ""),
    }  # fmt: skip


def subject_of(request: RegionRequest) -> str:
    """The blind token by which an answer says whom it is about, so that it needs no number of his."""
    return blind(f"subject:{request.key}:{request.person.id_number}")


def _keep(message: Message, province: str, transport: str, on: date) -> RequestMessage:
    data = encode(message)
    return RequestMessage.objects.create(
        message_id=message.id, division=county_of(message.sender.ljust(12, "0")), direction="out", kind=message.kind,
        province=province, transport=transport, file_name=message.file_name, passed_on=on, passed_by=officer_name(),
        items=len(message.items), sha256=sha256(data).hexdigest(), sealed=seal(data),
    )  # fmt: skip
