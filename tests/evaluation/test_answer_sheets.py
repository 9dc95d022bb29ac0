"""答卷表: a row that is known is accepted again where every question says the same, else it is refused by its row."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from opendibao.evaluation.answer_sheets import FORMS, BadAnswerSheet, Imported, import_answers
from opendibao.evaluation.models import ArrivalCheck, Purpose, SatisfactionAnswer
from opendibao.evaluation.sampled import MemberRow, members
from opendibao.evaluation.sampling import Plan, draw_sample
from tests.payment.builders import at, family
from tests.payment.months import JANUARY, paid

pytestmark = pytest.mark.usefixtures("county")
DECEMBER = date(2024, 12, 2)
DAY = "2024-12-10"
OTHER = "第2行“编号”：这一户已经登记过别的回答，登记后不能改，请删去这一行"


def sampled(purpose: Purpose) -> MemberRow:
    """The only one of a sample; a payment is one of 620.00."""
    family("A1")
    if purpose == Purpose.ARRIVAL:
        paid(JANUARY)
    draw_sample(purpose, 2024, Plan("pps", seed=1, size=1), on=DECEMBER, at=at(DECEMBER))
    (row,) = members(purpose, 2024)
    return row


def sent(purpose: Purpose, row: MemberRow, *typed: str) -> Imported:
    """What comes of a sheet with one row, so filled in."""
    form, made = FORMS[purpose], io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("答卷")
        sheet.write_row(0, 0, form.columns)
        sheet.write_row(1, 0, [row.id, row.number, *[""] * (len(form.printed) - 2), *typed])
    return import_answers(purpose, 2024, made.getvalue(), today=date(2024, 12, 31), at=at(DECEMBER))


def test_the_identical_sheet_is_accepted_again_with_a_question_left_empty() -> None:
    row = sampled(Purpose.SATISFACTION)
    typed = ("", "有所减轻", "知道", "纸质", DAY)
    assert sent(Purpose.SATISFACTION, row, *typed) == Imported(taken=1, empty=0, known=0)
    kept = SatisfactionAnswer.objects.get()
    assert (kept.answer, kept.relief, kept.awareness) == ("none", "eased", "knows")
    assert sent(Purpose.SATISFACTION, row, *typed) == Imported(taken=0, empty=0, known=1)
    assert sent(Purpose.SATISFACTION, row, "未答", *typed[1:]) == Imported(taken=0, empty=0, known=1)


@pytest.mark.parametrize(
    "typed",
    [("不满意", "有所减轻", "知道"), ("满意", "加重", "知道"), ("满意", "有所减轻", "不知道"), ("满意", "", "知道")],
    ids=["满意度", "生活压力", "政策知晓", "left empty"],
)
def test_another_answer_to_any_question_is_refused(typed: tuple[str, str, str]) -> None:
    row = sampled(Purpose.SATISFACTION)
    sent(Purpose.SATISFACTION, row, "满意", "有所减轻", "知道", "纸质", DAY)
    with pytest.raises(BadAnswerSheet) as refused:
        sent(Purpose.SATISFACTION, row, *typed, "纸质", DAY)
    assert refused.value.faults == [OTHER]
    kept = SatisfactionAnswer.objects.get()
    assert (kept.answer, kept.relief, kept.awareness) == ("satisfied", "eased", "knows")


def test_another_amount_than_was_said_before_is_another_answer() -> None:
    row = sampled(Purpose.ARRIVAL)
    assert sent(Purpose.ARRIVAL, row, "收到，金额不符", "520.50", "电话", DAY).taken == 1
    assert sent(Purpose.ARRIVAL, row, "收到，金额不符", "520.5", "电话", DAY).known == 1
    with pytest.raises(BadAnswerSheet) as refused:
        sent(Purpose.ARRIVAL, row, "收到，金额不符", "520.51", "电话", DAY)
    assert refused.value.faults == [OTHER]
    assert ArrivalCheck.objects.get().said_fen == 52050


def test_an_amount_beside_an_answer_that_needs_none_is_not_kept_and_not_compared() -> None:
    row = sampled(Purpose.ARRIVAL)
    assert sent(Purpose.ARRIVAL, row, "收到，金额相符", "620", "电话", DAY).taken == 1
    assert ArrivalCheck.objects.get().said_fen is None
    assert sent(Purpose.ARRIVAL, row, "收到，金额相符", "620", "电话", DAY).known == 1


def test_a_file_that_swells_when_unpacked_is_refused_before_it_is_read() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/a.xml", "w") as part:
        for _million in range(101):
            part.write(b" " * 1_000_000)
    assert len(made.getvalue()) < 5_000_000
    with pytest.raises(BadAnswerSheet, match="文件解压后有101MB，答卷表最多100MB，请核对是不是答卷表"):
        import_answers("satisfaction", 2024, made.getvalue(), today=DECEMBER, at=at(DECEMBER))


def test_a_file_that_is_no_workbook_is_refused_in_words() -> None:
    with pytest.raises(BadAnswerSheet, match="文件打不开，不是能读的 xlsx 文件"):
        import_answers("satisfaction", 2024, b"PK nonsense", today=DECEMBER, at=at(DECEMBER))
