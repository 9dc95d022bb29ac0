"""县里的故事: cases confirmed together and undone, and a family heard before it gets less, under the law of 2026."""

from datetime import date

import pytest

from opendibao.decision.actions import change_benefit, stop_benefit
from opendibao.decision.batches import approve_batch, preview
from opendibao.decision.hearing import record_hearing, tell_of_hearing
from opendibao.decision.models import ApprovalBatch, Decision, Hearing
from opendibao.decision.refusal import DecisionRefused, HearingMissing
from opendibao.decision.voiding import void_batch, void_decision
from opendibao.intake.states import CaseState
from opendibao.registry.entries import MemberEntry
from opendibao.reviews.actions import open_review_case
from opendibao.verification.actions import record_survey
from tests.decision.builders import Facts, family
from tests.registry.builders import at, divisions, household, number
from tests.scenarios.told import CHECKER, CLERK, SURVEYORS, Story, by, richer

pytestmark = pytest.mark.usefixtures("county")
DECIDED = date(2024, 3, 20)


@pytest.fixture
def story() -> Story:
    divisions()
    return Story(household())


def neighbours(count: int) -> list[Story]:
    """Further families of one person, each at the county with nothing against it."""
    made = []
    for place in range(count):
        born = date(1970 + place, 5, 6)
        member = MemberEntry(number(born, 31 + 2 * place), f"单有{'福禄寿喜'[place]}", "head")
        home = household(f"999999-0010{place}", member)
        facts: Facts = {
            "area": "rural",
            "members": [{"name": member.name, "born": born.isoformat(), "sex": "male", "relation": "head",
                         "income": [{"kind": "farming", "mu": 2}]}],
            "property": {"financial_assets": 0, "dwellings": 1},
        }  # fmt: skip
        made.append(Story(home, declared=facts, applicant=member.name))
    return [one.comes_to_the_county() for one in made]


def test_clean_cases_in_one_batch_without_the_one_left_out(story: Story) -> None:
    all_ready = [story.comes_to_the_county(), *neighbours(2)]
    left_out, together = all_ready[-1], all_ready[:-1]

    with by(CHECKER):
        seen = preview([one.id for one in all_ready], on=DECIDED)
        batch = approve_batch([one.id for one in together], on=DECIDED, at=at(DECIDED))

    assert {one.case.id for one in seen.included} == {one.id for one in all_ready}
    decisions = list(Decision.objects.filter(batch=batch).order_by("number"))
    assert {d.case_id for d in decisions} == {one.id for one in together}
    assert batch.monthly_fen == sum(d.amount_fen for d in decisions)
    assert all(d.letter.text for d in decisions)
    assert left_out.case.state == CaseState.REPORTED


def test_one_that_is_not_clean_keeps_the_whole_batch_back(story: Story) -> None:
    with_objection = story
    with_objection.comes_to_the_survey().is_visited()
    with_objection.on(3, 8).is_voted_on()
    with_objection.on(3, 11).is_posted()
    with_objection.on(3, 12).is_objected_to()
    with_objection.on(3, 13).objection_ends("groundless", "车是亲戚的")
    with_objection.on(3, 18).is_taken_down()
    with_objection.is_reported()
    clean = neighbours(1)

    with by(CHECKER), pytest.raises(DecisionRefused, match="公示有异议"):
        approve_batch([with_objection.id, clean[0].id], on=DECIDED, at=at(DECIDED))

    assert not ApprovalBatch.objects.exists()
    assert clean[0].case.state == CaseState.REPORTED


def test_a_batch_is_undone_before_the_letters_are_out(story: Story) -> None:
    ready = [story.comes_to_the_county(), *neighbours(1)]
    with by(CHECKER):
        batch = approve_batch([one.id for one in ready], on=DECIDED, at=at(DECIDED))
        assert void_batch(batch.pk, reason="选错了名单", on=DECIDED, at=at(DECIDED)) == 2

    assert {one.case.state for one in ready} == {CaseState.REPORTED}
    assert not Decision.objects.filter(in_force__contains=DECIDED).exists()

    again = story.on(3, 21).is_confirmed()
    assert again.amount_fen == 137_800
    assert Decision.objects.filter(case=story.id).count() == 2


