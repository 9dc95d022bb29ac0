"""Headings of foreign reports: by style, by number, by their words; what stands under each; which part it is."""

import pytest

from opendibao.evaluation.checkup.document import Document, Paragraph
from opendibao.evaluation.checkup.outline import Outline, Part, outline_of
from tests.evaluation.checkup.papers import paper


def _levels(outline: Outline) -> list[tuple[int, str, str]]:
    return [(one.heading.level, one.heading.mark, one.heading.title) for one in outline.every()]


def test_chinese_numbering_nests() -> None:
    outline = outline_of(
        paper("示范县报告", "一、基本情况", "（一）项目概况", "正文。", "1．总体目标", "（1）短期：办好", "二、评价")
    )
    assert _levels(outline) == [
        (1, "一、", "基本情况"),
        (2, "（一）", "项目概况"),
        (3, "1．", "总体目标"),
        (4, "（1）", "短期"),
        (1, "二、", "评价"),
    ]
    assert outline.every()[3].heading.rest == "办好"


def test_a_bracketed_number_may_hold_a_plain_one() -> None:
    outline = outline_of(
        paper("一、问题", "（1）收入难核", "1.打零工：现金结算。", "2.经商：无账。", "（2）人手少", "1.岗位：缺人。")
    )
    assert [level for level, _, _ in _levels(outline)] == [1, 2, 3, 3, 2, 3]


def test_a_plain_number_may_go_on_counting_the_chapters() -> None:
    outline = outline_of(paper("一、基本情况", "（一）概况", "二、有关建议", "无。", "3、 其他需要说明的问题", "无。"))
    last = outline.sections[-1]
    assert (last.heading.mark, last.heading.level, last.part) == ("3、", 1, Part.OTHER)
    assert (last.first, last.last) == (5, 6)


def test_half_width_brackets_and_parts_of_a_book() -> None:
    outline = outline_of(paper("第一部分 项目基本情况", "一、项目概况", "(一)立项", "1、背景", "第二部分 评价结论"))
    assert [level for level, _, _ in _levels(outline)] == [1, 2, 3, 4, 1]


def test_styles_give_the_depth_and_the_title_is_no_heading() -> None:
    blocks = (
        Paragraph("示范县2023年度绩效评价报告", 1),
        Paragraph("一、基本情况", 2),
        Paragraph("项目概况", 3),
        Paragraph("1.保障标准每人每月640元。"),
        Paragraph("二、评价结论", 2),
    )
    outline = outline_of(Document("报告.docx", "docx", blocks))
    assert _levels(outline)[:2] == [(1, "一、", "基本情况"), (2, "", "项目概况")]
    assert outline.of(Part.PROJECT) == outline.every()[1]


def test_bare_titles_are_headings_only_where_they_stand_alone() -> None:
    outline = outline_of(
        paper("项目概况", "项目概况见上年报告，内容没有变化。", "存在的问题", "人手不足。", "有关建议", "补人。")
    )
    assert [one.heading.title for one in outline.every()] == ["项目概况", "存在的问题", "有关建议"]


def test_lines_of_the_contents_are_no_headings() -> None:
    assert outline_of(paper("一、基本情况……3", "二、评价结论\t9", "一、基本情况")).every()[0].heading.block == 2


def test_a_number_that_counts_is_no_heading() -> None:
    assert outline_of(paper("3.5万元用于培训。", "12月发放完毕。", "2023年，示范县共有低保对象320户。")).every() == ()


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("（一）绩效评价目的、对象和范围", Part.PURPOSE),
        ("（二）评价指标体系（附表）", Part.INDICATOR_SYSTEM),
        ("（三）评价工作过程", Part.PROCESS),
        ("三、综合评价情况及评价结论（附相关评分表）", Part.CONCLUSION),
        ("（一）项目决策情况", Part.DECISIONS),
        ("（二）项目过程情况", Part.COURSE),
        ("（三）项目产出情况", Part.OUTPUT),
        ("（四）项目效益情况", Part.EFFECT),
        ("（一）主要经验及做法", Part.PRACTICES),
        ("（二）存在的问题及原因分析", Part.PROBLEMS),
        ("六、有关建议", Part.SUGGESTIONS),
        ("六、下一步改进措施", Part.SUGGESTIONS),
        ("七、其他需要说明的问题", Part.OTHER),
    ],
)
def test_headings_open_the_standard_parts(title: str, part: Part) -> None:
    section = outline_of(paper(title, "正文。")).of(part)
    assert section is not None
    assert (section.first, section.last) == (1, 2)


def test_a_section_for_one_part_comes_before_one_for_two() -> None:
    outline = outline_of(
        paper("五、主要经验及做法、存在的问题及原因分析", "（一）主要经验及做法", "好。", "（二）存在的问题", "少。")
    )
    practices, problems = outline.of(Part.PRACTICES), outline.of(Part.PROBLEMS)
    assert practices is not None
    assert problems is not None
    assert (practices.heading.mark, problems.heading.mark) == ("（一）", "（二）")


def test_items_of_the_problems_open_no_part() -> None:
    outline = outline_of(paper("五、存在的问题", "1.项目产出质量不高：慢。", "2.评价标准不明确：乱。"))
    assert outline.of(Part.OUTPUT) is None
    assert outline.of(Part.STANDARD) is None


def test_the_path_of_a_block_runs_from_the_outside_in() -> None:
    outline = outline_of(paper("一、基本情况", "（一）项目概况", "正文。", "（二）绩效目标", "目标。"))
    assert [one.heading.mark for one in outline.path_of(2)] == ["一、", "（一）"]
    assert [one.heading.mark for one in outline.path_of(3)] == ["一、", "（二）"]
    assert outline.path_of(9) == ()


def test_the_first_heading_with_a_number() -> None:
    assert outline_of(paper("示范县报告", "2023年度", "一、基本情况", "二、结论")).first_numbered(7) == 2
    assert outline_of(paper("示范县报告", "正文。")).first_numbered(7) == 7
