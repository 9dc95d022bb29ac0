"""县级入户核查和退回乡镇: two of the county's own, none of the township's surveyors; sent back with words."""

from datetime import date
from typing import Any

import pytest

from opendibao.audit.models import Event
from opendibao.decision.county_visits import record_county_visit
from opendibao.decision.first_opinion import give_opinion, report_case
from opendibao.decision.refusal import DecisionRefused
from opendibao.decision.returning import return_to_township
from opendibao.intake.models import Case, OfficialRelative
from opendibao.outreach.actions import open_ticket
from opendibao.verification.actions import record_survey
from tests.decision.builders import DECIDED, checking, confirm
from tests.decision.reported import MARCH, clean, facts_of, report_refusal, verified
from tests.registry.builders import VILLAGE, at

pytestmark = pytest.mark.usefixtures("places")
VISIT: dict[str, Any] = {
    "ground": "relative", "visitors": ("甲核查", "乙核查"), "agrees": True, "words": "与乡镇所查一致", "on": DECIDED,
}  # fmt: skip


def visit(case: Case, **other: Any) -> None:
    with checking():
        record_county_visit(case.pk, **{**VISIT, **other}, at=at(DECIDED))


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"visitors": ("甲核查", "甲核查")}, "两名不同的核查人"),
        ({"visitors": ("甲核查", " ")}, "两名不同的核查人"),
        ({"visitors": ("陈走访", "乙核查")}, "陈走访参加过乡镇的入户调查"),
        ({"words": " "}, "写明核查情况"),
        ({"ground": "whim"}, "核查事由“whim”不在可选项内"),
        ({"on": date(2024, 3, 1)}, "早于受理日期"),
    ],
)
def test_a_visit_that_cannot_stand_is_refused_in_words(other: dict[str, Any], said: str) -> None:
    case = clean(1)[0]

    with pytest.raises(DecisionRefused, match=said):
        visit(case, **other)


def test_a_decided_case_is_not_visited_any_more() -> None:
    case = clean(1)[0]
    confirm(case)

    with pytest.raises(DecisionRefused, match="已确认"):
        visit(case)


def test_a_registered_relative_is_confirmed_only_after_the_visit() -> None:
    case = clean(1)[0]
    OfficialRelative.objects.create(
        case=case, division=case.division, member="独居1", official="村主任", post="村主任", relation="叔侄",
        registered_on=MARCH.accepted, registered_by="王经办",
    )  # fmt: skip
    with pytest.raises(DecisionRefused, match="近亲属备案的家庭，县民政局还没有入户核查"):
        confirm(case)

    visit(case)

    assert confirm(case).kind == "confirm"


def test_a_family_somebody_complained_of_is_confirmed_only_after_the_visit() -> None:
    case = clean(1)[0]
    open_ticket(
        VILLAGE, number="举1", kind="report", is_named=False, received_on=DECIDED, summary="反映独居1在城里有房",
        at=at(DECIDED),
    )  # fmt: skip
    with pytest.raises(DecisionRefused, match="有投诉举报，县民政局还没有入户核查"):
        confirm(case)

    visit(case, ground="complaint")

    assert confirm(case).kind == "confirm"


def test_a_complaint_of_somebody_else_stands_in_nobody_s_way() -> None:
    case = clean(1)[0]
    open_ticket(
        VILLAGE, number="举2", kind="report", is_named=False, received_on=DECIDED, summary="反映独居7有车",
        at=at(DECIDED),
    )  # fmt: skip

    assert confirm(case).kind == "confirm"


def test_a_case_sent_back_is_surveyed_again_and_says_why() -> None:
    case = clean(1)[0]
    with checking():
        return_to_township(case.pk, reason="存折是谁的", on=DECIDED, at=at(DECIDED))

    case.refresh_from_db()
    assert case.state == "accepted"
    assert Event.objects.get(action="退回乡镇").payload["reason"] == "存折是谁的"
    again = record_survey(
        case.pk, on=DECIDED, at=at(DECIDED), surveyors=("陈走访", "黄走访"), respondent="独居1", found=facts_of(1)
    )
    assert again.sequence == 2


@pytest.mark.parametrize("reason", ["", " ", "长" * 201])
def test_it_is_not_sent_back_without_words(reason: str) -> None:
    case = clean(1)[0]

    with checking(), pytest.raises(DecisionRefused, match="要乡镇查清什么"):
        return_to_township(case.pk, reason=reason, on=DECIDED, at=at(DECIDED))


def test_only_what_lies_with_the_county_is_sent_back() -> None:
    case = verified(1)

    with checking(), pytest.raises(DecisionRefused, match="已报县的案件才能退回"):
        return_to_township(case.pk, reason="再查", on=DECIDED, at=at(DECIDED))


def test_what_was_said_before_it_came_back_is_not_reported_twice() -> None:
    case = report_refusal(verified(1, found=facts_of(1, assets=900_000)))
    with checking():
        return_to_township(case.pk, reason="存折是谁的", on=DECIDED, at=at(DECIDED))
    record_survey(
        case.pk, on=DECIDED, at=at(DECIDED), surveyors=("陈走访", "黄走访"), respondent="独居1",
        found=facts_of(1, assets=900_000),
    )  # fmt: skip

    with pytest.raises(DecisionRefused, match="退回过或重新调查过，请重新提出再报县"):
        report_case(case.pk, on=DECIDED, at=at(DECIDED))
    give_opinion(case.pk, on=DECIDED, at=at(DECIDED))
    report_case(case.pk, on=DECIDED, at=at(DECIDED))

    with pytest.raises(DecisionRefused, match="报县以前才能提初审意见"):
        give_opinion(case.pk, on=DECIDED, at=at(DECIDED))
