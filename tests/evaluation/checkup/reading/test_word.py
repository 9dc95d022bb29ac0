"""Word稿: what stands in a Word file is read as a reader of the printed page would read it."""

from opendibao.evaluation.checkup.document import Paragraph, Table
from opendibao.evaluation.checkup.reading import read_bytes, read_with_marks
from tests.evaluation.checkup.reading.word_files import (
    lists,
    lvl,
    numbered,
    p,
    r,
    style,
    styles,
    tbl,
    tc,
    tr,
    word,
)


def read(body: str, parts: dict[str, str] | None = None) -> list[Paragraph | Table]:
    return list(read_bytes("报告.docx", word(body, parts or {})).blocks)


def said(body: str, parts: dict[str, str] | None = None) -> list[str]:
    return [one.text for one in read(body, parts) if isinstance(one, Paragraph)]


class TestParagraph:
    def test_its_runs_are_one_text_and_empty_ones_are_passed_over(self) -> None:
        assert said(p("示范县", r("2023", "<w:b/>"), "年") + p() + p("  ") + p("第二段")) == ["示范县2023年", "第二段"]

    def test_soft_line_breaks_split_it(self) -> None:
        assert said(p("第一行", "<w:r><w:br/></w:r>", "第二行", "<w:r><w:cr/></w:r>", "第三行")) == [
            "第一行", "第二行", "第三行",
        ]  # fmt: skip

    def test_tabs_dashes_signs_and_invisible_signs_are_what_is_seen(self) -> None:
        sign = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
        assert said(p("甲", "<w:r><w:tab/></w:r>", "乙", "<w:r><w:noBreakHyphen/></w:r>", "丙\u200b丁", sign)) == [
            "甲 乙-丙丁☑"
        ]

    def test_links_content_controls_and_formulas_are_read_and_phonetic_guides_are_not(self) -> None:
        link = f'<w:hyperlink w:anchor="x">{r("链接")}</w:hyperlink>'
        control = f"<w:sdt><w:sdtPr><w:alias w:val='名'/></w:sdtPr><w:sdtContent>{r('控件')}</w:sdtContent></w:sdt>"
        ruby = f"<w:r><w:ruby><w:rt>{r('dī')}</w:rt><w:rubyBase>{r('低')}</w:rubyBase></w:ruby></w:r>"
        assert said(p(link, control, ruby, "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>")) == ["链接控件低x=1"]

    def test_a_field_gives_its_result(self) -> None:
        field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
        code = "<w:r><w:instrText>SUM(ABOVE)</w:instrText></w:r>"
        assert said(p("合计", field.format("begin"), code, field.format("separate"), "96", field.format("end"))) == [
            "合计96"
        ]

    def test_its_own_outline_level_goes_before_its_style(self) -> None:
        known = styles(style("1", "heading 1"))
        blocks = read(
            p("章", properties='<w:pStyle w:val="1"/>')
            + p("文", properties='<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>')
            + p("节", properties='<w:outlineLvl w:val="1"/>'),
            known,
        )
        assert [(one.text, one.level) for one in blocks] == [("章", 1), ("文", 0), ("节", 2)]  # type: ignore[union-attr]

    def test_styles_inherit_their_level_by_name_or_by_outline(self) -> None:
        known = styles(
            style("a", "标题 2"), style("b", "我的标题", based="a"),
            style("c", "公文标题", '<w:outlineLvl w:val="2"/>'),
            style("d", "正文", based="d"),
        )  # fmt: skip
        blocks = read("".join(p(one, properties=f'<w:pStyle w:val="{one}"/>') for one in "abcdx"), known)
        assert [one.level for one in blocks] == [2, 2, 3, 0, 0]  # type: ignore[union-attr]

    def test_word_s_own_list_of_contents_is_passed_over(self) -> None:
        gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
        control = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{p('目录')}{p('一、概况1')}</w:sdtContent></w:sdt>"
        by_style = p("一、概况 1", properties='<w:pStyle w:val="t"/>')
        typed = p("目 录") + p("一、概况", "<w:r><w:tab/></w:r>", "1") + p("二、结论……3")
        assert said(control + by_style + typed + p("一、概况"), styles(style("t", "toc 1"))) == ["一、概况"]

    def test_a_margin_note_without_words_is_passed_over_a_framed_title_is_not(self) -> None:
        frame = '<w:framePr w:hAnchor="page" w:w="1390"/>'
        assert said(p("paid.rural", properties=frame) + p("示范县文件", properties=frame)) == ["示范县文件"]


