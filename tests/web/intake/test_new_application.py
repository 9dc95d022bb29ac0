"""新申请: what the registry knows is there, everything typed is kept and answered, what is wrong is told by field."""

from datetime import date

import pytest

from opendibao.intake.models import Case, Consent, Draft, Mandate, OfficialRelative
from opendibao.registry.queries import account_on, household, household_by_id, members_on, place_on
from opendibao.verification.models import MatchResult
from tests.decision.builders import covered
from tests.registry.builders import FAR_VILLAGE, LONER, divisions, number
from tests.registry.builders import household as other_family
from tests.web.desk import OTHER_TOWN, Desk, hired
from tests.web.intake.application_form import Form, opened
from tests.web.intake.applying_family import DAUGHTER, HOME, HUSBAND, ON, VILLAGE, WIFE, clerk, family


@pytest.fixture
def desk(county: None) -> Desk:
    family()
    return clerk()


RIGHT = number(date(1970, 5, 1), 21)
FLIPPED = RIGHT[:17] + ("1" if RIGHT[17] == "0" else "0")
"""A number whose last place is wrong."""
ALL_SIGNED = {"promise": "on", "m0_signed": "on", "m1_signed": "on", "m2_signed": "on"}


ALL_SIGNED = {"promise": "on", "m0_signed": "on", "m1_signed": "on", "m2_signed": "on"}


class TestOpening:
    def test_what_the_registry_knows_is_filled_in(self, desk: Desk) -> None:
        form = opened(desk)

        assert form.typed["address"] == "3组12号"
        assert form.typed["phone"] == "00012345678"
        assert (form.typed["division"], form.typed["area"]) == (VILLAGE, "rural")
        assert [form.typed[f"m{n}-relation"] for n in range(3)] == ["head", "spouse", "child"]
        assert form.typed["applicant"] == "m0"
        for words in ("王秀英 女 · 1962-11-12 · 62 岁", "张德明 男", "张晓燕 女", "农商银行"):
            assert words in form.page.words
        assert WIFE.id_number not in form.page.html
        assert "6200000000000000001" not in form.page.html

    def test_nothing_is_kept_before_anything_is_typed(self, desk: Desk) -> None:
        opened(desk)
        assert not Draft.objects.exists()

    def test_an_unknown_household_is_not_there(self, desk: Desk) -> None:
        assert desk.reads("/applications/new/?household=nobody").status == 404

    def test_a_clerk_of_another_township_sees_neither_household_nor_draft(self, desk: Desk) -> None:
        form = opened(desk).sends("save", phone="13900000000")
        other = Desk(hired("clerk95", "远经办", division=OTHER_TOWN))
        assert other.reads(f"/applications/new/?household={HOME}").status == 404
        assert other.reads(form.address).status == 404


