"""What could not be read is said: a table that came as loose lines, a text that is no report."""

from opendibao.evaluation.checkup.catalogue import check_document
from opendibao.evaluation.checkup.document import Document, Paragraph
from opendibao.evaluation.checkup.finding import Place
from opendibao.evaluation.checkup.reading import read_bytes

HEADS = ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分")
CELLS = ("产出指标", "数量指标", "培训次数", "≥4次", "5次", "10", "10")


def found(*texts: str) -> list[tuple[str, Place]]:
    document = Document("报告.txt", "text", tuple(map(Paragraph, texts)))
    return [(one.id, one.place) for one in check_document(document) if one.id.startswith("R")]


def test_a_table_of_loose_lines_is_named_at_its_head() -> None:
    assert found("一、基本情况", "（一）项目概况", "全年培训5次。", *HEADS, *CELLS) == [("R01", Place(3))]


def test_columns_set_with_blanks_are_named_too() -> None:
    assert found("三、综合评价情况及评价结论", (" " * 20).join(HEADS), (" " * 20).join(CELLS)) == [("R01", Place(1))]


def test_a_sentence_about_the_heads_is_no_table() -> None:
    told = (
        "指标体系分一级指标、二级指标、三级指标，每一项写明指标值、分值和得分办法，"
        + "按全年登记在册的事实逐项取数，" * 3
    )
    assert found("三、综合评价情况及评价结论", told) == []


def test_a_table_that_was_read_is_not_named() -> None:
    text = "三、综合评价情况及评价结论\n" + "\t".join(HEADS) + "\n" + "\t".join(CELLS) + "\n"
    document = read_bytes("报告.txt", text.encode())

    assert [one.id for one in check_document(document) if one.id.startswith("R")] == []


def test_what_is_no_report_is_not_passed_in_silence() -> None:
    assert found("今天下午三点开会。", "请大家准时到。") == [("R02", Place())]
