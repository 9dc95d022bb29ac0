"""退回通知: what came back, why, what to do and whom to call, on one page in large type."""

from datetime import date

import pytest

from opendibao.payment.actions import sendings, take_return
from opendibao.payment.bank_return import write_result
from opendibao.payment.models import Attempt
from opendibao.payment.reasons import reason_of, reasons
from opendibao.reporting.pay_papers import NoSuchRun, return_slip_pdf
from tests.conftest import ActAs
from tests.payment.builders import at, family
from tests.payment.months import JANUARY, sent
from tests.reporting.case_papers.reading import A4, pages, sizes
from tests.reporting.pay_papers.builders import four_households

pytestmark = pytest.mark.usefixtures("county")
ANSWERED = date(2024, 1, 8)


def came_back(words: str) -> str:
    """The number of B1's sending, which the bank returns with these words."""
    four_households()
    run = sent(JANUARY)
    take_return(run.pk, write_result(sendings(run.pk), ANSWERED, {"B1": words}), on=ANSWERED, at=at(ANSWERED))
    return Attempt.objects.get(state="returned").pk


def test_it_says_what_came_back_why_and_what_to_do() -> None:
    e2e = came_back("账户已注销")

    (said,) = pages(return_slip_pdf(e2e, on=ANSWERED))

    assert "成员1：" in said
    assert "2024年1月的低保金1,000.00元（壹仟元整）没有到账" in said
    assert "银行写的是“账户已注销”" in said
    assert reason_of("账户已注销").family in said
    assert "农商银行尾号62B1" in said
    assert "民政窗口" in said
    assert "电话：" in said
    assert "送达回证" in said


def test_only_the_end_of_the_account_is_printed() -> None:
    family("170000123456789")  # its account is 62 and the household's number
    run = sent(JANUARY)
    told = {"170000123456789": "账户注销"}
    take_return(run.pk, write_result(sendings(run.pk), ANSWERED, told), on=ANSWERED, at=at(ANSWERED))

    (said,) = pages(return_slip_pdf(Attempt.objects.get().pk, on=ANSWERED))

    assert "尾号6789" in said
    assert "56789" not in said.replace("户主170000123456789", "")  # the holder's name in the tests


@pytest.mark.parametrize("words", [reason.words[0] if reason.words else "系统故障" for reason in reasons()])
def test_every_reason_fits_one_page(words: str) -> None:
    pdf = return_slip_pdf(came_back(words), on=ANSWERED)

    assert sizes(pdf) == {A4}
    assert len(pages(pdf)) == 1


def test_it_is_for_what_came_back_alone_and_for_its_own_township(act_as: ActAs) -> None:
    e2e = came_back("账户注销")
    booked = Attempt.objects.filter(state="paid").first()
    assert booked

    with pytest.raises(NoSuchRun, match="没有退回"):
        return_slip_pdf(booked.pk, on=ANSWERED)
    with act_as("360429101"), pytest.raises(NoSuchRun, match="本人可见"):
        return_slip_pdf(e2e, on=ANSWERED)
