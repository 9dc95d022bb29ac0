"""评议会的表: a meeting is typed once with all its ballots, and every row that does not add up is named."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opendibao.audit.models import Viewing
from opendibao.decision.models import MeetingMember, ReviewMeeting, ReviewVote
from opendibao.intake.models import Attachment, OfficialRelative
from opendibao.intake.queries import case as case_row
from opendibao.registry.entries import MemberEntry
from tests.decision.builders import earning, surveyed
from tests.decision.test_notice import photo
from tests.registry.builders import FAR_VILLAGE, NEXT_VILLAGE, VILLAGE, divisions, household, number
from tests.web.conftest import page_of
from tests.web.decision.townships import PEOPLE, ballots, clerk, one_noticed, one_reviewed, stranger, two_surveyed

NEW = f"/meetings/new/?division={VILLAGE}"
pytestmark = pytest.mark.usefixtures("county")


class TestForm:
    def test_the_village_that_waits_leads_to_its_form(self) -> None:
        two_surveyed()
        page = clerk().reads("/meetings/")

        assert "东镇月亮村民委员会 2" in page.words
        assert page.link("登记评议会") == NEW

    def test_it_reads_out_what_was_found_and_no_minors_name(self) -> None:
        two_surveyed()

        words = clerk().reads(NEW).words

        assert "3组王秀英家，3 人。家庭年收入11,000.00元，低于年保障线26,640.00元" in words
        assert "规则：低保，每月 1,378.00 元" in words
        assert "李小红" not in words

    def test_one_meeting_takes_all_cases_and_drafts_its_minutes(self) -> None:
        family, loner = two_surveyed()
        desk = clerk()

        page = desk.follows(desk.does(NEW, **PEOPLE, **ballots(family, 12, 0, 0, 1), **ballots(loner, 9, 4)))

        assert "已登记评议会，表决 2 件" in page.words
        assert f"{family.number} 3组王秀英 低保，每月 1,378.00 元 13 12 0 0 1" in page.words
        assert "四、投票表决。不记名，一人一票" in page.words
        assert {case_row(each.pk).state for each in (family, loner)} == {"reviewed"}
        assert MeetingMember.objects.count() == 13

    def test_a_row_left_empty_is_not_voted_on(self) -> None:
        family, loner = two_surveyed()

        assert clerk().does(NEW, **PEOPLE, **ballots(family, 13)).status == 303
        assert [vote.case_id for vote in ReviewVote.objects.all()] == [family.pk]
        assert case_row(loner.pk).state == "verified"

    def test_every_wrong_row_is_named_at_once_and_what_was_typed_stays(self) -> None:
        family, loner = two_surveyed()

        page = clerk().does(NEW, **PEOPLE, **ballots(family, 14), **ballots(loner, 5, 5))

        assert page.status == 422
        assert f"3组王秀英：案件{family.number}：各项票数之和应等于到会的13人" in page.words
        assert f"3组单有福：案件{loner.number}：各项票数之和应等于到会的13人" in page.words
        assert 'value="14"' in page.html
        assert "甲代表、乙代表" in page.html
        assert not ReviewMeeting.objects.exists()

    @pytest.mark.parametrize("typed", ["十二", "-1", "1.5", "1e2", "12345"])
    def test_what_is_no_count_is_said_with_row_and_field(self, typed: str) -> None:
        family, _loner = two_surveyed()

        page = clerk().does(NEW, **PEOPLE, **{f"for_{family.pk}": typed})

        assert page.status == 422
        assert "“3组王秀英 的同意票”应是 0 到 999 的整数" in page.words

    def test_full_width_digits_are_read(self) -> None:
        family, _loner = two_surveyed()

        assert clerk().does(NEW, **PEOPLE, **{f"for_{family.pk}": "１３"}).status == 303
        assert ReviewVote.objects.get().votes_for == 13

    def test_no_ballots_at_all_are_no_meeting(self) -> None:
        two_surveyed()

        assert "一件案件的票数也没有填" in clerk().does(NEW, **PEOPLE).words

    def test_before_the_names_are_there_no_count_is_judged(self) -> None:
        family, _loner = two_surveyed()

        page = clerk().does(NEW, **{**PEOPLE, "villagers": ""}, **ballots(family, 13))

        assert "请填写“到会的村（居）民代表”" in page.words
        assert "各项票数之和" not in page.words

    def test_who_leaves_gets_no_ballot(self) -> None:
        family, _loner = two_surveyed()
        away = {f"recused_{family.pk}": "赵干部(李建国的兄弟，同住)；癸党员"}

        page = clerk().does(NEW, **PEOPLE, **ballots(family, 13), **away)
        assert "到会13人、回避2人，应发11张票" in page.words

        assert clerk("clerk92", "李经办").does(NEW, **PEOPLE, **ballots(family, 11), **away).status == 303
        assert ReviewVote.objects.get().recused == ["赵干部（李建国的兄弟，同住）", "癸党员"]

    def test_a_contested_result_goes_straight_back(self) -> None:
        family, _loner = two_surveyed()
        contested = {f"contested_{family.pk}": "on", f"opinions_{family.pk}": "说还有一处房"}

        page = clerk().does(NEW, **PEOPLE, **ballots(family, 13), **contested)

        assert page.status == 303
        assert case_row(family.pk).state == "accepted"

    def test_who_did_not_sign_sat_there(self) -> None:
        family, _loner = two_surveyed()
        desk = clerk()

        assert "“过路人”不在到会名单上" in desk.does(NEW, **PEOPLE, **ballots(family, 13), unsigned="过路人").words
        desk.does(NEW, **PEOPLE, **ballots(family, 13), unsigned="癸党员")
        assert [m.name for m in MeetingMember.objects.filter(is_signed=False)] == ["癸党员"]

    def test_the_names_of_the_last_meeting_are_offered_again_and_kin_are_proposed(self) -> None:
        family, loner = two_surveyed()
        OfficialRelative.objects.create(
            case=loner, division=VILLAGE, member="单有福", official="赵干部", post="会计", relation="侄子",
            registered_on="2024-03-08", registered_by="王经办",
        )  # fmt: skip
        desk = clerk()
        desk.does(NEW, **PEOPLE, **ballots(family, 13), place="村委会")

        html = desk.reads(NEW).html

        assert 'value="村委会"' in html
        assert "甲代表" in html
        assert 'value="赵干部（会计，单有福的侄子）"' in html

    def test_the_signed_minutes_are_kept_with_every_case(self) -> None:
        family, loner = two_surveyed()
        desk, (name, content) = clerk(), photo()
        desk.does(NEW, **PEOPLE, **ballots(family, 13), **ballots(loner, 13))
        held = ReviewMeeting.objects.get()
        address = f"/meetings/{held.pk}/minutes/"
        sent = {**desk.opens(address), "kept_on": "2025-01-06", "paper": SimpleUploadedFile(name, content)}
        page = desk.follows(page_of(desk.client.post(address, sent)))  # type: ignore[arg-type]

        assert "已收到签字的评议记录，放进 2 个案件" in page.words
        assert {row.case_id for row in Attachment.objects.filter(kind="minutes")} == {family.pk, loner.pk}

    def test_two_clerks_enter_the_same_meeting_once(self) -> None:
        family, _loner = two_surveyed()
        first, second = clerk(), clerk("clerk92", "李经办")
        opened = second.opens(NEW)
        first.does(NEW, **PEOPLE, **ballots(family, 13))

        page = second.sends(NEW, **{**opened, **PEOPLE, **ballots(family, 12, 1)})

        assert page.status == 409
        assert "王经办" in page.words
        assert "民主评议" in page.words
        assert ReviewVote.objects.get().votes_for == 13


class TestWhatFollows:
    def test_the_rules_stand_beside_the_vote(self) -> None:
        divisions()
        rich = surveyed(earning(4000))
        desk = clerk()

        page = desk.follows(desk.does(NEW, **PEOPLE, **ballots(rich, 13)))

        assert "王秀英：多数同意，但查明的收入或财产不符合规定，评议不能改变结果。" in page.words

    def test_a_vote_against_a_family_in_need_changes_nothing(self) -> None:
        family, _loner = two_surveyed()
        desk = clerk()

        page = desk.follows(desk.does(NEW, **PEOPLE, **ballots(family, 0, 13)))

        assert "王秀英：多数不同意，但查明的收入和财产符合规定，照规则办" in page.words

    def test_a_result_is_contested_from_the_case(self) -> None:
        case = one_reviewed()
        desk = clerk()

        page = desk.does(f"/cases/{case.pk}/contest/", on="2025-01-06", reason="另有门面没有查")

        assert page.status == 303
        assert case_row(case.pk).state == "accepted"

    def test_under_notice_there_is_nothing_to_contest(self) -> None:
        case = one_noticed()

        assert "案件现在是“公示中”，没有刚评议完的结果" in clerk().reads(f"/cases/{case.pk}/contest/").words


class TestWalls:
    def test_another_townships_village_and_meeting_are_not_there(self) -> None:
        one_reviewed()
        held, far = ReviewMeeting.objects.get(), stranger()

        assert far.reads(NEW).status == 404
        assert far.reads(f"/meetings/{held.pk}/").status == 404
        assert far.reads(f"/meetings/{held.pk}/minutes/").status == 404
        assert held.held_on.isoformat() not in far.reads("/meetings/").words

    @pytest.mark.parametrize("code", ["", "x", "360429100000", "999999999999", FAR_VILLAGE])
    def test_what_is_no_village_of_his_is_not_there(self, code: str) -> None:
        divisions()

        assert clerk().reads(f"/meetings/new/?division={code}").status == 404

    def test_a_village_without_cases_says_so(self) -> None:
        divisions()

        assert "现在没有要评议的案件" in clerk().reads(f"/meetings/new/?division={NEXT_VILLAGE}").words

    def test_opening_the_facts_is_noted(self) -> None:
        two_surveyed()
        clerk().reads(NEW)

        assert Viewing.objects.filter(page="评议宣读材料").count() == 1


def test_twenty_cases_are_entered_by_one_form(county: None) -> None:
    divisions()
    people = [MemberEntry(number(date(1950, 2, n), 2 * n), "单有福", "head") for n in range(1, 21)]
    cases = [surveyed(home=household(f"999999-1{n:04d}", one)) for n, one in enumerate(people)]
    desk = clerk()

    page = desk.does(NEW, **PEOPLE, **{k: v for case in cases for k, v in ballots(case, 13).items()})

    assert page.status == 303
    assert ReviewVote.objects.count() == 20
    with CaptureQueriesContext(connection) as asked:
        page = desk.follows(page)
    assert page.status == 200
    # what was found is read case by case (survey and correction), all else once
    assert len(asked) <= 20 + 2 * len(cases)
