"""W02 and C02: weights that make a hundred, the rows a sheet needs, printed totals."""

import pytest

from tests.evaluation.checkup.papers import SOUND, found, paper, with_row


def test_a_sound_sheet_is_silent() -> None:
    assert found(paper(sheet=SOUND), "W02", "C02") == []


def test_ninety_without_execution_and_without_total() -> None:
    (one,) = found(paper(sheet=SOUND[:7]), "W02")
    assert "合计90，不是100，没有预算执行率一行" in one.zh
    assert "没有总分一行" in one.zh


def test_execution_that_stands_beside_the_table_in_words() -> None:
    rows = (*SOUND[:7], ("合计", "", "", "", "", "90", "90", ""))
    assert found(paper("预算执行率按10分另列在表外，执行率98.17%，得9.82分。", sheet=rows), "W02") == []
    assert len(found(paper("预算执行率按5分另列在表外。", sheet=rows), "W02")) == 1


def test_weights_over_a_hundred() -> None:
    (one,) = found(paper(sheet=with_row(4, weight="25")), "W02")
    assert "加预算执行率10为105，不是100" in one.zh


def test_a_self_evaluation_sheet_of_a_hundred_without_execution() -> None:
    rows = (*with_row(4, weight="30")[:7], ("合计", "", "", "", "", "100", "100", ""))
    (one,) = found(paper(sheet=rows), "W02")
    assert "没有预算执行率一行" in one.zh


def test_a_framework_of_decision_and_process_needs_no_execution_block() -> None:
    rows = (
        ("决策", "项目立项", "立项依据充分性", "充分", "充分", "40", "40", ""),
        ("产出", "产出数量", "培训次数", "≥2次", "3次", "60", "60", ""),
        ("总分", "", "", "", "", "100", "100", ""),
    )
    assert found(paper(sheet=rows), "W02") == []


@pytest.mark.parametrize(("column", "said"), [("weight", "分值合计印的是95"), ("score", "得分合计印的是95")])
def test_a_misprinted_total(column: str, said: str) -> None:
    (one,) = found(paper(sheet=with_row(9, **{column: "95"})), "C02")
    assert said in one.zh
    assert one.place.row == 9


def test_one_total_with_execution_beside_one_without() -> None:
    (one,) = found(paper(sheet=with_row(9, weight="90")), "C02")
    assert "一个算进了预算执行率" in one.zh


def test_a_misprinted_subtotal() -> None:
    rows = (*SOUND[:2], ("小计", "", "", "", "", "21", "20", ""), *SOUND[2:])
    (one,) = found(paper(sheet=rows), "C02")
    assert "分值小计印的是21，上面各行相加是20" in one.zh


def test_points_of_a_class_in_the_text() -> None:
    assert found(paper("成本指标20分，产出指标40分，效益指标20分。", sheet=SOUND), "C02") == []
    (one,) = found(paper("成本指标20分，产出指标45分。", sheet=SOUND), "C02")
    assert "产出各行分值合计40" in one.zh
