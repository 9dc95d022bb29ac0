"""公示异议的表: what somebody says against a notice is taken down, answered, and leads where the law says."""

import pytest

from opendibao.decision.models import Objection
from opendibao.intake.models import CaseLetter
from opendibao.intake.queries import case as case_row
from tests.web.decision.townships import clerk, one_noticed, one_reviewed, stranger

pytestmark = pytest.mark.usefixtures("county")
SAID = {"received_on": "2025-01-06", "words": "家里有车", "person": "钱邻居", "contact": "00012340000"}


def test_it_is_taken_down_and_the_answer_is_due(county: None) -> None:
    case, desk = one_noticed(), clerk()

    page = desk.does(f"/cases/{case.pk}/object/", **SAID)

    assert page.status == 303
    made = Objection.objects.get()
    assert (made.person, made.words, made.taken_by) == ("钱邻居", "家里有车", "王经办")
    assert f"{case.number} 东镇月亮村民委员会 2025-01-06 实名 家里有车" in desk.reads("/objections/?state=open").words


def test_no_name_is_needed(county: None) -> None:
    case, desk = one_noticed(), clerk()

    assert desk.does(f"/cases/{case.pk}/object/", received_on="2025-01-06", words="家里有车").status == 303
    assert "匿名" in desk.reads("/objections/").words


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"words": ""}, "请填写“异议内容”"),
        ({"words": "长" * 301}, "最多 300 个字"),
        ({"received_on": "2025-01-07"}, "还没有到"),
        ({"received_on": "2024-03-10"}, "早于张贴日期"),
    ],
)
def test_what_is_missing_is_said(typed: dict[str, str], said: str, county: None) -> None:
    case = one_noticed()

    page = clerk().does(f"/cases/{case.pk}/object/", **{**SAID, **typed})

    assert page.status == 422
    assert said in page.words
    assert not Objection.objects.exists()


def test_without_a_notice_the_form_is_closed(county: None) -> None:
    case = one_reviewed()

    assert "案件现在是“已评议”，没有公示中的初审意见" in clerk().reads(f"/cases/{case.pk}/object/").words


@pytest.mark.parametrize(
    ("outcome", "state"), [("groundless", "noticed"), ("survey", "accepted"), ("review", "noticed")]
)
def test_it_is_settled_with_an_answer_in_writing(outcome: str, state: str, county: None) -> None:
    case, desk = one_noticed(), clerk()
    desk.does(f"/cases/{case.pk}/object/", **SAID)
    address = f"/objections/{Objection.objects.get().pk}/settle/"

    page = desk.does(address, settled_on="2025-01-06", outcome=outcome, answer="已核实")

    assert page.status == 303
    assert case_row(case.pk).state == state
    assert "已核实" in CaseLetter.objects.get(case=case, kind="objection").text
    assert "由 王经办 办结" in desk.reads(address).words


def test_a_case_that_owes_a_review_waits_for_its_meeting(county: None) -> None:
    case, desk = one_noticed(), clerk()
    desk.does(f"/cases/{case.pk}/object/", **SAID)
    address = f"/objections/{Objection.objects.get().pk}/settle/"
    desk.does(address, settled_on="2025-01-06", outcome="review", answer="已核实")

    form = desk.reads(f"/meetings/new/?division={case.division}").words

    assert "因异议重新评议" in form
    assert "东镇月亮村民委员会 1 1" in desk.reads("/meetings/").words


def test_two_officers_settle_it_once(county: None) -> None:
    case, first, second = one_noticed(), clerk(), clerk("clerk92", "李经办")
    first.does(f"/cases/{case.pk}/object/", **SAID)
    address = f"/objections/{Objection.objects.get().pk}/settle/"
    opened = second.opens(address)
    first.does(address, settled_on="2025-01-06", outcome="groundless", answer="查无此车")

    page = second.sends(address, **opened, settled_on="2025-01-06", outcome="survey", answer="要再查")

    assert page.status == 409
    assert "王经办" in page.words
    assert "要再查" in page.html
    assert "查无此车" in page.words
    assert Objection.objects.get().outcome == "groundless"


def test_another_townships_objection_is_not_there(county: None) -> None:
    case = one_noticed()
    clerk().does(f"/cases/{case.pk}/object/", **SAID)
    far = stranger()

    assert far.reads(f"/objections/{Objection.objects.get().pk}/settle/").status == 404
    assert far.reads(f"/cases/{case.pk}/object/").status == 404
    assert "家里有车" not in far.reads("/objections/").html
