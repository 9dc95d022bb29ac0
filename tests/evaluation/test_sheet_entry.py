"""录入指标表: entered once, changed by versions with a reason, taken back as a version; bad rows named all at once."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from opendibao.audit.models import Event
from opendibao.evaluation.actions import (
    BadSheet,
    NoReason,
    SheetEntry,
    SheetTerms,
    change_sheet,
    load_sheet,
    undo_sheet,
)
from opendibao.evaluation.models import SheetRow, YearSheet
from opendibao.evaluation.queries import sheet
from opendibao.evaluation.year_sheets import (
    open_months,
    sheet_versions,
    target_text,
    weight_faults,
    year_sheet,
    years_with_sheets,
)
from tests.evaluation.year import LOCKED, YEAR, year
from tests.payment.builders import COUNTY, family
from tests.payment.months import JANUARY, paid

pytestmark = pytest.mark.usefixtures("county")
TERMS = SheetTerms.of_form("ninety")
ROWS = (
    SheetEntry("rural_persons", "at_most", Decimal(9000), "≤9000人", Decimal(40)),
    SheetEntry("satisfaction", "at_least", Decimal(95), "≥95%", Decimal(10), "satisfaction"),
    SheetEntry("lasting_effect", "", None, "持续改善", Decimal(10), "judged"),
)


def enter(*entries: SheetEntry, terms: SheetTerms = TERMS) -> list[SheetRow]:
    return load_sheet(YEAR, COUNTY, entries or ROWS, terms=terms, at=LOCKED)


def change(entries: Sequence[SheetEntry], *, terms: SheetTerms = TERMS, reason: str = "财政批复调整") -> list[SheetRow]:
    return change_sheet(YEAR, COUNTY, entries, terms=terms, reason=reason, at=LOCKED)


def weights() -> list[tuple[str, str]]:
    return [(row.indicator, str(row.weight)) for row in sheet(YEAR, COUNTY)]


def test_a_change_is_a_new_version_that_counts_and_the_former_stays() -> None:
    enter()
    change([replace(ROWS[0], weight=Decimal(30)), *ROWS[1:]])

    assert weights() == [("rural_persons", "30.00"), ("satisfaction", "10.00"), ("lasting_effect", "10.00")]
    assert SheetRow.objects.count() == 6
    assert [(one.sheet.version, one.sheet.reason, one.sheet.officer) for one in sheet_versions(YEAR, COUNTY)] == [
        (2, "财政批复调整", "张经办"),
        (1, "", "张经办"),
    ]
    assert Event.objects.last().payload == {"version": 2, "rows": 3, "reason": "财政批复调整"}  # type: ignore[union-attr]


def test_what_was_changed_can_be_taken_back_which_is_a_version_too() -> None:
    enter()
    change(ROWS[:1], terms=replace(TERMS, grade_scheme="youxiulianghaohegebuhege"))
    undo_sheet(YEAR, COUNTY, reason="改错了行", at=LOCKED)

    now = year_sheet(YEAR, COUNTY)
    assert now
    assert (now.entries, now.terms) == (list(ROWS), TERMS)
    assert (now.sheet.version, now.sheet.reason) == (3, "退回第1版：改错了行")


def test_a_reason_to_take_back_leaves_room_for_what_is_taken_back() -> None:
    enter()
    change(ROWS[:1])
    with pytest.raises(NoReason, match="“退回理由”没有填写"):
        undo_sheet(YEAR, COUNTY, reason=" ", at=LOCKED)
    with pytest.raises(NoReason, match="“退回理由”有300个字，最多294个，请缩短"):  # 退回第1版： has six signs
        undo_sheet(YEAR, COUNTY, reason="改" * 300, at=LOCKED)
    assert YearSheet.objects.count() == 2
    undo_sheet(YEAR, COUNTY, reason="改" * 294, at=LOCKED)
    now = year_sheet(YEAR, COUNTY)
    assert now
    assert now.sheet.reason == "退回第1版：" + "改" * 294


def test_terms_of_the_sheet_are_kept_with_it() -> None:
    terms = SheetTerms("classic", "youxiulianghaohegebuhege", "linear", Decimal(10))
    enter(terms=terms)
    found = year_sheet(YEAR, COUNTY)
    assert found
    assert found.terms == terms
    assert found.form.code == "classic"
    assert years_with_sheets(COUNTY) == [YEAR]


@pytest.mark.parametrize(
    ("act", "refusal", "words"),
    [
        (lambda: enter(), BadSheet, "已经录入，不能重复录入；要改动请写明理由，存成新版本"),
        (lambda: change(ROWS, reason="  "), NoReason, "“调整理由”没有填写，请写明"),
        (lambda: change(ROWS[:1], reason="改" * 301), NoReason, "“调整理由”有301个字，最多300个，请缩短"),
        (lambda: change(ROWS), BadSheet, "没有改动，不存新版本"),
        (lambda: undo_sheet(YEAR, COUNTY, reason="退", at=LOCKED), BadSheet, "只有一个版本，没有可以退回的"),
        (lambda: change([]), BadSheet, "应有1到99行，现在有0行"),
        (lambda: change(ROWS, terms=replace(TERMS, form="seven")), BadSheet, "没有名为“seven”的表样"),
        (lambda: change(ROWS, terms=replace(TERMS, grade_scheme="abcd")), BadSheet, "等级办法“abcd”应为"),
        (lambda: change(ROWS, terms=replace(TERMS, over_completion="no")), BadSheet, "超额完成“no”应为：flag、linear"),
        (lambda: change(ROWS, terms=replace(TERMS, execution_weight=Decimal(-1))), BadSheet, "执行率分值“-1”应在0到"),
    ],
)
def test_what_cannot_be_is_refused_in_words(act, refusal: type[ValueError], words: str) -> None:  # type: ignore[no-untyped-def]
    enter()
    with pytest.raises(refusal, match=words):
        act()
    assert YearSheet.objects.count() == 1


def test_a_year_without_a_sheet_has_nothing_to_change() -> None:
    with pytest.raises(BadSheet, match="还没有指标表，请先录入"):
        change(ROWS)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (replace(ROWS[0], indicator="satisfaction"), "第2行：“satisfaction”在第1行已经有了，同一指标只列一次"),
        (replace(ROWS[0], scoring="by_mood"), "给分办法“by_mood”应为：proportional"),
        (replace(ROWS[0], direction=""), "指标值“9000”没有方向，应为：at_least、at_most、equal"),
        (replace(ROWS[0], target=None), "没有指标值"),
        (replace(ROWS[0], target=Decimal("1.00001")), "最多四位小数"),
        (replace(ROWS[0], target=Decimal(10) ** 10), "小于100亿"),
        (replace(ROWS[0], target_text=" "), "指标值写法要写"),
        (replace(ROWS[0], target_text="字" * 41), "最多40个字"),
        (replace(ROWS[0], scoring="satisfaction"), "只用于以%计、越高越好的指标"),
        (replace(ROWS[0], scoring="judged"), "定性分档的指标没有方向和指标值"),
        (replace(ROWS[2], scoring="proportional", direction="at_least", target=Decimal(1)), "没有可以量的数"),
    ],
)
def test_a_row_that_cannot_be_scored_is_refused(row: SheetEntry, words: str) -> None:
    with pytest.raises(BadSheet, match=words):
        enter(ROWS[1], row)
    assert not YearSheet.objects.exists()


def test_all_faults_are_named_at_once() -> None:
    with pytest.raises(BadSheet) as refusal:
        enter(replace(ROWS[0], weight=Decimal(101)), replace(ROWS[1], direction="up"))
    assert "第1行：分值“101”应在0到100之间" in str(refusal.value)
    assert "第2行：方向“up”应为" in str(refusal.value)


def test_weights_that_are_no_hundred_are_said_and_not_rescaled() -> None:
    enter()  # 60 of output, satisfaction and effect; the form wants 20, 40, 20 and 10
    found = year_sheet(YEAR, COUNTY)
    assert found
    assert weight_faults(found) == [
        "分值合计60，不是100；加表外的预算执行率10分是70，也不是100，请改分值",
        "成本指标现在合计0分，表样要求20分，还差20分",
        "效益指标现在合计10分，表样要求20分，还差10分",
    ]


def test_ninety_and_ten_are_said_to_be_a_hundred_together() -> None:
    enter(
        SheetEntry("rural_benefit_paid", "at_most", Decimal(5), "≤5万元", Decimal(20)), *ROWS[:2],
        SheetEntry("fund_use", "equal", Decimal(100), "＝100%", Decimal(20)),
    )  # fmt: skip
    found = year_sheet(YEAR, COUNTY)
    assert found
    assert weight_faults(found) == ["分值合计90，不是100；加表外的预算执行率10分是100，并列各种读法，不折算"]


def test_execution_beside_a_sheet_of_a_hundred_is_said() -> None:
    enter(replace(ROWS[0], weight=Decimal(100)), terms=TERMS)
    found = year_sheet(YEAR, COUNTY)
    assert found
    assert weight_faults(found)[0] == "表内分值已经合计100，又另列预算执行率10分，会超过100"


def test_months_whose_pay_run_is_not_closed_are_named() -> None:
    family("A1")
    paid(JANUARY)
    assert open_months(year().parameters()) == tuple(f"2024-{n:02d}" for n in range(2, 13))


@pytest.mark.parametrize(
    ("direction", "target", "unit", "text"),
    [("at_least", "95.0000", "%", "≥95%"), ("at_most", "5330.5", "万元", "≤5330.5万元"), ("equal", "0", "", "＝0")],
)
def test_a_target_is_printed_with_its_sign_and_unit(direction: str, target: str, unit: str, text: str) -> None:
    assert target_text(direction, Decimal(target), unit) == text
