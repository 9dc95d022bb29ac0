"""年初的待办: the applications that are under way, each taken as far as its stage, and leads nobody has followed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from opendibao.demo.applications import Walk
from opendibao.demo.casework import MEETING, Meeting
from opendibao.demo.days import workdays_before
from opendibao.demo.officers import COUNTY_CHECKER, Act, Step, by
from opendibao.demo.pending import REPORT_DAY, first_day
from opendibao.demo.plan import CountyPlan, PlannedExit, PlannedPending
from opendibao.demo.steps import Stock
from opendibao.demo.stories import LACKING, Story
from opendibao.demo.village_people import Countryside
from opendibao.intake import actions as intake
from opendibao.intake.clock_pauses import pause_clock
from opendibao.intake.extending import extend_case
from opendibao.kernel.ids import township_of
from opendibao.kernel.workdays import add_workdays

APPLIED = ("apply",)
TAKEN = (*APPLIED, "accept")
VISITED = (*TAKEN, "survey")
VOTED = (*VISITED, "meet")
POSTED = (*VOTED, "post")
REPORTED = (*POSTED, "report")
DONE: Mapping[str, tuple[str, ...]] = {
    "online": ("leave_online",), "submitted": APPLIED, "returned": APPLIED, "unmatched": TAKEN,
    "open_hit": TAKEN, "late_survey": TAKEN, "to_survey": TAKEN, "paused": (*TAKEN, "pause"),
    "extended": (*TAKEN, "extend"), "to_meet": VISITED, "to_post": VOTED, "noticed": POSTED,
    "objected": (*POSTED, "object"), "to_report": POSTED, "reported": REPORTED, "relative": REPORTED,
    "differing": REPORTED, "refusal": (*VOTED, "report"),
}  # fmt: skip
"""The steps that each stage has behind it, but for the county's looking up."""
UNMATCHED = ("online", "submitted", "returned", "unmatched", "extended")
"""Stages in which nobody has been looked up yet."""
UNANSWERED = "open_hit"
"""The stage in which hits wait for an answer."""
PAUSED = ("hospital", "户主住院，家里没有人，出院后入户")
EXTENDED = "外省务工收入的复函还没有到"
LEADS = (("grid", "独居老人摔伤，没有人照料"), ("village", "夫妻双方失业，孩子上学缺钱"))
ORDER: Mapping[str, int] = {
    "leave_online": 0, "apply": 1, "accept": 2, "survey": 4, "meet": MEETING,
    "object": 6, "post": 7, "report": 8, "pause": 9, "extend": 9,
}  # fmt: skip


@dataclass
class OpenCase:
    """An application on its way to its stage."""

    planned: PlannedPending
    walk: Walk
    year: int

    @property
    def is_matched(self) -> bool:
        """Whether the county has looked its people up."""
        return self.planned.stage not in UNMATCHED

    def steps(self) -> Iterator[tuple[date, int, str, Act]]:
        """Day, order within the day, who (township or county), act."""
        for name in DONE[self.planned.stage]:
            who = "county" if name == "extend" else "town"
            yield self._days()[name], ORDER[name], who, self._act(name)

    def _days(self) -> Mapping[str, date]:
        s, last = self.walk.story, add_workdays(first_day(self.year), REPORT_DAY)
        return {
            "leave_online": s.applied_on, "apply": s.applied_on, "accept": s.accepted_on,
            "survey": s.surveyed_on, "meet": s.reviewed_on,
            "post": s.posted_on, "object": last, "report": last, "pause": workdays_before(last, 3), "extend": last,
        }  # fmt: skip

    def _act(self, name: str) -> Act:
        own: Mapping[str, Act] = {
            "meet": Meeting(self.walk.home.division, [self.walk], self.walk.country).hold,
            "pause": self._pause, "extend": self._extend,
        }  # fmt: skip
        return own.get(name) or getattr(self.walk, name)

    def _pause(self, at: datetime) -> None:
        ground, reason = PAUSED
        pause_clock(self.walk.case, ground=ground, reason=reason, on=at.date(), at=at)

    def _extend(self, at: datetime) -> None:
        extend_case(self.walk.case, reason=EXTENDED, on=at.date(), at=at)


def _found_out(stock: Stock, leaving: PlannedExit) -> Act:
    """The township visits a family whose circumstances changed; the county has still to decide."""

    def visit(at: datetime) -> None:
        stock.review_case(leaving.number, leaving.facts, at)

    return visit


def under_way(plan: CountyPlan, households: dict[str, int], country: Countryside) -> list[OpenCase]:
    """The applications under way, ready to be lived."""
    return [
        OpenCase(one, Walk(_story(one, turn), households, country, disposes=one.stage != UNANSWERED), plan.year)
        for turn, one in enumerate(plan.pending)
    ]


def open_cases(plan: CountyPlan, cases: Sequence[OpenCase], stock: Stock) -> Iterator[Step]:
    """Day, order within the day, act; re-verifications that wait for the county, leads nobody has followed yet."""
    offices, country = stock.offices, stock.country
    for leaving in plan.pending_exits:
        yield leaving.happened_on, 22, offices.by_clerk(leaving.number, _found_out(stock, leaving))
    for case in cases:
        for day, order, who, act in case.steps():
            officer = partial(by, COUNTY_CHECKER, plan.county_code) if who == "county" else None
            yield day, order, officer(act) if officer else offices.by_clerk(case.walk.home.number, act)
    last = add_workdays(first_day(plan.year), REPORT_DAY)
    villages = sorted(country.villages)[:: max(1, len(country.villages) // len(LEADS))]
    for village, (source, summary) in zip(villages, LEADS, strict=False):
        town = township_of(village)
        yield last, 10, by(offices.clerks[town], town, partial(_told_of, village, source, summary))


def _told_of(village: str, source: str, summary: str, at: datetime) -> None:
    intake.record_lead(village, source=source, on=at.date(), at=at, summary=summary)


def _story(planned: PlannedPending, turn: int) -> Story:
    e = planned.entry
    lacking = LACKING[turn % len(LACKING)] if planned.stage == "returned" else ""
    return Story(
        e, e.applied_on, e.accepted_on, e.matched_on, e.surveyed_on, e.reviewed_on, e.posted_on, turn, lacking,
        is_relative=planned.stage == "relative",
    )  # fmt: skip
