"""发放前核对: every number opens its rows; findings are settled one or many, again while computed, never in silence."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from opendibao.kernel.duties import Duty
from opendibao.payment.models import Finding, PayRun
from tests.payment.builders import COUNTY, OTHER_VILLAGE, family
from tests.web.desk import OTHER_TOWN, TOWN, Desk, hired
from tests.web.payment.forms import forms, presses, settles, ticks, tidy
from tests.web.test_acts_tickets import faults

RUN = "/pay-runs/2025-01/"
CHECKS = f"{RUN}checks/"


@pytest.fixture
def maker(county: None) -> Desk:
    """One household in order; one without account; two with an account in a stranger's name; computed."""
    tidy("A1", fen=62000)
    family("B1", fen=31550, has_account=False)
    family("C1", fen=10000)
    family("D1", fen=20000, division=OTHER_VILLAGE)
    desk = Desk(hired("county92", "周编制", division=COUNTY, duties=(Duty.PAY,)))
    presses(desk, RUN, "compute")
    return desk


def test_every_number_opens_its_rows(maker: Desk) -> None:
    page = maker.reads(RUN)

    assert "▲ 3 项待处理" in page.words
    assert "没有银行账户 1 — ▲ 待处理 1" in page.words
    assert "户名不是家庭成员 2 — ▲ 待处理 2" in page.words
    assert "金额为零 0 — ✓ 通过" in page.words
    rows = maker.reads(f"{CHECKS}name_differs/")
    assert "镇100东村" in rows.words
    assert "镇100西村" in rows.words
    assert len(ticks(rows)) == 2
    assert "没有发现" in maker.reads(f"{CHECKS}zero/").words
    assert maker.reads(f"{CHECKS}magic/").status == 404


def test_several_are_settled_at_once_and_again_while_computed(maker: Desk) -> None:
    boxes = ticks(maker.reads(f"{CHECKS}name_differs/"))
    done = maker.follows(settles(maker, "2025-01", boxes, outcome="accepted", reason="监护人代领，协议已备案"))

    assert "已处理 2 项：核实无误。复核以前可以改。" in done.words
    assert "✓ 核实无误 监护人代领，协议已备案 周编制 01-06" in done.words
    again = ticks(maker.reads(f"{CHECKS}name_differs/"))
    maker.follows(settles(maker, "2025-01", again[:1], outcome="held", reason="协议过期"))
    outcomes = (
        Finding.objects.filter(kind="name_differs").order_by("household__number").values_list("outcome", flat=True)
    )
    assert list(outcomes) == ["held", "accepted"]


def test_after_one_kind_is_settled_one_goes_on_with_what_waits(maker: Desk) -> None:
    boxes = ticks(maker.reads(f"{CHECKS}name_differs/"))

    some_left = settles(
        maker, "2025-01", ticks(maker.reads(f"{CHECKS}account_missing/")), outcome="held", reason="开户"
    )
    assert some_left.headers["Location"].startswith(f"{CHECKS}?")
    same_kind = settles(maker, "2025-01", boxes[:1], outcome="accepted", reason="核实")
    assert same_kind.headers["Location"].startswith(f"{CHECKS}name_differs/")
    last = settles(maker, "2025-01", boxes[1:], outcome="accepted", reason="核实")
    assert last.headers["Location"].startswith(f"{CHECKS}?")
    assert "都处理完了，请签认。" in maker.follows(last).words


def test_a_list_that_is_frozen_again_says_what_it_found(maker: Desk) -> None:
    assert "发放前核对又做了一遍，3 项待处理。" in maker.follows(maker.does(f"{RUN}compute/again/")).words


def test_what_is_held_lowers_what_goes_out(maker: Desk) -> None:
    boxes = ticks(maker.reads(f"{CHECKS}account_missing/"))
    settles(maker, "2025-01", boxes, outcome="held", reason="等家庭开户")

    page = maker.reads(RUN)
    assert "合计 4 4 1,235.50 0.00 315.50 920.00" in page.words
    assert "暂缓 1 户 315.50 元，查清后进以后的文件" in page.words
    held = maker.reads(page.link("315.50"))
    assert held.totals == "合计 1 笔 1 315.50"


