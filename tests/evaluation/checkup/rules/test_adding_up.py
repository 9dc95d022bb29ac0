"""W01 and C01: totals against their parts, in the text and in the table."""

import pytest

from opendibao.evaluation.checkup.document import Document, Table
from opendibao.evaluation.checkup.finding import Place
from tests.evaluation.checkup.papers import SOUND, found, paper, with_row

TAIL = "共发放城乡低保资金412.31万元，其中：农村低保资金336.15万元，城镇低保76.15万元。"


def test_a_tail_of_rounding_needs_its_note() -> None:
    (one,) = found(paper("一、基本情况", TAIL), "W01", "C01")
    assert (one.id, one.place.block) == ("W01", 1)
    assert "336.15＋76.15＝412.3万元" in one.zh
    assert "相差0.01万元" in one.zh


@pytest.mark.parametrize(
    "note", ["舍入说明：三个数各自四舍五入，合计与分项有尾差。", "注：因四舍五入，分项相加与合计略有出入。"]
)
def test_with_its_note_it_holds(note: str) -> None:
    assert found(paper(TAIL, note), "W01", "C01") == []


def test_a_word_about_rounding_scores_explains_no_money() -> None:
    assert [one.id for one in found(paper(TAIL, "各行得分四舍五入保留两位小数。"), "W01")] == ["W01"]


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("发放低保资金415.30万元，其中：农村低保资金336.15万元，城镇低保资金76.15万元。", "相差3万元"),
        ("全县共有低保对象401户750人，其中农村320户610人，城镇80户140人。", "相差1户"),
        ("全县共有低保对象400户570人，其中农村320户610人，城镇80户140人。", "相差180人"),
        ("老年人200人，成年人430人，未成年人120人，合计755人。", "相差5人"),
        ("支出412.30万元，其中中央资金300万元、省级资金80万元、县级资金82.30万元。", "相差50万元"),
        ("农村发放3361500.00元，城镇发放761500.00元，合计4123000.01元。", "相差0.01元"),
    ],
)
def test_beyond_rounding_a_number_is_wrong(text: str, gap: str) -> None:
    (one,) = found(paper(text), "W01", "C01")
    assert one.id == "C01"
    assert gap in one.zh


@pytest.mark.parametrize(
    "text",
    [
        "全县共有低保对象400户750人，其中农村320户610人，城镇80户140人。",
        "低保对象750人，其中重度残疾人90人，老年人200人。",  # some of them, not all
        "低保对象约750人，其中农村约600人，城镇约140人。",
        "全年发放412.30万元，其中一季度100万元。",
        "资金4123000元，其中农村336.15万元、城镇76.15万元。",
    ],
)
def test_what_adds_up_or_need_not_is_left_alone(text: str) -> None:
    assert found(paper(text), "W01", "C01") == []


def test_the_rows_of_the_table_against_the_total_of_the_text() -> None:
    assert found(paper("全年共发放低保资金412.30万元。", sheet=SOUND), "W01", "C01") == []
    (tail,) = found(paper("全年共发放低保资金412.31万元。", sheet=SOUND), "W01", "C01")
    (wrong,) = found(paper("全年共发放低保资金421.30万元。", sheet=SOUND), "W01", "C01")
    assert (tail.id, wrong.id) == ("W01", "C01")


def test_the_sources_of_the_funds_block() -> None:
    heads = ("项目资金（万元）", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    rows = [
        ("年度资金总额", "420.00", "412.30", "10", "98.17%", "9.82"),
        ("其中：当年财政拨款", "400.00", "390.30", "", "", ""),
        ("上年结转资金", "20.00", "20.00", "", "", ""),
    ]
    (one,) = found(paper(sheet=rows, heads=heads), "C01")
    assert found(paper(sheet=rows, heads=heads), "W02") == []
    assert found(paper(sheet=SOUND), "C01") == []
    assert "相差2万元" in one.zh


def test_a_changed_row_of_the_table_is_seen() -> None:
    assert [
        one.id for one in found(paper("全年共发放低保资金412.30万元。", sheet=with_row(2, actual="67.15万元")), "C01")
    ] == ["C01"]


def _towns(total: str, *, heads: tuple[str, ...] = ("乡镇", "户数", "户均人数")) -> Document:
    rows = (heads, ("东乡", "120", "1.9"), ("西乡", "180", "1.8"), ("南镇", "100", "2.0"), ("合计", total, "1.9"))
    return Document("报告.docx", "docx", (Table(rows),))


def test_the_total_row_of_any_table() -> None:
    assert found(_towns("400"), "C01", "W01") == []
    (one,) = found(_towns("410"), "C01", "W01")
    assert (one.id, one.place) == ("C01", Place(0, 4))
    assert "上面3行相加是400" in one.zh


def test_averages_and_parts_of_parts_are_not_added() -> None:
    assert found(_towns("410", heads=("乡镇", "每户平均", "户均人数")), "C01", "W01") == []
    rows = (("乡镇", "户数"), ("东乡", "120"), ("其中：农村", "100"), ("西乡", "180"), ("合计", "300"))
    assert found(Document("报告.docx", "docx", (Table(rows),)), "C01", "W01") == []


def test_a_tail_in_a_table_of_rounded_money() -> None:
    rows = (("月份", "支出（万元）"), ("1月", "34.36"), ("2月", "34.36"), ("3月", "34.36"), ("合计", "103.07"))
    assert [one.id for one in found(Document("报告.docx", "docx", (Table(rows),)), "C01", "W01")] == ["W01"]


@pytest.mark.parametrize(
    ("equation", "wrong"),
    [("320户＋80户＝400户", False), ("336.15＋76.15＝412.30万元", False), ("320＋80＝410", True), ("20%＋30%", False)],
)
def test_a_sum_that_is_written_out(equation: str, wrong: bool) -> None:
    assert bool(found(paper(f"在保户数：{equation}。"), "C01")) is wrong
