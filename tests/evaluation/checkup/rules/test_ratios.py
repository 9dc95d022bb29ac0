"""C06: rates against their own numerators and denominators."""

import pytest

from tests.evaluation.checkup.papers import SOUND, found, paper, with_row


@pytest.mark.parametrize(
    "text",
    [
        "预算420万元，执行412.30万元，执行率98.17%。",
        "预算安排420.00万元，实际支出412.30万元，预算执行率98.2%。",
        "抽查200户，准确193户，准确率96.5%。",
        "准确率96.5%（193/200）。",
        "发放问卷210份，回收200份，回收率95.24%。",
        "共有750人，其中农村610人，占81.33%。",
        "全年新增40户，退出55户，按时发放率100%。",
        "到位420万元（预算420万元），支出412.30万元，资金到位率100%，执行率98.17%。",
        "发放412.30万元，比上年400万元增长3.08%。",
    ],
)
def test_rates_that_hold_or_are_of_something_else(text: str) -> None:
    assert found(paper(text), "C06") == []


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("预算420万元，执行412.30万元，执行率99.17%。", "98.17%"),
        ("抽查200户，准确193户，准确率97.5%。", "96.5%"),
        ("准确率96.5%（183/200）。", "91.5%"),
        ("满意度94%（178/200）。", "89%"),
        ("共有750人，其中农村610人，占88.33%。", "81.33%"),
    ],
)
def test_rates_that_do_not(text: str, due: str) -> None:
    (one,) = found(paper(text), "C06")
    assert due in one.zh


def test_a_share_in_a_cell_and_the_funds_block() -> None:
    assert found(paper(sheet=SOUND), "C06") == []
    (cell,) = found(paper(sheet=with_row(4, actual="98.5%（193/200）")), "C06")
    assert cell.place.row == 4
    heads = ("项目资金（万元）", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    row = ("年度资金总额", "420.00", "412.30", "10", "99.17%", "9.92")
    rest = (("三级指标", "指标值", "实际完成值", "分值", "得分", ""), ("满意度", "≥90%", "92%", "90", "90", ""))
    (funds,) = found(paper(sheet=(row, *rest), heads=heads), "C06")
    assert "412.30÷420.00＝98.17%" in funds.zh


def test_a_tie_goes_up() -> None:
    (one,) = found(paper("准确率21%（161/800）。"), "C06")
    assert "161÷800＝20.13%" in one.zh  # 0.20125
