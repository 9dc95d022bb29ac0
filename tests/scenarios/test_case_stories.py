"""案件的故事: one family of three in 2024, and what may happen on its way; told as a clerk tells it."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from opendibao.decision.models import CountyVisit, Decision, PublicNotice
from opendibao.decision.refusal import DecisionRefused, RulesDisagree
from opendibao.intake.extending import extend_case
from opendibao.intake.models import OfficialRelative, SupplementNotice
from opendibao.intake.refusal import IntakeRefused
from opendibao.intake.states import CaseState, ForbiddenMove
from opendibao.verification.models import Survey
from opendibao.verification.refusal import VerificationRefused
from tests.decision.builders import family
from tests.registry.builders import at, divisions, household
from tests.scenarios.told import CHECKER, CLERK, LEADER, OTHER_CHECKER, Relative, Story, by, richer

pytestmark = pytest.mark.usefixtures("county")


@pytest.fixture
def story() -> Story:
    divisions()
    return Story(household())


def test_accepted(story: Story) -> None:
    story.on(3, 4).applies()
    story.adults_sign()
    story.is_taken()
    # thirty working days from the 4th of March, with the Qingming holiday and the Sunday worked for it
    assert "2024年4月16日以前作出决定" in story.letter("accepted")
    assert story.case.procedure == "hukou-2024"

    story.on(3, 5).departments_answer()
    story.on(3, 6).is_visited()
    story.on(3, 8).is_voted_on()
    story.on(3, 11).is_posted()
    notice = PublicNotice.objects.get(case=story.id)
    assert (notice.persons, notice.proposed_fen, notice.ends_on) == (3, 137_800, date(2024, 3, 17))

    story.on(3, 18).is_taken_down()
    story.is_reported()
    decision = story.on(3, 20).is_confirmed()

    # 26,640 − 3,000 − 8,000 a year makes 1,304 a month, and 74 more for the child
    assert (decision.amount_fen, decision.first_month) == (137_800, date(2024, 4, 1))
    assert "每月1378.00元（壹仟叁佰柒拾捌元整）" in decision.letter.text
    assert (decision.maker, decision.approver) == ("王经办", "李审核")

    story.on(3, 21).letter_arrives(decision)
    assert story.case.state == CaseState.CONFIRMED


def test_incomplete_and_told_once(story: Story) -> None:
    story.on(3, 4).applies()
    with pytest.raises(IntakeRefused, match="还缺：核对授权书"):
        story.is_taken()

    story.is_told_what_is_missing("核对授权书：李建国没有签字", "收款账户：开户行没有写明")
    assert "核对授权书：李建国没有签字；2.收款账户：开户行没有写明" in story.letter("supplement")
    assert story.case.state == CaseState.RETURNED

    story.on(3, 6).brings_it()
    story.adults_sign()
    with pytest.raises(IntakeRefused, match="已于2024-03-04一次性告知过"):
        story.is_told_what_is_missing("诊断证明")
    story.is_taken()

    assert story.case.accepted_on == date(2024, 3, 6)
    assert SupplementNotice.objects.filter(case=story.id).count() == 1


def test_told_a_second_time_only_by_a_superior_with_his_reason(story: Story) -> None:
    story.on(3, 4).applies()
    story.is_told_what_is_missing("申请书没有签字")
    story.on(3, 6).brings_it()

    with pytest.raises(IntakeRefused, match="再次告知要写明理由"):
        story.is_told_what_is_missing("赡养协议", by_whom=LEADER)
    story.is_told_what_is_missing("赡养协议", by_whom=LEADER, reason="申报后才知道有分户子女")

    second = SupplementNotice.objects.get(case=story.id, sequence=2)
    assert (second.told_by, second.supervisor) == ("王经办", "赵镇长")


def test_what_departments_know_is_not_asked_for(story: Story) -> None:
    story.on(3, 4).applies()

    with pytest.raises(IntakeRefused, match="“户口簿”由公安核对就能查到"):
        story.is_told_what_is_missing("户口簿复印件")


def test_a_relative_of_a_cadre_is_visited_by_the_county(story: Story) -> None:
    story.on(3, 4).applies(Relative("王秀英", "方记录", "村委会委员", "姐姐"))
    story.adults_sign()
    story.is_taken()
    assert OfficialRelative.objects.get(case=story.id).registered_by == "王经办"

    story.on(3, 5).departments_answer()
    with pytest.raises(VerificationRefused, match="方记录是王秀英的姐姐（近亲属备案），应当回避"):
        story.on(3, 6).is_visited(surveyors=("陈走访", "方记录"))
    story.is_visited()
    story.on(3, 8).is_voted_on(recused=["方记录（姐姐）"])
    story.on(3, 11).is_posted()
    story.on(3, 18).is_taken_down()
    story.is_reported()

    with pytest.raises(DecisionRefused, match="县民政局还没有入户核查"):
        story.on(3, 20).is_confirmed()

    story.county_visits()
    assert story.is_confirmed().amount_fen == 137_800
    assert CountyVisit.objects.get(case=story.id).ground == "relative"


def test_objected_to_reviewed_again_and_posted_again(story: Story) -> None:
    story.comes_to_the_survey().is_visited()
    story.on(3, 8).is_voted_on()
    story.on(3, 11).is_posted()
    story.on(3, 13).is_objected_to()
    with pytest.raises(DecisionRefused, match="公示异议还没有办结"):
        story.on(3, 18).is_reported()

    story.objection_ends("review", "评议时没有说明车的来历，重新评议")
    assert "重新开展民主评议" in story.letter("objection")
    with pytest.raises(ForbiddenMove, match="公示中"):
        story.on(3, 19).is_posted()

    story.on(3, 20).is_voted_on()
    story.on(3, 21).is_posted()
    with pytest.raises(DecisionRefused, match="公示到2024-03-27为止"):
        story.on(3, 27).is_reported()
    story.on(3, 28).is_taken_down()
    story.is_reported()

    assert story.on(4, 1).is_confirmed().decided_on == date(2024, 4, 1)
    assert PublicNotice.objects.filter(case=story.id).count() == 2
    assert story.case.opinions.count() == 2


def test_objected_to_and_surveyed_again(story: Story) -> None:
    story.comes_to_the_survey().is_visited()
    story.on(3, 8).is_voted_on()
    story.on(3, 11).is_posted()
    story.on(3, 12).is_objected_to("他家在县城打工的钱没有报")
    story.on(3, 14).objection_ends("survey", "有用工记录，重新入户")
    assert story.case.state == CaseState.ACCEPTED

    story.on(3, 15).is_visited(richer(1500))
    story.on(3, 18).is_voted_on()
    story.on(3, 19).is_posted()
    story.on(3, 26).is_taken_down()
    story.is_reported()
    decision = story.on(3, 28).is_confirmed()

    # 26,640 − 3,000 − (1,500 − 200) × 12 a year is 670 a month, and 74 for the child
    assert decision.amount_fen == 74_400
    assert Survey.objects.filter(case=story.id).count() == 2


def test_refused_for_a_house_and_savings_that_the_match_found(story: Story) -> None:
    found = family()
    found["property"] = {"financial_assets": 86_000, "dwellings": 2}
    story.on(3, 4).applies()
    story.adults_sign()
    story.is_taken()
    story.on(3, 5).departments_answer(
        {"bank_deposits": "银行存款合计86000元，超过申报数", "real_estate": "县城另有一套商品房，未申报"}
    )
    story.on(3, 6).is_visited(found)
    story.on(3, 8).is_voted_on(1)
    with pytest.raises(RulesDisagree, match="不必公示"):
        story.on(3, 11).is_posted()
    story.is_proposed()
    story.is_reported()
    with pytest.raises(DecisionRefused, match="不能确认同意"):
        story.on(3, 12).is_confirmed()

    decision = story.is_refused()

    text = decision.letter.text
    assert text.splitlines()[2] == "一、结果：不予确认你家享受最低生活保障。"
    assert "第十四条" in text  # property
    assert "行政复议" in text
    assert "行政诉讼" in text
    assert "热线" in text
    story.on(3, 15).letter_arrives(decision)  # the third working day after the decision
    assert (story.case.state, decision.amount_fen, decision.first_month) == (CaseState.REFUSED, 0, None)


def test_extended_once_for_a_reason_in_time(story: Story) -> None:
    story.comes_to_the_survey()
    with by(CHECKER):
        with pytest.raises(IntakeRefused, match="写明特殊情况"):
            extend_case(story.id, reason=" ", on=date(2024, 4, 10), at=at(date(2024, 4, 10)))
        extend_case(story.id, reason="外省复函没有到", on=date(2024, 4, 10), at=at(date(2024, 4, 10)))
        with pytest.raises(IntakeRefused, match="只能延长一次"):
            extend_case(story.id, reason="还没有到", on=date(2024, 4, 12), at=at(date(2024, 4, 12)))

    # forty-five working days from the 4th of March: the May holiday ends on the 5th, Sunday the 28th of April is worked
    assert "办理期限延长到2024-05-09（自受理之日起45个工作日）" in story.letter("extended")
    assert story.case.extension_reason == "外省复函没有到"


def test_not_extended_when_the_time_is_over(story: Story) -> None:
    story.comes_to_the_survey()

    with by(CHECKER), pytest.raises(IntakeRefused, match="期限2024-04-16已过"):
        extend_case(story.id, reason="外省复函没有到", on=date(2024, 4, 17), at=at(date(2024, 4, 17)))


def test_an_edge_family_is_refused_as_what_it_is(story: Story) -> None:
    # between the line and one and a half of it: (3,100 − 200) × 12 + 3,000 over 26,640, under 39,960
    story.comes_to_the_survey().is_visited(richer(3100))
    story.on(3, 8).is_voted_on()
    story.on(3, 11).is_proposed()
    story.is_reported()

    decision = story.on(3, 13).is_refused()

    assert decision.outcome == "edge"
    assert "低保边缘" in decision.letter.text


def test_a_contested_vote_leads_to_a_second_survey(story: Story) -> None:
    story.comes_to_the_survey().is_visited()
    story.on(3, 8).is_voted_on(7, is_contested=True)
    assert story.case.state == CaseState.ACCEPTED
    with pytest.raises(ForbiddenMove):
        story.on(3, 11).is_posted()

    story.is_visited(surveyors=("吴走访", "徐走访"))
    with pytest.raises(DecisionRefused, match="评议结果有争议"):
        story.on(3, 12).is_posted()
    story.on(3, 13).is_voted_on()
    story.on(3, 14).is_posted()
    story.on(3, 21).is_taken_down()
    story.is_reported()

    assert story.on(3, 22).is_confirmed().amount_fen == 137_800


def test_who_surveyed_does_not_approve(story: Story) -> None:
    story.comes_to_the_survey().is_visited(surveyors=("陈走访", "李审核"))
    story.on(3, 8).is_voted_on()
    story.on(3, 11).is_posted()
    story.on(3, 18).is_taken_down()
    story.is_reported()

    with pytest.raises(DecisionRefused, match="李审核参加了入户调查，不能审核确认"):
        story.on(3, 20).is_confirmed()

    assert story.is_confirmed(OTHER_CHECKER).approver == "周编制"


def test_the_county_does_not_decide_what_was_not_reported(story: Story) -> None:
    story.comes_to_the_survey().is_visited()
    story.on(3, 8).is_voted_on()
    story.on(3, 11).is_posted()

    with pytest.raises(DecisionRefused, match="还没有报县"):
        story.on(3, 18).is_confirmed()


def test_two_clerks_on_one_case(story: Story) -> None:
    story.on(3, 4).applies()
    story.adults_sign()
    story.is_taken()
    second = ("孙经办", *CLERK[1:])

    with pytest.raises(ForbiddenMove, match="已受理"):
        story.is_taken(second)

    assert story.case.accepted_by == "王经办"


def test_two_approvers_on_one_case(story: Story) -> None:
    story.comes_to_the_county().on(3, 20).is_confirmed()

    with pytest.raises((DecisionRefused, ForbiddenMove)):
        story.is_confirmed(OTHER_CHECKER)

    assert Decision.objects.filter(case=story.id).count() == 1


def test_who_goes_round_all_of_it_meets_the_wall(story: Story) -> None:
    story.comes_to_the_survey().is_visited()

    with pytest.raises(IntegrityError, match="公示未满7天"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO decision_decision (number, household_id, case_id, division, area, kind, cause, outcome,"
            " decided_on, maker, approver, persons, amount_fen, supplement_fen, gap_fen, facts, rule_set, first_month)"
            " SELECT '假1', household_id, id, division, area, 'confirm', 'application', 'dibao', '2024-03-20',"
            " '周编制', '李审核', 3, 137800, 0, 0, '{}', '', '2024-04-01' FROM intake_case WHERE id = %s",
            [story.id],
        )
