"""三方: vouchers are entered and the statement is dropped; what is wrong is said, and the sums stand side by side."""

import pytest

from opendibao.kernel.duties import Duty
from opendibao.payment.models import BankFile, StatementLine, Voucher
from opendibao.payment.statements import agreeing, write_statement
from tests.payment.builders import COUNTY
from tests.web.desk import Desk, hired
from tests.web.payment.answered import Answered, answered_month
from tests.web.payment.test_reconciliation import dropped, payer
from tests.web.test_acts_tickets import faults

RUN = "/pay-runs/2025-01/"
VOUCHERS, STATEMENT = f"{RUN}vouchers/", f"{RUN}statement/"
VOUCHER = {"number": "支1号", "issued_on": "2025-01-05", "yuan": "4,521.00", "level": "", "text": "低保金"}


@pytest.fixture
def answered(county: None) -> Answered:
    return answered_month()


def finance() -> Desk:
    return Desk(hired("fin91", "钱财政", division=COUNTY, duties=(Duty.FINANCE,)))


class TestVouchers:
    def test_finance_enters_one_and_the_difference_is_said(self, answered: Answered) -> None:
        desk = finance()
        assert "本批送银行 4,521.00 元；凭证合计与它相差 −4,521.00 元。" in desk.reads(VOUCHERS).words

        page = desk.follows(desk.does(f"{VOUCHERS}new/", **VOUCHER))

        assert "已登记凭证 支1号，4,521.00 元。" in page.words
        assert "相差 0.00 元" in page.words
        assert page.totals == "合计 1 张 4,521.00"
        assert Voucher.objects.get().fen == 452100

    def test_the_form_stands_beside_the_list_for_who_may(self, answered: Answered) -> None:
        assert f'action="{VOUCHERS}new/"' in finance().reads(VOUCHERS).html
        auditor = Desk(hired("audit91", "审计", division=COUNTY, duties=(Duty.AUDIT,)))
        assert f'action="{VOUCHERS}new/"' not in auditor.reads(VOUCHERS).html

    @pytest.mark.parametrize(
        ("field", "typed", "said"),
        [
            ("number", "", "请填写“凭证号”"),
            ("yuan", "0", "“金额（元）”应是不为零"),
            ("yuan", "12.345", "“金额（元）”应是不为零"),
            ("issued_on", "2025-01-07", "还没有到"),
        ],
    )
    def test_a_wrong_field_is_named_and_nothing_is_kept(
        self, answered: Answered, field: str, typed: str, said: str
    ) -> None:
        page = finance().does(f"{VOUCHERS}new/", **{**VOUCHER, field: typed})

        assert said in faults(page)
        assert not Voucher.objects.exists()

    def test_a_number_is_entered_once_and_a_red_one_takes_back(self, answered: Answered) -> None:
        desk = finance()
        desk.does(f"{VOUCHERS}new/", **VOUCHER)

        assert "凭证号支1号已经登记在2025-01批次" in faults(desk.does(f"{VOUCHERS}new/", **VOUCHER | {"text": "又"}))
        page = desk.follows(desk.does(f"{VOUCHERS}new/", **VOUCHER | {"number": "支2号", "yuan": "-21.00"}))
        assert page.totals == "合计 2 张 4,500.00"


class TestStatement:
    def test_it_is_dropped_and_the_three_sides_agree(self, answered: Answered) -> None:
        desk = payer()
        desk.does(f"{VOUCHERS}new/", **VOUCHER)
        data = write_statement(agreeing(answered.run.pk))

        page = desk.follows(desk.does(f"{STATEMENT}new/", file=dropped(data, "对账单.csv")))  # type: ignore[arg-type]

        assert "三方相等。" in page.words
        assert "拨入 4,521.00 元" in page.words
        assert StatementLine.objects.exists()
        assert "✓ 三方相等" in desk.reads(f"{RUN}reconciliation/").words

    def test_a_line_that_is_wrong_refuses_the_whole_and_names_row_and_remedy(self, answered: Answered) -> None:
        desk, before = payer(), BankFile.objects.count()
        data = "日期,方向,金额,摘要\r\n2025-01-05,拨入,4521.00,\r\n2025-01-06,付,1,\r\n".encode()

        page = desk.does(f"{STATEMENT}new/", file=dropped(data))  # type: ignore[arg-type]

        assert "第3行方向“付”不认识，应为拨入、付出、退回" in faults(page)
        assert BankFile.objects.count() == before

    def test_a_sum_that_differs_is_shown_and_becomes_a_difference(self, answered: Answered) -> None:
        desk = payer()
        desk.does(f"{VOUCHERS}new/", **VOUCHER | {"yuan": "4520.99"})
        data = write_statement(agreeing(answered.run.pk))
        desk.does(f"{STATEMENT}new/", file=dropped(data))  # type: ignore[arg-type]

        page = desk.reads(f"{RUN}reconciliation/")

        assert "送银行与财政凭证 4,521.00 财政支付凭证 4,520.99 ● −0.01" in page.words
        assert "与财政凭证不符 1 −0.01 ▲ 1 项待定" in page.words

    def test_before_anything_came_the_page_says_what_is_missing(self, answered: Answered) -> None:
        page = payer().reads(f"{RUN}reconciliation/")

        assert "▲ 还不相等" in page.words
        assert page.words.count("▲ 等登记") == 4


def test_a_township_sees_no_sums_of_the_county(answered: Answered) -> None:
    clerk = Desk(hired("clerk91", "王经办"))

    for page in ("reconciliation", "reconciliation/paid", "exceptions", "vouchers", "statement"):
        assert clerk.reads(f"{RUN}{page}/").status == 403
