"""一户的经过: the steps of the application, and everything that happened, latest first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from opendibao.decision.queries import DecisionRow, NoticeRow, VoteRow
from opendibao.intake.queries import CaseRow
from opendibao.kernel.money import yuan_text
from opendibao.payment.queries import HistoryRow
from opendibao.reviews.queries import ReviewRow
from opendibao.verification.queries import MatchRow, SurveyRow
from opendibao.web.labels import CASE_KINDS, CAUSES, CHANNELS, DECISIONS, LINES, REVIEW_RESULTS


@dataclass(frozen=True)
class Papers:
    """What a case left behind; empty where the step was not taken (yet)."""

    case: CaseRow
    survey: SurveyRow | None
    matches: Sequence[MatchRow]
    vote: VoteRow | None
    notice: NoticeRow | None

    @property
    def matched_on(self) -> date | None:
        """The day the last department answered."""
        return max((row.answered_on for row in self.matches if row.answered_on), default=None)


@dataclass(frozen=True)
class Story:
    """All that is known of a household's way, from its own tables."""

    papers: Papers | None
    cases: Sequence[CaseRow]
    decisions: Sequence[DecisionRow]
    history: Sequence[HistoryRow]
    reviews: Sequence[ReviewRow]


@dataclass(frozen=True)
class Step:
    """A step on the way; `state` is done, now or empty."""

    words: str
    said: str
    state: str


@dataclass(frozen=True)
class Event:
    """Something that happened; `tone` is warn where money came back."""

    day: date
    words: str
    detail: str = ""
    tone: str = ""


def steps_of(story: Story) -> list[Step]:
    """Acceptance to next review, as far as they were taken."""
    taken = [*_entry(story), *_later(story)]
    open_place = next((place for place, (_words, said) in enumerate(taken) if not said), len(taken))
    steps = [
        Step(words, said or "—", "done" if said else "now" if place == open_place else "")
        for place, (words, said) in enumerate(taken)
    ]
    due = next((row.due_on for row in story.reviews if row.done_on is None), None)
    return [*steps, Step(_("下次复核"), _day(due), "now")] if due else steps


def _entry(story: Story) -> Iterator[tuple[str, str]]:
    papers = story.papers
    if papers is None or papers.case.kind != "application":
        yield _("存量建账"), _day(story.decisions[-1].decided_on) if story.decisions else ""
        return
    valid = [row for row in story.decisions if row.voided_on is None]
    decided = next((row.decided_on for row in valid if row.case_id == papers.case.id), None)
    yield _("受理"), _day(papers.case.accepted_on)
    yield _("核对"), _day(papers.matched_on)
    yield _("入户"), _day(papers.survey.surveyed_on if papers.survey else None)
    yield _("评议"), _day(papers.vote.held_on if papers.vote else None)
    yield _("公示"), _posted(papers.notice)
    yield _("决定"), _day(decided)


def _posted(notice: NoticeRow | None) -> str:
    if notice is None:
        return ""
    return _("%(first)s 至 %(last)s") % {"first": f"{notice.posted_on:%m-%d}", "last": f"{notice.ends_on:%m-%d}"}


def _later(story: Story) -> Iterator[tuple[str, str]]:
    if any(row.amount_fen and row.voided_on is None for row in story.decisions):
        yield _("首发"), _day(min((row.booked_on for row in story.history if row.booked_on), default=None))
    if done := [row.done_on for row in story.reviews if row.done_on]:
        yield _("复核"), _day(max(done))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def timeline(story: Story, more: Sequence[Event] = ()) -> list[Event]:
    """Everything that happened, latest first; `more` is what else is known to have happened."""
    events = [
        *more,
        *_of_cases(story.cases), *_of_papers(story.papers), *map(_decided, story.decisions), *_of_money(story.history),
        *_of_reviews(story.reviews),
    ]  # fmt: skip
    return sorted(events, key=lambda event: event.day)[::-1]


