"""存量家庭的变化: each step of a change, an exit and a periodic review, through the pipeline's actions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from opendibao.decision import actions as decide
from opendibao.decision.queries import households_in_force_ids
from opendibao.demo.officers import COUNTY_CHECKER, Step, Windows, by
from opendibao.demo.plan import CaseFacts, CountyPlan, PlannedChange, PlannedExit
from opendibao.demo.village_people import Countryside
from opendibao.kernel.month import last_day
from opendibao.kernel.workdays import on_or_before
from opendibao.registry import actions as registry
from opendibao.registry import queries as registered
from opendibao.registry.entries import MemberEntry
from opendibao.reviews import actions as reviews
from opendibao.reviews import queries as reviewing
from opendibao.verification import actions as verification


@dataclass(frozen=True)
class Stock:
    """The county's households by their numbers: the ids, the townships' windows, the people of the villages."""

    households: Mapping[str, int]
    offices: Windows
    country: Countryside

    def review_case(self, number: str, facts: CaseFacts, at: datetime, *, is_anybody_left: bool = True) -> int:
        """A change opens a new case of its own, visited and decided like any other (nothing flows backwards)."""
        household, village = self.households[number], self.offices.villages[number]
        found = dict(facts)
        case = reviews.open_review_case(household, on=at.date(), at=at, declared=found)
        head = str(found["members"][0]["name"])
        verification.record_survey(
            case.pk, on=at.date(), at=at, surveyors=self.country.pair(village, household),
            respondent=head if is_anybody_left else self.country.villages[village].cadres[0], found=found,
        )  # fmt: skip
        return int(case.pk)


def _let_go(household: int, ids: tuple[str, ...], day: date, is_death: bool, at: datetime) -> None:
    for id_number in ids:
        person = registered.person_id(id_number)
        if is_death:
            registry.record_death(person, died=day, at=at)
        else:
            registry.end_membership(household, person, last_day=day, at=at)


@dataclass
class ChangeWalk:
    """Somebody joins or leaves a staying household; the benefit is recomputed from the facts after."""

    planned: PlannedChange
    stock: Stock
    case: int = 0

    def steps(self, plan: CountyPlan) -> Iterator[Step]:
        """The township enters the change and visits, the county decides."""
        day = self.planned.decided_on
        yield day, 20, self.stock.offices.by_clerk(self.planned.number, self.visit)
        yield day, 21, by(COUNTY_CHECKER, plan.county_code, self.decide)

    def visit(self, at: datetime) -> None:
        """Who joined and left is entered; a case of its own is opened and the home visited."""
        planned, household = self.planned, self.stock.households[self.planned.number]
        for member in planned.joins:
            entry = MemberEntry(member.id_number, member.name, member.relation)
            registry.add_member(household, entry, on=planned.happened_on, at=at)
        _let_go(household, planned.leaves, planned.happened_on, planned.kind == "death", at)
        self.case = self.stock.review_case(planned.number, planned.facts, at)

    def decide(self, at: datetime) -> None:
        """More or less, as the rules say."""
        decide.change_benefit(
            self.case, cause="death" if self.planned.kind == "death" else "members", facts=dict(self.planned.facts),
            on=at.date(), at=at,
        )  # fmt: skip


@dataclass
class LeaveWalk:
    """A household leaves: for income or property the rules must say so, else the cause does."""

    planned: PlannedExit
    stock: Stock
    case: int = 0

    def steps(self, plan: CountyPlan) -> Iterator[Step]:
        """The township finds out and visits, the county decides."""
        day = self.planned.decided_on
        yield day, 22, self.stock.offices.by_clerk(self.planned.number, self.visit)
        yield day, 23, by(COUNTY_CHECKER, plan.county_code, self.decide)

    def visit(self, at: datetime) -> None:
        """Deaths are entered, unless they were told before; a case is opened and the home visited."""
        planned = self.planned
        if not planned.reported_on:
            _let_go(self.stock.households[planned.number], planned.deaths, planned.happened_on, True, at)
        self.case = self.stock.review_case(planned.number, planned.facts, at, is_anybody_left=planned.cause != "death")

    def decide(self, at: datetime) -> None:
        """The benefit is stopped."""
        decide.stop_benefit(self.case, cause=self.planned.cause, on=at.date(), at=at)


def periodic_reviews(month: date, offices: Windows, country: Countryside) -> Iterator[Step]:
    """On a month's last working day every township has visited its due households; the others were stopped before."""

    def act(town: str, at: datetime) -> None:
        covered, pair = households_in_force_ids(at.date()), country.pair(town, month.month)
        due = reviewing.due(upto=last_day(month))
        staying = [row.pk for row in due if row.household_id in covered]
        left = [row.pk for row in due if row.household_id not in covered]
        reviews.record_reverifications_kept(staying, on=at.date(), surveyors="、".join(pair), at=at)
        reviews.record_reverifications_stopped(left, on=at.date(), at=at)

    for town, clerk in offices.clerks.items():
        yield on_or_before(last_day(month)), 30, by(clerk, town, partial(act, town))
