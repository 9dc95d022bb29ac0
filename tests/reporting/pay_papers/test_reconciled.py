"""对账单: the equation, the three sides and who owns what does not agree, for both to sign."""

from datetime import date

import pytest

from opendibao.payment.actions import decide_exceptions, find_absent, sendings, take_return
from opendibao.payment.bank_return import write_result
from opendibao.payment.models import PayRun, ReconException
from opendibao.reporting.pay_papers import NoSuchRun, reconciliation_pdf
from tests.conftest import ActAs
from tests.payment.builders import at
from tests.payment.months import JANUARY, computed, paid, sent
from tests.reporting.case_papers.reading import A4, sizes, text
from tests.reporting.pay_papers.builders import four_households

pytestmark = pytest.mark.usefixtures("county")
ANSWERED = date(2024, 1, 8)


def printed(run: PayRun) -> str:
    return text(reconciliation_pdf(run.pk, on=ANSWERED))


def test_a_month_paid_and_closed_agrees_on_all_sides() -> None:
    four_households()

    said = printed(paid(JANUARY, returned={"B1": "户名不符"}))

    assert "已送成功金额不符退回在途未知笔数430100金额2,023.511,023.510.001,000.000.000.00" in said
    assert "已送＝成功＋金额不符＋退回＋在途＋未知：2,023.51＝1,023.51＋0.00＋1,000.00＋0.00＋0.00" in said
    assert "成功金额（大写）：壹仟零贰拾叁元伍角壹分" in said
    assert "三方相符，差额为零" in said
    assert "2024年1月8日关账" in said


def test_every_difference_has_its_owner_and_decision() -> None:
    four_households()

    said = printed(paid(JANUARY, returned={"B1": "户名不符"}))

    assert "共1项，都有责任人和处理决定" in said
    assert "1退回B1成员1西村1,000.00" in said
    assert "陈乡镇更正账户，下批补发" in said


def test_what_is_not_decided_says_so_and_what_nobody_entered_is_not_printed_as_zero() -> None:
    four_households()
    run = sent(JANUARY)
    answers = [one for one in sendings(run.pk) if "C1" not in one.e2e]
    take_return(run.pk, write_result(sendings(run.pk), ANSWERED, {"B1": "账户注销"}), on=ANSWERED, at=at(ANSWERED))

    said = printed(run)

    assert len(answers) == 3
    assert "共1项，其中1项待定" in said
    assert "财政支付凭证、银行对账单还没有登记" in said
    assert "送银行与财政凭证2,023.51财政支付凭证送银行与拨入2,023.51对账单拨入已付" in said
    assert "未关账，数字到打印日为止" in said


def test_what_the_bank_has_not_answered_is_in_transit_and_owned() -> None:
    four_households()
    run = sent(JANUARY)
    find_absent(run.pk, on=ANSWERED, at=at(ANSWERED))
    ids = list(ReconException.objects.filter(run=run, kind="absent").values_list("pk", flat=True))
    decide_exceptions(ids, owner="张经办", resolution="bank", note="已去函", on=ANSWERED, at=at(ANSWERED))

    said = printed(run)

    assert "笔数400040金额2,023.510.000.000.002,023.510.00" in said
    assert said.count("逾期未回") == 4
    assert said.count("张经办请银行查明更正；已去函") == 4


def test_both_sides_sign_and_seal() -> None:
    four_households()

    said = printed(sent(JANUARY))

    for words in ("民政部门：", "（张经办）", "财政部门：", "（王财政）", "代发银行："):
        assert words in said, words
    assert said.count("盖章") == 3


def test_it_is_a4_and_names_the_file_that_went_out() -> None:
    four_households()
    run = sent(JANUARY)

    assert sizes(reconciliation_pdf(run.pk, on=ANSWERED)) == {A4}
    assert run.file_sha256 in printed(run)


def test_before_sending_there_is_nothing_to_reconcile(act_as: ActAs) -> None:
    four_households()
    run = computed(JANUARY)

    with pytest.raises(NoSuchRun, match="还没有送银行"):
        printed(run)
    with act_as("360429101"), pytest.raises(NoSuchRun, match="全县"):
        printed(run)