class TestComputing:
    def test_the_journey_s_numbers_come_out_of_the_rules(self, desk: Desk) -> None:
        form = opened(desk).sends("add:i:m0:employee_pension").sends("add:i:m1:employee_pension")
        form = form.sends("add:i:m1:farming").sends("add:s:m0:medical_self_paid")
        form = form.sends("save", i0_amount="150", i1_amount="150.00", i2_mu="9.6", s0_amount="3,000")

        assert 'id="amount">1,770.00<' in form.page.html
        assert 'id="monthly">450.00<' in form.page.html
        assert 'id="per-head">150.00<' in form.page.html
        form = form.sends("save", s0_amount="0")
        assert 'id="amount">1,520.00<' in form.page.html
        form = form.sends("undo")
        assert 'id="amount">1,770.00<' in form.page.html
        assert form.typed["s0-amount"] == "3,000"

    @pytest.mark.parametrize(
        ("lives", "said"),
        [
            ("apart", "张晓燕不共同居住，不计入 · 民发〔2021〕57号第七条第一款第四项"),
            ("married_out", "张晓燕已婚另立家庭，不计入 · 民发〔2021〕57号第七条第一款"),
            ("prison", "张晓燕在监狱内服刑，不计入 · 民发〔2021〕57号第七条第二款第二项"),
            (
                "cleric_over_3_years",
                "张晓燕是脱离家庭三年以上的宗教教职人员，不计入 · 民发〔2021〕57号第七条第二款第一项",
            ),
            ("tekun", "张晓燕已是特困人员，不同时计入低保"),
            ("by_province", "张晓燕属省级民政部门认定的不计入人员"),
        ],
    )
    def test_each_person_is_in_or_out_by_a_clause(self, desk: Desk, lives: str, said: str) -> None:
        page = opened(desk).live(m2_lives=lives)

        assert said in page.words
        assert "人均（2 人）" in page.words

    def test_a_student_away_from_home_counts(self, desk: Desk) -> None:
        page = opened(desk).live(m2_lives="apart", m2_study="undergraduate")

        assert "张晓燕是在校接受全日制本科及以下教育的子女，计入" in page.words

    def test_what_is_out_of_the_household_need_not_sign(self, desk: Desk) -> None:
        page = opened(desk).live(m2_lives="prison")

        assert 'name="m1-signed"' in page.html
        assert 'name="m2-signed"' not in page.html

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"i0_amount": "-5"}, "王秀英的工资：“金额（元）”金额“-5”不能是负数"),
            ({"i0_amount": "一千"}, "王秀英的工资：“金额（元）”金额“一千”不是数字"),
            ({"i0_amount": "1.005"}, "王秀英的工资：“金额（元）”金额“1.005”不足一分"),
            ({"i0_amount": "999999999"}, "大得不可能，请核对是否多写了零"),
            ({"i0_amount": "100", "i0_months": "13"}, "王秀英的工资：“一年几个月”“13”应为1到12之间的整数"),
            ({"i0_amount": "100", "i0_months": "半年"}, "“半年”应为1到12之间的整数"),
            ({"i0_amount": ""}, "王秀英的工资：还没有填“金额（元）”"),
            ({"i0_amount": "1", "deposits": "-1"}, "“银行存款（元）”：金额“-1”不能是负数"),
            ({"i0_amount": "1", "dwellings": "两"}, "“住房（套）”：“两”应为0到1000之间的整数"),
        ],
    )  # fmt: skip
    def test_a_wrong_figure_names_row_and_field_and_stays(self, desk: Desk, typed: dict[str, str], said: str) -> None:
        form = opened(desk).sends("add:i:m0:wages").sends("save", **typed)

        assert said in form.page.words
        for name, value in typed.items():
            assert form.typed[name.replace("_", "-")] == value

    def test_full_width_figures_are_figures(self, desk: Desk) -> None:
        form = opened(desk).sends("add:i:m0:employee_pension").sends("save", i0_amount="１，２００．００")
        assert 'id="monthly">1,200.00<' in form.page.html


