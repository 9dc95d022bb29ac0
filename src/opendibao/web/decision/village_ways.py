"""从案件去评议和公示: from a case to its village's meeting form and notices, and to its objection."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from opendibao.decision.village_queries import objections_of
from opendibao.web.verification.known_case import known_case


def meeting_of_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """To the meeting form of the case's village."""
    return redirect(f"{reverse('new-meeting')}?division={known_case(case_id).division}")


def objection_of_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """To the objection of a case whose answer is due first; to the case where none waits."""
    file = known_case(case_id)
    waiting = [row for row in objections_of(case_id) if row.settled_on is None]
    if not waiting:
        return redirect("case", file.id)
    return redirect("settle-objection", min(waiting, key=lambda row: row.due_on).id)


def posting_of_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """To the preview of the village's notices, with this case alone ticked."""
    return redirect(f"{reverse('post-notices')}?division={known_case(case_id).division}&case={case_id}")
