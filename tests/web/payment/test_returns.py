"""退回款清单: the township sees its own returned money, what to do and to say, and how it goes on to the next run."""

import pytest

from opendibao.audit.models import Viewing
from opendibao.kernel.duties import Duty
from opendibao.registry.entries import AccountEntry
from tests.payment.builders import COUNTY, at
from tests.registry.changed import changed
from tests.web.desk import OTHER_TOWN, Desk, hired
from tests.web.payment.answered import DAY, PHONE, Answered, answered_month


@pytest.fixture
def answered(county: None) -> Answered:
    """H7 of the other township came back."""
    return answered_month()


def clerk(username: str = "clerk92", division: str = OTHER_TOWN) -> Desk:
    return Desk(hired(username, "陈乡镇", division=division))


def test_the_township_reads_whose_money_came_back_and_what_to_say(answered: Answered) -> None:
    page = clerk().reads("/returns/")

    assert "1 笔 700.00 元 · 1 户等更正账户" in page.words
    assert "2025-01 700.00 账户注销 银行写：账户已注销 请家庭到银行新开账户或者换一张能用的卡" in page.words
    assert "钱没有丢。原来的账户已经注销，请到银行开一个能用的账户" in page.words
    assert page.link(PHONE) == "tel:07926338000"
    assert [href for words, href in page.links if words.startswith("更正账户")] == ["/households/H7/account/"]


def test_another_township_sees_nothing_of_it(answered: Answered) -> None:
    page = clerk("clerk91", "360429100000").reads("/returns/")

    assert "现在没有退回的钱" in page.words
    assert "H7" not in page.html


def test_with_another_account_it_waits_for_the_next_run(answered: Answered) -> None:
    correct(answered)

    page = clerk().reads("/returns/")

    assert "账户已更正，下批补发" in page.words
    assert "更正账户" not in [words for words, _ in page.links]


def correct(answered: Answered) -> None:
    entry = AccountEntry("成员1", "农商银行", "6222000000000000772")
    changed(answered.families["H7"].household.pk, entry, on=DAY, at=at(DAY))


def test_the_county_sees_all_of_them_and_no_form(answered: Answered) -> None:
    page = Desk(hired("county92", "周编制", division=COUNTY, duties=(Duty.PAY,))).reads("/returns/?view=all")

    assert "1 笔 700.00 元" in page.words
    assert not [words for words, _ in page.links if words.startswith("更正账户")]


def test_another_view_is_refused_in_words(answered: Answered) -> None:
    assert clerk().reads("/returns/?view=magic").status == 400
    assert "现在没有退回的钱" in clerk("clerk94").reads("/returns/?view=again").words


def test_the_days_work_leads_there_until_the_account_is_changed(answered: Answered) -> None:
    desk = clerk()
    assert "1 月退回 · 账户注销" in desk.reads("/today/").words
    assert "/households/H7/account/" in desk.reads("/today/").html

    correct(answered)

    waiting = desk.reads("/today/?group=waiting").words
    assert "1 月退回 · 账户注销" in waiting
    assert "下批补发" in waiting


def test_the_countys_day_names_the_differences_that_nobody_answers_for(answered: Answered) -> None:
    page = Desk(hired("county92", "周编制", division=COUNTY, duties=(Duty.PAY,))).reads("/today/")

    assert "1 月对账差异" in page.words
    assert "/pay-runs/2025-01/exceptions/decide/" in page.html


def test_the_letter_for_the_family_is_printed_for_its_own_township_alone(answered: Answered) -> None:
    desk = clerk()
    slip = next(href for words, href in desk.reads("/returns/").links if words.startswith("退回通知"))

    assert desk.client.get(slip).headers["Content-Type"] == "application/pdf"
    assert Viewing.objects.get(page="退回通知").actor == "陈乡镇"
    assert clerk("clerk91", "360429100000").reads(slip).status == 404
