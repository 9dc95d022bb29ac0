"""案件主页: what comes next, how far it has come, and each stage's section, for a clerk who has no time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from opendibao.audit.actions import record_view
from opendibao.decision.case_steps import CaseSteps, case_steps
from opendibao.intake.queries import CaseFile, case_file
from opendibao.kernel.duties import CASEWORK
from opendibao.registry.queries import heads_of
from opendibao.web.access import may
from opendibao.web.case_papers import papers_part
from opendibao.web.clock import now_in_county
from opendibao.web.context import today_in_county
from opendibao.web.decision.beyond_parts import also_part, hands_part
from opendibao.web.decision.hearing import hearing_part
from opendibao.web.decision.opinion_part import decision_part, opinion_part
from opendibao.web.decision.village_parts import notice_part, review_part
from opendibao.web.intake.case_clock import clock_part
from opendibao.web.intake.case_entry import entry_part
from opendibao.web.intake.case_letters import attachments_part, events_part, letters_part
from opendibao.web.intake.case_next import next_of, standing_words
from opendibao.web.intake.case_parts import Part, PartOf
from opendibao.web.intake.case_signed import consents_part, relatives_part, unsigned_count
from opendibao.web.labels import AREAS, CASE_KINDS, CHANNELS
from opendibao.web.places import places
from opendibao.web.verification.case_sections import asking_part, difference_part, match_part, survey_part

# the sections in the order of the procedure: every stage writes its own and enters it here
PARTS: tuple[PartOf, ...] = (
    entry_part,
    consents_part,
    relatives_part,
    match_part,
    survey_part,
    difference_part,
    asking_part,
    review_part,
    notice_part,
    hearing_part,
    opinion_part,
    decision_part,
    also_part,
)
# what stands beside them: papers handed over, and who did what
BESIDE: tuple[PartOf, ...] = (clock_part, papers_part, letters_part, attachments_part, hands_part, events_part)


@dataclass(frozen=True)
class Step:
    """A step on the way; `state` is done, now or empty."""

    words: str
    said: str
    state: str


def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """The page of one case."""
    file, steps = case_file(case_id), case_steps(case_id)
    if file is None or steps is None:
        raise Http404(f"没有案件 {case_id}")
    today = today_in_county()
    record_view(f"案件 {file.number}", file.division, "案件主页", at=now_in_county())
    shown = {
        "file": file,
        "head": heads_of([file.household]).get(file.household, file.household),
        "place": places().full(file.division),
        "kind": CASE_KINDS[file.kind],
        "channel": CHANNELS[file.channel],
        "area": AREAS[file.area],
        "standing": standing_words(file),
        "steps": _steps(file, steps),
        "next": next_of(request, file, steps, unsigned_count(file, today), today),
        "may_act": may(request, CASEWORK),
        "parts": _parts(PARTS, request, file),
        "beside": _parts(BESIDE, request, file),
    }
    return render(request, "web/case.html", shown)


def _parts(makers: Sequence[PartOf], request: HttpRequest, file: CaseFile) -> list[Part]:
    return [part for make in makers if (part := make(request, file))]


def _steps(file: CaseFile, steps: CaseSteps) -> list[Step]:
    """From the application to the letter, as far as they were taken."""
    taken = list(_taken(file, steps))
    open_place = next((place for place, (_words, said) in enumerate(taken) if not said), len(taken))
    ended = file.closed_on is not None
    return [
        Step(words, said or "—", "done" if said else "now" if place == open_place and not ended else "")
        for place, (words, said) in enumerate(taken)
    ]


def _taken(file: CaseFile, steps: CaseSteps) -> Iterator[tuple[str, str]]:
    yield (_("申请") if file.kind == "application" else _("复核")), _day(steps.applied_on)
    yield _("受理"), _day(steps.accepted_on)
    yield _("核对"), _day(steps.matched_on)
    yield _("入户"), _day(steps.surveyed_on)
    if file.kind == "application":
        yield _("评议"), _day(steps.reviewed_on)
        yield _("公示"), _days(steps.posted_on, steps.notice_ends)
        yield _("报县"), _day(steps.reported_on)
    yield _("决定"), _day(steps.decided_on)
    yield _("送达"), _day(steps.delivered_on)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _days(first: date | None, last: date | None) -> str:
    return _("%(first)s 至 %(last)s") % {"first": f"{first:%m-%d}", "last": f"{last:%m-%d}"} if first and last else ""
