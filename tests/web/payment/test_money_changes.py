"""补发、暂停、追缴: one officer asks on a form, another approves on the list, the family's rest is told to the fen."""

from datetime import date

import pytest

from opendibao.audit.session import acting
from opendibao.kernel.duties import EVERY_DUTY, Duty
from opendibao.payment.models import PayOrder, Receivable, Suspension, Waiver
from opendibao.payment.ordering import OrderRow, order_payments
from opendibao.registry.models import Household
from tests.payment.builders import COUNTY, at, family
from tests.payment.months import JANUARY, paid
from tests.web.desk import Desk, hired
from tests.web.test_acts_tickets import faults

LIST = "/money-changes/"
ASK = "/money-changes/ask/"


def officer(username: str, name: str, duty: Duty = Duty.PAY) -> Desk:
    return Desk(hired(username, name, division=COUNTY, duties=(duty,)))


@pytest.fixture
def maker(county: None) -> Desk:
    return officer("county92", "周编制")


@pytest.fixture
def other(county: None) -> Desk:
    return officer("county94", "吴复核")


def price_of_all() -> None:
    rows = [
        OrderRow(home.pk, JANUARY, "price", 4500, "物价上涨", home.decisions.get().pk)
        for home in Household.objects.order_by("number")
    ]
    order_payments(rows, on=date(2024, 1, 20), at=at(date(2024, 1, 20)))


@pytest.mark.usefixtures("county")
class TestOrders:
    @pytest.fixture(autouse=True)
    def january(self, county: None) -> None:
        family("A1")
        paid(JANUARY)
        family("B1", fen=31550)

    def test_what_was_missed_is_asked_for_and_approved_by_another(self, maker: Desk, other: Desk) -> None:
        done = maker.follows(maker.does(f"{ASK}supplement/B1/", month="2024-01", cause="决定晚到"))
        assert "已提出，等另一人批准。" in done.words
        assert "补发 B1 2024-01 315.50 决定晚到" in done.words
        assert "等另一人批准" in maker.reads(LIST).words
        order = PayOrder.objects.get()
        approve = f"{LIST}order/{order.pk}/approve/"
        assert "提出和审批应由两人分别办理" in faults(maker.does(approve))
        assert "315.50 元" in other.reads(approve).words
        assert "✓ 已批准" in other.follows(other.does(approve)).words
        order.refresh_from_db()
        assert (order.outcome, order.settled_by) == ("approved", "吴复核")

    def test_what_was_not_missed_is_refused_and_nothing_typed_is_lost(self, maker: Desk) -> None:
        page = maker.does(f"{ASK}supplement/B1/", month="2023-05", cause="以为漏了")
        assert page.status == 422
        assert "2023-05没有有效决定，不能补发" in faults(page)
        assert "以为漏了" in page.html

    def test_the_form_says_which_months_are_short_and_that_none_is(self, maker: Desk) -> None:
        assert "2024-01 少发 315.50 元" in maker.reads(f"{ASK}supplement/B1/").words
        assert "这一家没有少发的月份" in maker.reads(f"{ASK}supplement/A1/").words

    def test_a_family_that_a_list_passed_over_is_named_with_the_way_to_order_it(self, maker: Desk) -> None:
        assert "有家庭当月没有列入名册 315.50 元" in maker.reads("/today/").words
        page = maker.reads(f"{LIST}forgotten/")
        assert "2024-01 315.50 提出补发" in page.words
        assert page.link("提出补发") == f"{ASK}supplement/B1/"

    @pytest.mark.parametrize("said", ["2024-01", "2024年1月", "２０２４．１", "2024/01"])
    def test_a_month_may_be_written_as_people_write_it(self, maker: Desk, said: str) -> None:
        maker.does(f"{ASK}supplement/B1/", month=said, cause="决定晚到")
        assert PayOrder.objects.get().month == JANUARY

    def test_what_was_asked_for_together_is_approved_in_one_go(self, maker: Desk, other: Desk) -> None:
        with acting("周编制", "360429", EVERY_DUTY):
            price_of_all()
        page = other.reads(LIST)
        first = PayOrder.objects.order_by("pk")[0]
        assert "物价补贴 2 户 2024-01 90.00 物价上涨" in page.words
        assert page.link("批准") == f"{LIST}order/{first.pk}/approve/"
        assert "2 笔，2 户" in other.reads(f"{LIST}order/{first.pk}/approve/").words
        other.does(f"{LIST}order/{first.pk}/approve/")
        assert set(PayOrder.objects.values_list("outcome", flat=True)) == {"approved"}
        assert "吴复核已在" in other.reads(f"{LIST}order/{first.pk}/approve/").words
        assert "按月名册以外应发的，2 笔" in other.reads(f"{LIST}orders/?kind=price").words
        assert "没有“x”这一种" in other.reads(f"{LIST}orders/?kind=x").words

    def test_a_month_is_written_as_a_month(self, maker: Desk) -> None:
        assert "“补发哪个月”应写成 2025-01 这样" in faults(maker.does(f"{ASK}supplement/B1/", month="一月", cause="x"))

    def test_a_household_is_suspended_and_paid_again(self, maker: Desk, other: Desk) -> None:
        maker.does(f"{ASK}suspension/A1/", first_month="2024-02", cause="正在核查")
        found = Suspension.objects.get()
        letter = other.follows(other.does(f"{LIST}suspension/{found.pk}/approve/"))
        assert "从2024年2月起暂停发放保障金" in letter.words
        assert "从 2024-02 起暂停发放：正在核查" in maker.reads("/households/A1/").words
        page = other.reads(LIST)
        assert page.link("恢复") == f"{LIST}suspension/{found.pk}/lift/"
        assert "暂停和恢复应由两人" in faults(maker.does(f"{LIST}suspension/{found.pk}/lift/", note="查明"))
        other.does(f"{LIST}suspension/{found.pk}/lift/", note="查明")
        found.refresh_from_db()
        assert found.lifted_by == "吴复核"


