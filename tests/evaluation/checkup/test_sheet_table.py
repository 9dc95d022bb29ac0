"""Indicator tables of foreign reports: their heads, merged cells, several tables, totals, the funds block."""

from decimal import Decimal

import pytest

from opendibao.evaluation.checkup.document import Document, Paragraph, Table
from opendibao.evaluation.checkup.finding import Place
from opendibao.evaluation.checkup.sheet_table import SheetTable, sheet_of
from tests.evaluation.checkup.papers import HEADS, SOUND, paper


def _sheet(document: Document) -> SheetTable:
    sheet = sheet_of(document)
    assert sheet is not None
    return sheet


def test_a_sound_sheet_is_read_row_by_row() -> None:
    sheet = _sheet(paper("附表", sheet=SOUND))
    assert len(sheet.lines) == 7
    first, second = sheet.lines[:2]
    assert (second.level1, second.level2, second.number, second.row) == ("成本指标", "经济成本指标", 2, 2)
    assert first.target is not None
    assert (first.target.sign, first.weight, first.score) == ("≤", 10, 10)
    assert sheet.execution is not None
    assert (sheet.execution.score, sheet.weights, sheet.total_weight) == (Decimal("9.82"), 90, 100)
    assert sheet.total_place == Place(1, 9)


@pytest.mark.parametrize(
    "heads",
    [
        (
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "全年实际完成值",
            "分值",
            "自评得分",
            "偏差原因分析及改进措施",
        ),
        ("一级\n指标", "二级指标", "指标名称", "目标值", "完成值", "权重（%）", "评价得分", "扣分原因"),
        ("一级指标", "二级指标", "三级指标", "预期指标值", "实际完成情况", "标准分", "最终得分", "备注"),
    ],
)
def test_heads_vary(heads: tuple[str, ...]) -> None:
    line = _sheet(paper(sheet=SOUND, heads=heads)).lines[3]
    assert line.target is not None
    assert line.actual is not None
    assert (line.name, line.target.value, line.actual.value, line.weight, line.score) == (
        "保障对象准确率", 95, Decimal("96.5"), 20, 20,
    )  # fmt: skip


def test_columns_in_another_order_with_units_of_their_own() -> None:
    heads = ("序号", "一级指标", "三级指标", "分值", "计量单位", "指标值", "实际完成值", "得分")
    line = _sheet(paper(sheet=[("1", "产出指标", "农村低保人数", "10", "人", "≤700", "610", "10")], heads=heads)).lines[
        0
    ]
    assert line.target is not None
    assert line.actual is not None
    assert (line.target.sign, line.target.unit, line.actual.unit, line.reason) == ("≤", "人", "人", "")


def test_points_by_rule_are_not_the_points() -> None:
    heads = ("三级指标", "指标值", "实际完成值", "分值", "按规则得分", "得分")
    assert _sheet(paper(sheet=[("满意度", "≥90%", "92%", "10", "10.00", "9.00")], heads=heads)).lines[0].score == 9


def test_a_table_over_two_pages_is_one_sheet() -> None:
    one = Table((HEADS, *SOUND[:4]))
    two = Table((HEADS, *SOUND[4:]))
    sheet = _sheet(Document("报告.docx", "docx", (one, Paragraph("（续表）"), two)))
    assert [line.number for line in sheet.lines] == [1, 2, 3, 4, 5, 6, 7]
    assert (sheet.lines[4].place, sheet.total_place) == (Place(2, 1), Place(2, 5))


def test_rows_that_go_on_without_a_head() -> None:
    blocks = (Table((HEADS, *SOUND[:4])), Paragraph(""), Table(SOUND[4:]))
    sheet = _sheet(Document("报告.docx", "docx", blocks))
    assert (len(sheet.lines), sheet.total_weight, sheet.lines[4].level1) == (7, 100, "产出指标")


def test_another_table_after_the_total_is_another_table() -> None:
    rows = (("1", "x", "农村低保金", "≤1万元", "1万元", "50", "50", ""),)
    blocks = (Table((HEADS, *SOUND)), Paragraph("乡镇评分"), Table((HEADS, *rows)))
    assert len(_sheet(Document("报告.docx", "docx", blocks)).lines) == 7


def test_the_form_with_funds_on_top_in_one_table() -> None:
    rows = [
        ("项目名称", "低保金", "", "", "", "", "", ""),
        ("项目资金（万元）", "", "年初预算数", "全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）", "得分"),
        ("", "年度资金总额", "420", "420.00", "412.30", "10", "98.17%", "9.82"),
        ("", "其中：当年财政拨款", "400", "400.00", "392.30", "", "", ""),
        ("", "上年结转资金", "20", "20.00", "20.00", "", "", ""),
        HEADS,
        *SOUND[:7],
        ("总分", "", "", "", "", "100", "99.82", ""),
    ]
    sheet = _sheet(Document("报告.docx", "docx", (Table(tuple(rows)),)))
    assert sheet.funds is not None
    assert sheet.funds.executed is not None
    assert (sheet.funds.row, sheet.funds.weight, sheet.funds.score) == (2, 10, Decimal("9.82"))
    assert (sheet.funds.executed.base, sheet.funds.executed.unit) == (4_123_000, "万元")
    assert [total.value for _, total, _ in sheet.funds.sums()] == [420, Decimal("412.30")]
    assert (sheet.execution_weight, sheet.weights, sheet.total_score) == (10, 90, Decimal("99.82"))


def test_subtotals_are_no_indicators() -> None:
    rows = (*SOUND[:2], ("小计", "", "", "", "", "20", "20", ""), *SOUND[2:])
    sheet = _sheet(paper(sheet=rows))
    assert (len(sheet.lines), sheet.subtotals[0].weights, sheet.subtotals[0].weight) == (7, 20, 20)


def test_other_tables_are_no_sheet() -> None:
    towns = Table((("乡镇", "户数", "人数"), ("东乡", "12", "20"), ("合计", "12", "20")))
    assert sheet_of(Document("报告.docx", "docx", (towns,))) is None
