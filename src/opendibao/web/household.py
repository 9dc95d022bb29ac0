"""家庭主页: who, how much, why, what happened, what was paid, and the papers, on one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opendibao.audit.actions import record_view
from opendibao.decision.queries import DecisionRow, decisions_of, notice_of, votes_of
from opendibao.intake.archive_queries import archives_of
from opendibao.intake.queries import CaseRow, cases_of
from opendibao.intake.states import ENDED
from opendibao.kernel.month import month_of
from opendibao.payment.queries import HistoryRow, line_history
from opendibao.registry.queries import MemberRow, PlaceRow, account_on, members_on, place_on
from opendibao.registry.queries import household as household_of
from opendibao.reviews.queries import ReviewRow, reviews_of
from opendibao.verification.queries import matches_of, survey_of
from opendibao.web.access import CASES, FILES, SURVEYORS, may
from opendibao.web.asking import BadQuestion
from opendibao.web.clock import now_in_county
from opendibao.web.context import today_in_county
from opendibao.web.decision.beyond_access import CASEWORKERS
from opendibao.web.household_papers import account_words, pay_table, source_table
from opendibao.web.household_story import Papers, Story, steps_of, timeline
from opendibao.web.intake.drafts import WRITERS
from opendibao.web.labels import AREAS, CASE_STATES, DECISIONS, RELATIONS, REVIEW_CLASSES
from opendibao.web.payment.account_part import account_part
from opendibao.web.payment.change_part import change_part
from opendibao.web.places import places
from opendibao.web.why import why_section


@dataclass(frozen=True)
class Member:
    """A member on the day: age in full years."""

    row: MemberRow
    relation: str
    age: int


@dataclass(frozen=True)
class Standing:
    """How the household stands: the decision in force, else the last one; tag and its tone."""

    decision: DecisionRow | None
    words: str
    tone: str


def household(request: HttpRequest, number: str) -> HttpResponse:
    """The page of one household, as it is on a day."""
    found = household_of(number)
    if found is None:
        raise Http404(f"没有家庭“{number}”")
    day = _asked_day(request, today_in_county())
    record_view(number, found.division, "家庭主页", at=now_in_county())
    story, place = _story(found.id), place_on(found.id, day)
    members, account = members_on(found.id, day), account_on(found.id, day)
    standing, money = _standing(story.decisions, story.cases, day), change_part(request, found.id, number)
    shown = {
        "number": number,
        "day": day,
        "is_today": day == today_in_county(),
        "head": next((row.name for row in members if row.relation == "head"), number),
        "place": place,
        "area": AREAS.get(place.area if place else "", ""),
        "home": _home(place, places().full(place.division if place else found.division)),
        "account": account_words(account),
        "members": [Member(row, RELATIONS[row.relation], _age(row, day)) for row in members],
        "standing": standing,
        "review_class": _review_class(story.reviews),
        "why": _why(number, standing.decision),
        "lacks": standing.decision.facts.get("lacks", "") if standing.decision else "",
        "agreed": account_part(request, found.id, number, today_in_county()),
        "money": money,
        **_rights(request, story, standing, day),
        "steps": steps_of(story),
        "next": _next(story, day),
        "events": timeline(story, money.events),
        "cases": story.cases if may(request, CASES) else (),
        "archives": archives_of(found.id) if may(request, CASES) else (),
        "decisions": story.decisions,
        "pay": pay_table(story.history),
        "papers": story.papers,
        "sources": source_table(story.papers.matches) if story.papers and story.papers.matches else None,
    }
    return render(request, "web/household.html", shown)


def _rights(request: HttpRequest, story: Story, standing: Standing, day: date) -> dict[str, bool]:
    """What the viewer may do with this household."""
    return {
        "may_correct": may(request, FILES),
        "may_apply": may(request, WRITERS) and standing.tone != "ok" and _has_no_open_case(story.cases),
        "may_refer": may(request, CASEWORKERS),
        "may_review": may(request, SURVEYORS) and _has_due_review(story.reviews, day),
        "may_archive": may(request, FILES),
        "may_see_lookups": may(request, CASES),
    }


def _asked_day(request: HttpRequest, today: date) -> date:
    text = request.GET.get("on", "")
    try:
        return date.fromisoformat(text) if text else today
    except ValueError:
        raise BadQuestion(_("“%(text)s”不是日期，应写成 2024-12-31 这样") % {"text": text}) from None


def _story(household_id: int) -> Story:
    cases = cases_of(household_id)
    application = next((case for case in cases if case.kind == "application"), cases[0] if cases else None)
    return Story(
        papers=_papers(application) if application else None,
        cases=cases,
        decisions=decisions_of(household_id),
        history=line_history(household_id),
        reviews=reviews_of(household_id),
    )


def _papers(case: CaseRow) -> Papers:
    return Papers(case, survey_of(case.id), matches_of(case.id), votes_of(case.id), notice_of(case.id))


def _standing(decisions: Sequence[DecisionRow], cases: Sequence[CaseRow], day: date) -> Standing:
    taken = [row for row in decisions if row.decided_on <= day and row.voided_on is None]
    now = next((row for row in taken if row.amount_fen and (row.ended_on is None or row.ended_on > day)), None)
    if now:
        return Standing(now, _("渐退期") if now.kind == "grace" else _("在保"), "ok")
    if taken:
        return Standing(taken[0], f"{taken[0].decided_on} {DECISIONS[taken[0].kind]}", "")
    return Standing(None, CASE_STATES[cases[0].state] if cases else _("没有申请"), "info")


def _home(place: PlaceRow | None, village: str) -> str:
    """Where they live: the address where it names the township, else after the village's name."""
    address = place.address if place else ""
    return address if address.startswith(village[:3]) else f"{village} {address}".strip()


