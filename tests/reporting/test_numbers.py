"""逐数核对: every number that the Word report prints is one of the content's, and what is attached is printed."""

import io
import re
from dataclasses import replace

from docx import Document

from opendibao.evaluation.attachment import Attached
from opendibao.reporting.blocks import Block, plain_text
from opendibao.reporting.charts.album import pictures
from opendibao.reporting.content import ReportContent, cleaned, texts
from opendibao.reporting.sentences import DEPARTMENT_EVALUATION, template_text, words_of, write_body
from opendibao.reporting.tables import HASH_SHOWN
from opendibao.reporting.word_file import word_bytes
from tests.reporting.attachments import whole
from tests.reporting.contents import hukou

NUMBER = re.compile(r"\d+(?:\.\d+)?")


def blocks(content: ReportContent) -> tuple[Block, ...]:
    return write_body(cleaned(content))


def printed(content: ReportContent) -> set[str]:
    document = Document(io.BytesIO(word_bytes(cleaned(content), blocks(content))))
    said = [one.text for one in document.paragraphs]
    said += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return set(NUMBER.findall("\n".join(said)))


def test_every_number_of_the_word_report_is_one_of_the_content() -> None:
    content = whole()
    drawn = [text for one in pictures(content).values() for text in texts(one.rows)]
    hashes = [one.query_hash[:HASH_SHOWN] for one in content.figures]
    fixed = [template_text(DEPARTMENT_EVALUATION, "body.md"), str(words_of())]
    known = set(NUMBER.findall(" ".join([*texts(content), *drawn, *fixed, *hashes])))
    days = {str(n) for n in range(1, 32)}  # numbering of items and the days of dates

    assert printed(content) - known - days == set()


def test_a_number_that_is_nobody_s_would_be_found() -> None:
    content = replace(whole(), overall_goal="保障12345户")

    assert "12345" in printed(content)


def test_last_year_s_points_open_the_report() -> None:
    first = next(one for one in blocks(whole()) if one.kind == "paragraph")

    assert first.text == (
        "上年度整改：上年列入整改清单2项，已销号1项，还没有销号1项，其中逾期1项，逐项的措施、期限和结果见附表11。"
    )


def test_plan_team_timetable_and_documents_stand_in_the_second_chapter() -> None:
    said = plain_text(blocks(whole()))

    assert "按评价方案（第2版）组成评价组：文评价（民政局，组长）。时间安排和完成情况见附表8。" in said
    assert "列入评价资料2份，已收到1份，还没有收到1份" in said
    assert "撰写报告\t2025-01-02至2025-01-10\t文评价\t未完成" in said
    assert "政策文件\t社会救助暂行办法\t国务院令第649号，2014-02-21\t司法局\t2024-10-22" in said


def test_the_ledger_writes_problems_causes_and_a_suggestion_each() -> None:
    said = plain_text(blocks(whole()))

    assert "精准识别：申报以外的收入，测得4.10%。" in said
    assert "原因分析：488户次中20户次查明的收入高于申报。" in said
    assert "针对“申报以外的收入”：逐户补算。" in said
    assert "问题台账量了3个常见的问题：到了界线的1个，没有到界线的1个，未测得1个，逐个的数和判断见附表10。" in said
    assert "资金保障\t保障对象增加\t-690人\t未见\t在保人数全年净减690人" in said
    assert "问题台账中未测得的：县级配套资金（没有记录：各级资金的到位日期）。" in said


def test_every_problem_has_its_suggestion() -> None:
    said = plain_text(blocks(whole()))

    titles = re.findall(r"^\d+\.(.+)$", said.split("（二）存在的问题及原因分析\n")[1].split("六、有关建议")[0], re.M)
    advised = re.findall(r"针对“(.+?)”：", said)
    assert titles == advised
    assert len(titles) > 3


def test_what_is_missing_is_said_in_words() -> None:
    said = plain_text(blocks(replace(hukou(), attached=Attached())))

    assert "没有登记上年度的整改清单" in said
    assert "没有登记本年的评价方案" in said
    assert "没有登记评价资料清单" in said
    assert "附表6" not in said


def test_the_same_content_with_everything_gives_the_same_bytes() -> None:
    made = [word_bytes(cleaned(whole()), blocks(whole())) for _ in range(2)]

    assert made[0] == made[1]


def test_each_drawing_is_placed_once_and_described() -> None:
    document = Document(io.BytesIO(word_bytes(cleaned(whole()), blocks(whole()))))

    described = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert sorted(described) == sorted(one.alt for one in pictures(cleaned(whole())).values())
