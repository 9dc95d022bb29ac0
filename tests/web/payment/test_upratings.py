"""提标和价格临时补贴的页面: prepared, approved by another, explained per family; what is owed besides is ordered."""

from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from opendibao.audit.models import Viewing
from opendibao.decision.models import Letter, PriceSupplement, Uprating, UpratingLine
from opendibao.kernel.duties import Duty
from opendibao.payment.models import PayOrder
from tests.decision.builders import earning
from tests.decision.uprated import JULY, raised_standard, stock
from tests.payment.builders import COUNTY, family
from tests.payment.months import paid
from tests.payment.test_back_pay import home
from tests.rulemaking.builders import scheduled
from tests.web.desk import Desk, hired
from tests.web.test_acts_tickets import faults


def desk(username: str, name: str, duty: Duty) -> Desk:
    return Desk(hired(username, name, division=COUNTY, duties=(duty,)))


@pytest.fixture
def first(county: None) -> Desk:
    raised_standard()
    stock("R1", earning(9000))
    return desk("county91", "周编制", Duty.CONFIRM)


@pytest.fixture
def second(county: None) -> Desk:
    return desk("county92", "林批准", Duty.CONFIRM)


def sheet(of: Desk, address: str) -> list[list[str]]:
    """The rows of a workbook."""
    got = of.client.get(address)
    return CalamineWorkbook.from_filelike(BytesIO(got.content)).get_sheet_by_index(0).to_python()


def made_by(first: Desk) -> Uprating:
    first.does("/upratings/new/", month="2024-07")
    return Uprating.objects.get()


def test_prepared_it_shows_the_sum_the_basis_and_each_family(first: Desk) -> None:
    made = made_by(first)
    page = first.reads(f"/upratings/{made.pk}/")

    assert "2024-07 起提标" in page.words
    assert "农村最低生活保障标准（每人每月）" in page.words
    assert "740.00 元" in page.words
    assert "780.00 元" in page.words
    assert "未与原文核对" in page.words
    assert "1,502.00" in page.words
    assert "不是调整金额，请逐户复核" in page.words
    assert "批准提标" in [words for words, _ in page.links]
    only = first.reads(f"/upratings/{made.pk}/?result=review")
    assert "1,502.00" not in only.words.split("逐户结果", 1)[1]


def test_a_familys_difference_is_explained(first: Desk) -> None:
    made = made_by(first)
    line = UpratingLine.objects.get(uprating=made, result="increase")
    page = first.reads(f"/upratings/{made.pk}/{line.pk}/")

    assert "差额怎么来的" in page.words
    assert "1,303.33" in page.words
    assert "1,423.33" in page.words
    assert first.reads(f"/upratings/{made.pk}/999999/").status == 404


def test_its_maker_cannot_approve_and_another_can(first: Desk, second: Desk) -> None:
    made = made_by(first)
    address = f"/upratings/{made.pk}/approve/"
    assert "应由另一人批准" in faults(first.does(address))
    second.does(address)

    made.refresh_from_db()
    assert (made.state, made.approver, made.decisions.count()) == ("approved", "林批准", 1)
    page = second.reads(f"/upratings/{made.pk}/")
    assert "另有 1 户等逐户复核" in page.words
    assert "批准提标" not in [words for words, _ in page.links]
    assert "不能再批准或撤回" in second.reads(address).words


def test_a_village_gets_its_letters_from_its_township(first: Desk, second: Desk) -> None:
    made = made_by(first)
    second.does(f"/upratings/{made.pk}/approve/")
    assert "按村登记送达" in [words for words, _ in second.reads(f"/upratings/{made.pk}/").links]
    town = Desk(hired("clerk91", "陈乡镇", duties=(Duty.ACCEPT,)))
    address = f"/upratings/{made.pk}/deliver/"
    town.does(address, village="360429100201", how="village", on="2025-01-06")

    letter = Letter.objects.get(decision__uprating=made)
    assert (letter.delivered_on, letter.receiver) == (date(2025, 1, 6), "王秀英")
    assert "没有等送达的告知书" in second.reads(address).words
    assert town.reads("/upratings/0/deliver/").status == 404


