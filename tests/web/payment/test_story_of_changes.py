"""一个经办的几个月: a patient's money is suspended and paid later, a death learnt late is given back, all on the pages.

The lists of the months are passed by their officers (tests.payment.months); what lies beside them is done on the pages.
"""

from datetime import date

import pytest

from opendibao.kernel.duties import Duty
from opendibao.payment.ledger import verify
from opendibao.payment.models import Attempt, LedgerLeg, Offset, PayLine, PayOrder, Receivable, Suspension, Waiver
from opendibao.payment.tracing import mismatches
from tests.evaluation.year import dies
from tests.payment.builders import COUNTY, family
from tests.payment.months import JANUARY, paid
from tests.web.desk import Desk, hired

FEBRUARY, MARCH, APRIL, MAY = (date(2024, month, 1) for month in (2, 3, 4, 5))
LIST, ASK = "/money-changes/", "/money-changes/ask/"


@pytest.fixture
def clerk(county: None) -> Desk:
    return Desk(hired("county92", "周编制", division=COUNTY, duties=(Duty.PAY,)))


@pytest.fixture
def second(county: None) -> Desk:
    return Desk(hired("county94", "吴复核", division=COUNTY, duties=(Duty.PAY,)))


@pytest.fixture
def finance(county: None) -> Desk:
    return Desk(hired("fin91", "钱财政", division=COUNTY, duties=(Duty.FINANCE,)))


def sent_to(number: str, month: date) -> list[tuple[str, int]]:
    """What the bank got for a household with the file of a month: e2e and fen."""
    found = Attempt.objects.filter(line__snapshot__household=number, run__month=month).order_by("e2e")
    return list(found.values_list("e2e", "amount_fen"))


@pytest.mark.usefixtures("county")
def test_a_patient_gets_later_what_was_suspended(clerk: Desk, second: Desk) -> None:
    family("A1", fen=62000)
    family("Z1")
    paid(JANUARY)

    clerk.does(f"{ASK}suspension/A1/", first_month="2024-02", cause="住院，住处和联系人待核")
    assert "批准暂停发放：2024-02 起" in second.reads("/today/").words
    pk = Suspension.objects.get().pk
    letter = second.follows(second.does(f"{LIST}suspension/{pk}/approve/"))
    assert "查清以后恢复发放，暂停期间按决定应发的，一次补发" in letter.words
    paid(FEBRUARY)

    assert sent_to("A1", FEBRUARY) == []
    assert "已有 1 个月没有发，按决定应发 620.00 元，恢复时补发" in clerk.reads("/households/A1/").words
    assert "暂停 620.00 1 户" in clerk.reads("/pay-runs/2024-02/").words

    second.does(f"{LIST}suspension/{pk}/lift/", note="已出院，本人在家")
    order = PayOrder.objects.get()
    assert "批准补发" in clerk.reads("/today/").words
    clerk.does(f"{LIST}order/{order.pk}/approve/")
    assert "补发 2024-02 620.00 元，编入下一批名册" in clerk.reads("/households/A1/").words
    paid(MARCH)

    assert sent_to("A1", MARCH) == [("202402-A1-S-1-1", 62000), ("202403-A1-R-0-1", 62000)]
    home = clerk.reads("/households/A1/").words
    assert "2024-02 起暂停发放（住院，住处和联系人待核），2024-03 起恢复" in home
    assert "2024-03 起恢复发放 已出院，本人在家" in home
    assert "补发 2024-02 620.00 元到账" in home
    run = clerk.reads("/pay-runs/2024-03/").words
    assert "按月发放 1,240.00 补发 620.00 1 笔 应发合计 1,860.00 本次发放 1,860.00" in run
    assert (verify().fault, mismatches()) == ("", [])


@pytest.mark.usefixtures("county")
def test_a_death_learnt_late_is_given_back_as_the_family_can(clerk: Desk, second: Desk, finance: Desk) -> None:
    home = family("A1", fen=62000, persons=2)
    family("Z1")
    paid(JANUARY)
    paid(FEBRUARY)
    dies(home, 1, date(2023, 12, 20), known=None)
    home.persons = 1
    home.decide("reduce", date(2024, 2, 20), fen=31000, first_month=MARCH, cause="death")

    form = clerk.reads(f"{ASK}claim/A1/")
    assert "2024-01 至 2024-02 2 个月超过应发，最近一个月 620.00 元" in form.words
    clerk.does(f"{ASK}claim/A1/", since_month="2024-01", cause="death", words="去年12月去世，2月才报")
    made = Receivable.objects.get()
    assert made.amount_fen == 2 * 31000
    page = second.follows(second.does(f"{LIST}receivable/{made.pk}/approve/"))
    assert "2024年1月发620.00元，应发310.00元，多310.00元" in page.words
    assert "大写：陆佰贰拾元整" in page.words

    clerk.does(f"{LIST}receivable/{made.pk}/way/", way="offset", monthly="")
    paid(MARCH)
    assert list(Offset.objects.values_list("fen", flat=True)) == [6200]  # a fifth of 310.00, the parameter's share
    assert sent_to("A1", MARCH) == [("202403-A1-R-0-1", 24800)]
    home_page = clerk.reads("/households/A1/").words
    assert "应发 310.00 元，抵扣 62.00 元" in home_page
    assert "应退回多发的 620.00 元（人员死亡后发放）" in home_page
    assert "抵扣 62.00 元" in clerk.reads("/pay-runs/2024-03/lines/").words

    clerk.does(f"{LIST}receivable/{made.pk}/cash/", receipt="收2024-17", yuan="500.00")
    assert "余额 58.00 元" in clerk.reads(f"{LIST}receivables/{made.pk}/").words
    clerk.does(f"{LIST}receivable/{made.pk}/waive/", cause="遗孀重病，无力退回")
    asked = Waiver.objects.get()
    assert "审批困难减免" in finance.reads("/today/").words
    done = finance.follows(finance.does(f"{LIST}waiver/{asked.pk}/approve/"))
    assert "余额 0.00 元" in done.words
    assert "还没有退回的58.00元" in finance.reads(f"{LIST}waiver/{asked.pk}/letter/").words
    paid(APRIL)

    assert sent_to("A1", APRIL) == [("202404-A1-R-0-1", 31000)]
    assert "应退回 620.00 元，已经结清：现金 500.00，抵扣 62.00，减免 58.00" in clerk.reads("/households/A1/").words
    left = {
        account: sum(LedgerLeg.objects.filter(account=account).values_list("fen", flat=True))
        for account in ("to_recover", "recovered", "claimed")
    }
    assert left == {"to_recover": 0, "recovered": 56200, "claimed": 6200 + 5800 - 62000}
    assert PayLine.objects.filter(household=home.household).count() == 4
    assert (verify().fault, mismatches()) == ("", [])