class TestTraces:
    def test_insertions_are_kept_deletions_dropped_and_both_named(self) -> None:
        inserted = f'<w:ins w:id="1">{r("新增")}</w:ins><w:ins w:id="2">{r("的话")}</w:ins>'
        deleted = '<w:del w:id="3"><w:r><w:delText>删掉的话</w:delText></w:r></w:del>'
        assert read(p("本年", inserted, deleted, "。")) == [
            Paragraph("本年新增的话。", 0, ("修订插入：新增的话", "修订删除：删掉的话"))
        ]

    def test_a_paragraph_deleted_whole_is_named_with_the_next_or_the_last_one(self) -> None:
        gone = p("<w:del><w:r><w:delText>旧段</w:delText></w:r></w:del>")
        assert read(gone + p("新段")) == [Paragraph("新段", 0, ("修订删除：旧段",))]
        assert read(p("新段") + gone) == [Paragraph("新段", 0, ("修订删除：旧段",))]

    def test_hidden_text_is_not_read_and_is_named(self) -> None:
        assert read(p("看得见", r("看不见", "<w:vanish/>"), r("也看得见", '<w:vanish w:val="0"/>'))) == [
            Paragraph("看得见也看得见", 0, ("隐藏文字：看不见",))
        ]

    def test_comments_are_named_with_their_words(self) -> None:
        known = {"word/comments.xml": word_comments("请核实")}
        mark = '<w:r><w:commentReference w:id="7"/></w:r>'
        assert read(p("满意度95%", mark), known) == [Paragraph("满意度95%", 0, ("批注：请核实",))]

    def test_only_the_bookmark_that_word_leaves_by_itself_is_named(self) -> None:
        marks = '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkStart w:id="1" w:name="_Toc1"/>'
        assert read(p(marks, "截至年底")) == [Paragraph("截至年底", 0, ("书签：_GoBack",))]

    def test_what_is_typed_like_a_bookmark_stays_text(self) -> None:
        assert read(p("[bookmark: _GoBack]截至年底")) == [Paragraph("[bookmark: _GoBack]截至年底")]

    def test_a_broken_reference_is_named(self) -> None:
        assert read(p("见", "错误!未找到引用源", "。")) == [
            Paragraph("见错误!未找到引用源。", 0, ("域错误：错误!未找到引用源",))
        ]


def word_comments(text: str) -> str:
    from tests.evaluation.checkup.reading.word_files import NAMES

    return f'<w:comments {NAMES}><w:comment w:id="7" w:author="王">{p(text)}</w:comment></w:comments>'


