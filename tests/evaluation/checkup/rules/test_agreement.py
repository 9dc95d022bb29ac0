"""C07: what the text says against the actual values of the table."""

import pytest

from tests.evaluation.checkup.papers import SOUND, found, paper, with_row


@pytest.mark.parametrize(
    "text",
    [
        "发放农村低保资金336.15万元、城镇低保资金76.15万元。",
        "农村低保金：指标值≤340万元，实际336.15万元。",
        "困难群众满意度94%，比上年提高2个百分点。",
        "全年培训3次，其中业务培训2次。",
        "东乡镇满意度88%。",
        "二、绩效目标",
        "上年农村低保资金310万元。",
        "准确率为96.5%。",
    ],
)
def test_what_agrees_or_is_of_something_else(text: str) -> None:
    assert found(paper(text, sheet=SOUND), "C07") == []


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("发放农村低保资金339.15万元、城镇低保资金76.15万元。", 1),
        ("困难群众满意度达97%。", 7),
        ("全年组织低保经办人员培训5次。", 3),
        ("抽查200户，准确率为98%。", 4),
        ("低保金按时发放率为95%。", 5),
    ],
)
def test_what_does_not_agree(text: str, row: int) -> None:
    (one,) = found(paper("标题", text, sheet=SOUND), "C07")
    assert one.place.block == 1
    assert f"指标表第{row}行" in one.zh


def test_persons_by_area() -> None:
    sheet = with_row(3, name="农村低保对象人数", target="≥600人", actual="610人")
    assert found(paper("年末农村低保320户610人。", sheet=sheet), "C07") == []
    assert len(found(paper("年末农村低保320户601人。", sheet=sheet), "C07")) == 1


def test_goals_are_no_claims() -> None:
    assert found(paper("（二）项目绩效目标", "困难群众满意度达到90%。", "二、评价", sheet=SOUND), "C07") == []


@pytest.mark.parametrize(
    "text", ["预算执行率为97.17%。", "97%的受访家庭表示满意。", "全年举办5期业务培训。", "资金按时发放率达98%。"]
)
def test_the_same_thing_in_other_words(text: str) -> None:
    assert len(found(paper(text, sheet=SOUND), "C07")) == 1


@pytest.mark.parametrize(
    "text", ["预算执行率为98.17%。", "94%的受访家庭表示满意。", "全年举办3期业务培训。", "回访办结率98%。"]
)
def test_the_same_thing_in_other_words_that_agrees(text: str) -> None:
    assert found(paper(text, sheet=SOUND), "C07") == []


def test_all_on_the_books_against_the_one_row_that_counts_them() -> None:
    sheet = with_row(3, name="低保对象人数", target="≥700人", actual="750人")
    assert found(paper("年末在保400户750人。", sheet=sheet), "C07") == []
    assert len(found(paper("年末在保400户730人。", sheet=sheet), "C07")) == 1
    assert len(found(paper("年末为730名低保对象发放补助。", sheet=sheet), "C07")) == 1


def test_one_thing_told_twice_in_the_text() -> None:
    text = "发放农村低保资金336.15万元、城镇低保资金76.15万元。"
    assert found(paper(text, text), "C07") == []
    (one,) = found(paper(text, "农村低保共支出336.51万元。"), "C07")
    assert one.place.block == 1
