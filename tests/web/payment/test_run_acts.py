"""发放办理: six presses by three people bring a clean month to its close; a slip or a second role stops the run."""

from datetime import date

import pytest
from django.test import override_settings

from opendibao.kernel.duties import Duty
from opendibao.payment.actions import enter_voucher, sendings, take_return, take_statement
from opendibao.payment.bank_return import write_result
from opendibao.payment.models import PayRun
from opendibao.payment.statements import agreeing, write_statement
from tests.payment.builders import COUNTY, at
from tests.payment.months import settled
from tests.web.desk import TOWN, Desk, hired
from tests.web.payment.forms import forms, presses, tidy
from tests.web.test_acts_tickets import faults

RUN, TODAY = "/pay-runs/2025-01/", date(2025, 1, 6)
COMPUTE, CHECK, APPROVE = (f"{RUN}{step}/" for step in ("compute", "check", "approve"))


def desk(username: str, name: str, duty: Duty, division: str = COUNTY) -> Desk:
    return Desk(hired(username, name, division=division, duties=(duty,)))


@pytest.fixture
def maker(county: None) -> Desk:
    """Two households are in force, 620.00 and 315.50 yuan, and nothing is wrong with them."""
    tidy("A1", fen=62000)
    tidy("B1", fen=31550, area="urban")
    return desk("county92", "周编制", Duty.PAY)


@pytest.fixture
def clerk(county: None) -> Desk:
    """The clerk of their township."""
    return desk("clerk91", "陈乡镇", Duty.ACCEPT, TOWN)


@pytest.fixture
def ready(maker: Desk, clerk: Desk) -> Desk:
    """Computed, signed and confirmed; the officer who made it."""
    presses(maker, RUN, "compute")
    presses(maker, RUN, "sign")
    presses(clerk, f"{RUN}towns/", "confirm")
    return maker


def test_the_next_month_is_not_made_before_its_freeze_day(maker: Desk) -> None:
    # the last working day of January, before the spring festival
    early = maker.does("/pay-runs/2025-02/compute/")
    assert early.status == 422
    assert "2025-02的名册从2025-01-27起冻结，今天是2025-01-06" in early.words
    assert not PayRun.objects.exists()

    with override_settings(OPENDIBAO_TODAY=date(2025, 1, 27)):
        assert "已编制 2 笔" in maker.follows(maker.does("/pay-runs/2025-02/compute/")).words


def test_a_clean_month_takes_six_presses_on_its_own_page(maker: Desk, clerk: Desk) -> None:
    checker, finance = desk("county91", "李审核", Duty.PAY), desk("fin91", "钱财政", Duty.FINANCE)

    assert "已编制 2 笔，935.50 元" in maker.follows(presses(maker, RUN, "compute")).words
    assert "已签认 11 项核对。" in maker.follows(presses(maker, RUN, "sign")).words
    assert "已确认 2 户，935.50 元。" in clerk.follows(presses(clerk, RUN, "confirm")).words
    assert "已复核，请财政审核。" in checker.follows(presses(checker, RUN, "check", total="935.50")).words
    assert "财政已审核，可以出盘。" in finance.follows(presses(finance, RUN, "approve", total="935.50")).words
    assert "已出盘：" in maker.follows(presses(maker, RUN, "send")).words

    run = PayRun.objects.get()
    assert (run.maker, run.checker, run.finance, run.state) == ("周编制", "李审核", "钱财政", "sent")


@pytest.mark.usefixtures("ready")
def test_the_last_press_closes_the_month_that_the_bank_has_answered(maker: Desk) -> None:
    checker, finance = desk("county91", "李审核", Duty.PAY), desk("fin91", "钱财政", Duty.FINANCE)
    presses(checker, RUN, "check", total="935.50")
    presses(finance, RUN, "approve", total="935.50")
    presses(maker, RUN, "send")
    assert "下一步：回盘" in maker.reads(RUN).words

    run = PayRun.objects.get()
    take_return(run.pk, write_result(sendings(run.pk), TODAY, {}), on=TODAY, at=at(TODAY))
    enter_voucher(run.pk, number="支1", issued_on=TODAY, fen=93550, text="低保金", on=TODAY, at=at(TODAY))
    take_statement(run.pk, write_statement(agreeing(run.pk)), on=TODAY, at=at(TODAY))
    closed = maker.follows(presses(maker, RUN, "close"))

    assert closed.status == 200
    assert PayRun.objects.get().state == "closed"
    assert "下一步" not in maker.reads(RUN).words


@pytest.mark.usefixtures("county")
def test_a_month_that_is_not_computed_shows_what_comes_and_the_form(maker: Desk) -> None:
    page = maker.reads(RUN)

    assert "这个月还没有编制" in page.words
    assert "冻结名册" in page.words
    assert maker.reads(maker.reads("/pay-runs/").link("编制 2025 年 1 月发放")).status == 200
    assert maker.reads("/pay-runs/2025-02/").status == 404


