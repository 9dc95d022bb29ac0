"""The numbers of sentences: whom they speak of, which are totals of which."""

from decimal import Decimal

import pytest

from opendibao.evaluation.checkup.census import Area, Moment, area_of, count, counts_of
from opendibao.evaluation.checkup.facts import compositions_of, facts_of
from tests.evaluation.checkup.papers import paper

HEADLINE = "截至2023年年底，示范县共有城乡低保400户750人，其中：农村低保320户610人，城镇低保80户140人。"
MONEY = "共发放城乡低保资金412.30万元，其中：农村低保资金336.15万元，城镇低保76.15万元。"


def test_a_number_has_the_words_that_say_what_it_counts() -> None:
    facts = facts_of(paper(HEADLINE))
    assert [(fact.about, fact.quantity.text) for fact in facts] == [
        ("示范县共有城乡低保", "400户"),
        ("示范县共有城乡低保", "750人"),
        ("其中：农村低保", "320户"),
        ("其中：农村低保", "610人"),
        ("城镇低保", "80户"),
        ("城镇低保", "140人"),
    ]


def test_a_number_belongs_to_its_sentence_and_block() -> None:
    one, two = facts_of(paper("标题", "新增40户。退出55户。"))
    assert (one.block, one.sentence, two.sentence, two.about) == (1, "新增40户。", "退出55户。", "退出")


@pytest.mark.parametrize(
    ("text", "total", "parts"),
    [
        (MONEY, "412.30", ["336.15", "76.15"]),
        ("发放农村低保金336.15万元、城镇低保金76.15万元，合计412.30万元。", "412.30", ["336.15", "76.15"]),
        ("当年支出低保资金412.30万元（农村336.15万元，城镇76.15万元）。", "412.30", ["336.15", "76.15"]),
        ("支出的412.30万元中，中央资金300万元、省级资金80万元、县级资金32.30万元。", "412.30", ["300", "80", "32.30"]),
        ("老年人200人，成年人430人，未成年人120人，合计750人。", "750", ["200", "430", "120"]),
        ("在保400户，农村320户、城镇80户。", "400", ["320", "80"]),
    ],
)
def test_totals_are_read_with_their_parts(text: str, total: str, parts: list[str]) -> None:
    (one,) = compositions_of(paper(text))
    assert one.total.quantity.value == Decimal(total)
    assert [part.quantity.value for part in one.parts] == [Decimal(part) for part in parts]


def test_each_unit_has_a_total_of_its_own() -> None:
    found = compositions_of(paper(HEADLINE))
    assert [(one.total.quantity.unit, len(one.parts)) for one in found] == [("户", 2), ("人", 2)]


@pytest.mark.parametrize(
    "text",
    ["新增40户，其中农村30户。", "农村320户，人均补助420元。", "发放336.15万元，比上年增加12万元。"],
)
def test_what_is_no_total_is_not_taken_for_one(text: str) -> None:
    assert compositions_of(paper(text)) == ()


def test_the_book_of_the_year() -> None:
    text = "年初在保415户785人，全年新增40户71人，退出55户106人。" + HEADLINE
    counts = counts_of(facts_of(paper(text)))
    told = {
        (moment, unit): one.value
        for moment in Moment
        for unit in ("户", "人")
        if (one := count(counts, moment, Area.ALL, unit))
    }
    assert told == {
        (Moment.OPENING, "户"): 415, (Moment.OPENING, "人"): 785,
        (Moment.ENTERED, "户"): 40, (Moment.ENTERED, "人"): 71,
        (Moment.LEFT, "户"): 55, (Moment.LEFT, "人"): 106, (Moment.CLOSING, "户"): 400, (Moment.CLOSING, "人"): 750,
    }  # fmt: skip
    assert {one.area for one in counts if one.moment is Moment.CLOSING} == set(Area)


def test_two_numbers_for_one_thing_are_none() -> None:
    counts = counts_of(facts_of(paper("年末在保400户。", "年末在保410户。")))
    assert count(counts, Moment.CLOSING, Area.ALL, "户") is None


def test_trained_and_visited_people_are_not_on_the_books() -> None:
    assert counts_of(facts_of(paper("全年培训经办人员45人，入户调查在保家庭200户。"))) == ()


@pytest.mark.parametrize(
    ("words", "area"),
    [
        ("农村低保", Area.RURAL), ("农低保", Area.RURAL), ("城市居民", Area.URBAN), ("城镇低保", Area.URBAN),
        ("农村和城镇低保", Area.ALL), ("全县低保", Area.ALL),
    ],
)  # fmt: skip
def test_the_area_of_words(words: str, area: Area) -> None:
    assert area_of(words) is area
