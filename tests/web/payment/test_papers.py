"""发放文书: the roster in full for who pays, noted and marked; sums on paper for who signs; sending by one press."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from opendibao.audit.models import Viewing
from opendibao.kernel.duties import Duty
from opendibao.payment.models import Attempt, PayRun
from tests.payment.builders import COUNTY, family
from tests.payment.months import approved
from tests.web.desk import Desk, hired
from tests.web.payment.answered import MONTH, Answered, answered_month
from tests.web.payment.test_reconciliation import payer

RUN = "/pay-runs/2025-01/"


@pytest.fixture
def answered(county: None) -> Answered:
    return answered_month()


def printed(data: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).replace("\n", "")


def test_the_roster_names_the_officer_and_its_taking_is_on_record(answered: Answered) -> None:
    desk = payer()

    pdf, book = (desk.client.get(f"{RUN}roster/{ending}/") for ending in ("pdf", "xlsx"))

    assert "周编制" in printed(pdf.content)
    rows = CalamineWorkbook.from_filelike(BytesIO(book.content)).get_sheet_by_index(0).to_python()
    cells = {str(cell) for row in rows for cell in row}
    one = answered.families["H1"]
    assert {"62H1", one.people[0].id_number} <= cells  # in full: it is for who pays
    assert one.people[0].id_number in printed(pdf.content)
    assert any("H1" in cell for cell in cells)
    assert [seen.subject[-4:] for seen in Viewing.objects.filter(page="发放花名册").order_by("pk")] == [".pdf", "xlsx"]
    assert desk.reads(f"{RUN}roster/docx/").status == 404


def test_application_and_statement_open_to_who_signs(answered: Answered) -> None:
    desk = Desk(hired("fin91", "钱财政", division=COUNTY, duties=(Duty.FINANCE,)))

    for paper, words in (("application", "申请"), ("statement", "对账")):
        response = desk.client.get(f"{RUN}papers/{paper}/")
        assert response.headers["Content-Type"] == "application/pdf"
        assert words in printed(response.content)
    assert desk.reads(f"{RUN}papers/magic/").status == 404


def test_a_statement_before_the_file_went_out_is_refused_in_words(county: None) -> None:
    family("H1")
    approved(MONTH)

    page = payer().reads(f"{RUN}papers/statement/")

    assert page.status == 400
    assert "这一批还没有送银行" in page.words


class TestSending:
    def test_one_press_sends_and_the_page_leads_to_the_file(self, county: None) -> None:
        family("H1", fen=50000)
        approved(MONTH)
        desk = payer()

        page = desk.follows(desk.does(f"{RUN}send/"))

        assert "已出盘：DIBAO-202501-1.txt。请在本页下载，交银行后等结果文件。" in page.words
        assert page.link("DIBAO-202501-1.txt") == f"{RUN}files/1/"
        assert Attempt.objects.get().state == "sent"

    def test_pressed_again_it_is_the_same_file_and_nothing_is_sent_twice(self, county: None) -> None:
        family("H1", fen=50000)
        approved(MONTH)
        desk = payer()
        desk.does(f"{RUN}send/")
        before = PayRun.objects.get().file_sha256

        desk.follows(desk.does(f"{RUN}send/"))

        assert (Attempt.objects.count(), PayRun.objects.get().file_sha256) == (1, before)

    def test_what_goes_out_is_counted_beforehand(self, county: None) -> None:
        family("H1", fen=50000)
        approved(MONTH)

        assert "本月送出 1 笔 500.00 元" in payer().reads(f"{RUN}send/").words
