"""受理的页面: papers looked at, told once, brought, taken; signatures, mandate, relatives, letters; the ways out."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from opendibao.intake.actions import sign_consents
from opendibao.intake.models import Attachment, Case, Consent, Mandate, OfficialRelative, SupplementNotice
from opendibao.kernel.duties import Duty
from tests.payment.builders import FAR_VILLAGE, at, divisions
from tests.web.desk import Desk, hired
from tests.web.intake.test_cases import APPLIED, case_of

TODAY = "2025-01-06"
SEEN = ["application", "declaration", "promise"]


@pytest.fixture
def clerk(county: None) -> Desk:
    divisions()
    return Desk(hired("clerk82", "王经办"))


@pytest.fixture
def leader(clerk: Desk) -> Desk:
    return Desk(hired("leader82", "刘主任", duties=(Duty.REVIEW,)))


def case(number: str = "A1") -> Case:
    return case_of(number)


def address(of: Case, verb: str = "") -> str:
    return f"/cases/{of.pk}/{verb}"


def picture() -> SimpleUploadedFile:
    made = BytesIO()
    Image.new("RGB", (40, 30), (200, 60, 60)).save(made, "JPEG")
    return SimpleUploadedFile("授权书.jpg", made.getvalue(), content_type="image/jpeg")


def test_an_incomplete_application_from_the_first_look_to_acceptance(clerk: Desk) -> None:
    """Told once what is missing, brought, looked at again, taken, and the letter handed over."""
    made = case()

    page = clerk.does(address(made, "accept/"), accepted_on=TODAY, looked_at=SEEN[:2])  # type: ignore[arg-type]
    assert page.status == 422
    assert "材料不齐，不能受理，还缺：信息真实完整承诺书；核对授权书：成员1" in page.words

    opened = clerk.reads(address(made, "return/"))
    assert "核对授权书：成员1" in opened.words
    missing = ["信息真实完整承诺书", "核对授权书：成员1"]
    page = clerk.follows(clerk.does(address(made, "return/"), told_on=TODAY, missing=missing, more=""))  # type: ignore[arg-type]
    assert "已告知补正；通知书写好了" in page.words
    assert "▲ 还没有签" in page.words
    assert "等家庭补材料" in page.words

    (adult,) = Case.objects.get(pk=made.pk).household.memberships.all()
    clerk.does(address(made, "sign/"), signed_on=TODAY, persons=str(adult.person_id))
    clerk.does(address(made, "resubmit/"), brought_on=TODAY)
    page = clerk.follows(clerk.does(address(made, "accept/"), accepted_on=TODAY, looked_at=SEEN))  # type: ignore[arg-type]

    assert "已受理；受理通知书写好了" in page.words
    assert "受理通知书 2025-01-06 制作 ▲ 还没有送达" in page.words
    way = page.link("登记送达 受理通知书")
    page = clerk.follows(clerk.does(way, delivered_on=TODAY, how="home", receiver="成员1"))
    assert "✓ 2025-01-06 上门送达，成员1签收" in page.words
    assert [row.split()[0] for row in ("受理", "签署核对授权书") if row in page.words] == ["受理", "签署核对授权书"]


class TestSupplement:
    def test_what_departments_know_cannot_be_asked_for(self, clerk: Desk) -> None:
        page = clerk.does(address(case(), "return/"), told_on=TODAY, more="户口簿复印件")

        assert page.status == 422
        assert "“户口簿”由公安核对就能查到，不得要求家庭提供（社会救助法第六十二条" in page.words
        assert "户口簿复印件" in page.html  # what was typed is not lost

    def test_a_second_notice_is_anothers_to_give(self, clerk: Desk, leader: Desk) -> None:
        made = case()
        clerk.does(address(made, "return/"), told_on=TODAY, more="委托书")
        clerk.does(address(made, "resubmit/"), brought_on=TODAY)

        own = clerk.does(address(made, "return/"), told_on=TODAY, more="承诺书", supervisor_reason="新情况")
        assert own.status == 422
        assert "再次告知要由另一名工作人员批准" in own.words

        page = leader.follows(
            leader.does(address(made, "return/"), told_on=TODAY, more="承诺书", supervisor_reason="家里添了人")
        )
        assert "刘主任批准再次告知：家里添了人" in page.words
        assert SupplementNotice.objects.count() == 2

    def test_two_officers_on_one_case_meet(self, clerk: Desk) -> None:
        made, other = case(), Desk(hired("clerk83", "赵经办"))
        opened = clerk.opens(address(made, "return/"))
        other.does(address(made, "return/"), told_on=TODAY, more="委托书")

        page = clerk.sends(address(made, "return/"), **opened, told_on=TODAY, more="承诺书")

        assert page.status == 409
        assert "您填写时，别人改过这条记录" in page.words
        assert "赵经办" in page.words
        assert "承诺书" in page.html
        assert SupplementNotice.objects.count() == 1

    def test_the_same_form_sent_twice_tells_once(self, clerk: Desk) -> None:
        made = case()
        typed = {**clerk.opens(address(made, "return/")), "told_on": TODAY, "more": "委托书"}

        first, second = clerk.sends(address(made, "return/"), **typed), clerk.sends(address(made, "return/"), **typed)

        assert (first.status, second.status) == (303, 303)
        assert SupplementNotice.objects.count() == 1


class TestSignatures:
    def test_the_paper_is_kept_with_the_signature(self, clerk: Desk) -> None:
        made = case()
        person = made.household.memberships.get().person_id

        page = clerk.follows(
            clerk.does(address(made, "sign/"), signed_on=TODAY, persons=str(person), paper=picture())  # type: ignore[arg-type]
        )

        assert "已登记 1 人签字，有效到 2026-01-05" in page.words
        assert Consent.objects.get().paper_id == Attachment.objects.get().pk
        assert ("授权书.jpg", f"/attachments/{Attachment.objects.get().pk}/") in page.links

    def test_nobody_ticked_is_nobody_signed(self, clerk: Desk) -> None:
        page = clerk.does(address(case(), "sign/"), signed_on=TODAY)

        assert page.status == 422
        assert "一个人也没有勾" in page.words

    def test_what_is_taken_back_is_said_and_may_be_signed_anew(self, clerk: Desk) -> None:
        made = case()
        sign_consents(made.pk, on=APPLIED, at=at(APPLIED))
        way = clerk.reads(address(made)).link("撤回")

        page = clerk.follows(clerk.does(way, revoked_on=TODAY, reason="不想查了"))

        assert "▲ 2025-01-06 撤回" in page.words
        assert "已于 2025-01-06 撤回" in clerk.reads(way).words
        assert "成员1" in clerk.reads(address(made, "sign/")).words

    def test_a_consent_of_another_case_is_not_there(self, clerk: Desk) -> None:
        made, other = case(), case("A2")
        sign_consents(made.pk, on=APPLIED, at=at(APPLIED))

        assert clerk.reads(address(other, f"consents/{Consent.objects.get().pk}/revoke/")).status == 404

    def test_before_the_new_law_nobody_outside_the_family_signs(self, clerk: Desk) -> None:
        made = case()

        assert "2026-07-01 起才可以核对家庭以外的义务人" in clerk.reads(address(made, "sign-supporter/")).words
        assert "义务人同意核对" not in [words for words, _href in clerk.reads(address(made)).links]


class TestHelperAndRelatives:
    def test_a_helper_has_his_mandate(self, clerk: Desk) -> None:
        made = case()
        Case.objects.filter(pk=made.pk).update(channel="helper")
        typed = {"signed_on": TODAY, "helper": "赵邻居", "relation": "neighbour", "phone": "00012345678"}
        way = clerk.reads(address(made)).link("登记委托书")

        page = clerk.follows(clerk.does(way, **typed, reason="行动不便", paper=picture()))  # type: ignore[arg-type]

        assert "赵邻居（邻居）代办，电话 00012345678" in page.words
        assert Mandate.objects.get().paper is not None
        assert "已登记委托书，受委托人 赵邻居" in clerk.reads(way).words

    def test_a_relative_of_an_official_stands_in_the_register_and_waits_for_the_county(self, clerk: Desk) -> None:
        made = case()
        typed = {"member": "成员1", "official": "李书记", "post": "村支书", "relation": "兄弟"}

        page = clerk.follows(clerk.does(address(made, "relative/"), **typed))

        assert "李书记（村支书），兄弟" in page.words
        assert "县民政局要入户核查后才能确认（57号第二十条）" in page.words
        register = clerk.reads("/relatives/")
        assert f"{made.number} A1 镇100东村 成员1 李书记 村支书 兄弟 王经办 ▲ 等县里入户" in register.words
        assert clerk.reads("/relatives/list.xlsx").status == 200
        assert OfficialRelative.objects.count() == 1


class TestEnds:
    def test_not_accepted_on_a_ground_of_the_law(self, clerk: Desk) -> None:
        made = case()

        page = clerk.follows(
            clerk.does(address(made, "refuse/"), ended_on=TODAY, ground="elsewhere", reason="全家户籍在外县")
        )

        assert "2025-01-06 不予受理" in page.words
        assert "请向户籍所在地的乡镇（街道）提出申请" in page.words
        assert "现在是“不予受理”，这件事不能办或已经办过" in clerk.reads(address(made, "accept/")).words

    def test_taken_back_by_the_family(self, clerk: Desk) -> None:
        made = case()

        page = clerk.follows(clerk.does(address(made, "withdraw/"), ended_on=TODAY, reason="找到工作了"))

        assert "2025-01-06 已撤回" in page.words
        assert "这个案件已经办结，没有要办的事" in page.words

    def test_ended_without_cooperation(self, clerk: Desk) -> None:
        made = case_of("A1", accepted=True)

        page = clerk.follows(clerk.does(address(made, "discontinue/"), ended_on=TODAY, reason="三次不让入户"))

        assert "2025-01-06 终止办理" in page.words
        assert "不配合审核确认工作（民发〔2021〕57号第二十九条）。三次不让入户。" in page.words

    def test_a_delivery_of_today_is_taken_back(self, clerk: Desk) -> None:
        made = case_of("A1", accepted=True)
        way = clerk.reads(address(made)).link("登记送达 受理通知书")
        page = clerk.follows(clerk.does(way, delivered_on=TODAY, how="home", receiver="成员1"))

        page = clerk.follows(clerk.does(page.link("撤销送达 受理通知书")))

        assert "受理通知书 2025-01-02 制作 ▲ 还没有送达" in page.words


FORMS = (
    "accept/", "return/", "resubmit/", "refuse/", "withdraw/", "discontinue/", "sign/", "sign-supporter/", "mandate/",
    "relative/", "consents/1/revoke/",
)  # fmt: skip


@pytest.mark.parametrize("verb", FORMS)
def test_another_townships_case_takes_no_form(clerk: Desk, verb: str) -> None:
    foreign = case_of("F1", division=FAR_VILLAGE)

    assert clerk.reads(address(foreign, verb)).status == 404
    assert clerk.sends(address(foreign, verb)).status == 404


@pytest.mark.parametrize("verb", ["accept/", "return/", "withdraw/", "sign/"])
def test_a_day_to_come_is_refused_in_words(clerk: Desk, verb: str) -> None:
    names = {"accept/": "accepted_on", "return/": "told_on", "withdraw/": "ended_on", "sign/": "signed_on"}

    page = clerk.does(address(case(), verb), **{names[verb]: "2025-01-07"})

    assert page.status == 422
    assert "2025-01-07 还没有到" in page.words


def test_who_may_not_act_is_shown_no_way_to_an_act(clerk: Desk, leader: Desk) -> None:
    made = case()

    words = [said for said, _href in leader.reads(address(made)).links]

    assert "审查材料，受理" not in words
    assert "由负责受理的人办" in leader.reads(address(made)).words
