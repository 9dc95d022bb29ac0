"""拟写原因: drafted from the largest parts; each row has a sentence of its own."""

import pytest

from opendibao.evaluation.actions import lock_year
from opendibao.evaluation.deviation import PART_WORDS, DeviationLine, DeviationPart
from opendibao.evaluation.drafted_reasons import CAUSES, MEASURES, drafted_persons, drafted_reason, drafted_reasons
from opendibao.evaluation.snapshot import conclusion_of
from tests.evaluation import small_county
from tests.evaluation.year import LOCKED, YEAR
from tests.payment.builders import COUNTY

WAN = 1_000_000


def line(area: str = "rural", zh: str = "农村", **parts: int) -> DeviationLine:
    """An area whose parts are given in 万元."""
    made = tuple(DeviationPart(key, parts.get(key, 0) * WAN) for key in PART_WORDS)
    moved = sum(part.fen for part in made)
    return DeviationLine(area, zh, 100 * WAN, 100 * WAN + moved, 0, 0, 0, 0, 0, 0, made)


def test_the_largest_parts_come_first_and_what_stood_against_them_last() -> None:
    told = drafted_reason(line(standard=30, mix=5, persons=-20, approval=10, price=-4))
    assert told.reason == (
        "农村低保金到账121.00万元，批复100.00万元，多21.00万元：主要是执行的标准高于测算所用标准，影响30.00万元，"
        "批复数低于测算数，影响10.00万元；应发人月少于测算，影响20.00万元，方向相反，抵去一部分"
    )
    assert told.measure.startswith("农村低保金（30.00万元）：提标方案与预算同时报批")


def test_less_than_approved_is_told_by_what_took_away() -> None:
    told = drafted_reason(line(persons=-12))
    assert told.reason == "农村低保金到账88.00万元，批复100.00万元，少12.00万元：主要是应发人月少于测算，影响12.00万元"


def test_what_is_as_approved_needs_no_reason() -> None:
    assert drafted_reason(line(standard=5, persons=-5)).reason.endswith("两数相等")
    assert drafted_reason(line()).measure == ""


def test_two_areas_are_never_told_the_same() -> None:
    rural, urban = drafted_reason(line(mix=3)), drafted_reason(line("urban", "城镇", mix=3))
    assert rural.reason != urban.reason
    assert rural.measure != urban.measure


def test_every_part_of_old_and_new_snapshots_has_its_words() -> None:
    assert set(CAUSES) == set(MEASURES) == {*PART_WORDS, "average", "rest"}


@pytest.mark.usefixtures("county")
def test_only_unmet_rows_of_money_and_persons_are_proposed_for() -> None:
    small_county.whole()
    told = drafted_reasons(lock_year(YEAR, COUNTY, at=LOCKED))
    # 640.00 yuan against at most 0.05 万元; persons and trainings are met or of another kind
    assert list(told) == ["rural_benefit_paid"]
    assert told["rural_benefit_paid"].reason == (
        "农村低保金到账640.00元，批复600.00元，多40.00元：主要是除标准外人均补助高于测算，影响600.00元，"
        "批复数低于测算数，影响240.00元；应发人月少于测算，影响800.00元，方向相反，抵去一部分"
    )


@pytest.mark.usefixtures("county")
def test_persons_are_told_by_who_came_and_went() -> None:
    small_county.whole()
    row = conclusion_of(lock_year(YEAR, COUNTY, at=LOCKED)).rows[4]
    moved = {
        "opening.rural.persons": 900, "entered.rural.persons": 70, "left.rural.persons": 120,
        "changed.rural.persons": 5, "rural.persons": 852,
    }  # fmt: skip
    told = drafted_persons("rural", row, moved)
    # 900 + 70 + 5 − 120 − 852 = 3 to the other standard
    assert told.reason == (
        "农村在保人数年初900人，新增70人、核减120人，转入5人、转出3人，年末852人，指标值≤9人：核减多于新增，"
        "定指标时没有按当年进出测算"
    )
    assert "年末852人" in told.measure
