"""文字稿、Markdown稿: paragraphs and tables of texts, in the encodings and forms in which they come."""

import os
from pathlib import Path

import pytest

from opendibao.evaluation.checkup.document import Document, Paragraph, Table
from opendibao.evaluation.checkup.reading import BadReport, read_bytes, read_report

REPORT = "一、基本情况\n2023年，示范县在保低保对象300户500人。\n"


def read(text: str, name: str = "报告.txt", encoding: str = "utf-8") -> list[Paragraph | Table]:
    return list(read_bytes(name, text.encode(encoding)).blocks)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_text_is_read_in_its_encoding(encoding: str, ends: str) -> None:
    expected = Document(
        "报告.txt", "text", (Paragraph("一、基本情况"), Paragraph("2023年，示范县在保低保对象300户500人。"))
    )
    assert read_bytes("报告.txt", REPORT.replace("\n", ends).encode(encoding)) == expected


class TestCellsPerLine:
    TABLE = "\t一级\n\t三级\n\t分值\n\n\t产出\n\t人数\n\t10\n\n\t\n\t准确率\n\t5\n"
    ROWS = (("一级", "三级", "分值"), ("产出", "人数", "10"), ("", "准确率", "5"))

    @pytest.mark.parametrize("after", ["\n\n四、分析", "\n四、分析", "四、分析"])
    def test_an_empty_line_ends_the_row(self, after: str) -> None:
        assert read("三、结论\n" + self.TABLE + after) == [
            Paragraph("三、结论"), Table(self.ROWS), Paragraph("四、分析"),
        ]  # fmt: skip

    def test_a_cell_may_go_on_in_a_line_without_tab(self) -> None:
        text = "\t名称\n\t原因\n\n\t人数\n\t政策调整\n人口变动\n\n\t户数\n\t同上\n"
        assert read(text) == [Table((("名称", "原因"), ("人数", "政策调整\n人口变动"), ("户数", "同上")))]

    def test_two_tables_are_told_apart_by_the_wider_gap(self) -> None:
        text = "\t甲\n\t乙\n\n\t1\n\t2\n\n\n\n\t丙\n\t丁\n\n\t3\n\t4\n"
        assert read(text) == [Table((("甲", "乙"), ("1", "2"))), Table((("丙", "丁"), ("3", "4")))]

    def test_paragraphs_that_begin_with_a_tab_are_no_table(self) -> None:
        long = "本年度共走访困难家庭并逐户登记收入、财产和支出情况，" * 4
        assert read(f"\t{long}\n\t{long}\n\n\t{long}\n\t{long}\n") == [Paragraph(long)] * 4
        assert read("\t第一段。\n\n\t第二段。\n\n\t第三段。\n") == [
            Paragraph("第一段。"), Paragraph("第二段。"), Paragraph("第三段。"),
        ]  # fmt: skip


class TestRowPerLine:
    ROWS = (("一级", "三级", "分值"), ("产出", "人数", "10"), ("", "准确率", "5"))

    def test_tabs_between_cells(self) -> None:
        assert read("如下：\n一级\t三级\t分值\n产出\t人数\t10\n\t准确率\t5\n完。") == [
            Paragraph("如下："), Table(self.ROWS), Paragraph("完。"),
        ]  # fmt: skip

    @pytest.mark.parametrize("strokes", ["|", "│", "｜"])
    def test_strokes_between_cells(self, strokes: str) -> None:
        text = "|一级|三级|分值|\n|---|---|---|\n|产出|人数|10|\n||准确率|5|\n".replace("|", strokes)
        assert read(text) == [Table(self.ROWS)]

    def test_one_line_with_tabs_is_a_paragraph(self) -> None:
        assert read("单位：\t示范县民政局\n\n年度：\t2023") == [
            Paragraph("单位： 示范县民政局"),
            Paragraph("年度： 2023"),
        ]

    def test_a_list_of_contents_is_passed_over(self) -> None:
        text = "目  录\n一、概况\t1\n二、工作\t3\n三、结论……………8\n一、概况\n文。"
        assert read(text) == [Paragraph("一、概况"), Paragraph("文。")]

    def test_years_beside_counts_are_no_list_of_contents(self) -> None:
        assert read("年度\t户数\n2021年\t300\n2022年\t280\n2023年\t290\n") == [
            Table((("年度", "户数"), ("2021年", "300"), ("2022年", "280"), ("2023年", "290")))
        ]


def test_lines_broken_at_a_margin_are_one_paragraph() -> None:
    lines = (
        "示范县二〇二三年共保障城乡低保对象三百户，全年按月发",
        "放低保金，每月十日之前到账，并且对每一户的收入和财产",
        "逐一核对。",
    )
    text = "\n".join((*lines, "（一）项目概况", ""))
    assert read(text) == [Paragraph("".join(lines)), Paragraph("（一）项目概况")]


class TestMarkdown:
    def md(self, text: str) -> list[Paragraph | Table]:
        return read(text, "报告.md")

    def test_headings_have_their_level(self) -> None:
        assert self.md("# 评价报告\n\n## 一、概况 ##\n文。\n\n结论\n====\n\n节\n---\n") == [
            Paragraph("评价报告", 1), Paragraph("一、概况", 2), Paragraph("文。"),
            Paragraph("结论", 1), Paragraph("节", 2),
        ]  # fmt: skip

    def test_a_table_with_escaped_strokes_and_breaks(self) -> None:
        text = "| 名称 | **分值** |\n|:--|--:|\n| 甲\\|乙 | 5 |\n| 丙<br>丁 | |\n"
        assert self.md(text) == [Table((("名称", "分值"), ("甲|乙", "5"), ("丙\n丁", "")))]

    def test_marks_are_taken_off_and_what_looks_like_them_stays(self) -> None:
        assert self.md(
            "**共**发放*及时*、`足额`，见[附表](a.md)，5*3*2，[bookmark: _GoBack]，\\*，&ge;95%，__十__年____月"
        ) == [Paragraph("共发放及时、足额，见附表，5*3*2，[bookmark: _GoBack]，*，≥95%，十年____月")]

    def test_lists_quotes_rules_and_comments(self) -> None:
        text = "- 甲\n* 乙\n> 丙\n1. 丁\n\n---\n<!-- 草稿 -->\n```\n戊\n```\n"
        assert self.md(text) == [Paragraph(one) for one in ("甲", "乙", "丙", "1. 丁", "戊")]


def test_a_pipe_that_may_never_end_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "报告.txt")
    with pytest.raises(BadReport, match="不是普通文件"):
        read_report(tmp_path / "报告.txt")
