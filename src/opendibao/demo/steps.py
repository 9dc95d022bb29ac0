"""一件一件办: each step of an application, a change, an exit and a periodic review, through the pipeline's actions."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from opendibao.decision import actions as decide
from opendibao.decision.queries import households_in_force_ids
from opendibao.demo.declaration import declared_of
from opendibao.demo.officers import CHAIR, COUNTY_CHECKER, COUNTY_MAKER, RECORDER, SURVEYORS, Windows, by
from opendibao.demo.plan import CountyPlan, PlannedChange, PlannedEntry, PlannedExit, PlannedHousehold
from opendibao.intake import actions as intake
from opendibao.kernel.ids import township_of
from opendibao.kernel.month import last_day
from opendibao.kernel.workdays import on_or_before
from opendibao.registry import actions as registry
from opendibao.registry import queries as registered
from opendibao.registry.entries import AccountEntry, HouseholdEntry, MemberEntry
from opendibao.reviews import actions as reviews
from opendibao.reviews import queries as reviewing
from opendibao.verification import actions as verification
from opendibao.verification.sources import SOURCES

Act = Callable[[datetime], None]
Step = tuple[date, int, Act]


def entry_of(household: PlannedHousehold) -> HouseholdEntry:
    """The registry's entry of a planned household."""
    members = tuple(MemberEntry(m.id_number, m.name, m.relation) for m in household.members)
    account = AccountEntry(household.holder, household.bank, household.account)
    return HouseholdEntry(
        household.number, household.division, household.area, household.address, household.phone, members, account
    )


@dataclass
class ApplicationWalk:
    """One application from the counter to its decision; `case` is known once it is submitted."""

    plan: CountyPlan
    entry: PlannedEntry
    households: dict[str, int]
    clerks: Mapping[str, str]
    case: int = 0

    def steps(self) -> Iterator[Step]:
        """Day, order within the day, act: the township's clerk works on it, the county decides."""
        e = self.entry
        township = [(e.applied_on, 1, self.apply), (e.accepted_on, 2, self.accept), (e.matched_on, 3, self.match)]
        township += [(e.surveyed_on, 4, self.survey), (e.reviewed_on, 5, self.review)]
        if e.is_granted:
            township.append((e.posted_on, 6, self.post))
        town = township_of(e.household.division)
        for day, order, act in township:
            yield day, order, by(self.clerks[town], town, act)
        yield e.decided_on, 7, by(COUNTY_MAKER, self.plan.county_code, self.decide)

    def apply(self, at: datetime) -> None:
        """The family applies; the registry opens its file; a lead that led here is recorded with it."""
        household = self.entry.household
        kept = registry.register_household(entry_of(household), on=at.date(), at=at)
        self.households[household.number] = kept.pk
        lead = None
        if self.entry.channel == "lead":
            lead = intake.record_lead(
                household.division, source="grid", on=at.date(), at=at, summary="走访发现生活困难，协助申请"
            ).pk
        self.case = intake.submit_case(
            kept.pk, kind="application", channel=self.entry.channel, declared=declared_of(self.entry),
            on=at.date(), at=at, lead_id=lead,
        ).pk  # fmt: skip
        if lead:
            intake.contact_lead(lead, outcome="applied", household_id=kept.pk, on=at.date(), at=at)

    def accept(self, at: datetime) -> None:
        """The township accepts and every adult signs the authorisation to match."""
        intake.accept_case(self.case, on=at.date(), at=at)
        intake.sign_consents(self.case, on=at.date(), at=at)

    def match(self, at: datetime) -> None:
        """Departments answer; a hit is answered by a person with one of four keys."""
        hits = {(index, source): found for index, source, found in self.entry.match_hits}
        members = registered.members_on(self.households[self.entry.household.number], at.date())
        answers = [
            verification.Answer(
                member.person_id, source, "hit" if (n, source) in hits else "no_hit",
                {"found": hits[n, source]} if (n, source) in hits else {},
            )
            for n, member in enumerate(members)
            for source in SOURCES
        ]  # fmt: skip
        verification.file_match_results(
            self.case, answers, requested_on=self.entry.accepted_on, answered_on=at.date(), at=at
        )
        for match in verification.open_hits(self.case):
            verification.dispose_match(match.pk, disposition="accept_record", reason="当事人确认属实", at=at)

    def survey(self, at: datetime) -> None:
        """Two surveyors visit the home."""
        household = self.entry.household
        verification.record_survey(
            self.case, on=at.date(), at=at, surveyors=SURVEYORS, respondent=household.members[0].name,
            found=dict(household.facts),
        )  # fmt: skip

    def review(self, at: datetime) -> None:
        """The village's review meeting votes; its advice binds nobody."""
        against = 0 if self.entry.is_granted else 9
        decide.hold_meeting(
            self.entry.household.division, on=at.date(), at=at, chair=CHAIR, recorder=RECORDER, villagers=7,
            party_members=3, cadres=3, votes=[(self.case, 13 - against - 1, against, 0, 1)],
        )  # fmt: skip

    def post(self, at: datetime) -> None:
        """The first opinion is posted for seven days."""
        decide.post_notice(self.case, on=at.date(), at=at)

    def decide(self, at: datetime) -> None:
        """The county decides."""
        act = decide.confirm_case if self.entry.is_granted else decide.refuse_case
        act(self.case, on=at.date(), at=at, maker=COUNTY_MAKER, approver=COUNTY_CHECKER)
        if self.entry.is_granted:
            household = self.entry.household
            reviews.schedule_for_entry(
                self.households[household.number], household.division, household.review_class, on=at.date(), at=at
            )


