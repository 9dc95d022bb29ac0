"""异地问题: a request's place among its case's answers: asked, not checked and why; silence is no record of nothing."""

from collections.abc import Iterable, Sequence
from datetime import date

from opendibao.audit.duties import needs
from opendibao.kernel.duties import Duty
from opendibao.verification.models import MatchOutcome, MatchResult, RegionRequest, Unchecked

Place = tuple[int, int, str, str]


def questions_of(requests: Iterable[RegionRequest]) -> dict[Place, MatchResult]:
    """The answers' rows of these requests, held, by case, person, source and province."""
    rows = list(requests)
    found = MatchResult.objects.select_for_update(of=("self",)).filter(
        case__in={row.case_id for row in rows}, province__in={row.province for row in rows}
    )
    return {(row.case_id, row.person_id, row.source, row.province): row for row in found}


def place_of(request: RegionRequest) -> Place:
    """Where the answer to a request stands."""
    return request.case_id, request.person_id, request.source, request.province


@needs(Duty.CONFIRM)
def ask(requests: Sequence[RegionRequest], on: date) -> None:
    """Put each question on record as waiting; one that was asked before and stayed open waits again."""
    known = questions_of(requests)
    MatchResult.objects.bulk_create(
        MatchResult(
            case_id=row.case_id, person_id=row.person_id, division=row.division, source=row.source,
            province=row.province, requested_on=on, outcome=MatchOutcome.NOT_CHECKED, why=Unchecked.WAITING,
        )
        for row in requests
        if place_of(row) not in known
    )  # fmt: skip
    leave_open(requests, Unchecked.WAITING)


@needs(Duty.ACCEPT, Duty.CONFIRM)
def leave_open(requests: Sequence[RegionRequest], why: Unchecked) -> None:
    """Say why the questions that nobody answered are not checked; what was answered stays."""
    known = questions_of(requests)
    silent = [
        row
        for request in requests
        if (row := known.get(place_of(request))) and row.outcome == MatchOutcome.NOT_CHECKED and row.why != why
    ]
    for row in silent:
        row.why = why
    MatchResult.objects.bulk_update(silent, ["why"])