class TestNewFamily:
    def filled(self, desk: Desk, **more: str) -> Form:
        given = {
            "m0_name": "李新来", "m0_id": number(date(1970, 5, 1), 21), "division": VILLAGE, "area": "rural",
            "promise": "on", **more,
        }  # fmt: skip
        return opened(desk, "").sends("save", **given)

    def test_the_number_gives_birth_and_sex(self, desk: Desk) -> None:
        page = opened(desk, "").live(m0_name="李新来", m0_id=number(date(1970, 5, 1), 21))
        assert "1970-05-01 男 54 岁" in page.words

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            (FLIPPED, "校验位不对，应有一位抄错"),
            ("99999919700501021", "应为18位（或旧15位）数字"),
            ("9.99999E+17", "表格软件把身份证号变成了科学计数"),
            (number(date(1970, 5, 1), 21)[:15] + "000", "请对照证件重填"),
        ],
    )
    def test_a_number_that_cannot_be_is_told_at_once(self, desk: Desk, text: str, said: str) -> None:
        assert said in opened(desk, "").live(m0_name="李新来", m0_id=text).words

    @pytest.mark.parametrize("wrap", ["'{}", " {} ", "{}\u200b", "‘{}"])
    def test_a_pasted_number_loses_what_the_sheet_put_around_it(self, desk: Desk, wrap: str) -> None:
        page = opened(desk, "").live(m0_name="李新来", m0_id=wrap.format(number(date(1970, 5, 1), 21)))
        assert "1970-05-01" in page.words

    def test_the_family_gets_its_file_and_its_case(self, desk: Desk) -> None:
        form = self.filled(desk, holder="李新来", bank="农商银行", number="6222 0000 1111 2222", phone="13900001111")
        page = form.posts("file")

        assert page.status == 303, page.words
        case = Case.objects.get()
        assert page.headers["Location"].startswith(f"/cases/{case.pk}/")
        made = household(f"{VILLAGE}-0002")
        assert made
        assert case.household_id == made.id
        assert [one.name for one in members_on(made.id, ON)] == ["李新来"]
        account = account_on(made.id, ON)
        assert account
        assert account.number == "6222000011112222"
        assert case.declared["members"][0]["name"] == "李新来"

    def test_the_same_person_twice_is_told(self, desk: Desk) -> None:
        form = self.filled(desk).sends("add:m")
        form = form.sends("save", m1_name="李新来", m1_id=number(date(1970, 5, 1), 21), m1_relation="child")
        assert "同一个身份证号填了两次，请删去一个" in form.page.words

    def test_no_head_and_two_heads_are_told(self, desk: Desk) -> None:
        form = self.filled(desk, m0_relation="child")
        assert "没有户主，请把一人的“与户主关系”选成户主" in form.page.words
        form = form.sends("add:m").sends(
            "save", m0_relation="head", m1_name="李二", m1_id=number(date(1990, 1, 1), 5), m1_relation="head"
        )
        assert "户主只能有一个" in form.page.words

    def test_a_long_name_is_told_and_nothing_is_filed(self, desk: Desk) -> None:
        form = self.filled(desk, m0_name="李" * 61).sends("file")
        assert "姓名最多 60 个字" in form.page.words
        assert not Case.objects.exists()

    def test_a_minor_does_not_apply_for_himself(self, desk: Desk) -> None:
        form = (
            self.filled(desk)
            .sends("add:m")
            .sends("file", m1_name="李小小", m1_id=number(date(2015, 1, 1), 5), m1_relation="child", applicant="m1")
        )
        assert "未满 18 周岁" in form.page.words
        assert not Case.objects.exists()

    def test_somebody_of_another_household_blocks(self, desk: Desk) -> None:
        page = opened(desk, "").live(m0_name=WIFE.name, m0_id=WIFE.id_number)
        assert f"王秀英登记在户 {HOME}，一人不能同时在两户" in page.words

    def test_somebody_of_another_township_is_named_by_the_township_alone(self, desk: Desk) -> None:
        other_family("far-1", LONER, division=FAR_VILLAGE)
        page = opened(desk, "").live(m0_name="单有福", m0_id=LONER.id_number)

        assert "单有福已在西镇登记，请报县民政局办理迁移" in page.words
        assert "far-1" not in page.html

    def test_another_name_under_the_same_number_is_told(self, desk: Desk) -> None:
        page = opened(desk, "").live(m0_name="王秀兰", m0_id=WIFE.id_number)
        assert "登记的姓名是“王秀英”" in page.words


