"""Cases taken up to a decision: the family of golden case G01, its steps in March 2024, and what changes later."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import date
from typing import Any

from opendibao.audit.session import acting, current_session
from opendibao.decision.actions import confirm_case, hold_meeting, post_notice, refuse_case
from opendibao.decision.first_opinion import give_opinion, report_case
from opendibao.decision.models import Decision, Objection, PublicNotice
from opendibao.intake.actions import accept_case
from opendibao.intake.models import Case
from opendibao.intake.states import CaseState
from opendibao.verification.actions import record_survey
from tests.intake.builders import authorised, submitted
from tests.registry.builders import VILLAGE, at, household

SURVEYED, MET, POSTED, DECIDED = date(2024, 3, 6), date(2024, 3, 8), date(2024, 3, 11), date(2024, 3, 18)
LATER = date(2024, 5, 20)
SURVEYORS = ("陈走访", "黄走访")
HANDS = {"maker": "周编制"}
CHECKER = "李审核"
Facts = dict[str, Any]
# G01: 6 mu and 8 months of odd jobs at 1,200; (26,640 − 3,000 − 8,000) / 12 = 1,303.33 → 1,304, and 74 for the child
FAMILY: Facts = {
    "area": "rural",
    "members": [
        {"name": "王秀英", "born": "1984-03-12", "sex": "female", "relation": "head",
         "income": [{"kind": "farming", "mu": 6}]},
        {"name": "李建国", "born": "1982-05-01", "sex": "male", "relation": "spouse",
         "income": [{"kind": "wages", "amount": 1200, "per": "month", "months": 8}]},
        {"name": "李小红", "born": "2014-09-30", "sex": "female", "relation": "child"},
    ],
    "property": {"financial_assets": 6000, "dwellings": 1},
}  # fmt: skip
AMOUNT, SUPPLEMENT, GAP = 137_800, 7_400, 130_333


def family() -> Facts:
    """The facts of the family, free to be changed."""
    return deepcopy(FAMILY)


def earning(pay: int, months: int = 12) -> Facts:
    """The family when the father earns so many yuan a month."""
    facts = family()
    facts["members"][1]["income"] = [{"kind": "wages", "amount": pay, "per": "month", "months": months}]
    return facts


def with_baby() -> Facts:
    """The family after a birth."""
    facts = family()
    facts["members"].append({"name": "李小明", "born": "2024-05-02", "sex": "male", "relation": "child"})
    return facts


def surveyed(facts: Facts | None = None, home: int | None = None) -> Case:
    """An application whose family two surveyors visited."""
    case = authorised(home)
    visit(case, facts or family(), SURVEYED)
    return case


def visit(case: Case, facts: Facts, on: date) -> None:
    """Two surveyors find these facts."""
    record_survey(case.pk, on=on, at=at(on), surveyors=SURVEYORS, respondent="王秀英", found=facts)


def reviewed(facts: Facts | None = None, home: int | None = None) -> Case:
    """An application that the village voted on: 13 present, one ballot not returned."""
    case = surveyed(facts, home)
    meet(case)
    return case


def meet(*cases: Case, village: str = VILLAGE) -> None:
    """The village's meeting votes."""
    hold_meeting(
        village, on=MET, at=at(MET), chair="邓主持", recorder="方记录", villagers=7, party_members=3, cadres=3,
        votes=[(case.pk, 12, 0, 0, 1) for case in cases],
    )  # fmt: skip


def noticed(facts: Facts | None = None, home: int | None = None) -> Case:
    """An application under public notice."""
    case = reviewed(facts, home)
    post_notice(case.pk, on=POSTED, at=at(POSTED))
    return case


def object_to(case: Case) -> Objection:
    """Somebody who gives no name objects to the case's notice on its second day."""
    notice = PublicNotice.objects.get(case=case)
    return Objection.objects.create(
        notice=notice, case=case, division=case.division, received_on=date(2024, 3, 12), words="家里有车",
        due_on=date(2024, 3, 19), taken_by="王经办",
    )  # fmt: skip


@contextmanager
def checking(officer: str = CHECKER) -> Iterator[None]:
    """Somebody who had no hand in the cases acts: who signed in is who approves."""
    now = current_session()
    with acting(officer, now.reach, now.duties):
        yield


def confirm(case: Case, on: date = DECIDED, **hands: str) -> Decision:
    """The township reports the case, if it has not yet, and the county confirms the same day."""
    case.refresh_from_db()
    if case.state == CaseState.NOTICED:
        report_case(case.pk, on=on, at=at(on))
    with checking(hands.pop("approver", CHECKER)):
        return confirm_case(case.pk, on=on, at=at(on), **{**HANDS, **hands})


def reported(case: Case, on: date = DECIDED) -> Case:
    """A case that the township gave its opinion on and reported to the county."""
    case.refresh_from_db()
    if not case.opinions.exists():
        give_opinion(case.pk, on=on, at=at(on))
    if case.state != CaseState.REPORTED:
        report_case(case.pk, on=on, at=at(on))
    case.refresh_from_db()
    return case


def refuse(case: Case, on: date = DECIDED) -> Decision:
    """The township reports the case and the county refuses it the same day."""
    reported(case, on)
    with checking():
        return refuse_case(case.pk, on=on, at=at(on), **HANDS)


def covered() -> Decision:
    """The family's confirmed benefit."""
    return confirm(noticed(home=household()))


def review(decision: Decision, facts: Facts, on: date = LATER) -> Case:
    """A later case of a covered household, visited the same day."""
    case = submitted(decision.household_id, on=on, kind="review")
    accept_case(case.pk, on=on, at=at(on))
    visit(case, facts, on)
    return case
