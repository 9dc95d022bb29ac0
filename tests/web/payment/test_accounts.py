"""账户预核: the file is made by a press, the answer dropped whole, and what does not fit stands first."""

import pytest

from opendibao.audit.models import Viewing
from opendibao.kernel.duties import Duty
from opendibao.payment.account_check import write_account_answers
from opendibao.payment.models import AccountAnswer, BankFile
from opendibao.registry.entries import AccountEntry
from opendibao.registry.models import Household
from tests.payment.builders import COUNTY, at, family
from tests.payment.months import computed
from tests.registry.changed import changed
from tests.web.desk import Desk, hired
from tests.web.payment.answered import MONTH, MOVED
from tests.web.payment.test_reconciliation import dropped, payer
from tests.web.test_acts_tickets import faults

PAGE = "/pay-runs/2025-01/accounts/"
LONG = "6222000000000000772"
FILE, ANSWERS = f"{PAGE}file/", f"{PAGE}answers/"


@pytest.fixture
def desk(county: None) -> Desk:
    """Three families on a list that is computed."""
    for number in ("H1", "H2", "H3"):
        family(number)
    entry = AccountEntry("户主H2", "农商银行", LONG)
    changed(Household.objects.get(number="H2").pk, entry, on=MOVED, at=at(MOVED))
    computed(MONTH)
    return payer()


def test_the_file_is_made_once_and_who_took_it_is_on_record(desk: Desk) -> None:
    first, again = desk.client.post(FILE), desk.client.post(FILE)

    assert first.status_code == again.status_code == 200
    assert first.content == again.content
    assert "62H1" in first.content.decode("gb18030")
    assert BankFile.objects.get().kind == "account_check"
    assert Viewing.objects.get(page="账户预核文件").actor == "周编制"


def test_a_mere_look_makes_no_file(desk: Desk) -> None:
    assert desk.reads(FILE).status == 405
    assert f'action="{FILE}"' in desk.reads(PAGE).html
    assert not BankFile.objects.exists()


def test_the_answer_is_dropped_and_what_does_not_fit_stands_first(desk: Desk) -> None:
    data = write_account_answers(desk.client.post(FILE).content, {"H2": "户名不符"})

    page = desk.follows(desk.does(ANSWERS, file=dropped(data)))  # type: ignore[arg-type]

    assert "已收下 3 户的预核结果，1 户不符。" in page.words
    assert "银行答复 3 户，1 户不符。" in page.words
    rows = page.html.split("<tbody>", 1)[1]
    assert rows.index("H2") < rows.index("H1")
    assert LONG not in page.html
    assert LONG[-4:] in page.words


def test_a_cut_answer_is_refused_in_words_and_nothing_is_taken(desk: Desk) -> None:
    data = write_account_answers(desk.client.post(FILE).content, {})

    page = desk.does(ANSWERS, file=dropped(data[:-40]))  # type: ignore[arg-type]

    assert page.status == 422
    assert "账户预核结果文件" in faults(page)
    assert not AccountAnswer.objects.exists()


def test_it_is_for_who_pays_alone(desk: Desk) -> None:
    other = Desk(hired("fin91", "钱财政", division=COUNTY, duties=(Duty.FINANCE,)))

    assert other.reads(PAGE).status == 403
    assert other.client.post(FILE).status_code == 403
