"""拨付申请: one page from the run and the ledger; what nobody knows yet stays empty."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from opendibao.audit.session import acting
from opendibao.kernel.duties import Duty
from opendibao.payment.actions import check_run, release_hold, settle_findings, sign_checks
from opendibao.payment.models import Hold, PayRun
from opendibao.payment.queries import findings
from opendibao.registry.models import BankAccount
from opendibao.reporting.pay_papers import NoSuchRun, funds_application_pdf, roster_pdf
from tests.conftest import ActAs
from tests.payment.builders import at, family, new_account
from tests.payment.months import JANUARY, approved, checked, computed, confirmed, paid, sent
from tests.reporting.case_papers.reading import A4, pages, sizes, text
from tests.reporting.pay_papers.builders import four_households

pytestmark = pytest.mark.usefixtures("county")
TODAY, DAY, LATER = date(2024, 1, 4), date(2024, 1, 3), date(2024, 1, 12)


def page(run: PayRun, on: date = TODAY) -> str:
    (only,) = pages(funds_application_pdf(run.pk, on=on))
    return only


def test_amounts_by_area_and_in_words_are_those_of_the_lines() -> None:
    four_households()

    said = page(approved(JANUARY))

    assert "农村34949.5174.001,023.51" in said  # 620.00 + 315.50 + 88.01; persons 2 + 1 + 1
    assert "城镇131,000.000.001,000.00" in said
    assert "合计471,949.5174.002,023.51" in said
    assert "大写贰仟零贰拾叁元伍角壹分" in said
    assert "其中暂缓没有另随本批补发没有本次送银行4笔2,023.51元" in said
    assert "没有暂缓发放的" in said


def test_treasuries_give_what_the_ledger_took_from_them() -> None:
    four_households()

    said = page(approved(JANUARY))

    # 62 % of 1,023.51 = 634.5762, 18 % = 184.2318, 5 % = 51.1755, each cut to the fen; the county gives the rest
    assert "已记入台账的预算指标" in said
    assert "中央634.57620.001,254.57" in said
    assert "省级184.23180.00364.23" in said
    assert "市级51.1750.00101.17" in said
    assert "县级153.54150.00303.54" in said
    assert "合计1,023.511,000.002,023.51" in said


def test_before_approval_the_shares_are_worked_out_and_come_to_the_same() -> None:
    four_households()

    draft = page(computed(JANUARY))

    assert "按各级财政分担比例测算" in draft
    assert "草稿，未经复核" in draft
    assert "县级153.54150.00303.54" in draft
    assert "复核后填写" in draft


def test_what_is_held_back_is_counted_once_by_the_first_check_that_held_it() -> None:
    family("A1", fen=62000)
    family("A2", fen=31550, has_account=False)
    family("A3", fen=8801)
    run = computed(JANUARY)
    confirmed(run.pk, DAY)
    found = {(one.kind, one.household): one.id for one in findings(run.pk)}
    # the holder of A1 is none of the household; A1 is held for it
    held = [found["account_missing", "A2"], found["name_differs", "A1"]]
    settle_findings(held, outcome="held", reason="待核实", on=DAY, at=at(DAY))
    rest = [one.id for one in findings(run.pk) if not one.outcome]
    settle_findings(rest, outcome="accepted", reason="核实无误", on=DAY, at=at(DAY))
    sign_checks(run.pk, on=DAY, at=at(DAY))
    check_run(run.pk, on=DAY, at=at(DAY), checker="李复核")

    said = page(run)

    assert "没有银行账户1315.50" in said
    assert "户名不是家庭成员1620.00" in said
    assert "合计2935.50" in said
    assert "申请拨付1,023.51元" in said  # all that is owed: what is held back waits in the ledger
    assert "其中暂缓2笔935.50元另随本批补发没有本次送银行1笔88.01元" in said
    assert "已复核，待财政审核" in said


def test_who_signs_is_named_where_he_is_known_and_the_bank_is_written_by_hand() -> None:
    four_households()

    said = page(checked(JANUARY))

    assert "编制：（张经办）" in said
    assert "（李复核）" in said
    assert "财政审核：" in said
    assert "代发银行拨入账号一、" in said  # both cells are empty


def test_days_are_those_of_the_calendar() -> None:
    four_households()

    said = page(computed(JANUARY))

    assert "冻结名册2024年1月3日" in said
    # the last working day of December is the 29th; townships and county have one working day, finance two
    assert "乡镇确认截止2024年1月2日复核截止2024年1月2日" in said
    assert "财政审核截止2024年1月3日送银行截止2024年1月3日到账期限2024年1月10日" in said


def test_ten_digits_fit_on_one_a4_page() -> None:
    for number in range(9):
        family(f"A{number}", fen=9_999_999_999, has_account=number > 0)

    pdf = funds_application_pdf(approved(JANUARY).pk, on=TODAY)

    assert sizes(pdf) == {A4}
    (only,) = pages(pdf)
    assert "899,999,999.91" in only
    assert "捌亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角壹分" in only


def test_what_earlier_months_owe_goes_with_the_file_and_needs_no_new_money() -> None:
    made = family("A1", fen=62000)
    family("A2", fen=31550)
    paid(JANUARY, returned={"A1": "账户注销"})
    new_account(made, "6217", since=date(2024, 1, 20), known=at(date(2024, 1, 20)))
    february = date(2024, 2, 1)

    run = approved(february)
    said = page(run, february)

    assert "申请拨付935.50元" in said
    assert "另随本批补发1笔620.00元本次送银行3笔1,555.50元" in said
    assert "本批送银行1,555.50元＝发放合计935.50元＋随本批补发以前月份1笔620.00元" in text(
        roster_pdf(run.pk, on=february, officer="孙伟")
    )


def test_what_is_released_later_was_still_held_back_from_this_file() -> None:
    family("A1", fen=62000)
    made = family("A2", fen=31550, has_account=False)
    run = sent(JANUARY)
    BankAccount.objects.create(
        household=made.household, division=made.division, holder="成员1", bank="农商银行", number="6217",
        valid=DateRange(LATER, None), recorded=DateTimeTZRange(at(LATER), None),
    )  # fmt: skip
    with acting("周放行", "360429", [Duty.PAY]):
        release_hold(Hold.objects.get().pk, note="已登记账户", on=LATER, at=at(LATER))

    assert "其中暂缓1笔315.50元另随本批补发没有本次送银行1笔620.00元" in page(run)
    assert "暂缓已解除" in text(roster_pdf(run.pk, on=LATER, officer="孙伟"))


def test_a_township_does_not_print_it(act_as: ActAs) -> None:
    four_households()
    run = computed(JANUARY)

    with act_as("360429101"), pytest.raises(NoSuchRun, match="全县"):
        page(run)
    with pytest.raises(NoSuchRun):
        funds_application_pdf(0, on=TODAY)