def _review_case(household: int, facts: dict[str, object], at: datetime) -> int:
    """A change opens a new case of its own, visited and decided like any other (nothing flows backwards)."""
    case = reviews.open_review_case(household, on=at.date(), at=at, declared=facts)
    verification.record_survey(
        case.pk, on=at.date(), at=at, surveyors=SURVEYORS, respondent="家庭成员或村干部", found=facts
    )
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
    households: Mapping[str, int]
    case: int = 0

    def steps(self, plan: CountyPlan, offices: Windows) -> Iterator[Step]:
        """The township enters the change and visits, the county decides."""
        day = self.planned.decided_on
        yield day, 20, offices.by_clerk(self.planned.number, self.visit)
        yield day, 21, by(COUNTY_MAKER, plan.county_code, self.decide)

    def visit(self, at: datetime) -> None:
        """Who joined and left is entered; a case of its own is opened and the home visited."""
        planned, household = self.planned, self.households[self.planned.number]
        for member in planned.joins:
            entry = MemberEntry(member.id_number, member.name, member.relation)
            registry.add_member(household, entry, on=planned.happened_on, at=at)
        _let_go(household, planned.leaves, planned.happened_on, planned.kind == "death", at)
        self.case = _review_case(household, dict(planned.facts), at)

    def decide(self, at: datetime) -> None:
        """More or less, as the rules say."""
        decide.change_benefit(
            self.case, cause="death" if self.planned.kind == "death" else "members", facts=dict(self.planned.facts),
            on=at.date(), at=at, maker=COUNTY_MAKER, approver=COUNTY_CHECKER,
        )  # fmt: skip


@dataclass
class LeaveWalk:
    """A household leaves: for income or property the rules must say so, else the cause does."""

    planned: PlannedExit
    households: Mapping[str, int]
    case: int = 0

    def steps(self, plan: CountyPlan, offices: Windows) -> Iterator[Step]:
        """The township finds out and visits, the county decides."""
        day = self.planned.decided_on
        yield day, 22, offices.by_clerk(self.planned.number, self.visit)
        yield day, 23, by(COUNTY_MAKER, plan.county_code, self.decide)

    def visit(self, at: datetime) -> None:
        """Deaths are entered; a case of its own is opened and the home visited."""
        household = self.households[self.planned.number]
        _let_go(household, self.planned.deaths, self.planned.happened_on, True, at)
        self.case = _review_case(household, dict(self.planned.facts), at)

    def decide(self, at: datetime) -> None:
        """The benefit is stopped."""
        decide.stop_benefit(
            self.case, cause=self.planned.cause, on=at.date(), at=at, maker=COUNTY_MAKER, approver=COUNTY_CHECKER
        )


def periodic_reviews(month: date, offices: Windows) -> Iterator[Step]:
    """On a month's last working day every township has visited its due households; the others were stopped before."""

    def act(at: datetime) -> None:
        covered = households_in_force_ids(at.date())
        due = reviewing.due(upto=last_day(month))
        staying = [row.pk for row in due if row.household_id in covered]
        left = [row.pk for row in due if row.household_id not in covered]
        reviews.record_reverifications_kept(staying, on=at.date(), surveyors="、".join(SURVEYORS), at=at)
        reviews.record_reverifications_stopped(left, on=at.date(), at=at)

    for town, clerk in offices.clerks.items():
        yield on_or_before(last_day(month)), 30, by(clerk, town, act)