class TestFiling:
    def test_it_is_taken_in_and_sent_to_the_match(self, desk: Desk) -> None:
        page = opened(desk).posts("match", **ALL_SIGNED)

        assert page.status == 303, page.words
        case = Case.objects.get()
        assert (case.state, case.applicant, case.accepted_by) == ("accepted", "王秀英", "王经办")
        assert Consent.objects.filter(case=case).count() == 3
        assert MatchResult.objects.filter(case=case, requested_on=ON, answered_on=None).exists()
        assert Draft.objects.get().case_id == case.pk
        said = desk.follows(page).words
        assert f"已受理并送比对，案号 {case.number}。等各部门答复。" in said

    def test_without_signatures_it_may_be_handed_in_but_not_matched(self, desk: Desk) -> None:
        form = opened(desk)
        page = form.posts("match", promise="on", m0_signed="on")
        assert page.status == 422
        assert "张德明还没有签核对授权书" in page.words
        assert not Case.objects.exists()

        form.posts("file", promise="on", m0_signed="on")
        assert Case.objects.get().state == "submitted"
        assert Consent.objects.get().signer == "王秀英"

    def test_what_is_missing_is_named_and_nothing_typed_is_lost(self, desk: Desk) -> None:
        page = opened(desk).posts("file", reason="户主生病", phone="13900001111")

        assert page.status == 422
        assert "还没有承诺" in page.words
        form = Form(desk, page)
        assert (form.typed["reason"], form.typed["phone"]) == ("户主生病", "13900001111")
        assert not Case.objects.exists()

    def test_sending_it_again_leads_to_the_same_case(self, desk: Desk) -> None:
        form = opened(desk)
        first, second = form.posts("file", promise="on"), form.posts("file", promise="on")

        assert Case.objects.count() == 1
        assert second.status in (302, 303)
        assert second.headers["Location"].split("?")[0] == first.headers["Location"].split("?")[0]

    def test_a_changed_address_and_telephone_go_into_the_registry(self, desk: Desk) -> None:
        form = opened(desk).sends("save", phone="13900001111", address="5组")
        assert "改过，登记的是 00012345678" in form.page.words
        form.posts("file", promise="on")

        place = place_on(Case.objects.get().household_id, ON)
        assert place
        assert (place.address, place.phone) == ("5组", "13900001111")

    def test_somebody_new_joins_and_somebody_gone_leaves(self, desk: Desk) -> None:
        form = opened(desk).sends("add:m")
        form.posts(
            "file", promise="on", m2_lives="married_out", m3_name="张小宝", m3_id=number(date(2024, 3, 1), 7),
            m3_relation="grandchild",
        )  # fmt: skip

        names = [one.name for one in members_on(Case.objects.get().household_id, ON)]
        assert names == [WIFE.name, HUSBAND.name, "张小宝"]
        assert DAUGHTER.name in str(Case.objects.get().declared)  # what was declared of her stays with the case

    def test_a_helper_needs_his_mandate(self, desk: Desk) -> None:
        form = opened(desk)
        page = form.posts("file", promise="on", channel="helper")
        assert "代办的要填“受委托人姓名”" in page.words

        form.posts(
            "file", promise="on", channel="helper", helper="李邻居", helper_relation="neighbour",
            helper_phone="13900002222", helper_reason="户主行动不便", helper_signed="2025-01-05",
        )  # fmt: skip
        assert Case.objects.get().channel == "helper"
        assert Mandate.objects.get().helper == "李邻居"

    @pytest.mark.parametrize("day", ["2025-01-07", "昨天"])
    def test_a_mandate_of_a_day_that_cannot_be_is_refused_whole(self, desk: Desk, day: str) -> None:
        page = opened(desk).posts(
            "file", promise="on", channel="helper", helper="李邻居", helper_relation="neighbour",
            helper_phone="13900002222", helper_reason="户主行动不便", helper_signed=day,
        )  # fmt: skip
        assert page.status == 422
        assert "委托书签字日期" in page.words
        assert not Case.objects.exists()

    def test_a_relative_of_an_official_is_registered(self, desk: Desk) -> None:
        form = opened(desk).sends("add:r")
        assert "近亲属备案：还没有填“职务”" in form.sends("file", promise="on").page.words
        form.posts("file", promise="on", r0_member="m1", r0_official="张主任", r0_post="村主任", r0_relation="弟弟")

        made = OfficialRelative.objects.get()
        assert (made.member, made.official, made.post, made.relation) == ("张德明", "张主任", "村主任", "弟弟")

    def test_a_family_that_applies_already_is_led_to_its_case(self, desk: Desk) -> None:
        opened(desk).posts("file", promise="on")
        case = Case.objects.get()

        form = opened(desk)
        assert f"这一家已有在办申请 {case.number}（已申请），不要重复申请" in form.page.words
        assert form.page.link("去看这个案件") == f"/cases/{case.pk}/"
        page = form.posts("file", promise="on")
        assert page.status == 422
        assert Case.objects.count() == 1

    def test_two_clerks_at_once_make_one_case(self, desk: Desk) -> None:
        other = clerk("clerk92", "李经办")
        mine, theirs = opened(desk), opened(other)
        mine.posts("file", promise="on")
        page = theirs.posts("file", promise="on")

        assert page.status == 422
        assert "已有在办申请" in page.words
        assert Case.objects.count() == 1

    def test_a_family_in_payment_is_led_to_its_page(self, county: None) -> None:
        divisions()
        number_of = household_by_id(covered().case.household_id).number
        form = opened(clerk(), f"?household={number_of}")

        assert "这一家已经在保" in form.page.words
        page = form.posts("file", promise="on")
        assert page.status == 422
        assert Case.objects.filter(state="submitted").count() == 0