@pytest.mark.usefixtures("county")
class TestRecovery:
    @pytest.fixture
    def claimed(self, maker: Desk, other: Desk) -> Receivable:
        one = family("A1")
        family("B1")
        paid(JANUARY)
        one.decide("reduce", date(2024, 1, 20), fen=30000, first_month=date(2024, 2, 1))
        maker.does(f"{ASK}claim/A1/", since_month="2024-01", cause="fraud", words="隐瞒工资")
        found = Receivable.objects.get()
        other.does(f"{LIST}receivable/{found.pk}/approve/")
        found.refresh_from_db()
        return found

    def test_the_page_shows_how_it_was_counted_and_the_letter(self, claimed: Receivable, maker: Desk) -> None:
        page = maker.reads(f"{LIST}receivables/{claimed.pk}/")
        assert "应追缴 320.00 元，余额 320.00 元" in page.words
        assert "2024-01 620.00 300.00 320.00" in page.words
        assert "多发保障金退回通知书" not in page.words  # its title stands on the letter alone
        assert "要退回多少：320.00元" in page.words
        assert "每月抵扣不超过当月保障金的 20%，批准以后 30 天内退回。 ▲ 演示参数，未与原文核对" in page.words
        assert "多发保障金退回通知书" in maker.reads(f"{LIST}receivable/{claimed.pk}/letter/").words
        assert "应退回 320.00 元" in maker.reads("/households/A1/").words

    def test_the_form_says_by_which_decision_and_what_was_paid(self, claimed: Receivable, maker: Desk) -> None:
        page = maker.reads(f"{ASK}claim/A1/")
        assert "减发，以前各月应发 300.00 元" in page.words
        assert "没有一个月超过应发，或者都已提出追缴" in page.words
        assert "请先作出决定" in maker.reads(f"{ASK}claim/B1/").words

    def test_what_can_be_set_off_is_said_where_it_is_agreed(self, claimed: Receivable, maker: Desk) -> None:
        page = maker.reads(f"{LIST}receivable/{claimed.pk}/way/")
        assert "当月保障金的 20%（演示参数，未与原文核对）" in page.words
        maker.does(f"{LIST}receivable/{claimed.pk}/way/", way="offset", monthly="50")
        claimed.refresh_from_db()
        assert (claimed.way, claimed.monthly_fen) == ("offset", 5000)
        assert "每月 50.00 元" in maker.reads(f"{LIST}receivables/{claimed.pk}/").words

    def test_cash_and_a_waiver_end_it(self, claimed: Receivable, maker: Desk) -> None:
        finance = officer("fin91", "钱财政", Duty.FINANCE)
        maker.does(f"{LIST}receivable/{claimed.pk}/cash/", receipt="收1", yuan="120.00")
        maker.does(f"{LIST}receivable/{claimed.pk}/waive/", cause="重病住院")
        asked = Waiver.objects.get()
        assert asked.fen == 20000
        assert finance.reads(LIST).link("批准") == f"{LIST}waiver/{asked.pk}/approve/"
        finance.does(f"{LIST}waiver/{asked.pk}/approve/")
        page = maker.reads(f"{LIST}receivables/{claimed.pk}/")
        assert "余额 0.00 元" in page.words
        assert "收1" in page.words

    def test_more_than_is_left_is_refused(self, claimed: Receivable, maker: Desk) -> None:
        page = maker.does(f"{LIST}receivable/{claimed.pk}/cash/", receipt="收1", yuan="320.01")
        assert "不超过还没有退回的320.00元" in faults(page)

    def test_who_enters_runs_does_not_waive(self, claimed: Receivable, maker: Desk, other: Desk) -> None:
        maker.does(f"{LIST}receivable/{claimed.pk}/waive/", cause="重病住院")
        asked = Waiver.objects.get()
        page = other.does(f"{LIST}waiver/{asked.pk}/approve/")
        assert page.status in (403, 422)
        asked.refresh_from_db()
        assert asked.outcome == ""


def test_an_empty_county_says_what_will_come(maker: Desk) -> None:
    page = maker.reads(LIST)
    assert "还没有补发" in page.words
    assert "没有追缴" in page.words
    assert "没有等审批的" in page.words


@pytest.mark.parametrize(
    "address",
    ["order/1/approve/", "order/1/lift/", "receivables/1/", "ask/claim/X9/", "order/1/letter/", "x/1/letter/"],
)
def test_what_is_not_there_is_not_found(maker: Desk, address: str) -> None:
    assert maker.reads(f"{LIST}{address}").status == 404


@pytest.mark.parametrize("matter", ["order", "suspension", "receivable", "waiver"])
@pytest.mark.parametrize("step", ["letter", "approve", "refuse"])
def test_a_number_that_no_matter_has_is_said_not_to_be_there(maker: Desk, matter: str, step: str) -> None:
    for number in (0, 9_999_999, 10**20):
        assert maker.reads(f"{LIST}{matter}/{number}/{step}/").status == 404
