"""评价办理: the sheet is entered once, a person's score has its reason, a note its signature."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from opendibao.audit.models import Event
from opendibao.evaluation.actions import (
    BadSheet,
    NoReason,
    SheetEntry,
    give_score,
    load_sheet,
    load_sheet_from_policy,
    sign_note,
)
from opendibao.evaluation.models import GivenScore, SheetRow
from tests.evaluation import small_county
from tests.evaluation.year import LOCKED, YEAR
from tests.payment.builders import COUNTY

pytestmark = pytest.mark.usefixtures("county")
VALUES = {"rural_paid": 5330, "urban_paid": 960, "rural_persons": 9000, "urban_persons": 1500, "trainings": 4}


def entry(**changes: object) -> SheetEntry:
    given = {"indicator": "satisfaction", "direction": "at_least", "target": Decimal(95), "target_text": "≥95%"}
    return SheetEntry(**{**given, "weight": Decimal(10), **changes})  # type: ignore[arg-type]


def load(*entries: SheetEntry) -> list[SheetRow]:
    return load_sheet(YEAR, COUNTY, entries, at=LOCKED)


def score(points: str, *, indicator: str = "satisfaction", reason: str = "样本偏小") -> GivenScore:
    return give_score(YEAR, COUNTY, indicator, Decimal(points), reason=reason, at=LOCKED)


def test_the_province_s_sheet_is_filled_with_the_year_s_numbers() -> None:
    rows = load_sheet_from_policy(YEAR, COUNTY, VALUES, at=LOCKED)
    assert len(rows) == 15
    assert (rows[0].target, rows[0].target_text, rows[0].direction) == (Decimal(5330), "≤5330万元", "at_most")
    assert (rows[2].target_text, rows[5].target_text) == ("≥4次", "≤1500人")
    assert sum(row.weight for row in rows) == 90
    assert rows[14].weight == 0


def test_a_number_that_the_targets_lack_is_named() -> None:
    with pytest.raises(BadSheet, match="指标表第3行：年度目标里没有“trainings”"):
        load_sheet_from_policy(YEAR, COUNTY, {**VALUES, "trainings": None} and {
            key: number for key, number in VALUES.items() if key != "trainings"
        }, at=LOCKED)  # fmt: skip
    assert SheetRow.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"indicator": "happiness"}, "第2行：没有名为“happiness”的指标"),
        ({"direction": "upward"}, "第2行：方向“upward”应为：at_least、at_most、equal"),
        ({"target": Decimal(-1)}, "第2行：指标值“-1”不能是负数"),
        ({"weight": Decimal(101)}, "第2行：分值“101”应在0到100之间"),
        ({"weight": Decimal("1.005")}, "第2行：分值“1.005”.*最多两位小数"),
    ],
)
def test_a_bad_row_is_refused_by_its_number_and_nothing_is_entered(changes: dict[str, object], words: str) -> None:
    with pytest.raises(BadSheet, match=words):
        load(entry(), entry(**changes))
    assert SheetRow.objects.count() == 0


def test_a_year_s_sheet_is_entered_once() -> None:
    load(entry())
    with pytest.raises(BadSheet, match="已经录入"):
        load(entry())


def test_a_given_score_keeps_who_and_why() -> None:
    load(entry())
    given = score("9.5")
    assert (given.officer, given.reason, given.score) == ("张经办", "样本偏小", Decimal("9.5"))
    assert Event.objects.last().payload == {"score": "9.5", "reason": "样本偏小"}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("act", "refusal", "words"),
    [
        (lambda: score("9", reason=" "), NoReason, "必须写明理由"),
        (lambda: score("10.01"), BadSheet, "应在0到分值10.00之间"),
        (lambda: score("-1"), BadSheet, "应在0到分值"),
        (lambda: score("9.555"), BadSheet, "最多两位小数"),
        (lambda: score("9", indicator="fund_use"), BadSheet, "指标表没有“fund_use”，请从指标表页点进去评"),
        (lambda: sign_note(YEAR, COUNTY, "W01", "  ", at=LOCKED), NoReason, "说明不能为空"),
        (lambda: [sign_note(YEAR, COUNTY, "W01", "尾差", at=LOCKED) for _ in "ab"], NoReason, "不能再签"),
    ],
)
def test_a_score_or_note_that_cannot_be_is_refused(
    act: Callable[[], object], refusal: type[ValueError], words: str
) -> None:
    load(entry())
    with pytest.raises(refusal, match=words):
        act()


def test_a_score_for_what_was_not_measured_does_not_count() -> None:
    from opendibao.evaluation.conclusion import conclude
    from tests.evaluation.year import year

    small_county.live()
    small_county.load()
    score("10", indicator="target_accuracy")
    row = conclude(year()).rows[3]
    assert (row.actual, row.score, row.given) == ("未测得", "0.00", "")
