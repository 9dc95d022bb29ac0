"""一年的案件: all applications of the year on their days: meetings by village, decisions by day, letters, lists."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from opendibao.decision import actions as decide
from opendibao.decision.batches import approve_batch, preview
from opendibao.decision.letter_queries import LetterFile, letters_waiting
from opendibao.decision.letters import deliver_decision
from opendibao.decision.monthly_lists import publish_villages
from opendibao.demo.applications import Walk
from opendibao.demo.days import LAST_DAY, workdays_before
from opendibao.demo.officers import COUNTY_CHECKER, COUNTY_MAKER, Step, Windows, by
from opendibao.demo.plan import CountyPlan
from opendibao.demo.stories import by_village, stories
from opendibao.demo.village_people import ENTITLED, Countryside, countryside
from opendibao.kernel.ids import township_of
from opendibao.kernel.month import month_of, year_months
from opendibao.kernel.workdays import on_or_after
from opendibao.reviews import actions as reviews

MEETING, DECIDING, DELIVERING, PUBLISHING = 5, 9, 40, 12
TOO_LATE = 60
"""A decision of the freeze day that comes after the list is made."""
PUBLISHED_FROM = 12
"""The day of the month after which a village's list is hung up anew: the money is in the accounts by then."""
LEAST_BATCH = 2
WAYS = ("village", "counter", "home", "village")
DEAD = "均已去世"


@dataclass
class Casework:
    """The walks of a plan's applications, and what they do together."""

    plan: CountyPlan
    walks: Mapping[str, Walk]
    country: Countryside
    offices: Windows

    def steps(self) -> Iterator[Step]:
        """Day, order within the day, act."""
        for walk in self.walks.values():
            for day, order, act in walk.township_steps():
                yield day, order, self.offices.by_clerk(walk.home.number, act)
            if walk.story.is_relative:
                yield walk.story.decided_on, DECIDING - 1, by(COUNTY_CHECKER, self.plan.county_code,
                                                              walk.visit_by_the_county)  # fmt: skip
        yield from self._meetings()
        yield from self._decisions()

    def _meetings(self) -> Iterator[Step]:
        told = {number: walk.story for number, walk in self.walks.items()}
        for day_of in (lambda s: s.reviewed_on, lambda s: s.reviewed_again_on):
            for (day, village), there in by_village(told, day_of).items():
                town = township_of(village)
                meeting = Meeting(village, [self.walks[s.entry.household.number] for s in there], self.country)
                yield day, MEETING, by(self.offices.clerks[town], town, meeting.hold)

    def _decisions(self) -> Iterator[Step]:
        days: dict[date, list[Walk]] = {}
        for walk in self.walks.values():
            days.setdefault(walk.story.decided_on, []).append(walk)
        for day, walks in days.items():
            order = DECIDING if day.day <= LAST_DAY else TOO_LATE
            yield day, order, by(COUNTY_CHECKER, self.plan.county_code, _Decisions(walks).decide)


@dataclass(frozen=True)
class Meeting:
    """A village's review meeting on the families of a day."""

    village: str
    walks: Sequence[Walk]
    country: Countryside

    def hold(self, at: datetime) -> None:
        """Everybody by name; ballots on every family."""
        there = self.country.villages[self.village]
        decide.hold_meeting(
            self.village, on=at.date(), at=at, chair=there.cadres[0], recorder=there.cadres[1],
            villagers=len(there.villagers), party_members=len(there.party), cadres=len(there.cadres),
            entitled=ENTITLED, place="村（社区）会议室", seats=there.seats,
            votes=[walk.ballots(at.date()) for walk in self.walks],
        )  # fmt: skip


@dataclass(frozen=True)
class _Decisions:
    """What the county decides on a day: clean cases in one go, the others one by one."""

    walks: Sequence[Walk]

    def decide(self, at: datetime) -> None:
        """Agree or refuse; who is agreed gets the days of its reviews."""
        granted = [walk for walk in self.walks if walk.story.entry.is_granted]
        together = self._together([walk.case for walk in granted], at)
        for walk in self.walks:
            if not walk.story.entry.is_granted:
                decide.refuse_case(walk.case, on=at.date(), at=at)
            elif walk.case not in together:
                decide.confirm_case(walk.case, on=at.date(), at=at)
        for walk in granted:
            home = walk.home
            number = walk.households[home.number]
            reviews.schedule_for_entry(number, home.division, home.review_class, on=at.date(), at=at)

    def _together(self, cases: Sequence[int], at: datetime) -> set[int]:
        if len(cases) < LEAST_BATCH:
            return set()
        clean = [one.case.id for one in preview(cases, on=at.date()).included]
        if len(clean) < LEAST_BATCH:
            return set()
        approve_batch(clean, on=at.date(), at=at)
        return set(clean)


def casework(plan: CountyPlan, households: dict[str, int], offices: Windows) -> Casework:
    """The applications of a plan, ready to be lived."""
    country = countryside(plan)
    walks = {number: Walk(story, households, country) for number, story in stories(plan).items()}
    return Casework(plan, walks, country, offices)


def deliveries(plan: CountyPlan, offices: Windows, country: Countryside) -> Iterator[Step]:
    """Every second working day the townships bring the letters that lie there to the families (57号 第二十一条)."""
    post = _Post(offices, country)
    day = on_or_after(date(plan.year, 1, 1))
    last = workdays_before(on_or_after(date(plan.year + 1, 1, 1)), 1)
    turn = 0
    while day <= last:
        if turn % 2 == 0 or day == last:
            yield day, DELIVERING, by(COUNTY_MAKER, plan.county_code, post.bring)
        turn += 1
        day = _next_workday(day)


def _next_workday(day: date) -> date:
    return on_or_after(day.fromordinal(day.toordinal() + 1))


@dataclass(frozen=True)
class _Post:
    offices: Windows
    country: Countryside

    def bring(self, at: datetime) -> None:
        """What the county has written reaches the families through their townships."""
        for letter in letters_waiting(limit=None):
            town = township_of(letter.division)
            with self.offices.acting_in(town):
                how, receiver = self._to_whom(letter)
                deliver_decision(letter.decision_id, how=how, receiver=receiver, on=at.date(), at=at)

    def _to_whom(self, letter: LetterFile) -> tuple[str, str]:
        if DEAD in letter.text:
            return "village", self.country.villages[letter.division].cadres[0]
        return WAYS[letter.decision_id % len(WAYS)], letter.text.splitlines()[1].rstrip("：")


def publications(plan: CountyPlan, offices: Windows, country: Countryside) -> Iterator[Step]:
    """Every month every village's list of covered households is hung up anew (57号 第二十四条)."""
    for month in year_months(plan.year):
        day = on_or_after(month.replace(day=PUBLISHED_FROM))
        for town, clerk in offices.clerks.items():
            villages = [code for code in country.villages if township_of(code) == town]
            yield day, PUBLISHING, by(clerk, town, _Lists(villages).hang_up)


@dataclass(frozen=True)
class _Lists:
    villages: Sequence[str]

    def hang_up(self, at: datetime) -> None:
        """The lists of the month as they stand."""
        publish_villages(self.villages, month_of(at.date()), on=at.date(), at=at)