def test_without_account_nobody_says_that_it_may_go(maker: Desk) -> None:
    boxes = ticks(maker.reads(f"{CHECKS}account_missing/"))

    said = faults(settles(maker, "2025-01", boxes, outcome="accepted", reason="先发"))

    assert "没有银行账户的不能发放，请暂缓" in said
    assert Finding.objects.get(kind="account_missing").outcome == ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"outcome": "", "reason": "好"}, "请选择“怎么处理”"),
        ({"outcome": "held", "reason": ""}, "请填写“处理说明”"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(maker: Desk, typed: dict[str, str], said: str) -> None:
    boxes = ticks(maker.reads(CHECKS))

    page = settles(maker, "2025-01", boxes[:1], **typed)

    assert said in faults(page)
    assert f'value="{boxes[0]}"' in page.html
    assert page.html.count(" checked") == 1
    assert "一件也没有选" in faults(settles(maker, "2025-01", [], outcome="held", reason="好"))


def test_who_ticks_what_another_settled_meanwhile_is_told_by_whom(maker: Desk) -> None:
    boxes = ticks(maker.reads(f"{CHECKS}name_differs/"))
    other = Desk(hired("county91", "李审核", division=COUNTY, duties=(Duty.PAY,)))
    settles(other, "2025-01", boxes[:1], outcome="held", reason="电话打不通")

    said = faults(settles(maker, "2025-01", boxes, outcome="accepted", reason="核实"))

    assert "已由李审核处理为“暂缓发放”（电话打不通），请看过再勾" in said
    assert Finding.objects.filter(kind="name_differs", outcome="").count() == 1


def test_all_is_signed_only_when_all_is_settled(maker: Desk) -> None:
    assert f"{CHECKS}sign/" not in forms(maker.reads(CHECKS))
    assert "还没有处理，请先核实或暂缓" in faults(maker.does(f"{CHECKS}sign/"))

    settles(maker, "2025-01", ticks(maker.reads(CHECKS)), outcome="held", reason="等核实")
    assert "已签认 11 项核对。" in maker.follows(presses(maker, CHECKS, "sign")).words
    assert maker.reads(RUN).words.count("周编制 01-06") >= 9


def test_once_checked_nothing_is_settled_any_more(maker: Desk) -> None:
    settles(maker, "2025-01", ticks(maker.reads(CHECKS)), outcome="held", reason="等核实")
    presses(maker, RUN, "sign")
    presses(Desk(hired("clerk91", "陈乡镇", duties=(Duty.ACCEPT,))), f"{RUN}towns/", "confirm")
    presses(Desk(hired("county91", "李审核", division=COUNTY, duties=(Duty.PAY,))), RUN, "check", total="620.00")
    assert PayRun.objects.get().state == "checked"

    page = maker.reads(CHECKS)
    assert ticks(page) == []
    assert "不在这一步" in maker.reads(f"{CHECKS}settle/").words


def test_looking_again_keeps_what_was_settled(maker: Desk) -> None:
    settles(maker, "2025-01", ticks(maker.reads(CHECKS)), outcome="held", reason="等核实")

    assert "已再次核对，没有待处理的。" in maker.follows(maker.does(f"{CHECKS}again/")).words


def test_the_list_is_a_workbook_too(maker: Desk) -> None:
    response = maker.client.get(f"{CHECKS}file/")

    rows = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert rows[0][:5] == ["户编号", "户主", "村社区", "查什么", "发现"]
    assert sorted(row[0] for row in rows[1:]) == ["B1", "C1", "D1"]


def test_a_township_sees_its_own_and_settles_nothing(maker: Desk) -> None:
    own = Desk(hired("clerk91", "陈乡镇", division=TOWN, duties=(Duty.ACCEPT,)))
    stranger = Desk(hired("clerk92", "赵乡镇", division=OTHER_TOWN, duties=(Duty.ACCEPT,)))

    assert "东村" in own.reads(CHECKS).words
    assert ticks(own.reads(CHECKS)) == []
    assert "东村" not in stranger.reads(CHECKS).words
    assert own.reads(f"{CHECKS}file/").status == 200
    assert own.reads(f"{CHECKS}settle/").status == 403
