"""热线办理: a call is registered and answered by a form that says what is wrong and is done once."""

from datetime import date

import pytest

from opendibao.kernel.duties import Duty
from opendibao.outreach.actions import open_ticket
from opendibao.outreach.models import HotlineTicket
from tests.conftest import ActAs
from tests.payment.builders import FAR_VILLAGE, VILLAGE, at, divisions
from tests.web.conftest import Page
from tests.web.desk import TOWN, Desk, county_desk, hired

TODAY = date(2025, 1, 6)
CALL = {
    "number": "热2025-0001", "division": VILLAGE, "kind": "report", "signed": "yes", "received_on": "2025-01-06",
    "summary": "反映邻居有车",
}  # fmt: skip
NEW, ANSWER = "/hotline/new/", "/hotline/T1/answer/"


@pytest.fixture
def clerk(county: None) -> Desk:
    divisions()
    return Desk(hired("clerk91", "王经办"))


def ticket(number: str = "T1", division: str = VILLAGE) -> HotlineTicket:
    return open_ticket(
        division, number=number, kind="report", is_named=True, received_on=TODAY, summary="邻居有车", at=at(TODAY)
    )


def faults(page: Page) -> str:
    """What the summary says."""
    assert page.status == 422, page.words
    return page.html.split('class="callout bad"', 1)[1].split("</section>", 1)[0]


def test_a_call_is_registered_and_said_to_be(clerk: Desk) -> None:
    sent = clerk.does(NEW, **CALL)

    page = clerk.follows(sent)
    assert "已登记工单 热2025-0001，请在 2025-01-26 前答复" in page.words
    assert "热2025-0001 镇100东村 举报 实名 反映邻居有车 2025-01-06 2025-01-26 ▲ 待答复 答复" in page.words


def test_it_is_answered_from_the_list(clerk: Desk) -> None:
    ticket()

    sent = clerk.does(clerk.reads("/hotline/").link("答复"), answered_on="2025-01-06", answer="查实，已纠正")

    assert "已答复工单 T1" in clerk.follows(sent).words
    assert HotlineTicket.objects.get().answer == "查实，已纠正"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("number", "", "请填写“工单号”"),
        ("number", "热" * 25, "“工单号”最多 24 个字，现在有 25 个，请缩短"),
        ("number", "a/../b", "“工单号”只能用数字、字母、汉字和短横"),
        ("division", "", "请选择“地点”"),
        ("division", FAR_VILLAGE, "“地点”里没有这一项，请从列出的里面重选"),
        ("division", "360429109999", "“地点”里没有这一项"),
        ("kind", "joke", "“种类”里没有这一项"),
        ("signed", "maybe", "“署名”里没有这一项"),
        ("received_on", "2025-01-07", "“接收日期”2025-01-07 还没有到，请填今天（2025-01-06）或更早的日期"),
        ("received_on", "1999-12-31", "“接收日期”1999-12-31 太早，请核对年份"),
        ("received_on", "昨天", "“接收日期”不是日期，应写成 2025-01-06 这样"),
        ("received_on", "", "请填写“接收日期”"),
        ("summary", " \r\n ", "请填写“内容”"),
        ("summary", "长" * 10_000, "“内容”最多 200 个字，现在有 10000 个，请缩短"),
        ("summary", "a\x00b", "“内容”里有看不见或不能识别的字符"),
        ("summary", "a\x07b", "“内容”里有看不见或不能识别的字符"),
        ("summary", "abc\u202ecba", "“内容”里有看不见或不能识别的字符"),
        ("summary", "\ufffd", "“内容”里有看不见或不能识别的字符"),
    ],
)
def test_what_is_wrong_is_said_by_field_with_its_remedy(clerk: Desk, field: str, typed: str, said: str) -> None:
    page = clerk.does(NEW, **{**CALL, field: typed})

    assert said in faults(page)
    assert f'href="#id_{field}"' in faults(page)
    assert not HotlineTicket.objects.exists()


def test_nothing_typed_is_lost_when_a_form_comes_back(clerk: Desk) -> None:
    page = clerk.does(NEW, **{**CALL, "kind": "", "summary": "<b>邻居</b>"})

    assert 'value="热2025-0001"' in page.html
    assert f'<option value="{VILLAGE}" selected>东村</option>' in page.html
    assert "&lt;b&gt;邻居&lt;/b&gt;" in page.html


def test_a_number_of_another_township_is_refused_though_it_cannot_be_seen(act_as: ActAs) -> None:
    with act_as("360429"):
        divisions()
        ticket("T1", FAR_VILLAGE)
        desk = Desk(hired("clerk91", "王经办"))
    with act_as("360429100"):
        page = desk.does(NEW, **{**CALL, "number": "T1"})

    assert "这个工单号已在别处登记，请换一个号" in faults(page)


def test_a_day_before_the_call_is_refused_in_the_actions_words(clerk: Desk) -> None:
    ticket()

    page = clerk.does(ANSWER, answered_on="2025-01-05", answer="查实")

    assert "答复日期2025-01-05早于接收日期2025-01-06，请更正" in faults(page)


def test_an_answered_ticket_says_so_instead_of_a_form(clerk: Desk) -> None:
    ticket()
    clerk.does(ANSWER, answered_on="2025-01-06", answer="查实，已纠正")

    page = clerk.reads(ANSWER)

    assert "这件工单已于 2025-01-06 答复：查实，已纠正" in page.words
    assert "data-once" not in page.html


def test_a_call_may_leave_open_which_village_it_means(clerk: Desk) -> None:
    clerk.does(NEW, **{**CALL, "division": TOWN})

    assert HotlineTicket.objects.get().division == TOWN


def test_who_only_reads_or_has_another_duty_sees_no_button_and_no_form(clerk: Desk) -> None:
    ticket()
    grid = Desk(hired("grid91", "曾网格", division=VILLAGE, duties=(Duty.SURVEY,)))
    head = Desk(hired("head91", "徐分管", division="360429000000", duties=(Duty.OVERSEE,)))

    for desk in (grid, head):
        page = desk.reads("/hotline/")
        assert "登记工单" not in page.words
        assert "答复工单" not in page.words
        assert desk.reads(NEW).status == 403
        assert desk.sends(ANSWER, answer="x").status == 403


def test_another_townships_ticket_is_not_there(clerk: Desk) -> None:
    ticket("T9", FAR_VILLAGE)

    assert county_desk().reads("/hotline/T9/answer/").status in (200, 302)  # the county must turn on its codes first
    assert clerk.reads("/hotline/T9/answer/").status == 404
    assert clerk.sends("/hotline/T9/answer/", answer="x").status == 404