def test_withdrawn_with_a_reason(first: Desk) -> None:
    made = made_by(first)
    assert "撤回理由" in faults(first.does(f"/upratings/{made.pk}/withdraw/", reason=""))
    first.does(f"/upratings/{made.pk}/withdraw/", reason="名单要重编")
    assert "已撤回" in first.reads("/upratings/").words


def test_what_is_typed_wrong_is_named_and_kept(first: Desk) -> None:
    assert "不是月份" in faults(first.does("/upratings/new/", month="七月"))
    assert "不是日期" in faults(first.does("/upratings/new/", month="2024-07", since="七月"))
    assert "没有标准调整" in faults(first.does("/upratings/new/", month="2024-11"))
    assert first.reads("/upratings/0/").status == 404


def test_back_pay_is_ordered_from_the_page(county: None, second: Desk) -> None:
    home("A1")
    first = desk("county91", "周编制", Duty.CONFIRM)

    scheduled()
    paid(JULY)
    made = made_by(first)
    second.does(f"/upratings/{made.pk}/approve/")
    payer = desk("pay91", "钱发放", Duty.PAY)
    page = payer.reads(f"/upratings/{made.pk}/")
    assert "补差" in page.words
    payer.does(f"/upratings/{made.pk}/back-pay/")

    order = PayOrder.objects.get()
    assert (order.kind, order.month, order.amount_fen, order.made_by) == ("backpay", JULY, 12_400, "钱发放")
    assert "没有要补差的月份" in payer.reads(f"/upratings/{made.pk}/back-pay/").words
    assert "等另一人批准" in payer.reads(f"/upratings/{made.pk}/").words
    address = f"/upratings/{made.pk}/back-pay/approve/"
    assert "提出和审批应由两人分别办理" in faults(payer.does(address))
    other = desk("pay92", "孙发放", Duty.PAY)
    assert "1 笔，124.00 元" in other.reads(address).words
    other.does(address)
    order.refresh_from_db()
    assert (order.outcome, order.settled_by) == ("approved", "孙发放")
    assert "没有等批准的" in other.reads(f"/upratings/{made.pk}/back-pay/refuse/").words
    assert other.reads(f"/upratings/{made.pk}/back-pay/anything/").status == 404


def test_back_pay_that_is_refused_may_be_ordered_anew(county: None, first: Desk, second: Desk) -> None:
    home("A1")
    paid(JULY)
    made = made_by(first)
    second.does(f"/upratings/{made.pk}/approve/")
    payer, other = desk("pay91", "钱发放", Duty.PAY), desk("pay92", "孙发放", Duty.PAY)
    payer.does(f"/upratings/{made.pk}/back-pay/")
    address = f"/upratings/{made.pk}/back-pay/refuse/"
    assert "说明" in faults(other.does(address, note=""))
    other.does(address, note="账户要先核实")
    assert set(PayOrder.objects.values_list("outcome", "note")) == {("refused", "账户要先核实")}
    payer.does(f"/upratings/{made.pk}/back-pay/")
    assert PayOrder.objects.filter(outcome="").count() == 2  # A1's and that of G01


def test_who_cannot_be_paid_with_the_others_is_named(county: None, first: Desk, second: Desk) -> None:
    home("R9", persons=2)
    paid(JULY)
    made = made_by(first)
    second.does(f"/upratings/{made.pk}/approve/")
    words = second.reads(f"/upratings/{made.pk}/").words.split("不能一并补的家庭", 1)[1]
    assert "2024-07" in words
    assert "复核后的新决定作出以后再补" in words


