"""发放办理: three people take three steps on three forms; a slip of the hand or a second role stops the run."""

from datetime import date

import pytest

from opendibao.kernel.duties import Duty
from opendibao.payment.models import PayRun
from tests.payment.builders import COUNTY, family
from tests.web.desk import Desk, hired
from tests.web.test_acts_tickets import faults

COMPUTE, CHECK, APPROVE = (f"/pay-runs/2025-01/{step}/" for step in ("compute", "check", "approve"))


def desk(username: str, name: str, duty: Duty) -> Desk:
    return Desk(hired(username, name, division=COUNTY, duties=(duty,)))


@pytest.fixture
def maker(county: None) -> Desk:
    """Two households are in force: 620.00 and 315.50 yuan."""
    family("A1", fen=62000)
    family("B1", fen=31550, area="urban")
    return desk("county92", "周编制", Duty.PAY)


def test_three_people_bring_the_month_to_the_bank(maker: Desk) -> None:
    made = maker.follows(maker.does(COMPUTE, month="2025-01"))
    assert "已编制 2 笔，935.50 元，请另一人复核。" in made.words
    checker, finance = desk("county91", "李审核", Duty.PAY), desk("fin91", "钱财政", Duty.FINANCE)

    checked = checker.follows(checker.does(checker.reads("/pay-runs/2025-01/").link("复核"), total="935.50"))
    assert "已复核，请财政审核。" in checked.words
    approved = finance.follows(finance.does(finance.reads("/pay-runs/2025-01/").link("财政审核"), total="935.50"))
    assert "财政已审核，可以出盘。" in approved.words

    run = PayRun.objects.get()
    assert (run.maker, run.checker, run.finance, run.state) == ("周编制", "李审核", "钱财政", "approved")
    assert (run.frozen_on, run.lines_count, run.total_fen) == (date(2025, 1, 6), 2, 93550)


def test_who_made_it_cannot_check_it(maker: Desk) -> None:
    maker.does(COMPUTE, month="2025-01")

    assert "应由三人分别办理，请换人办理" in faults(maker.does(CHECK, total="935.50"))
    assert PayRun.objects.get().checker == ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("935.05", "“合计金额（元）”写的是 935.05，和批次的 935.50 不符，请核对后重填"),
        ("九百", "“合计金额”不是数字"),
        ("", "请填写“合计金额（元）”"),
    ],
)
def test_a_total_that_was_not_counted_stops_the_check(maker: Desk, typed: str, said: str) -> None:
    maker.does(COMPUTE, month="2025-01")

    assert said in faults(desk("county91", "李审核", Duty.PAY).does(CHECK, total=typed))
    assert PayRun.objects.get().state == "computed"


def test_another_month_than_the_one_that_is_meant_is_not_frozen(maker: Desk) -> None:
    assert "写的是 2025-02，和批次的 2025-01 不符" in faults(maker.does(COMPUTE, month="2025-02"))
    assert not PayRun.objects.exists()


def test_a_step_out_of_its_turn_says_where_the_run_stands(maker: Desk) -> None:
    finance = desk("fin91", "钱财政", Duty.FINANCE)
    assert finance.reads(APPROVE).status == 404
    maker.does(COMPUTE, month="2025-01")

    assert "这个批次现在是“已计算”，不在这一步。" in finance.reads(APPROVE).words
    assert "2025-01 已有发放批次，一个月只发一次。" in maker.reads(COMPUTE).words
    assert maker.reads("/pay-runs/2025-13/compute/").status == 404


def test_each_step_is_for_its_own_duty(maker: Desk) -> None:
    finance = desk("fin91", "钱财政", Duty.FINANCE)

    assert maker.reads(APPROVE).status == 403
    assert finance.reads(COMPUTE).status == 403
    assert "复核" not in [words for words, _ in finance.reads("/pay-runs/?year=2025").links]
