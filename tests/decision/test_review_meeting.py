"""民主评议: everybody present has one ballot on every case of the village, and the vote binds nobody."""

from datetime import date

import pytest

from opendibao.audit.models import Event
from opendibao.decision.actions import DecisionRefused, hold_meeting, post_notice
from opendibao.decision.models import MeetingMember, ReviewMeeting, ReviewVote
from opendibao.decision.queries import votes_of
from opendibao.decision.review_meeting import contest_vote
from opendibao.decision.seats import Seat, Vote
from opendibao.intake.models import Case, OfficialRelative
from opendibao.intake.queries import case as case_row
from tests.decision.builders import MET, POSTED, family, meet, noticed, reviewed, surveyed, visit
from tests.decision.villages import SETTLED, objected, procedure, seats
from tests.registry.builders import FAR_VILLAGE, LONER, VILLAGE, at, household

pytestmark = pytest.mark.usefixtures("places")
PRESENT = {"villagers": 7, "party_members": 3, "cadres": 3}
AGAIN = date(2024, 3, 15)


def hold(case: Case, ballots: tuple[int, int, int, int] = (12, 0, 0, 1), **changes: object) -> ReviewMeeting:
    given: dict[str, object] = {"chair": "邓主持", "recorder": "方记录", **PRESENT, **changes}
    votes = given.pop("votes", [(case.pk, *ballots)])
    day = given.pop("on", MET)
    assert isinstance(day, date)
    return hold_meeting(VILLAGE, on=day, at=at(day), votes=votes, **given)  # type: ignore[arg-type]


def vote(case: Case, votes_for: int, **more: object) -> Vote:
    return Vote(case.pk, votes_for, 0, 0, 0, **more)  # type: ignore[arg-type]


def kin(case: Case, official: str) -> None:
    OfficialRelative.objects.create(
        case=case, division=case.division, member="李建国", official=official, post="村主任", relation="兄弟",
        registered_on=MET, registered_by="王经办",
    )  # fmt: skip


class TestBallots:
    def test_the_votes_are_kept_and_the_case_goes_on(self) -> None:
        case = surveyed()

        meet(case)

        kept = votes_of(case.pk)
        assert kept is not None
        assert (kept.held_on, kept.issued, kept.votes_for, kept.not_returned) == (MET, 13, 12, 1)
        assert case_row(case.pk).state == "reviewed"
        assert Event.objects.get(action="民主评议").payload["cases"] == [case.number]
        assert Event.objects.get(action="评议表决").subject == f"案件 {case.number}"

    def test_a_vote_against_does_not_end_a_case(self) -> None:
        case = surveyed()

        hold(case, (0, 12, 0, 1))

        assert case_row(case.pk).state == "reviewed"

    @pytest.mark.parametrize("ballots", [(12, 0, 0, 0), (13, 1, 0, 0), (14, -1, 0, 0)])
    def test_ballots_are_as_many_as_those_present(self, ballots: tuple[int, int, int, int]) -> None:
        case = surveyed()

        with pytest.raises(DecisionRefused, match="13人"):
            hold(case, ballots)

        assert not ReviewMeeting.objects.exists()

    def test_who_is_recused_gets_no_ballot(self) -> None:
        case = surveyed()

        with pytest.raises(
            DecisionRefused, match="到会13人、回避1人，应发12张票，现在同意、不同意、废票、未交回合计13"
        ):
            hold(case, seats=seats(), votes=[vote(case, 13, recused=("赵干部（李建国的兄弟）",))])
        hold(case, seats=seats(), votes=[vote(case, 12, recused=("赵干部（李建国的兄弟）",))])

        assert ReviewVote.objects.get().issued == 12

    def test_township_staff_count_when_they_vote(self) -> None:
        case = surveyed()

        hold(case, (13, 0, 0, 1), township=1)

        assert ReviewVote.objects.get().issued == 14

    def test_one_wrong_row_keeps_nothing_of_the_meeting(self) -> None:
        good, bad = surveyed(), surveyed(home=household("999999-00002", LONER))

        with pytest.raises(DecisionRefused, match=bad.number):
            hold(good, votes=[(good.pk, 13, 0, 0, 0), (bad.pk, 14, 0, 0, 0)])

        assert case_row(good.pk).state == "verified"
        assert not ReviewMeeting.objects.exists()

    def test_the_same_case_twice_is_refused(self) -> None:
        case = surveyed()

        with pytest.raises(DecisionRefused, match="列了两次"):
            hold(case, votes=[(case.pk, 13, 0, 0, 0)] * 2)


