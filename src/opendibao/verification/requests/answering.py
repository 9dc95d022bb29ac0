"""登记答复: a part of an answer is put to its request and to its case's question, or weighed as late."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet

from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.intake.actions import locked_case
from opendibao.kernel.duties import Duty
from opendibao.policy.reader import pack_of_division
from opendibao.verification.deliveries.freshness import fresh_until
from opendibao.verification.matching import ANSWERED_IN
from opendibao.verification.models import (
    LateAnswer,
    MatchOutcome,
    MatchResult,
    RegionRequest,
    RequestAnswer,
    RequestMessage,
    Unchecked,
)
from opendibao.verification.requests.ending import note
from opendibao.verification.requests.found_rows import FoundRows, told
from opendibao.verification.requests.messages import Item, decode
from opendibao.verification.requests.questions import leave_open, place_of, questions_of
from opendibao.verification.requests.states import RequestState, move_request
from opendibao.verification.requests.timing import usable_until
from opendibao.verification.requests.weighing import Weight, unchanged, weigh
from opendibao.verification.sealing import unseal

ACKNOWLEDGED, ANSWERED, LATE = "跨省核对签收", "跨省核对答复", "跨省核对迟到答复"


@needs(Duty.CONFIRM)
def acknowledge(request: RegionRequest, *, on: date, at: datetime) -> bool:
    """签收: the other side has it, and it is not sent again; returns whether that is news."""
    if request.acknowledged_on or request.state != RequestState.SENT:
        return False
    request.state = move_request(RequestState.SENT, RequestState.ACKNOWLEDGED)
    request.acknowledged_on, request.next_try_on = on, None
    request.save(update_fields=["state", "acknowledged_on", "next_try_on"])
    note(ACKNOWLEDGED, [request], at, on=str(on))
    return True


@needs(Duty.CONFIRM)
def file_answer(
    request: RegionRequest, message: RequestMessage, item: Item, found: FoundRows, *, on: date, at: datetime
) -> RequestAnswer:
    """登记一次答复: a part or the whole; what it makes of an undecided case is a hit, of a decided one it is weighed.

    Raises RuleGap where a number of the day is missing.
    """
    outcome = item["outcome"]
    if outcome == MatchOutcome.HIT and not found.words:  # rows that bear on nothing
        outcome = MatchOutcome.NO_HIT if item["complete"] else MatchOutcome.NOT_CHECKED
    question = questions_of([request]).get(place_of(request))
    request.case = locked_case(request.case_id)  # nobody decides it meanwhile
    is_open = request.case.state in ANSWERED_IN and not (question and question.disposition)
    answer = RequestAnswer.objects.create(
        request=request, sequence=request.answers.count() + 1, message=message, outcome=outcome,
        is_complete=item["complete"], is_late=request.state == RequestState.EXPIRED or not is_open,
        as_of=date.fromisoformat(item["as_of"]), words=found.words, facts=dict(found.facts), received_on=on,
        received_by=officer_name(),
    )  # fmt: skip
    _move(request, answer, on)
    note(LATE if answer.is_late else ANSWERED, [request], at, on=str(on), outcome=outcome)
    if is_open and question:
        _put(question, request, answer)
    elif answer.is_complete or outcome == MatchOutcome.HIT:
        _weighed(request, answer)
    return answer


def _move(request: RegionRequest, answer: RequestAnswer, on: date) -> None:
    """An expired request stays expired: the case was not held up for what came later."""
    if answer.is_complete:
        request.answered_on = on
    request.next_try_on = None
    if request.state != RequestState.EXPIRED:
        then = RequestState.ANSWERED if answer.is_complete else RequestState.PARTLY
        if request.state != then:
            request.state = move_request(RequestState(request.state), then)
    request.save(update_fields=["state", "answered_on", "next_try_on"])


def _put(question: MatchResult, request: RegionRequest, answer: RequestAnswer) -> None:
    """All parts together answer the case's question: a hit at once, "no record" only when all was looked through."""
    parts = list(_parts(request))
    hits = [part for part in parts if part.outcome == MatchOutcome.HIT]
    if not hits and not answer.is_complete:
        return
    as_of = min(part.as_of for part in parts)
    usable = fresh_until(request.source, as_of, answer.received_on, pack_of_division(request.division))
    if not hits and answer.received_on > usable:
        leave_open([request], Unchecked.STALE)  # old data prove no absence
        return
    found = _together(request, hits)
    question.outcome = MatchOutcome.HIT if hits else MatchOutcome.NO_HIT
    question.detail = {"found": found.words, **found.facts} if hits else {}
    question.answered_on = question.answered_on or answer.received_on
    question.as_of, question.why = as_of, ""
    question.expires_on = usable_until(request.division, answer.received_on)
    question.save(update_fields=["outcome", "detail", "answered_on", "as_of", "why", "expires_on"])


def _parts(request: RegionRequest) -> QuerySet[RequestAnswer]:
    return request.answers.select_related("message").order_by("sequence")


def _together(request: RegionRequest, parts: Iterable[RequestAnswer]) -> FoundRows:
    """What parts of an answer found, read again from their sealed messages; where they overlap, it is one thing."""
    items = [
        item
        for part in parts
        for item in decode(unseal(bytes(part.message.sealed))).items
        if item["key"] == request.key and item["outcome"] == MatchOutcome.HIT
    ]
    return told(items, request.source, max((part.as_of for part in parts), default=request.made_on))


def _weighed(request: RegionRequest, answer: RequestAnswer) -> None:
    """Whether the decision would be another one with it; only then anybody has to do anything."""
    case = request.case
    day = case.closed_on if case.closed_on and case.state not in ANSWERED_IN else answer.received_on
    # what came in time was answered by a person before the decision
    parts = _parts(request).filter(outcome=MatchOutcome.HIT, is_late=True)
    weight = (
        weigh(case.pk, request.person.name, _together(request, parts).facts, day)
        if answer.outcome == MatchOutcome.HIT
        else unchanged(case.pk, day)
    )
    LateAnswer.objects.create(
        answer=answer, division=request.division, weighed_on=answer.received_on, **_columns(weight)
    )


def _columns(weight: Weight) -> dict[str, object]:
    return {
        "bearing": weight.bearing, "outcome_before": weight.outcome_before, "outcome_after": weight.outcome_after,
        "before_fen": weight.before_fen, "after_fen": weight.after_fen,
    }  # fmt: skip
