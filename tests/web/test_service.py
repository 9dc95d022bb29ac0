"""服务和预算: one plain list each, with what is overdue said in words."""

from datetime import date

from opendibao.intake.models import Lead
from opendibao.outreach.models import HotlineTicket, Post, PublicityAction, TrainingSession, TrainingSignature
from tests.payment.builders import VILLAGE, divisions
from tests.web.conftest import Reader

MAY = date(2024, 5, 6)


def test_a_lead_without_contact_waits(read: Reader) -> None:
    divisions()
    Lead.objects.create(division=VILLAGE, source="grid", found_on=MAY, summary="独居老人<b>房屋漏雨</b>")
    page = read("/leads/")
    assert "2024-05-06 镇100东村 网格员 独居老人<b>房屋漏雨</b> — ▲ 等联系 —" in page.words


def test_publicity_is_listed_with_channel_and_group(read: Reader) -> None:
    divisions()
    PublicityAction.objects.create(division=VILLAGE, held_on=MAY, channel="talk", target_group="elderly", reached=1200)
    assert "2024-05-06 镇100东村 政策讲座 老年人 1,200" in read("/outreach/").words


def test_a_training_without_signatures_does_not_count(read: Reader) -> None:
    divisions()
    signed = TrainingSession.objects.create(division=VILLAGE, held_on=MAY, topic="核对", sheet="签到表1.pdf")
    TrainingSignature.objects.create(session=signed, division=VILLAGE, name="李敏")
    TrainingSession.objects.create(division=VILLAGE, held_on=MAY, topic="政策", sheet="")
    page = read("/outreach/trainings/")
    assert "核对 1 签到表1.pdf" in page.words
    assert "政策 0 ▲ 没有签到表，不计次数" in page.words


def test_an_empty_post_is_overdue_after_its_day(read: Reader) -> None:
    divisions()
    Post.objects.create(division=VILLAGE, title="经办", needed_since=MAY, due_on=date(2024, 9, 1))
    Post.objects.create(division=VILLAGE, title="协理", needed_since=MAY, due_on=date(2025, 9, 1))
    page = read("/outreach/posts/")
    assert "● 空缺，已超期" in page.words
    assert "2025-09-01 ▲ 空缺" in page.words


def test_a_ticket_answered_late_is_said(read: Reader) -> None:
    divisions()
    HotlineTicket.objects.create(
        number="R1", division=VILLAGE, kind="report", is_named=True, received_on=MAY, due_on=date(2024, 6, 6),
        summary="人情保", answered_on=date(2024, 6, 7), answer="经查不实",
    )  # fmt: skip
    page = read("/hotline/")
    assert "R1 镇100东村 举报 实名 人情保 2024-05-06 2024-06-06 ▲ 2024-06-07 超期 经查不实" in page.words


def test_the_lists_of_the_section_stand_beside_one_another(read: Reader) -> None:
    page = read("/leads/")
    for words in ("宣传", "培训", "岗位", "热线"):
        assert read(page.link(words)).status == 200


def test_a_year_without_budget_says_so(read: Reader) -> None:
    assert "这一年还没有编预算" in read("/budget/?year=2024").words
