"""一件申请: from the counter to the report to the county, through the same actions as in any county."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from opendibao.decision.county_visits import record_county_visit
from opendibao.decision.first_opinion import give_opinion, report_case
from opendibao.decision.notice import post_notice, take_down_notices
from opendibao.decision.notice_queries import notices_of, objections_of
from opendibao.decision.objections import register_objection, settle_objection
from opendibao.decision.review_meeting import Vote
from opendibao.demo.declaration import declared_of
from opendibao.demo.home_words import CONCLUSION, OTHERWISE, neighbours_say, seen_home
from opendibao.demo.officers import COUNTY_VISITORS, Act
from opendibao.demo.plan import PlannedHousehold
from opendibao.demo.sheets import sheets_of
from opendibao.demo.stories import Story
from opendibao.demo.village_people import POST, Countryside, Village
from opendibao.intake import actions as intake
from opendibao.intake.applying import Family, Filing, Relative, file_application
from opendibao.intake.case_letters import deliver_letter
from opendibao.intake.case_queries import letters_of
from opendibao.intake.completeness import resubmit_case, return_for_supplement, take_case
from opendibao.intake.mandates import give_mandate
from opendibao.intake.online_door import leave_application
from opendibao.intake.online_queries import online_applications
from opendibao.intake.paper_lists import paper_kinds
from opendibao.kernel.workdays import add_workdays
from opendibao.registry import actions as registry
from opendibao.registry.entries import AccountEntry, HouseholdEntry, MemberEntry
from opendibao.verification import actions as verification

ARRIVES = timedelta(hours=1)
WINDOW = 3
"""Working days in which the surveyors are to begin (57号 第十五条)."""
HELPERS = (
    ("relative", "行动不便，由亲属代办"),
    ("neighbour", "不识字，由邻居代办"),
    ("village", "独居老人，由村里代办"),
)
OBJECTIONS = {
    False: ("有人看到他家门口停着一辆小车", "查了车辆登记，车是来探亲的外地亲戚的，他家名下没有车，异议不成立"),
    True: ("反映他家儿子在外面挣得多，评议时没有人提到", "儿子已分户多年，情况评议时没有讲清楚，重新开评议会"),
}
CAUSES, ONLINE_REASON = ("illness", "labour", "unemployed", "school"), "家里收入少，开支大，想申请低保"
CONTESTED = "几名代表说他家养了鱼塘，要求查清楚再议"


def entry_of(household: PlannedHousehold) -> HouseholdEntry:
    """The registry's entry of a planned household."""
    members = tuple(MemberEntry(m.id_number, m.name, m.relation) for m in household.members)
    account = AccountEntry(household.holder, household.bank, household.account)
    return HouseholdEntry(
        household.number, household.division, household.area, household.address, household.phone, members, account
    )


