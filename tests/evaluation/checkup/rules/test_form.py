"""D02, D03, D04: doubled words, places left to be filled, punctuation."""

import pytest

from opendibao.evaluation.checkup.document import Document, Paragraph, Table
from opendibao.evaluation.checkup.finding import Place
from opendibao.evaluation.checkup.reading import read_bytes
from tests.evaluation.checkup.papers import found, paper, with_row
from tests.evaluation.checkup.reading.word_files import p, tbl, tc, tr, word
from tests.evaluation.checkup.rules.whole_report import report


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("对对低保工作进行评价。", ""),
        ("低保低保对象共有2310人。", "低保"),
        ("评价工作的的过程。", "的"),
        ("项目实施项目实施情况良好。", "项目实施"),
        ("及时足额发放及时足额发放到户。", "及时足额发放"),
    ],
)
def test_a_word_written_twice(text: str, word: str) -> None:
    (hit,) = found(paper(text), "D02")

    assert f"“{word}{word}”" in hit.zh or not word


@pytest.mark.parametrize(
    "text",
    [
        "常常走访，人人知晓，天天值守。",
        "一户一户核对，逐户逐户登记。",
        "年末在保6969户，发放2020份。",
        "付给有有效决定的家庭。",
        "材料齐全等等，以及及时办理。",
        "针对对象的不同情况分类施策。",
    ],
)
def test_words_that_double_rightly(text: str) -> None:
    assert found(paper(text), "D02") == []


def test_a_word_written_twice_in_a_cell() -> None:
    (hit,) = found(paper("表如下。", sheet=with_row(3, name="培训培训次数")), "D02")

    assert (hit.place.block, hit.place.row) == (1, 3)


@pytest.mark.parametrize(
    "text",
    [
        "XX县共有低保对象××户。",
        "发放金额为（  ）万元。",
        "该数据待补充。",
        "满意度为**%。",
        "[此处填写调查方法]",
        "见{{表格}}。",
        "错误!未找到引用源。",
        "【批注：这里再核一下】",
        "样本量待财务股核对后填写。",
        "到位率#DIV/0!。",
        "2023年  月  日",
        "某某局组织评价。",
    ],
)
def test_a_place_left_to_be_filled(text: str) -> None:
    assert found(paper(text), "D03")


@pytest.mark.parametrize(
    "text",
    [
        "部分制度有待完善，个别收入尚待核实。",
        "（注：金额以银行到账为准。）",
        "例如，某家庭成员在外务工。",
        "补助等于标准×人数×12个月。",
        "2023年12月31日",
        "民发〔2021〕57号文件。",
    ],
)
def test_words_that_are_no_leftovers(text: str) -> None:
    assert found(paper(text), "D03") == []


def test_tracked_changes_and_comments_of_the_file() -> None:
    document = Document("报告.docx", "docx", (Paragraph("在保1260户。", leftovers=("修订：插入“1260”",)),))

    (hit,) = found(document, "D03")

    assert "修订" in hit.zh


def test_traces_in_a_table_are_told_once_at_the_table() -> None:
    traces = ("批注：再核", "修订插入：1260", "书签：_GoBack")
    document = Document("报告.docx", "docx", (Paragraph("表如下。"), Table((("在保",), ("1260户",)), traces)))

    (hit,) = found(document, "D03")

    assert hit.place == Place(1)
    assert "批注：再核、修订插入：1260，" in hit.zh
    assert "_GoBack" not in hit.zh


def test_a_bookmark_alone_in_a_table_is_not_told_twice() -> None:
    document = Document("报告.docx", "docx", (Table((("在保",),), ("书签：_GoBack",)),))

    assert [(one.id, one.place) for one in found(document, "D03", "W15")] == [("W15", Place(0))]


def test_a_field_error_that_its_row_has_told_is_not_told_again_of_the_table() -> None:
    error = "错误!未找到引用源。"
    cells = (("见",), (error,))
    twice = Document("报告.docx", "docx", (Table(cells, (f"域错误：{error[:-1]}", "批注：再核")),))
    alone = Document("报告.docx", "docx", (Table(cells, (f"域错误：{error[:-1]}",)),))

    assert [(one.place.row, "域错误" in one.zh) for one in found(twice, "D03")] == [(-1, False), (1, False)]
    assert [one.place.row for one in found(alone, "D03")] == [1]


def test_traces_in_the_cells_of_a_word_file() -> None:
    back = '<w:bookmarkStart w:id="0" w:name="_GoBack"/>'
    changed = '<w:ins w:id="1"><w:r><w:t>1260</w:t></w:r></w:ins>'
    file = word(p("表如下。") + tbl(tr("在保", "户"), tr(tc(p(back, "年末")), tc(p(changed, "户")))))

    hits = found(read_bytes("报告.docx", file), "D03", "W15")

    assert [(one.id, one.place) for one in hits] == [("D03", Place(1)), ("W15", Place(1))]
    assert "修订插入：1260" in hits[0].zh
    assert "书签：_GoBack" in hits[1].zh


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("按月发放，，足额到账。", "重复"),
        ("按月发放。。", "重复"),
        ("按月发放（每月10日前到账。", "没有对应的另一半"),
        ("评价等级为“优。", "没有对应的另一半"),
        ("按月发放,足额到账，没有拖欠。", "混用"),
        ("准确率96%，满意度94％。", "混用"),
        ("样本200户（随机抽取)重新调查。", "一边全角"),
    ],
)
def test_wrong_signs(text: str, said: str) -> None:
    (hit,) = found(paper(text), "D04")

    assert said in hit.zh


def test_a_paragraph_without_its_full_stop() -> None:
    changed = report(("查阅台账，抽查凭证，到四个乡镇走访，逐项打分。", "查阅台账，抽查凭证，到四个乡镇走访，逐项打分"))

    (hit,) = found(changed, "D04")

    assert "句末漏了标点" in hit.zh


def test_signs_of_two_widths_in_one_column() -> None:
    (hit,) = found(paper("表如下。", sheet=with_row(5, target="=100%")), "D04")

    assert hit.place.block == 1


@pytest.mark.parametrize(
    "text",
    [
        "1)按月发放；2)足额到账。",
        "“应保尽保、应退尽退”是目标……",
        "共2,310人，按月发放。",
        "示范县民政局",
        "（一）按月发放（每月10日前）。",
    ],
)
def test_signs_that_are_right(text: str) -> None:
    assert found(paper(text), "D04") == []


def test_a_bracket_that_closes_in_the_next_line_is_closed() -> None:
    assert found(paper("低保金按月发放（每月10日前到账，", "遇节假日提前）。"), "D04") == []