def test_a_decision_that_the_family_holds_in_its_hands_stays(story: Story) -> None:
    decision = story.comes_to_the_county().on(3, 20).is_confirmed()
    story.on(3, 21).letter_arrives(decision)

    with by(CHECKER), pytest.raises(DecisionRefused, match="签收，不能撤销"):
        void_decision(decision.pk, reason="金额录错", on=date(2024, 3, 22), at=at(date(2024, 3, 22)))

    decision.refresh_from_db()
    assert decision.voided_on is None


@pytest.fixture
def covered(story: Story) -> Story:
    """The family, confirmed in 2024; its father found work since."""
    story.comes_to_the_county().on(3, 20).is_confirmed()
    return story


def reviewed(story: Story, found: Facts, on: date) -> int:
    """A re-verification visited the family and found something else."""
    with by(CLERK):
        case = open_review_case(story.household, on=on, at=at(on), declared=found)
        record_survey(case.pk, on=on, at=at(on), surveyors=SURVEYORS, respondent="王秀英", found=found)
    return int(case.pk)


BEFORE, FROM = date(2026, 6, 30), date(2026, 7, 1)


def test_until_the_new_law_nobody_had_to_be_heard(covered: Story) -> None:
    case = reviewed(covered, richer(9000), BEFORE)

    with by(CHECKER):
        assert stop_benefit(case, cause="income", on=BEFORE, at=at(BEFORE)).kind == "stop"


def test_from_the_first_of_july_the_family_is_heard_before_it_is_stopped(covered: Story) -> None:
    case = reviewed(covered, richer(9000), FROM)

    with by(CHECKER):
        with pytest.raises(HearingMissing, match="第四十八条"):
            stop_benefit(case, cause="income", on=FROM, at=at(FROM))
        tell_of_hearing(case, proposal="月人均收入超过标准，拟停发低保金", on=FROM, at=at(FROM))
        with pytest.raises(HearingMissing):
            stop_benefit(case, cause="income", on=date(2026, 7, 2), at=at(date(2026, 7, 2)))
        record_hearing(
            case, way="meeting", words="工地的活只干到年底", considered="不采纳：劳动合同写到明年六月",
            on=date(2026, 7, 3), at=at(date(2026, 7, 3)),
        )  # fmt: skip
        decision = stop_benefit(case, cause="income", on=date(2026, 7, 6), at=at(date(2026, 7, 6)))

    assert decision.kind == "stop"
    assert Hearing.objects.get(case=case).heard_by == "李审核"


def test_who_says_nothing_in_time_is_noted_as_silent(covered: Story) -> None:
    case = reviewed(covered, richer(1500), FROM)
    with by(CHECKER):
        tell_of_hearing(case, proposal="收入增加，拟减发低保金", on=FROM, at=at(FROM))
        with pytest.raises(DecisionRefused, match="家庭可以提意见到"):
            record_hearing(case, way="silent", words="", considered="到期没有提出", on=FROM, at=at(FROM))
        later = date(2026, 8, 3)
        record_hearing(case, way="silent", words="", considered="到期没有提出", on=later, at=at(later))
        decision = change_benefit(case, cause="income", facts=richer(1500), on=later, at=at(later))

    assert decision is not None
    assert decision.kind == "reduce"


def test_more_money_needs_no_hearing(covered: Story) -> None:
    poorer = family()
    poorer["members"][1]["income"] = []
    case = reviewed(covered, poorer, FROM)

    with by(CHECKER):
        decision = change_benefit(case, cause="income", facts=poorer, on=FROM, at=at(FROM))

    assert decision is not None
    assert decision.kind == "increase"