def test_who_made_it_cannot_check_it(ready: Desk) -> None:
    assert "由县局另一人复核，不能是编制人 周编制。" in ready.reads(RUN).words
    assert CHECK not in ready.reads(RUN).html

    assert "应由三人分别办理，请换人办理" in faults(ready.does(CHECK, total="935.50"))
    assert PayRun.objects.get().checker == ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("935.05", "“本次发放合计（元）”写的是 935.05，和批次的 935.50 不符，请核对后重填"),
        ("九百", "“本次发放合计”不是数字"),
        ("", "请填写“本次发放合计（元）”"),
    ],
)
def test_a_total_that_was_not_counted_stops_the_check(ready: Desk, typed: str, said: str) -> None:
    assert said in faults(presses(desk("county91", "李审核", Duty.PAY), RUN, "check", total=typed))
    assert PayRun.objects.get().state == "computed"


def test_a_step_out_of_its_turn_says_where_the_run_stands(maker: Desk) -> None:
    finance = desk("fin91", "钱财政", Duty.FINANCE)
    assert finance.reads(APPROVE).status == 404
    presses(maker, RUN, "compute")

    assert "这个批次现在是“已计算”，不在这一步。" in finance.reads(APPROVE).words
    assert "2025-01 已有发放批次，一个月只发一次。" in maker.reads(COMPUTE).words
    assert maker.reads("/pay-runs/2025-13/compute/").status == 404


def test_each_step_is_for_its_own_duty(maker: Desk) -> None:
    finance = desk("fin91", "钱财政", Duty.FINANCE)

    assert maker.reads(APPROVE).status == 403
    assert finance.reads(COMPUTE).status == 403
    assert "编制" not in "".join(words for words, _ in finance.reads("/pay-runs/").links)


def test_a_second_press_of_the_same_form_computes_once(maker: Desk) -> None:
    carried = forms(maker.reads(RUN))[COMPUTE]

    first, second = maker.sends(COMPUTE, **carried), maker.sends(COMPUTE, **carried)

    assert (first.status, second.status) == (303, 303)
    assert first.headers["Location"] == second.headers["Location"]
    assert PayRun.objects.count() == 1


def test_a_run_that_is_sent_back_says_why_and_starts_again(ready: Desk) -> None:
    checker, finance = desk("county91", "李审核", Duty.PAY), desk("fin91", "钱财政", Duty.FINANCE)
    presses(checker, RUN, "check", total="935.50")
    back = finance.reads(RUN).link("退回经办，写明原因")

    assert "请填写“退回原因”" in faults(finance.does(back, reason=""))
    assert "已退回经办" in finance.follows(finance.does(back, reason="湖西村多了一户")).words

    run = PayRun.objects.get()
    assert (run.state, run.checker) == ("computed", "")
    assert "复核 等" in ready.reads(RUN).words


def test_a_list_that_is_frozen_again_asks_only_changed_townships_anew(ready: Desk) -> None:
    assert "名单、人数和金额没有变的乡镇不用再确认" in ready.follows(ready.does(f"{RUN}compute/again/")).words
    assert "1/1 个乡镇" in ready.reads(RUN).words

    tidy("C1", fen=10000)
    again = ready.follows(ready.does(f"{RUN}compute/again/"))
    assert "已重新编制 3 笔，1,035.50 元" in again.words
    assert "0/1 个乡镇" in again.words


@pytest.mark.usefixtures("ready")
def test_an_amount_above_the_line_wants_two_of_finance() -> None:
    tidy("RICH", fen=900_000_000)
    maker = desk("county93", "吴编制", Duty.PAY)
    maker.does(f"{RUN}compute/again/")
    clerk = desk("clerk92", "黄乡镇", Duty.ACCEPT, TOWN)
    presses(clerk, f"{RUN}towns/", "confirm")
    run = PayRun.objects.get()
    settled(run.pk, TODAY)
    total = "9000935.50"
    presses(desk("county91", "李审核", Duty.PAY), RUN, "check", total=total)
    first, second = desk("fin91", "钱财政", Duty.FINANCE), desk("fin92", "赵财政", Duty.FINANCE)

    assert "请财政另一人复审" in first.follows(presses(first, RUN, "approve", total=total)).words
    assert "不能是 钱财政" in first.reads(RUN).words
    assert APPROVE not in first.reads(RUN).html
    assert "财政已审核，可以出盘" in second.follows(presses(second, RUN, "approve", total=total)).words
    run.refresh_from_db()
    assert (run.state, run.finance, run.second_finance) == ("approved", "钱财政", "赵财政")
