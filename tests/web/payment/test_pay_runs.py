"""发放批次: the month's equation, each term opening its households, and the control totals by area."""

from datetime import date

from tests.payment.builders import family
from tests.payment.months import JANUARY, paid, sent
from tests.web.conftest import Reader

FEBRUARY = date(2024, 2, 1)


def test_each_term_of_the_equation_opens_its_households(read: Reader) -> None:
    family("A1", fen=62000)
    stopped = family("B1", fen=50000)
    raised = family("C1", fen=40000)
    paid(JANUARY)
    stopped.decide("stop", date(2024, 1, 20))
    raised.decide("increase", date(2024, 1, 20), fen=45000, first_month=FEBRUARY)
    paid(FEBRUARY)

    page = read("/pay-runs/2024-02/")

    assert "上月（1 月） 1,520.00 3 户 增发 50.00 1 户 停发 500.00 1 户 本月（2 月） 1,070.00 2 户" in page.words
    assert "✓ 相等，到分" in page.words
    former = next(href for words, href in page.links if words.startswith("上月"))
    assert read(former).totals == "合计 3 笔 3 1,520.00"
    this = next(href for words, href in page.links if words.startswith("本月（2 月）"))
    assert read(this).totals == "合计 2 笔 2 1,070.00"
    assert "B1 镇100东村 500.00 0.00 −500.00" in read("/pay-runs/2024-02/stopped/").words
    assert read("/pay-runs/2024-02/increased/").totals == "合计 1 户 50.00"
    assert read("/pay-runs/2024-02/magic/").status == 404


def test_control_totals_and_bank_results_add_up_to_the_run(read: Reader) -> None:
    family("A1", fen=62000, persons=2)
    family("B1", fen=50000, area="urban")
    paid(JANUARY, returned={"B1": "账户已销户"})
    page = read("/pay-runs/2024-01/")
    assert "农村 1 2 620.00 0.00 0.00 620.00 城镇 1 1 500.00 0.00 0.00 500.00" in page.words
    assert "合计 2 3 1,120.00 0.00 0.00 1,120.00" in page.words
    assert "✓ 编制时与现在数得一致" in page.words
    assert read("/pay-runs/2024-01/lines/?area=urban").totals == "合计 1 笔 1 500.00"
    assert "✓ 成功 1 620.00 ▲ 退回 1 500.00 应发 2 1,120.00" in page.words
    assert read("/rows/paid/?month=2024-01").totals == "合计 1 笔 620.00"
    assert "/rows/paid/?month=2024-01" in [href for _, href in page.links]
    assert read(page.link("退回 1 笔，已补发 0 笔。")).totals == "合计 1 笔 500.00"


def test_an_unanswered_month_says_it_waits_for_the_bank(read: Reader) -> None:
    family("A1")
    sent(JANUARY)
    page = read("/pay-runs/2024-01/")
    assert "▲ 等银行结果" in page.words
    said = "核对 11 项已签认 乡镇确认 1/1 个乡镇 复核 李复核 财政审核 王财政 出盘 2024-01-05 回盘 等 关账 等"
    assert f"编制 张经办 01-03 {said}" in page.words
    assert "已过" in page.words


def test_the_list_of_runs_opens_each_month(read: Reader) -> None:
    family("A1")
    paid(JANUARY)
    assert read(read("/pay-runs/?year=2024").link("1 月")).status == 200