def _age(row: MemberRow, day: date) -> int:
    last = min(day, row.died or day)
    return last.year - row.born.year - ((last.month, last.day) < (row.born.month, row.born.day))


def _has_no_open_case(cases: Sequence[CaseRow]) -> bool:
    return all(case.state in ENDED for case in cases)


def _has_due_review(reviews: Sequence[ReviewRow], day: date) -> bool:
    """Whether a review is open whose month has begun."""
    return any(row.done_on is None and month_of(row.due_on) <= day for row in reviews)


def _review_class(reviews: Sequence[ReviewRow]) -> str:
    return REVIEW_CLASSES[reviews[-1].review_class] if reviews else ""


def _why(number: str, decision: DecisionRow | None) -> SafeString:
    """The calculation of a decision; empty where there is none, or its facts are not known."""
    if decision is None:
        return SafeString("")
    kind, fen, day = decision.kind, decision.amount_fen, decision.decided_on
    return why_section(decision.pk, number, kind, fen, day, get_language() or "")


def _next(story: Story, day: date) -> list[str]:
    """What is to be done, in words."""
    opened, returned = _("案件 %(number)s %(state)s"), _("%(month)s 月的低保金被退回（%(reason)s），等改正账户后补发")
    due, overdue = _("%(day)s 前做定期复核（%(class)s）"), _("%(day)s 前做定期复核（%(class)s），已逾期")
    cases = [case for case in story.cases if case.state not in ENDED]
    said = [opened % {"number": case.number, "state": CASE_STATES[case.state]} for case in cases]
    said += [returned % {"month": row.month.month, "reason": row.reason} for row in _waiting(story.history)]
    for row in story.reviews:
        if row.done_on is None:
            words = overdue if row.due_on < day else due
            said.append(words % {"day": row.due_on, "class": REVIEW_CLASSES[row.review_class]})
    return said


def _waiting(history: Sequence[HistoryRow]) -> list[HistoryRow]:
    again = {row.line_id for row in history if row.state in ("paid", "sent", "new", "unknown")}
    return [row for row in history if row.state == "returned" and row.line_id not in again]
