"""访谈和个案: kept with their words, without numbers that identify anybody."""

from dataclasses import replace
from datetime import date

import pytest

from opendibao.audit.models import Event
from opendibao.evaluation.interviews import BadInterview, Talk, record_interview
from opendibao.evaluation.models import Interview
from opendibao.evaluation.sampled import interview, interviews, interviews_count
from tests.payment.builders import COUNTY, VILLAGE, at, family

pytestmark = pytest.mark.usefixtures("county")
DAY = date(2024, 12, 26)
TALK = Talk("interview", DAY, "一名村书记", "公示换了地方，看的人多了。")


def test_an_interview_is_kept_as_it_was_said() -> None:
    kept = record_interview(COUNTY, TALK, at=at(DAY))
    found = interview(kept.pk)
    assert found
    assert (found.year, found.with_whom, found.text, found.officer) == (2024, "一名村书记", TALK.text, "张经办")
    assert interviews_count(2024) == 1
    assert interviews(2023) == []
    assert Event.objects.filter(action="登记访谈").count() == 1


def test_a_case_study_belongs_where_its_household_is() -> None:
    family("A1")
    kept = record_interview(COUNTY, replace(TALK, kind="case_study", household="A1"), at=at(DAY))
    assert kept.division == VILLAGE
    assert [one.household for one in interviews(2024)] == ["A1"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "gossip"}, "种类“gossip”应为：访谈、个案"),
        ({"text": "  "}, "访谈对象和内容都要写"),
        ({"with_whom": ""}, "访谈对象和内容都要写"),
        ({"text": "长" * 5001}, "内容最多5000字，现在5001字"),
        ({"kind": "case_study"}, "个案要写户编号"),
        ({"household": "X9"}, "没有户编号“X9”的家庭"),
        ({"text": "他的号码是999999195307150021。"}, "像证件号、账号或电话"),
        ({"text": "卡号6228480012345678901"}, "像证件号、账号或电话"),
        ({"with_whom": "张三13812345678"}, "像证件号、账号或电话"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(change: dict[str, str], words: str) -> None:
    with pytest.raises(BadInterview, match=words):
        record_interview(COUNTY, replace(TALK, **change), at=at(DAY))  # type: ignore[arg-type]
    assert Interview.objects.count() == 0


def test_amounts_and_years_are_no_personal_numbers() -> None:
    words = "2024年12月到账6300.38元，一年15000元。"
    assert record_interview(COUNTY, replace(TALK, text=words), at=at(DAY)).text == words