def _of_cases(cases: Sequence[CaseRow]) -> Iterator[Event]:
    for case in cases:
        if case.kind == "application":
            filed = _("提出%(kind)s") % {"kind": CASE_KINDS[case.kind]}
            yield Event(case.applied_on, filed, _("，").join([CHANNELS[case.channel], case.number]))
            if case.accepted_on:
                yield Event(case.accepted_on, _("受理"))


def _of_papers(papers: Papers | None) -> Iterator[Event]:
    if papers is None:
        return
    if papers.matched_on:
        hits = sum(row.outcome == "hit" for row in papers.matches)
        unanswered = sum(row.outcome == "not_checked" for row in papers.matches)
        yield Event(
            papers.matched_on, _("信息核对 %(n)s 人次") % {"n": len(papers.matches)},
            _("核到信息 %(hits)s，未核到 %(unanswered)s") % {"hits": hits, "unanswered": unanswered},
        )  # fmt: skip
    if papers.survey:
        yield Event(papers.survey.surveyed_on, _("入户调查，两人签字"), _("、").join(papers.survey.surveyors))
    if papers.vote:
        vote = papers.vote
        said = _("民主评议：同意 %(votes_for)s，不同意 %(against)s")
        counts = {"votes_for": vote.votes_for, "against": vote.votes_against}
        yield Event(vote.held_on, said % counts, _("发出 %(n)s 票") % {"n": vote.issued})
    if papers.notice:
        said = _("公示期满，有异议") if papers.notice.has_objection else _("公示期满，无异议")
        yield Event(papers.notice.ends_on, said, _("%(day)s 张贴") % {"day": papers.notice.posted_on})


def _decided(row: DecisionRow) -> Event:
    named = {"kind": DECISIONS[row.kind], "cause": CAUSES[row.cause]}
    said = _("%(kind)s（%(cause)s）") % named
    if row.amount_fen and row.first_month:
        amount = {"month": f"{row.first_month:%Y-%m}", "yuan": yuan_text(row.amount_fen, grouped=True)}
        said = _("%(kind)s（%(cause)s）：%(month)s 起每月 %(yuan)s 元") % (named | amount)
    if row.voided_on:
        said = _("%(said)s——%(day)s 已撤销，没有生效") % {"said": said, "day": row.voided_on}
    signed = {"maker": row.maker, "approver": row.approver, "number": row.number}
    return Event(row.decided_on, said, _("%(maker)s 经办，%(approver)s 审核；%(number)s") % signed)


def _of_money(history: Sequence[HistoryRow]) -> Iterator[Event]:
    """The first money, what came back, and what was sent again."""
    booked = [row for row in history if row.booked_on]
    first = min(booked, key=lambda row: (row.booked_on, row.month), default=None)
    returned = {row.line_id for row in history if row.state == "returned"}
    for row in history:
        paid = {"month": row.month.month, "yuan": yuan_text(row.sent_fen, grouped=True)}
        if row.state == "returned" and row.sent_on:
            yield Event(row.sent_on, _("%(month)s 月低保金 %(yuan)s 元被银行退回") % paid, row.reason, "warn")
        elif row.booked_on and row.line_id in returned:
            again = _("%(month)s 月低保金 %(yuan)s 元补发到账") % paid
            yield Event(row.booked_on, again, _("改正账户后再送，只补一次"))
        elif row.booked_on and row.kind != "regular":
            told = {"kind": LINES[row.kind], "month": f"{row.month:%Y-%m}", "yuan": paid["yuan"]}
            yield Event(row.booked_on, _("%(kind)s %(month)s %(yuan)s 元到账") % told)
        elif row.booked_on and row is first:
            yield Event(row.booked_on, _("%(month)s 月低保金 %(yuan)s 元到账") % paid, _("系统记录的第一次发放"))


def _of_reviews(reviews: Sequence[ReviewRow]) -> Iterator[Event]:
    for row in reviews:
        if row.done_on:
            said = _("定期复核：%(result)s") % {"result": REVIEW_RESULTS[row.result]}
            yield Event(row.done_on, said, row.surveyors)
