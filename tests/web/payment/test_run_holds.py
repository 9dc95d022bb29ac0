"""暂缓发放: what a check held is listed with its reason; another officer lets it go, a decision alone ends it."""

import pytest

from opendibao.kernel.duties import Duty
from opendibao.payment.models import Hold
from tests.payment.builders import COUNTY, family
from tests.web.desk import Desk, hired
from tests.web.payment.forms import presses, settles, ticks, tidy
from tests.web.test_acts_tickets import faults

RUN = "/pay-runs/2025-01/"
HOLDS, CHECKS = f"{RUN}holds/", f"{RUN}checks/"


@pytest.fixture
def maker(county: None) -> Desk:
    """One household in order and one with its account in a stranger's name, which is held; the file is out."""
    tidy("A1", fen=62000)
    family("B1", fen=31550)
    desk = Desk(hired("county92", "周编制", division=COUNTY, duties=(Duty.PAY,)))
    checker = Desk(hired("county91", "李审核", division=COUNTY, duties=(Duty.PAY,)))
    finance = Desk(hired("fin91", "钱财政", division=COUNTY, duties=(Duty.FINANCE,)))
    presses(desk, RUN, "compute")
    settles(desk, "2025-01", ticks(desk.reads(CHECKS)), outcome="held", reason="户名是外人，等查清")
    presses(desk, RUN, "sign")
    presses(Desk(hired("clerk91", "陈乡镇", duties=(Duty.ACCEPT,))), f"{RUN}towns/", "confirm")
    presses(checker, RUN, "check", total="620.00")
    presses(finance, RUN, "approve", total="620.00")
    presses(desk, RUN, "send")
    return desk


@pytest.fixture
def other(maker: Desk) -> Desk:
    """The officer who did not hold it."""
    return Desk(hired("county94", "吴解除", division=COUNTY, duties=(Duty.PAY,)))


def test_it_stands_with_its_reason_and_outside_what_was_sent(maker: Desk) -> None:
    page = maker.reads(HOLDS)

    assert "1 户 315.50 元，其中还在暂缓 315.50 元" in page.words
    assert "户名是外人，等查清" in page.words
    assert "合计 2 2 935.50 0.00 315.50 620.00" in maker.reads(RUN).words


def test_another_officer_lets_it_go(maker: Desk, other: Desk) -> None:
    assert "解除" not in [words.split()[0] for words, _ in maker.reads(HOLDS).links]
    assert "请另一人核实后解除" in maker.reads(f"{RUN}holds/{Hold.objects.get().pk}/release/").words

    release = next(href for words, href in other.reads(HOLDS).links if words.startswith("解除"))
    assert "请填写“说明”" in faults(other.does(release, note=""))
    done = other.follows(other.does(release, note="监护人协议已补"))

    assert "已解除，下一个代发文件里发放。" in done.words
    assert "✓ 解除，下批发放 监护人协议已补 吴解除 2025-01-06" in done.words
    hold = Hold.objects.get()
    assert (hold.outcome, hold.settled_by) == ("released", "吴解除")
    assert "已由吴解除在 2025-01-06 办过" in other.reads(release).words


def test_only_a_decision_ends_it(maker: Desk, other: Desk) -> None:
    cancel = next(href for words, href in other.reads(HOLDS).links if words.startswith("不再发放"))

    assert "不能不发；要停发请先作出停发决定" in faults(other.does(cancel, note="不想发"))
    assert Hold.objects.get().outcome == ""


def test_todays_work_leads_to_it(maker: Desk, other: Desk) -> None:
    page = other.reads("/today/")

    assert "1 月暂缓 · 户名是外人，等查清 315.50 元" in page.words
    assert page.link("查清后解除") == f"{RUN}holds/{Hold.objects.get().pk}/release/"


def test_a_run_that_holds_nothing_says_so(county: None) -> None:
    tidy("A1", fen=62000)
    desk = Desk(hired("county92", "周编制", division=COUNTY, duties=(Duty.PAY,)))
    presses(desk, RUN, "compute")

    assert "没有暂缓的" in desk.reads(HOLDS).words
    assert desk.reads(f"{RUN}holds/1/release/").status == 404
