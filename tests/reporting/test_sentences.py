"""行文: seven chapters, sentences from data, and no number that no figure printed."""

import re
from dataclasses import replace

import pytest

from opendibao.reporting.blocks import Block, plain_text
from opendibao.reporting.content import ReportContent, cleaned, texts
from opendibao.reporting.sentences import UnknownFigureInText, words_of, write_body
from tests.reporting.contents import FIGURES, NASTY, hukou

CHAPTERS = [
    "一、基本情况", "（一）项目概况", "（二）项目绩效目标",
    "二、绩效评价工作开展情况", "（一）绩效评价目的、对象和范围",
    "（二）绩效评价原则、评价指标体系、评价方法、评价标准",
    "（三）绩效评价工作过程",
    "三、综合评价情况及评价结论",
    "四、绩效评价指标分析", "（一）项目决策情况", "（二）项目过程情况", "（三）项目产出情况", "（四）项目效益情况",
    "五、主要经验及做法、存在的问题及原因分析", "（一）主要经验及做法", "（二）存在的问题及原因分析",
    "六、有关建议",
    "七、其他需要说明的问题",
    "附件",
]  # fmt: skip
NUMBER = re.compile(r"\d+(?:\.\d+)?")
# what may stand in a text without being a figure: days, document numbers, the numbers of tables and of points
NOT_FIGURES = re.compile(r"\d{4}年(\d+月(\d+日)?)?|〔\d{4}〕\d+号|附表\d|W\d\d|^\d+\.|^（\d+）|^\d{1,2}$")


def body(content: ReportContent) -> tuple[Block, ...]:
    return write_body(cleaned(content))


def paragraphs(content: ReportContent) -> list[str]:
    return [block.text for block in body(content) if block.table is None]


def after(content: ReportContent, heading: str) -> list[str]:
    """The paragraphs between a heading and the next one of its level or above."""
    blocks = body(content)
    start = next(place for place, block in enumerate(blocks) if block.text == heading)
    level, found = blocks[start].kind, []
    for block in blocks[start + 1 :]:
        if block.kind.startswith("heading") and block.kind <= level:
            break
        found.append(block.text)
    return found


def test_the_seven_chapters_stand_in_their_order() -> None:
    headings = [block.text for block in body(hukou()) if block.kind in ("heading1", "heading2")]

    assert headings == CHAPTERS


def test_the_first_paragraph_prints_stock_movements_and_money_each_with_its_figure() -> None:
    first = body(hukou())[2]

    assert "城乡低保在保5277户9737人，其中农村低保4519户8520人，城镇低保758户1217人" in first.text
    assert "新增436户793人，核减586户1483人；年初在保5427户10427人" in first.text
    assert "低保金6300.38万元，其中农村5331.78万元，城镇968.59万元" in first.text
    assert {"households", "persons", "rural.persons", "left.persons", "paid", "paid.urban"} <= set(first.figures)


def test_a_sum_that_does_not_add_up_as_printed_is_explained() -> None:
    assert "合计6300.38万元与分项5331.78＋968.59＝6300.37万元相差0.01万元" in paragraphs(hukou())[3]


def test_without_a_rounding_tail_there_is_no_note() -> None:
    assert not any("舍入说明" in text for text in paragraphs(replace(hukou(), rounding="")))


def test_the_missing_execution_block_is_said_and_nothing_is_rescaled_in_silence() -> None:
    said = "".join(after(hukou(), "三、综合评价情况及评价结论"))

    assert "没有预算执行率一行" in said
    assert "本报告不作折算" in said
    assert "评分表各行得分合计83.83分，分值合计90分" in said


def test_the_execution_block_stands_beside_the_sheet() -> None:
    said = "".join(after(hukou(), "三、综合评价情况及评价结论"))

    assert "批复预算6290.00万元，执行6300.38万元，执行率100.17%，得10.00分（分值10）" in said


def test_what_was_not_measured_is_named_under_the_conclusion() -> None:
    said = "".join(after(hukou(), "三、综合评价情况及评价结论"))

    assert "未测得的指标：“城乡低保对象录入数字民政系统率”（分值5）" in said


