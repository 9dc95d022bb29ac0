"""宣传培训热线: each action writes its row and its event, or refuses in the clerk's words."""

from collections.abc import Callable
from datetime import date

import pytest

from opendibao.audit.models import Event
from opendibao.outreach.actions import (
    BadOutreach,
    answer_ticket,
    approve_post,
    fill_post,
    hold_training,
    open_ticket,
    record_publicity,
)
from opendibao.outreach.models import HotlineTicket, Post, PublicityAction, TrainingSession, TrainingSignature
from opendibao.policy.reader import RuleGap
from tests.payment.builders import COUNTY, VILLAGE, at

pytestmark = pytest.mark.usefixtures("county")
MARCH_4 = date(2024, 3, 4)


def publicity(**changes: object) -> PublicityAction:
    given = {"held_on": MARCH_4, "channel": "talk", "target_group": "elderly", "reached": 30, "at": at(MARCH_4)}
    return record_publicity(VILLAGE, **{**given, **changes})  # type: ignore[arg-type]


def training(**changes: object) -> TrainingSession:
    given = {"held_on": MARCH_4, "topic": "57号", "sheet": "表一", "signatures": [(VILLAGE, "甲")], "at": at(MARCH_4)}
    return hold_training(COUNTY, **{**given, **changes})  # type: ignore[arg-type]


def post(**changes: object) -> Post:
    given = {"title": "经办", "needed_since": MARCH_4, "due_on": date(2024, 6, 1), "at": at(MARCH_4)}
    return approve_post(COUNTY, **{**given, **changes})  # type: ignore[arg-type]


def ticket(**changes: object) -> HotlineTicket:
    given = {"number": "T1", "kind": "report", "is_named": True, "received_on": MARCH_4, "summary": "反映"}
    return open_ticket(COUNTY, **{**given, "at": at(MARCH_4), **changes})  # type: ignore[arg-type]


def test_each_action_leaves_its_event() -> None:
    publicity()
    training()
    fill_post(post().pk, on=MARCH_4, at=at(MARCH_4))
    ticket()
    answer_ticket("T1", answer="查实，已纠正", on=MARCH_4, at=at(MARCH_4))
    told = ["登记宣传", "登记培训", "核定岗位", "到岗", "接热线", "答复热线"]
    assert list(Event.objects.order_by("id").values_list("action", flat=True)) == told
    assert set(Event.objects.values_list("actor", flat=True)) == {"张经办"}


def test_a_training_keeps_who_signed_its_sheet() -> None:
    made = training(signatures=[(VILLAGE, "甲"), (COUNTY, "甲"), (VILLAGE, "乙")])
    assert made.signatures.count() == 3


def test_a_ticket_is_due_after_fifteen_working_days() -> None:
    # Monday 03-04; three working weeks later, no holiday between
    assert ticket().due_on == date(2024, 3, 25)
    # 04-28 to 04-30 are three (a make-up Sunday), 05-06 to 05-11 six (a make-up Saturday), 05-13 to 05-17 five
    assert ticket(number="T2", received_on=date(2024, 4, 26)).due_on == date(2024, 5, 20)


def test_a_post_is_filled_once() -> None:
    made = post()
    assert fill_post(made.pk, on=date(2024, 5, 6), at=at(MARCH_4)).filled_on == date(2024, 5, 6)
    with pytest.raises(BadOutreach, match="已经到岗"):
        fill_post(made.pk, on=date(2024, 5, 7), at=at(MARCH_4))


def test_a_ticket_is_answered_once() -> None:
    ticket()
    assert answer_ticket("T1", answer="已说明", on=MARCH_4, at=at(MARCH_4)).answer == "已说明"
    with pytest.raises(BadOutreach, match="已经答复"):
        answer_ticket("T1", answer="再说", on=MARCH_4, at=at(MARCH_4))


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: publicity(channel="radio"), "渠道“radio”不认识，应为：poster（张贴海报）"),
        (lambda: publicity(target_group="young"), "对象“young”不认识"),
        (lambda: publicity(reached=-1), "不能是负数"),
        (lambda: training(topic="  "), "培训主题没有填写"),
        (lambda: training(sheet=""), "应写明签到表"),
        (lambda: training(signatures=[(VILLAGE, "甲"), (VILLAGE, "甲")]), "出现两次"),
        (lambda: training(signatures=[(VILLAGE, " ")]), "签到人姓名没有填写"),
        (lambda: post(due_on=date(2024, 3, 3)), "早于核定日期"),
        (lambda: post(title=""), "岗位名称没有填写"),
        (lambda: fill_post(0, on=MARCH_4, at=at(MARCH_4)), "岗位不存在"),
        (lambda: fill_post(post().pk, on=date(2024, 3, 3), at=at(MARCH_4)), "早于核定日期"),
        (lambda: ticket(kind="praise"), "工单种类“praise”不认识，应为：question（咨询）"),
        (lambda: ticket(summary=""), "来电内容没有填写"),
        (lambda: (ticket(), ticket()), "工单号“T1”已经登记"),
        (lambda: answer_ticket("T9", answer="好", on=MARCH_4, at=at(MARCH_4)), "工单“T9”不存在"),
        (lambda: (ticket(), answer_ticket("T1", answer="", on=MARCH_4, at=at(MARCH_4))), "答复内容没有填写"),
        (lambda: (ticket(), answer_ticket("T1", answer="好", on=date(2024, 3, 1), at=at(MARCH_4))), "早于接收日期"),
    ],
)
def test_what_cannot_be_is_refused_in_words(act: Callable[[], object], words: str) -> None:
    with pytest.raises(BadOutreach, match=words):
        act()


def test_a_refused_training_leaves_nothing_behind() -> None:
    with pytest.raises(BadOutreach):
        training(signatures=[(VILLAGE, "甲"), (VILLAGE, "")])
    assert (TrainingSession.objects.count(), TrainingSignature.objects.count(), Event.objects.count()) == (0, 0, 0)


def test_without_a_term_in_force_no_ticket_is_taken() -> None:
    with pytest.raises(RuleGap, match=r"clock\.hotline"):
        ticket(received_on=date(2013, 1, 1))