@dataclass
class Walk:
    """One application on its way; `case` is known once it is submitted; `disposes`: whether its hits are answered."""

    story: Story
    households: dict[str, int]
    country: Countryside
    case: int = 0
    disposes: bool = True

    @property
    def until(self) -> date:
        """The day of its decision: before it, what departments send late is still looked at."""
        return self.story.decided_on

    @property
    def home(self) -> PlannedHousehold:
        """The family that applies."""
        return self.story.entry.household

    @property
    def village(self) -> Village:
        """Where it lives."""
        return self.country.villages[self.home.division]

    @property
    def official(self) -> str:
        """The cadre whose relative it is, where it is one's."""
        return self.village.cadres[-1] if self.story.is_relative else ""

    @property
    def surveyors(self) -> tuple[str, str]:
        """Who visits."""
        return self.country.pair(self.home.division, self.story.turn)

    def _dice(self, what: str) -> Random:
        return Random(f"{what} {self.home.number}")

    def township_steps(self) -> Iterator[tuple[date, int, Act]]:
        """Day, order within the day, act: what the township's clerk does for this family alone."""
        s = self.story
        yield s.applied_on, 1, self.apply
        yield s.accepted_on, 2, self.accept
        yield s.surveyed_on, 4, self.survey
        if s.surveyed_again_on:
            yield s.surveyed_again_on, 4, self.survey_again
        if s.objected_on and s.settled_on:
            yield s.objected_on, 6, self.object
            yield s.settled_on, 6, self.settle
        if s.entry.is_granted:
            yield s.posted_on, 7, self.post
            if s.posted_again_on:
                yield s.posted_again_on, 7, self.post_again
        yield s.reported_on, 8, self.report

    def apply(self, at: datetime) -> None:
        """The family applies; its file is opened; every adult signs; a lead, a helper, a relative are noted with it."""
        on = at.date()
        online = self.leave_online(at) if self.story.entry.channel == "online" else None
        kept = registry.register_household(entry_of(self.home), on=on, at=at)
        self.households[self.home.number] = kept.pk
        lead = self._told_of(at) if self.story.entry.channel == "lead" else None
        applicant = self.home.members[0].name
        kin = [Relative(applicant, self.official, POST, "侄子")] if self.official else []
        filing = Filing(
            Family(kept.pk), self.story.entry.channel, applicant, declared_of(self.story.entry), kin, lead, online
        )
        self.case = file_application(filing, on=on, at=at).pk
        intake.sign_consents(self.case, on=on, at=at)
        if self.story.entry.channel == "helper":
            self._give_mandate(at)
        if self.story.lacking:
            return_for_supplement(self.case, items=[self.story.lacking], on=on, at=at)
            self._hand_over(at)

    def leave_online(self, at: datetime) -> int:
        """The family sends it from its own telephone; the id of what lies at the door then."""
        head, *others = self.home.members
        content = {
            "members": [{"name": m.name, "relation": m.relation, "id_number": m.id_number} for m in others],
            "address": self.home.address, "causes": self._dice("cause").choice(CAUSES), "reason": ONLINE_REASON,
            "income": "打零工和种地", "property": "自住房一处",
        }  # fmt: skip
        receipt = leave_application(
            self.home.division, applicant=head.name, id_number=head.id_number, phone=self.home.phone, content=content,
            key=self.home.number, received_at=at,
        )  # fmt: skip
        waiting = online_applications(is_waiting=True, limit=None)
        return next(row.id for row in waiting if row.number == receipt)

    def _told_of(self, at: datetime) -> int:
        told = intake.record_lead(
            self.home.division, source="grid", on=at.date(), at=at, summary="走访发现生活困难，协助申请"
        )
        return int(told.pk)

    def _give_mandate(self, at: datetime) -> None:
        relation, reason = self._dice("mandate").choice(HELPERS)
        helper = self.village.cadres[0] if relation == "village" else self.village.neighbours[0]
        give_mandate(
            self.case, helper=helper, relation=relation, phone=self.home.phone, reason=reason, on=at.date(), at=at
        )

    def _hand_over(self, at: datetime) -> None:
        """The family takes its letters at the counter."""
        for letter in letters_of(self.case):
            if letter.delivered_on is None:
                receiver = self.home.members[0].name
                deliver_letter(letter.id, how="counter", receiver=receiver, on=at.date(), at=at)

    def accept(self, at: datetime) -> None:
        """What was missing has come; the papers are looked at; surveyors are sent, the county is asked to look up."""
        on = at.date()
        if self.story.lacking:
            resubmit_case(self.case, on=on, at=at)
        take_case(self.case, seen={kind.key for kind in paper_kinds()}, on=on, at=at)
        self._hand_over(at)
        until = max(self.story.surveyed_on, add_workdays(on, WINDOW))
        verification.order_survey(self.case, surveyors=self.surveyors, from_day=on, to_day=until, on=on, at=at)
        verification.request_match(self.case, on=on, at=at)

    def survey(self, at: datetime) -> None:
        """Two surveyors visit the home and ask next door."""
        on, dice = at.date(), self._dice("survey")
        for neighbour, words, view in neighbours_say(self.story.entry.is_granted, self.village.neighbours, dice):
            verification.record_interview(
                self.case, interviewer=self.surveyors[0], neighbour=neighbour, words=words, view=view, on=on, at=at
            )
        self._record_visit(at, self.surveyors, dice)

    def survey_again(self, at: datetime) -> None:
        """After a contested vote two others go and look at what was doubted."""
        pair = self.country.pair(self.home.division, self.story.turn + 2)
        self._record_visit(at, pair, self._dice("survey again"))

    def _record_visit(self, at: datetime, surveyors: tuple[str, str], dice: Random) -> None:
        facts, is_granted = self.home.facts, self.story.entry.is_granted
        visit = verification.Visit(
            started_at=at + ARRIVES, place=self.home.address, home=seen_home(facts, dice),
            conclusion=CONCLUSION if is_granted else OTHERWISE, sheets=tuple(sheets_of(facts, dice)),
        )  # fmt: skip
        verification.record_survey(
            self.case, on=at.date(), at=at, surveyors=surveyors, respondent=self.home.members[0].name,
            found=dict(facts), visit=visit,
        )  # fmt: skip

    def ballots(self, on: date) -> Vote:
        """How the village votes on this family on a day; whose relative it is gets no ballot."""
        s, present = self.story, len(self.village.seats)
        recused = (f"{self.official}（侄子）",) if self.official else ()
        is_contested = on == s.reviewed_on and s.surveyed_again_on is not None
        against = 6 if is_contested else 0 if s.entry.is_granted else 9
        voting = present - len(recused)
        return Vote(
            self.case, voting - against - 1, against, 0, 1, recused, opinions=CONTESTED if is_contested else "",
            is_contested=is_contested,
        )  # fmt: skip

    def post(self, at: datetime) -> None:
        """The first opinion hangs for seven days."""
        post_notice(self.case, on=at.date(), at=at, places=self.village.places)

    def post_again(self, at: datetime) -> None:
        """After the second review the opinion hangs again."""
        self._take_down(at)
        self.post(at)

    def object(self, at: datetime) -> None:
        """Somebody objects, by name or without."""
        words, _ = OBJECTIONS[self.story.posted_again_on is not None]
        person = self.village.neighbours[-1] if self.story.turn % 2 else ""
        register_objection(self.case, words=words, person=person, on=at.date(), at=at)

    def settle(self, at: datetime) -> None:
        """It is looked into and answered."""
        again = self.story.posted_again_on is not None
        outcome = "review" if again else "groundless"
        for objection in objections_of(self.case):
            settle_objection(objection.id, outcome=outcome, answer=OBJECTIONS[again][1], on=at.date(), at=at)

    def _take_down(self, at: datetime) -> None:
        hanging = [one.id for one in notices_of(self.case) if one.taken_down_on is None]
        take_down_notices(hanging, on=at.date(), at=at)

    def report(self, at: datetime) -> None:
        """The notice comes down without an open objection (a refusal had none): the county gets the case."""
        if self.story.entry.is_granted:
            self._take_down(at)
        else:
            give_opinion(self.case, on=at.date(), at=at)
        report_case(self.case, on=at.date(), at=at)

    def visit_by_the_county(self, at: datetime) -> None:
        """The county looks for itself where an official's relative applies (57号 第二十条)."""
        record_county_visit(
            self.case, ground="relative", visitors=COUNTY_VISITORS, agrees=True,
            words="入户看了居住和生活情况，问了邻居，与乡镇调查一致", on=at.date(), at=at,
        )  # fmt: skip