def test_a_given_score_is_printed_with_name_and_reason_beside_the_rules() -> None:
    said = "".join(after(hukou(), "（三）项目产出情况"))

    assert "按规则为4.99分，陈评价评定为4.50分，理由：城镇新增超出预计" in said


def test_the_deviation_is_taken_apart() -> None:
    said = "".join(after(hukou(), "（三）项目产出情况"))

    assert "相差+8.59万元，其中保障人数变动-2.10万元，人均补助变动+10.69万元" in said


def test_each_thin_storey_has_its_counted_sentence() -> None:
    said = "".join(after(hukou(), "（二）项目过程情况"))

    for counted in ("线索121条", "信息核对3120人次", "表决471件", "99.87%（7690/7700）", "关账12个月", "退回37笔",
                    "宣传活动163场", "热线", "实际4次", "（24/26）", "未测得"):  # fmt: skip
        assert counted in said


def test_a_storey_that_the_year_does_not_have_is_left_out() -> None:
    fewer = replace(hukou(), figures=tuple(one for one in FIGURES if not one.id.startswith("hotline")), rows=())

    assert not any("热线答复" in text for text in paragraphs(fewer))


def test_every_problem_has_a_suggestion_and_none_is_never_written() -> None:
    problems = [text for text in after(hukou(), "（二）存在的问题及原因分析") if re.match(r"\d+\.", text)]
    suggestions = after(hukou(), "六、有关建议")

    assert len(problems) == len(suggestions) == 9
    for chapter in ("六、有关建议", "七、其他需要说明的问题"):
        assert "无。" not in after(hukou(), chapter)


def test_a_county_without_problems_still_gets_sentences() -> None:
    rows = tuple(replace(row, is_met=True, is_measured=True, is_doubtful=False) for row in hukou().rows)
    figures = tuple(replace(one, n=one.d) for one in hukou().figures)

    perfect = replace(hukou(), rows=rows, figures=figures, findings=())

    assert after(perfect, "（二）存在的问题及原因分析") == ["按本年测得的数字，没有发现未达标、未测得或未说明的事项。"]
    assert len(after(perfect, "六、有关建议")) == 1


def test_signed_notes_are_printed() -> None:
    assert "W01由陈评价签署说明：三个数各自四舍五入" in "".join(after(hukou(), "七、其他需要说明的问题"))


def test_every_number_of_the_body_was_printed_by_a_figure() -> None:
    known = {number for text in texts(hukou()) for number in NUMBER.findall(text)}

    strangers = {
        (number, text)
        for text in paragraphs(hukou())
        for number in NUMBER.findall(NOT_FIGURES.sub("", text))
        if number not in known
    }

    assert strangers == set()


def test_the_wording_files_carry_no_number_of_a_year() -> None:
    said = str({key: value for key, value in words_of().items() if key != "tables"})

    assert NUMBER.findall(said) == []


def test_the_same_content_gives_the_same_text() -> None:
    assert plain_text(body(hukou())) == plain_text(body(hukou()))


def test_a_sentence_without_its_figure_is_refused_by_name() -> None:
    without = replace(hukou(), figures=tuple(one for one in FIGURES if one.id != "paid"))

    with pytest.raises(UnknownFigureInText, match="paid"):
        body(without)


def test_a_name_with_signs_of_every_format_stays_text() -> None:
    rows = tuple(replace(row, name="# " + NASTY) for row in hukou().rows)

    blocks = body(replace(hukou(), rows=rows, county="@ " + NASTY))

    assert [block.text for block in blocks if block.kind == "heading1"] == [
        one for one in CHAPTERS if one[0] in "一二三四五六七附"
    ]
    assert any(NASTY in block.text for block in blocks)


def test_nothing_unfilled_is_printed() -> None:
    said = plain_text(body(hukou()))

    assert not re.search(r"None|NaN|\{\{|\}\}|Undefined|。。|，。|；。", said)