def test_by_village_and_as_workbooks(first: Desk) -> None:
    made = made_by(first)
    page = first.reads(f"/upratings/{made.pk}/villages/")
    # G01 and R1, who goes to review and stays at 1,378.00
    assert "2,756.00" in page.words
    assert "2,880.00" in page.words
    assert "下载逐户表" in [words for words, _ in page.links]
    whole = sheet(first, f"/upratings/{made.pk}/file/")
    assert whole[0][:7] == ["户编号", "户主", "村社区", "城乡", "结果", "人", "原来（元/月）"]
    told = {row[4]: row for row in whole[1:]}
    assert told["增发"][6:11] == ["1,378.00", "+124.00", "0.00", "1,502.00", "+124.00"]
    assert told["转复核"][6:11] == ["1,378.00", "—", "—", "—", "—"]
    villages = sheet(first, f"/upratings/{made.pk}/file/?by=villages")
    assert villages[1][1:] == ["2", "6", "1", "1", "2,756.00", "2,880.00", "+124.00"]
    assert first.reads(f"/upratings/{made.pk}/file/?by=anything").status == 400
    assert first.reads("/upratings/0/villages/").status == 404
    assert Viewing.objects.filter(page="提标逐户表").count() == 1


def test_a_long_approval_says_that_it_takes_time(first: Desk, second: Desk) -> None:
    assert "约半分钟，请等一等" in first.reads("/upratings/new/").html
    made = made_by(first)
    assert "约半分钟，请等一等" in second.reads(f"/upratings/{made.pk}/approve/").html
    told = first.reads("/upratings/new/").words
    assert "周编制 2025-01-06 编制的 2024-07 起提标还没有批准" in told


def test_what_waits_to_be_uprated_stands_on_the_form(first: Desk) -> None:
    page = first.reads("/upratings/new/?month=2024-07")
    assert "农村最低生活保障标准（每人每月），2024-07-01 起由 740.00 元 调整为 780.00 元" in page.words
    assert "2 户还按原标准" in page.words
    assert 'value="2024-07"' in page.html


def test_the_approver_is_told_from_when_and_which_months_are_owed(first: Desk, second: Desk) -> None:
    words = second.reads(f"/upratings/{made_by(first).pk}/approve/").words
    assert "新决定从 2025-02 起发" in words
    assert "2024-07 至 2025-01 已按原标准发的，批准后另行提出补差" in words


PRICES = {
    "month": "2024-11", "cpi": "3.6", "food": "2.1", "basic": "", "published_on": "2024-12-09",
    "source": "演示县统计公告（虚构）", "is_verified": "no",
}  # fmt: skip


def test_a_price_supplement_from_index_to_order(county: None, second: Desk) -> None:
    family("A1", persons=2)
    first, payer = desk("county91", "周编制", Duty.CONFIRM), desk("pay91", "钱发放", Duty.PAY)
    assert "应写成 3.5 这样的百分数" in faults(first.does("/price-supplements/new/", **{**PRICES, "cpi": "高"}))
    assert "都没有达到启动条件" in faults(first.does("/price-supplements/new/", **{**PRICES, "cpi": "3.4"}))
    first.does("/price-supplements/new/", **PRICES)
    made = PriceSupplement.objects.get()
    # 740 × 3.6 % = 26.64 → 27
    assert (made.month, made.rural_fen, made.is_verified) == (date(2024, 12, 1), 2_700, False)
    assert "应由另一人批准" in faults(first.does(f"/price-supplements/{made.pk}/approve/"))
    second.does(f"/price-supplements/{made.pk}/approve/")
    payer.does(f"/price-supplements/{made.pk}/order/")

    order = PayOrder.objects.get()
    assert (order.kind, order.month, order.amount_fen) == ("price", date(2024, 12, 1), 5_400)
    assert "27.00" in payer.reads("/price-supplements/").words
    page = payer.reads(f"/price-supplements/{made.pk}/")
    assert "等另一人批准" in page.words
    assert "提出发放" not in [words for words, _ in page.links]
    other = desk("pay92", "孙发放", Duty.PAY)
    other.does(f"/price-supplements/{made.pk}/orders/approve/")
    order.refresh_from_db()
    assert (order.outcome, order.settled_by) == ("approved", "孙发放")
    assert "撤回" not in [words for words, _ in second.reads(f"/price-supplements/{made.pk}/").links]
    assert payer.reads("/price-supplements/0/").status == 404
