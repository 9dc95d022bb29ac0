"""D01, W15: numbers of headings, days without their word, statements run together, bookmarks."""

import pytest

from opendibao.evaluation.checkup.document import Document, Paragraph, Table
from opendibao.evaluation.checkup.finding import Place
from tests.evaluation.checkup.papers import found, paper
from tests.evaluation.checkup.rules.whole_report import report


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("六、有关建议", "七、有关建议", "跳过"),
        ("（二）项目过程情况", "（一）项目过程情况", "重复"),
        ("3.评价方法", "5.评价方法", "跳过"),
        ("（2）按月比对", "（3）按月比对", "跳过"),
        ("一、基本情况", "二、基本情况", "从“二、”开始"),
    ],
)
def test_a_number_that_does_not_follow(old: str, new: str, said: str) -> None:
    hits = found(report((old, new)), "D01")

    assert said in hits[0].zh


def test_points_within_a_paragraph_are_counted_too() -> None:
    assert found(paper("主要做法：一是公开。二是核对。四是复核。"), "D01")
    assert not found(paper("主要做法：一是公开。二是核对。三是复核。"), "D01")


def test_a_new_list_begins_at_one_under_another_lead_in() -> None:
    document = paper(
        "一、目标", "短期：", "（1）按月发放。", "（2）定期复核。", "中期：", "（1）逐笔对账。", "（2）按规则重算。"
    )

    assert found(document, "D01") == []


def test_decimal_numbers_begin_again_under_the_next_chapter() -> None:
    document = paper(
        "1 概况", "1.1 项目", "文字。", "1.2 目标", "文字。", "2 过程", "2.1 准备", "文字。", "2.2 实施", "文字。"
    )

    assert found(document, "D01", "W15") == []


def test_a_digit_among_chinese_numbers_is_a_matter_of_form() -> None:
    document = report(("七、其他需要说明的问题", "7、其他需要说明的问题"))

    (hit,) = found(document, "D01", "W15")

    assert hit.id == "W15"
    assert "7、" in hit.zh


@pytest.mark.parametrize("written", ["每月10之前到账", "每月 15 前到账", "12月31前到账"])
def test_a_day_without_its_word(written: str) -> None:
    (hit,) = found(paper(f"低保金{written}。"), "W15")

    assert "漏了“日”" in hit.zh


@pytest.mark.parametrize(
    "written", ["每月10日之前到账", "每月10号前到账", "每月2次走访", "3月5日前报送", "每月1000元左右"]
)
def test_a_day_or_a_count_with_its_word(written: str) -> None:
    assert found(paper(f"低保金{written}。"), "W15") == []


@pytest.mark.parametrize(
    "text",
    [
        "全年核减120户214人按月发放低保金。",
        "两项合计1260户2310人补助按月打入账户。",
        "发放资金412.30万元其中农村336.15万元。",
        "新增82户151人核减120户214人。",
        "共发放低保金412.30万元按时足额发放到户。",
    ],
)
def test_two_statements_without_a_sign_between(text: str) -> None:
    (hit,) = found(paper(text), "W15")

    assert "漏了标点" in hit.zh


@pytest.mark.parametrize(
    "text",
    [
        "向2310人按月发放低保金。",
        "低保金412.30万元，其中农村336.15万元。",
        "全县共有2310人享受低保。",
        "按在保的2310人的标准测算。",
        "从2420人中退出214人。",
    ],
)
def test_statements_that_run_on_rightly(text: str) -> None:
    assert found(paper(text), "W15") == []


def test_a_bookmark_in_the_text_or_in_the_file() -> None:
    assert found(paper("[bookmark: _GoBack]截至年底，在保1260户。"), "W15")
    in_file = Document("报告.docx", "docx", (Paragraph("截至年底，在保1260户。", leftovers=("书签_GoBack",)),))
    assert [one.id for one in found(in_file, "W15", "D03")] == ["W15"]


@pytest.mark.parametrize(
    "table",
    [
        Table((("在保",), ("1260户",)), ("书签：_GoBack", "批注：再核")),
        Table((("在保",), ("[bookmark: _GoBack]1260户",))),
        Table((("在保",), ("[bookmark: _GoBack]1260户",)), ("书签：_GoBack",)),
    ],
)
def test_a_bookmark_in_a_table_is_told_once(table: Table) -> None:
    (one,) = found(Document("报告.docx", "docx", (Paragraph("表如下。"), table)), "W15")
    assert one.place == Place(1)
    assert "_GoBack" in one.zh
