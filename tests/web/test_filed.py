"""原稿与复算页: a report is registered once and stands beside what is measured; nobody changes it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opendibao.evaluation.actions import lock_year
from opendibao.evaluation.models import FiledReport
from opendibao.kernel.duties import Duty
from tests.evaluation import small_county
from tests.evaluation.test_filed_reports import FILED
from tests.evaluation.year import LOCKED, YEAR
from tests.payment.builders import COUNTY
from tests.web.conftest import Page, Reader, page_of
from tests.web.desk import Desk, hired

PAGE, NEW = "/evaluation/filed/?year=2024", "/evaluation/filed/2024/new/"


@pytest.fixture
def evaluator(county: None) -> Desk:
    return Desk(hired("eval91", "文评价", division=COUNTY, duties=(Duty.EVALUATE,)))


def files(desk: Desk, text: str, name: str = "报送稿.md") -> Page:
    sent = {**desk.opens(NEW), "report": SimpleUploadedFile(name, text.encode())}
    return page_of(desk.client.post(NEW, sent))  # type: ignore[arg-type]


def test_an_empty_year_says_what_will_come(read: Reader) -> None:
    assert "还没有登记原报送稿" in read(PAGE).words


def test_without_figures_there_is_nothing_to_compare(evaluator: Desk) -> None:
    assert "还没有复算的结果" in evaluator.follows(files(evaluator, FILED)).words


def test_rows_and_totals_stand_side_by_side(evaluator: Desk) -> None:
    small_county.whole()
    lock_year(YEAR, COUNTY, at=LOCKED)
    page = evaluator.follows(files(evaluator, FILED))
    assert "已登记“报送稿.md”，原样留着，不能改也不能删" in page.words
    assert "农村低保金 ≤0.05万元 0.05万元 10 /10 ≤0.05万元 0.06万元 差 ＋0.01 5.00 /10 －5" in page.words
    assert "档案规范率 ≥95% 96% 30 /30 我们没有这一行" in page.words
    assert page.totals == "合计 60 /60 69.00 /90 ＋9"  # 5＋9＋15＋0＋40


def test_a_second_draft_stands_beside_the_first(evaluator: Desk) -> None:
    small_county.whole()
    lock_year(YEAR, COUNTY, at=LOCKED)
    files(evaluator, FILED)
    page = evaluator.follows(files(evaluator, FILED.replace("60 | 60", "60 | 59"), "改稿.md"))
    assert page.link("报送稿.md").startswith("?year=2024&report=")
    first = FiledReport.objects.order_by("pk")[0]
    assert "合计 60 /60" in evaluator.reads(f"{PAGE}&report={first.pk}").totals
    assert evaluator.reads(f"{PAGE}&report=9999999").status == 400


def test_no_file_a_bad_one_and_the_same_again_are_refused(evaluator: Desk) -> None:
    assert "请选一个文件" in evaluator.does(NEW).words
    assert "PDF" in files(evaluator, "%PDF-1.4 x", "稿.pdf").words
    files(evaluator, FILED)
    assert "已经登记过" in files(evaluator, FILED, "又一份.md").words
    assert FiledReport.objects.count() == 1


def test_a_hostile_report_is_shown_as_words(evaluator: Desk) -> None:
    small_county.whole()
    lock_year(YEAR, COUNTY, at=LOCKED)
    page = evaluator.follows(files(evaluator, FILED.replace("档案规范率", "<script>x</script>率")))
    assert "<script>x" not in page.html


def test_nobody_else_may_register(read: Reader) -> None:
    assert read(NEW).status == 403