class TestSeats:
    @pytest.mark.parametrize("changes", [{"villagers": 0}, {"cadres": 0}, {"chair": " "}, {"recorder": ""}])
    def test_a_meeting_without_one_of_its_groups_or_hands_is_refused(self, changes: dict[str, object]) -> None:
        case = surveyed()

        with pytest.raises(DecisionRefused):
            hold(case, **changes)

    def test_who_sat_there_is_kept_and_the_minutes_are_written(self) -> None:
        case = surveyed()

        held = hold(case, seats=seats(), entitled=9, place="村委会", discussion="有人问起门面")

        assert MeetingMember.objects.filter(meeting=held).count() == 13
        said = held.minutes
        assert "东镇月亮村民委员会最低生活保障民主评议记录" in said
        assert "村居民代表7人（甲代表、乙代表" in said
        assert "应到村（居）民代表9人" in said
        assert "三、讨论。有人问起门面" in said
        assert f"1. 3组王秀英（{case.number}）：发出13张，同意12张，不同意0张，废票0张，未交回1张，多数同意。" in said

    def test_the_list_and_the_counts_agree(self) -> None:
        case = surveyed()

        with pytest.raises(DecisionRefused, match="名单上村居民代表7人，填的到会人数是8人"):
            hold(case, (13, 0, 0, 1), villagers=8, seats=seats())

    def test_nobody_sits_twice(self) -> None:
        case = surveyed()

        with pytest.raises(DecisionRefused, match="“邓主持”写了两次"):
            hold(case, (13, 0, 0, 1), villagers=8, seats=[*seats(), Seat("邓主持", "villager")])

    def test_who_is_not_there_cannot_be_recused(self) -> None:
        case = surveyed()

        with pytest.raises(DecisionRefused, match="“外人”不在到会名单上"):
            hold(case, seats=seats(), votes=[vote(case, 12, recused=("外人（邻居）",))])

    def test_an_official_who_is_kin_must_leave(self) -> None:
        case = surveyed()
        kin(case, "赵干部")

        with pytest.raises(DecisionRefused, match="赵干部是李建国的兄弟（近亲属备案），应当回避"):
            hold(case, seats=seats())
        hold(case, seats=seats(), votes=[vote(case, 12, recused=("赵干部（兄弟）",))])

    def test_not_more_come_than_there_are(self) -> None:
        case = surveyed()

        with pytest.raises(DecisionRefused, match="多于应到的6人"):
            hold(case, entitled=6)


class TestQuorum:
    @pytest.fixture
    def case(self) -> Case:
        with procedure("review-2012"):
            return surveyed()

    def test_it_is_asked_for_where_the_procedure_has_one(self, case: Case) -> None:
        with pytest.raises(DecisionRefused, match="请填写应到村（居）民代表人数"):
            hold(case)

    def test_too_few_representatives_make_no_meeting(self, case: Case) -> None:
        with pytest.raises(DecisionRefused, match=r"应到村（居）民代表11人，到会7人，不足66%（至少8人）"):
            hold(case, entitled=11)  # 7 / 11 = 63.6 %

    def test_enough_of_them_do(self, case: Case) -> None:
        hold(case, entitled=10)  # 70 %

        assert case_row(case.pk).state == "reviewed"


class TestWhen:
    def test_a_case_of_another_village_is_refused(self) -> None:
        case = surveyed(family())

        with pytest.raises(DecisionRefused, match="不属于开会的村"):
            meet(case, village=FAR_VILLAGE)

        assert case_row(case.pk).state == "verified"

    def test_nobody_votes_before_the_visit(self) -> None:
        case = surveyed()

        with pytest.raises(DecisionRefused, match="评议日期2024-03-05不能早于调查"):
            hold(case, on=date(2024, 3, 5))

    def test_under_notice_nobody_votes_again_unless_an_objection_asks(self) -> None:
        case = noticed()

        with pytest.raises(DecisionRefused, match="正在公示，没有异议要求重新评议"):
            hold(case, on=AGAIN)

        objected(case, "review")
        hold(case, on=SETTLED)
        assert case_row(case.pk).state == "reviewed"


class TestContested:
    def test_a_contested_result_goes_back_to_a_survey_and_the_vote_stays(self) -> None:
        case = reviewed()

        contest_vote(case.pk, reason="另有门面没有查", on=MET, at=at(MET))

        assert case_row(case.pk).state == "accepted"
        kept = ReviewVote.objects.get(case=case)
        assert (kept.votes_for, kept.is_contested) == (12, True)
        assert Event.objects.get(action="评议结果有争议").payload["reason"] == "另有门面没有查"

    def test_after_it_come_a_new_survey_and_a_new_vote_before_any_notice(self) -> None:
        case = reviewed()
        contest_vote(case.pk, reason="另有门面没有查", on=MET, at=at(MET))
        visit(case, family(), date(2024, 3, 10))

        with pytest.raises(DecisionRefused, match="还没有再评议，请先开评议会"):
            post_notice(case.pk, on=POSTED, at=at(POSTED))
        hold(case, on=POSTED)
        assert case_row(case.pk).state == "reviewed"

    def test_it_may_be_contested_in_the_meeting_itself(self) -> None:
        case = surveyed()

        with pytest.raises(DecisionRefused, match="请在评议意见里写明争议在哪里"):
            hold(case, votes=[vote(case, 13, is_contested=True)])
        hold(case, votes=[vote(case, 13, is_contested=True, opinions="说还有一处房")])

        assert case_row(case.pk).state == "accepted"

    @pytest.mark.parametrize("reason", ["", " ", "长" * 201])
    def test_it_needs_its_reason(self, reason: str) -> None:
        case = reviewed()

        with pytest.raises(DecisionRefused, match="写明争议在哪里"):
            contest_vote(case.pk, reason=reason, on=MET, at=at(MET))

    def test_only_a_result_nothing_was_built_on_is_contested(self) -> None:
        case = noticed()

        with pytest.raises(DecisionRefused, match="现在是“公示中”"):
            contest_vote(case.pk, reason="另有门面", on=POSTED, at=at(POSTED))
