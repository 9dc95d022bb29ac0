"""批注: each finding is a true Word comment at its place; a text becomes a Word file; the report stays as it is."""

import io
from collections.abc import Sequence

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from opendibao.evaluation.checkup.comments import commented
from opendibao.evaluation.checkup.finding import WHOLE, Finding, Place, Severity
from opendibao.evaluation.checkup.reading import read_bytes, read_with_marks
from tests.evaluation.checkup.reading.test_word import TestTextBox
from tests.evaluation.checkup.reading.word_files import p, tbl, tc, tr, word

RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="NULL"/></Relationships>'
)


def found(place: Place, name: str = "W04", zh: str = "达标却扣分，请改得分") -> Finding:
    return Finding(name, Severity.ERROR, zh, "某处", place)


def noted(name: str, content: bytes, findings: Sequence[Finding]) -> WordDocument:
    document, marks = read_with_marks(name, content)
    return docx.Document(io.BytesIO(commented(content, document, marks, findings)))


def anchors(word_file: WordDocument) -> dict[str, str]:
    """The text between the marks of each comment, by the comment's text."""
    texts = {str(one.comment_id): one.text for one in word_file.comments}
    said: dict[str, str] = {}
    opened: list[str] = []
    for element in word_file.element.body.iter():
        if element.tag == qn("w:commentRangeStart"):
            opened.append(element.get(qn("w:id")))
            said[texts[opened[-1]]] = ""
        elif element.tag == qn("w:commentRangeEnd"):
            opened.remove(element.get(qn("w:id")))
        elif element.tag == qn("w:t"):
            for one in opened:
                said[texts[one]] += element.text or ""
    assert opened == []
    return said


BODY = (
    p("评价报告")
    + p("共发放", "低保金", "100万元。")
    + tbl(tr("一级", "指标", "得分"), tr(tc("产出", '<w:vMerge w:val="restart"/>'), "人数", "4"),
          tr(tc("", "<w:vMerge/>"), "准确率", "5"))
)  # fmt: skip


class TestPlace:
    def test_a_paragraph_is_marked_whole(self) -> None:
        assert anchors(noted("报告.docx", word(BODY), [found(Place(1))])) == {
            "W04 错误\n达标却扣分，请改得分": "共发放低保金100万元。"
        }

    def test_a_row_is_marked_at_its_own_first_cell(self) -> None:
        places = [found(Place(2, row), zh=str(row)) for row in (0, 1, 2)]
        assert list(anchors(noted("报告.docx", word(BODY), places)).values()) == ["一级", "人数", "准确率"]

    def test_what_is_about_the_whole_report_stands_at_its_beginning(self) -> None:
        assert list(anchors(noted("报告.docx", word(BODY), [found(WHOLE)])).values()) == ["评价报告"]
        assert list(anchors(noted("报告.docx", word(BODY), [found(Place(99))])).values()) == ["评价报告"]

    def test_several_findings_of_one_place_are_several_comments(self) -> None:
        said = anchors(noted("报告.docx", word(BODY), [found(Place(1), f"W0{n}") for n in range(1, 9)]))
        assert set(said.values()) == {"共发放低保金100万元。"}
        assert len(said) == 8

    def test_a_text_box_takes_no_comment_so_its_host_does(self) -> None:
        content = word(p("主段", TestTextBox.BOX.format(p("框里的字"))))
        said = anchors(noted("报告.docx", content, [found(Place(1))]))
        assert next(iter(said.values())).startswith("主段")

    def test_a_paragraph_without_runs_gets_one(self) -> None:
        content = word(
            "<w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p>" + tbl(tr("", "甲"), tr("", ""))
        )
        places = [found(Place(0), zh="0"), found(Place(1, 1), zh="1")]
        assert list(anchors(noted("报告.docx", content, places)).values()) == ["链接", ""]

    def test_what_tracking_takes_away_is_not_marked(self) -> None:
        gone = "<w:del w:id='1'><w:r><w:delText>旧</w:delText></w:r></w:del>"
        made = noted("报告.docx", word(p(gone, "新", gone)), [found(Place(0))])
        assert list(anchors(made).values()) == ["新"]
        assert not [one for one in made.element.body.iter(qn("w:del")) if one.findall(qn("w:commentRangeStart"))]


class TestReport:
    def test_it_stays_as_it_is_but_for_the_comments(self) -> None:
        made = io.BytesIO()
        document, marks = read_with_marks("报告.docx", word(BODY))
        made.write(commented(word(BODY), document, marks, [found(Place(1)), found(Place(2, 1))]))
        again = read_bytes("报告.docx", made.getvalue())
        bare = [getattr(one, "text", getattr(one, "rows", None)) for one in again.blocks]
        assert bare == [getattr(one, "text", getattr(one, "rows", None)) for one in document.blocks]

    def test_its_own_comments_are_kept(self) -> None:
        first = commented(word(BODY), *read_with_marks("报告.docx", word(BODY)), [found(Place(1), "W01")])
        assert len(list(noted("报告.docx", first, [found(Place(1), "W02")]).comments)) == 2

    def test_comments_say_by_whom_and_not_when(self) -> None:
        made = next(iter(noted("报告.docx", word(BODY), [found(Place(1))]).comments))
        assert (made.author, made.initials, made.timestamp) == ("报告体检", "体检", None)

    def test_words_like_markup_are_words(self) -> None:
        said = anchors(noted("报告.docx", word(BODY), [found(Place(1), zh="分值 <100> & 得分")]))
        assert "W04 错误\n分值 <100> & 得分" in said

    @pytest.mark.parametrize("name", ["报告.txt", "报告.md"])
    def test_a_text_becomes_a_word_file(self, name: str) -> None:
        text = "## 一、概况\n\n共发放100万元。\n\n| 指标 | 得分 |\n|---|---|\n| | 4 |\n".encode()
        last = len(read_bytes(name, text).blocks) - 1
        made = noted(name, text, [found(Place(1), zh="甲"), found(Place(last, 1), zh="乙")])
        assert list(anchors(made).values()) == ["共发放100万元。", "4"]
        assert [[cell.text for cell in row.cells] for row in made.tables[0].rows] == [["指标", "得分"], ["", "4"]]

    def test_a_word_file_that_cannot_be_written_into_becomes_a_plain_one(self) -> None:
        content = word(BODY, {"word/_rels/document.xml.rels": RELATIONS})
        with pytest.raises(KeyError):
            docx.Document(io.BytesIO(content))
        assert list(anchors(noted("报告.docx", content, [found(Place(2, 2))])).values()) == ["准确率"]
