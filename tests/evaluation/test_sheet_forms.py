"""表样: the weights of the ministry's forms, what they take, and in which words a sheet does not fit."""

from decimal import Decimal

import pytest

from opendibao.evaluation.queries import indicators
from opendibao.evaluation.sheet_forms import UnknownForm, sheet_form, sheet_forms


def weights(code: str) -> list[tuple[str, str]]:
    return [(block.level1, str(block.weight)) for block in sheet_form(code).blocks]


@pytest.mark.parametrize(
    ("code", "execution", "blocks"),
    [
        ("classic", 10, [("产出指标", "50"), ("效益指标", "30"), ("满意度指标", "10")]),
        ("with_cost", 10, [("成本指标", "20"), ("产出指标", "40"), ("效益指标", "20"), ("满意度指标", "10")]),
        ("ninety", 10, [("成本指标", "20"), ("产出指标", "40"), ("效益指标", "20"), ("满意度指标", "10")]),
        ("no_satisfaction", 10, [("产出指标", "50"), ("效益指标", "40")]),
        ("sector", 0, [("工作保障", "30"), ("工作管理", "None"), ("工作效果", "None"), ("工作创新", "None")]),
    ],
)
def test_the_blocks_weigh_what_the_document_says(code: str, execution: int, blocks: list[tuple[str, str]]) -> None:
    assert sheet_form(code).execution_weight == execution
    assert weights(code) == blocks


@pytest.mark.parametrize("code", ["classic", "with_cost", "ninety", "no_satisfaction"])
def test_blocks_and_execution_make_a_hundred(code: str) -> None:
    form = sheet_form(code)
    assert sum(block.weight or 0 for block in form.blocks) + form.execution_weight == 100


def test_every_form_says_its_source_and_that_it_was_not_checked() -> None:
    for form in sheet_forms().values():
        assert form.source
        assert form.note
        assert form.is_verified is False


def test_only_the_ninety_points_form_has_its_execution_outside() -> None:
    beside = [code for code, form in sheet_forms().items() if form.execution_weight and not form.is_execution_inside]
    assert beside == ["ninety"]


@pytest.mark.parametrize("code", ["ninety", "with_cost", "classic"])
def test_every_measured_indicator_of_the_usual_levels_has_a_block(code: str) -> None:
    usual = {"成本指标", "产出指标", "效益指标", "满意度指标"}
    for one in indicators().values():
        if one.level1 in usual:
            assert sheet_form(code).block_of(one.level1), one.code


def test_cost_is_a_second_level_of_output_where_the_form_has_no_cost_block() -> None:
    assert sheet_form("classic").place("成本指标", "经济成本指标") == ("产出指标", "成本指标")
    assert sheet_form("with_cost").place("成本指标", "经济成本指标") == ("成本指标", "经济成本指标")


def rows(*weighed: tuple[str, str]) -> list[tuple[str, str, Decimal]]:
    return [(f"指标{n}", level1, Decimal(weight)) for n, (level1, weight) in enumerate(weighed, 1)]


FULL = (("成本指标", "20"), ("产出指标", "40"), ("效益指标", "20"), ("满意度指标", "10"))


def test_a_sheet_that_fits_gives_no_word() -> None:
    assert sheet_form("with_cost").misfits(rows(*FULL)) == []
    # 20 + 30 of output and cost together are the classic form's fifty
    assert sheet_form("classic").misfits(rows(("成本指标", "20"), ("产出指标", "30"), ("效益指标", "30"),
                                              ("满意度指标", "10"))) == []  # fmt: skip


def test_a_block_over_or_under_its_weight_is_named_with_the_gap() -> None:
    said = sheet_form("with_cost").misfits(rows(("成本指标", "25"), ("产出指标", "37.5"), *FULL[2:]))
    assert said == [
        "成本指标现在合计25分，表样要求20分，多5分",
        "产出指标现在合计37.5分，表样要求40分，还差2.5分",
    ]


def test_a_row_that_no_block_takes_is_named() -> None:
    said = sheet_form("no_satisfaction").misfits(rows(("产出指标", "50"), ("效益指标", "40"), ("满意度指标", "10")))
    form = "项目支出绩效自评表，不设满意度（10／50／40）"
    assert said == [f"“指标3”属于满意度指标，表样“{form}”没有这一类，请改分值为0、移出或换表样"]


def test_output_and_effect_weigh_sixty_in_the_evaluation_framework() -> None:
    form = sheet_form("framework")
    light = rows(("决策指标", "20"), ("过程指标", "21"), ("产出指标", "30"), ("效益指标", "29"))
    assert form.misfits(light) == ["产出、效益合计59分，表样要求不低于60分"]
    assert form.misfits(rows(("决策指标", "20"), ("过程指标", "20"), ("产出指标", "30"), ("效益指标", "30"))) == []


def test_a_form_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(UnknownForm, match=r"没有名为“seven”的表样，可用的有：.*classic"):
        sheet_form("seven")
