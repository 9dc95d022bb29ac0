"""请求到期和失效: what nobody answered ends with its day, and nobody is asked on an authorisation that is over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record_many
from opendibao.audit.duties import needs
from opendibao.intake.states import CaseState
from opendibao.kernel.duties import Duty
from opendibao.verification.models import RegionRequest, Unchecked
from opendibao.verification.requests.questions import leave_open
from opendibao.verification.requests.states import (
    OPEN,
    WITH_THE_PROVINCE,
    RequestState,
    move_request,
)
from opendibao.verification.requests.timing import recheck_day

DROPPED = (CaseState.WITHDRAWN, CaseState.NOT_ACCEPTED, CaseState.DISCONTINUED)
"""A case that ended so needs no answer any more."""


@dataclass(frozen=True)
class Ended:
    """How many requests expired, and how many became void because nothing authorises them any more."""

    expired: int
    cancelled: int


@needs(Duty.CONFIRM)
@transaction.atomic
def end_requests(*, on: date, at: datetime) -> Ended:
    """清理到期请求: void what is no longer authorised or needed, then let end what nobody answered by its day.

    The case goes on: the question stays "not checked" with its reason, and a conditional re-check is noted.
    """
    waiting = list(
        RegionRequest.objects.select_for_update(of=("self",))
        .filter(state__in=OPEN).select_related("case", "consent").order_by("pk")
    )  # fmt: skip
    void = {row.pk: reason for row in waiting if (reason := void_because(row, on))}
    cancelled([row for row in waiting if row.pk in void], void, on=on, at=at)
    over = [
        row
        for row in waiting
        if row.pk not in void and row.state in WITH_THE_PROVINCE and row.expires_on and row.expires_on < on
    ]
    _expire(over, on, at)
    return Ended(len(over), len(void))


def void_because(request: RegionRequest, on: date) -> str:
    """Why a request may not be asked or waited for any more on a day; "" where it may.

    A request whose last day is its authorisation's last day expires; it is not void for that.
    """
    consent, case = request.consent, request.case
    if consent.revoked_on and consent.revoked_on <= on:
        return f"{consent.signer}的核对授权已于{consent.revoked_on}撤回"
    if request.state == RequestState.DRAFT and not _is_in_force(request, on):
        return f"核对授权已于{request.authorised_until}到期"
    if case.state in DROPPED:
        return f"案件已是“{CaseState(case.state).label}”，不再查询"
    if request.state == RequestState.DRAFT and case.closed_on:
        return f"案件已于{case.closed_on}办结，没有发出的不再查询"
    return ""


def _is_in_force(request: RegionRequest, on: date) -> bool:
    return request.authorised_until is None or request.authorised_until >= on


@needs(Duty.ACCEPT, Duty.CONFIRM)
def cancelled(requests: Sequence[RegionRequest], reasons: Mapping[int, str], *, on: date, at: datetime) -> None:
    """Void these requests, each for its reason; the questions stay open and say so."""
    for row in requests:
        row.state = move_request(RequestState(row.state), RequestState.CANCELLED)
        row.ended_on, row.reason, row.next_try_on = on, reasons[row.pk], None
    RegionRequest.objects.bulk_update(requests, ["state", "ended_on", "reason", "next_try_on"])
    revoked = [row for row in requests if row.consent.revoked_on and row.consent.revoked_on <= on]
    leave_open(revoked, Unchecked.NO_CONSENT)
    leave_open([row for row in requests if row not in revoked], Unchecked.CANCELLED)
    note("撤销跨省核对", requests, at, on=str(on))


def _expire(requests: Sequence[RegionRequest], on: date, at: datetime) -> None:
    for row in requests:
        row.state = move_request(RequestState(row.state), RequestState.EXPIRED)
        row.ended_on, row.next_try_on = on, None
        row.recheck_on = recheck_day(row.division, row.expires_on or on)
    RegionRequest.objects.bulk_update(requests, ["state", "ended_on", "next_try_on", "recheck_on"])
    leave_open(requests, Unchecked.EXPIRED)
    note("跨省核对到期", requests, at, on=str(on))


@needs(Duty.ACCEPT, Duty.CONFIRM)
def note(action: str, requests: Sequence[RegionRequest], at: datetime, **payload: object) -> None:
    """Write one event per request on its case."""
    record_many(
        action,
        [
            (f"案件 {row.case.number}", row.division,
             {**payload, "request": row.pk, "source": row.source, "province": row.province,
              **({"reason": row.reason} if row.reason else {})})
            for row in requests
        ],
        at=at,
    )  # fmt: skip
