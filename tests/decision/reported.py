"""Applications that wait for the county: clean ones, and each kind that wants a closer look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from opendibao.decision.actions import hold_meeting, post_notice
from opendibao.decision.first_opinion import give_opinion, report_case
from opendibao.intake.actions import accept_case, sign_consents, submit_case
from opendibao.intake.models import Case
from opendibao.registry.entries import MemberEntry
from opendibao.registry.queries import members_on
from opendibao.verification.actions import Answer, file_match_results, record_survey
from opendibao.verification.sources import SOURCES
from tests.decision.builders import DECIDED, MET, POSTED, SURVEYED, SURVEYORS
from tests.intake.builders import ACCEPTED, APPLIED, ASKED
from tests.registry.builders import VILLAGE, at, household, number

Facts = dict[str, Any]
MONTHLY = 74_000
"""A lone person without income gets the standard: 740.00."""


@dataclass(frozen=True)
class Days:
    """When the steps of an application were taken."""

    applied: date
    accepted: date
    asked: date
    surveyed: date
    met: date
    posted: date
    reported: date


MARCH = Days(APPLIED, ACCEPTED, ASKED, SURVEYED, MET, POSTED, DECIDED)
# reported on a Monday a week before the demonstration's today, 2025-01-06
DECEMBER = Days(
    date(2024, 12, 12), date(2024, 12, 13), date(2024, 12, 16), date(2024, 12, 18), date(2024, 12, 20),
    date(2024, 12, 23), date(2024, 12, 30),
)  # fmt: skip


def born(sequence: int) -> date:
    """His birthday; he is of working age, so that he is not cared for as 特困."""
    return date(1975, 1 + sequence % 12, 1 + sequence % 28)


def alone(sequence: int) -> MemberEntry:
    """A person who lives alone; the sequence tells them apart."""
    return MemberEntry(number(born(sequence), (2 * sequence + 1) % 1000), f"独居{sequence}", "head")


def facts_of(sequence: int, assets: int = 0) -> Facts:
    """What he declares, and what is found."""
    member = {"name": f"独居{sequence}", "born": born(sequence).isoformat(), "sex": "male", "relation": "head"}
    return {"area": "rural", "members": [member], "property": {"financial_assets": assets, "dwellings": 1}}


def accepted(sequence: int, days: Days = MARCH, village: str = VILLAGE) -> Case:
    """A family of one that applied, was accepted and signed."""
    home = household(f"999999-{sequence:05d}", alone(sequence), division=village)
    declared = facts_of(sequence)
    case = submit_case(
        home, kind="application", channel="counter", declared=declared, on=days.applied, at=at(days.applied)
    )
    accept_case(case.pk, on=days.accepted, at=at(days.accepted))
    sign_consents(case.pk, on=days.accepted, at=at(days.accepted))
    return case


def answered(case: Case, days: Days = MARCH, *, but: Sequence[str] = ()) -> None:
    """Every department answers that it knows of nothing, but for these."""
    answers = [
        Answer(member.person_id, source, "no_hit")
        for member in members_on(case.household_id, days.accepted)
        for source in SOURCES
        if source not in but
    ]
    file_match_results(case.pk, answers, requested_on=days.accepted, answered_on=days.asked, at=at(days.asked))


def verified(sequence: int, found: Facts | None = None, days: Days = MARCH, *, but: Sequence[str] = ()) -> Case:
    """A family of one whom departments answered about and two surveyors visited."""
    case = accepted(sequence, days)
    answered(case, days, but=but)
    record_survey(
        case.pk, on=days.surveyed, at=at(days.surveyed), surveyors=SURVEYORS, respondent=f"独居{sequence}",
        found=found or facts_of(sequence),
    )  # fmt: skip
    return case


def meet(*cases: Case, against: int = 0, days: Days = MARCH) -> None:
    """The village votes on all of them."""
    hold_meeting(
        VILLAGE, on=days.met, at=at(days.met), chair="邓主持", recorder="方记录", villagers=7, party_members=3,
        cadres=3, votes=[(case.pk, 13 - against, against, 0, 0) for case in cases],
    )  # fmt: skip


def post_and_report(*cases: Case, days: Days = MARCH) -> list[Case]:
    """Posted for seven days and reported to the county the day after."""
    for case in cases:
        post_notice(case.pk, on=days.posted, at=at(days.posted))
        report_case(case.pk, on=days.reported, at=at(days.reported))
        case.refresh_from_db()
    return list(cases)


def report_refusal(case: Case, days: Days = MARCH) -> Case:
    """The township proposes a refusal: no notice, reported the same day."""
    give_opinion(case.pk, on=days.reported, at=at(days.reported))
    report_case(case.pk, on=days.reported, at=at(days.reported))
    case.refresh_from_db()
    return case


def clean(count: int, *, first: int = 1, days: Days = MARCH) -> list[Case]:
    """So many clean cases with the county."""
    cases = [verified(first + place, days=days) for place in range(count)]
    meet(*cases, days=days)
    return post_and_report(*cases, days=days)