CHINESE = lists(
    '<w:abstractNum w:abstractNumId="0">'
    + lvl(0, "chineseCounting", "%1、")
    + lvl(1, "chineseCountingThousand", "（%2）")
    + lvl(2, "decimal", "%3.")
    + lvl(3, "decimal", "%1.%4", more="<w:isLgl/>")
    + '</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>'
    + '<w:num w:numId="6"><w:abstractNumId w:val="0"/>'
    + '<w:lvlOverride w:ilvl="2"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


class TestNumbering:
    def test_the_numbers_word_writes_by_itself_stand_in_the_text(self) -> None:
        body = "".join(
            p(text, properties=numbered(5, at))
            for at, text in [(0, "概况"), (1, "项目"), (1, "目标"), (2, "总体"), (0, "工作"), (1, "目的"), (3, "细")]
        )
        assert said(body, CHINESE) == [
            "一、概况", "（一）项目", "（二）目标", "1.总体", "二、工作", "（一）目的", "2.1 细",
        ]  # fmt: skip

    def test_a_list_with_a_start_of_its_own_begins_anew_once(self) -> None:
        body = "".join(p(str(n), properties=numbered(n, 2)) for n in (5, 5, 6, 6))
        assert said(body, CHINESE) == ["1.5", "2.5", "1.6", "2.6"]

    def test_a_number_does_not_run_into_the_text(self) -> None:
        plain = lists(
            f'<w:abstractNum w:abstractNumId="0">{lvl(0, "decimal", "%1")}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        )
        assert said(p("5000户", properties=numbered(1)), plain) == ["1 5000户"]

    def test_a_style_brings_its_number_and_zero_takes_it_away(self) -> None:
        tied = lists(
            '<w:abstractNum w:abstractNumId="0">'
            + lvl(0, "chineseCounting", "%1、")
            + lvl(1, "chineseCounting", "（%2）", more='<w:pStyle w:val="2"/>')
            + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        )
        known = styles(
            style("1", "heading 1", '<w:numPr><w:numId w:val="1"/></w:numPr>'),
            style("2", "heading 2", '<w:numPr><w:numId w:val="1"/></w:numPr>'),
        )
        body = p("甲", properties='<w:pStyle w:val="1"/>') + p("乙", properties='<w:pStyle w:val="2"/>')
        body += p("丙", properties='<w:pStyle w:val="1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        assert said(body, {**tied, **known}) == ["一、甲", "（一）乙", "丙"]

    def test_bullets_and_lists_that_are_not_there_give_nothing(self) -> None:
        dots = lists(
            f'<w:abstractNum w:abstractNumId="0">{lvl(0, "bullet", "●")}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        )
        assert said(p("点", properties=numbered(1)) + p("无", properties=numbered(9)), dots) == ["点", "无"]


class TestTable:
    def test_cells_merged_across_and_down_hold_their_text_once(self) -> None:
        down, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
        table = tbl(
            tr("一级", "三级", "分值"),
            tr(tc("产出", down), "人数", "10"),
            tr(tc("", goes_on), "准确率", "5"),
            tr(tc("合计", '<w:gridSpan w:val="2"/>'), "15"),
        )
        assert read(table) == [
            Table((("一级", "三级", "分值"), ("产出", "人数", "10"), ("", "准确率", "5"), ("合计", "", "15")))
        ]

    def test_rows_of_unlike_length_make_a_rectangle(self) -> None:
        before = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>'
        assert read(tbl(tr("甲", "乙", "丙"), tr("丁", properties=before), tr("戊"))) == [
            Table((("甲", "乙", "丙"), ("", "丁", ""), ("戊", "", "")))
        ]

    def test_lines_of_a_cell_are_joined_by_line_ends(self) -> None:
        cell = tc(p("三级") + p() + p("指标", "<w:r><w:br/></w:r>", "名称"))
        assert read(tbl(tr(cell, "分值"))) == [Table((("三级\n指标\n名称", "分值"),))]

    def test_a_table_that_only_draws_a_frame_is_what_stands_in_it(self) -> None:
        inner = tbl(tr("甲", "乙"))
        assert read(tbl(tr(tc(p("一、概况") + inner + p("文"))))) == [
            Paragraph("一、概况"), Table((("甲", "乙"),)), Paragraph("文"),
        ]  # fmt: skip

    def test_a_table_in_a_cell_follows_the_table_around_it(self) -> None:
        assert read(tbl(tr(tc(p("外") + tbl(tr("内", "里"))), "旁"))) == [
            Table((("外", "旁"),)), Table((("内", "里"),)),
        ]  # fmt: skip

    def test_rows_deleted_under_tracking_are_dropped_and_named(self) -> None:
        gone = tr("旧", "行", properties='<w:trPr><w:del w:id="1"/></w:trPr>')
        assert read(tbl(tr("甲", "乙"), gone)) == [Table((("甲", "乙"),), ("修订删除：表格的一行",))]
        assert read(tbl(gone) + p("后文")) == [Paragraph("后文", 0, ("修订删除：表格的一行",))]

    def test_traces_in_cells_are_those_of_the_table(self) -> None:
        cell = tc(p("5", '<w:ins w:id="1"><w:r><w:t>0</w:t></w:r></w:ins>'))
        assert read(tbl(tr("分值", cell))) == [Table((("分值", "50"),), ("修订插入：0",))]

    def test_rows_and_cells_in_content_controls_are_read(self) -> None:
        row = f"<w:sdt><w:sdtContent>{tr('丙', '丁')}</w:sdtContent></w:sdt>"
        assert read(tbl(tr("甲", "乙"), row)) == [Table((("甲", "乙"), ("丙", "丁")))]

    def test_an_empty_table_is_none(self) -> None:
        assert read(tbl(tr("", "")) + p("文")) == [Paragraph("文")]

    def test_numbers_word_writes_into_cells_are_read(self) -> None:
        cell = tc(p(properties=numbered(5, 2)))
        table = read(tbl(tr(cell, "甲"), tr(cell, "乙")), CHINESE)[0]
        assert isinstance(table, Table)
        assert [row[0] for row in table.rows] == ["1.", "2."]


class TestTextBox:
    BOX = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent>"
        "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent>"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )

    def test_its_paragraphs_follow_once_the_paragraph_it_hangs_on(self) -> None:
        assert said(p("正文", self.BOX.format(p("框里") + p("第二行")), "接着") + p("下一段")) == [
            "正文接着", "框里", "第二行", "下一段",
        ]  # fmt: skip

    def test_in_a_cell_it_is_part_of_the_cell(self) -> None:
        cell = tc(p("格", self.BOX.format(p("框"))))
        assert read(tbl(tr(cell, "旁"))) == [Table((("格\n框", "旁"),))]


class TestMarks:
    def test_each_block_knows_its_paragraph_each_row_one_of_its_own(self) -> None:
        down = '<w:vMerge w:val="restart"/>'
        body = p("甲", "<w:r><w:br/></w:r>", "乙") + p()
        body += tbl(tr("一级", "分值"), tr(tc("产出", down), "10"), tr(tc("", "<w:vMerge/>"), "5"))
        _, marks = read_with_marks("报告.docx", word(body))
        # paragraphs of the file: 0 甲乙, 1 empty, 2 一级, 3 分值, 4 产出, 5 10, 6 merged on, 7 5
        assert marks == ((0,), (0,), (2, 5, 7))

    def test_what_stands_in_a_text_box_is_marked_at_what_the_box_hangs_on(self) -> None:
        _, marks = read_with_marks("报告.docx", word(p("前") + p("主", TestTextBox.BOX.format(p("框"))) + p("后")))
        # 0 前, 1 主, 2 and 3 the box in its two forms, 4 后
        assert marks == ((0,), (1,), (1,), (4,))
