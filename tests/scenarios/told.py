"""讲案件的人: a clerk tells how a case went, day by day; every sentence is a real action by the officer whose it is."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from opendibao.audit.session import acting
from opendibao.decision import actions as decide
from opendibao.decision.county_visits import record_county_visit
from opendibao.decision.first_opinion import give_opinion, report_case
from opendibao.decision.letters import deliver_decision
from opendibao.decision.models import Decision, Objection, PublicNotice
from opendibao.decision.notice import take_down_notices
from opendibao.decision.objections import register_objection, settle_objection
from opendibao.decision.review_meeting import Vote
from opendibao.intake import completeness
from opendibao.intake.actions import sign_consents
from opendibao.intake.applying import Family, Filing, Relative, file_application
from opendibao.intake.models import Case, CaseLetter
from opendibao.intake.paper_lists import paper_kinds
from opendibao.kernel.duties import Duty
from opendibao.registry.queries import members_on
from opendibao.verification import actions as verify
from opendibao.verification.sources import SOURCES
from tests.decision.builders import FAMILY, Facts, family
from tests.registry.builders import at

TOWN, COUNTY = "360429100", "360429"
CLERK = ("王经办", TOWN, (Duty.ACCEPT, Duty.SURVEY, Duty.REVIEW))
LEADER = ("赵镇长", TOWN, (Duty.REVIEW,))
CHECKER = ("李审核", COUNTY, (Duty.CONFIRM,))
OTHER_CHECKER = ("周编制", COUNTY, (Duty.CONFIRM,))
SURVEYORS = ("陈走访", "黄走访")
Who = tuple[str, str, Collection[Duty]]


@contextmanager
def by(who: Who) -> Iterator[None]:
    """This officer acts."""
    name, reach, duties = who
    with acting(name, reach, duties):
        yield


@dataclass
class Story:
    """One case; `day` is the day on which the next sentence happens."""

    household: int
    day: date = date(2024, 3, 4)
    declared: Facts = field(default_factory=family)
    applicant: str = "王秀英"
    id: int = 0

    def on(self, month: int, day: int, year: int = 2024) -> "Story":
        self.day = date(year, month, day)
        return self

    @property
    def case(self) -> Case:
        return Case.objects.get(pk=self.id)

    @property
    def _then(self) -> dict[str, Any]:
        return {"on": self.day, "at": at(self.day)}

    # at the window

    def applies(self, *relatives: Relative) -> None:
        filing = Filing(Family(self.household), "counter", self.applicant, self.declared, relatives)
        with by(CLERK):
            self.id = file_application(filing, **self._then).pk

    def adults_sign(self) -> None:
        with by(CLERK):
            sign_consents(self.id, **self._then)

    def is_told_what_is_missing(self, *items: str, by_whom: Who = CLERK, reason: str = "") -> None:
        with by(by_whom):
            completeness.return_for_supplement(self.id, items=items, supervisor_reason=reason, **self._then)

    def brings_it(self) -> None:
        with by(CLERK):
            completeness.resubmit_case(self.id, **self._then)

    def is_taken(self, by_whom: Who = CLERK) -> None:
        with by(by_whom):
            completeness.take_case(self.id, seen={kind.key for kind in paper_kinds()}, **self._then)

    # out in the village

    def departments_answer(self, hits: dict[str, str] | None = None, disposition: str = "accept_record") -> None:
        found = hits or {}
        with by(CLERK):
            people = members_on(self.household, self.day)
            answers = [
                verify.Answer(who.person_id, source, "hit", {"found": found[source]}) if source in found and n == 0
                else verify.Answer(who.person_id, source, "no_hit")
                for n, who in enumerate(people)
                for source in SOURCES
            ]  # fmt: skip
            verify.file_match_results(self.id, answers, requested_on=self.case.accepted_on or self.day,
                                      answered_on=self.day, at=at(self.day))  # fmt: skip
            for hit in verify.open_hits(self.id):
                verify.dispose_match(hit.pk, disposition=disposition, reason="当事人确认属实", at=at(self.day))

    def is_visited(self, found: Facts | None = None, surveyors: tuple[str, str] = SURVEYORS) -> None:
        with by(CLERK):
            verify.record_survey(
                self.id, surveyors=surveyors, respondent=self.applicant, found=found or self.declared, **self._then
            )

    def is_voted_on(
        self, votes_for: int = 12, *, recused: Sequence[str] = (), is_contested: bool = False, present: int = 13
    ) -> None:
        cast = present - len(recused)
        vote = Vote(
            self.id, votes_for, cast - votes_for, 0, 0, tuple(recused), opinions="听说养了鱼塘" if is_contested else "",
            is_contested=is_contested,
        )  # fmt: skip
        with by(CLERK):
            decide.hold_meeting(
                self.case.division, chair="邓主持", recorder="方记录", villagers=7, party_members=3, cadres=3,
                votes=[vote], **self._then,
            )  # fmt: skip

    def is_posted(self) -> None:
        with by(CLERK):
            decide.post_notice(self.id, places=["村公示栏"], **self._then)

    def is_taken_down(self) -> None:
        hanging = PublicNotice.objects.filter(case=self.id, taken_down_on=None).values_list("pk", flat=True)
        with by(CLERK):
            take_down_notices(list(hanging), **self._then)

    def is_objected_to(self, words: str = "他家门口停着小车") -> None:
        with by(CLERK):
            register_objection(self.id, words=words, **self._then)

    def objection_ends(self, outcome: str, answer: str) -> None:
        waiting = Objection.objects.get(case=self.id, settled_on=None)
        with by(CLERK):
            settle_objection(waiting.pk, outcome=outcome, answer=answer, **self._then)

    def is_proposed(self) -> None:
        with by(CLERK):
            give_opinion(self.id, leader="赵镇长", **self._then)

    def is_reported(self) -> None:
        with by(CLERK):
            report_case(self.id, **self._then)

    # at the county

    def county_visits(self, *, agrees: bool = True) -> None:
        with by(CHECKER):
            record_county_visit(
                self.id, ground="relative", visitors=("周编制", "陶核查"), agrees=agrees, words="与乡镇调查一致",
                **self._then,
            )  # fmt: skip

    def is_confirmed(self, by_whom: Who = CHECKER) -> Decision:
        with by(by_whom):
            return decide.confirm_case(self.id, **self._then)

    def is_refused(self) -> Decision:
        with by(CHECKER):
            return decide.refuse_case(self.id, **self._then)

    def letter_arrives(self, decision: Decision) -> None:
        with by(CLERK):
            deliver_decision(decision.pk, how="home", receiver="王秀英", **self._then)

    # what is on paper

    def letter(self, kind: str) -> str:
        """The last letter of a kind; a case without it has none."""
        found = CaseLetter.objects.filter(case=self.id, kind=kind).order_by("id").last()
        assert found is not None, f"没有{kind}"
        return found.text

    # longer stretches, for stories about something else

    def comes_to_the_survey(self) -> "Story":
        """Applied, signed, taken and matched, all in the first days of March."""
        self.on(3, 4).applies()
        self.adults_sign()
        self.is_taken()
        self.on(3, 5).departments_answer()
        return self.on(3, 6)

    def comes_to_the_county(self) -> "Story":
        """Voted on, posted for seven days without an objection, reported on the 18th of March."""
        self.comes_to_the_survey().is_visited()
        self.on(3, 8).is_voted_on()
        self.on(3, 11).is_posted()
        self.on(3, 18).is_taken_down()
        self.is_reported()
        return self


def richer(pay: int) -> Facts:
    """The family when the father earns so much a month the whole year."""
    facts = family()
    facts["members"][1]["income"] = [{"kind": "wages", "amount": pay, "per": "month", "months": 12}]
    return facts


__all__ = ["CHECKER", "CLERK", "FAMILY", "LEADER", "OTHER_CHECKER", "Relative", "Story", "by", "richer"]
