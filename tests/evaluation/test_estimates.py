"""样本推断: rates, intervals, townships and weights, worked by hand."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from opendibao.evaluation.estimates import Rate, Said, differ, estimate, rate, weighted


def said(hits: int, misses: int, silent: int = 0, *, stratum: str = "T", n: int | None = 1, d: int = 10) -> list[Said]:
    made = [(True, True)] * hits + [(True, False)] * misses + [(False, False)] * silent
    return [Said(stratum, n, d if n else None, valid, valid, hit) for valid, hit in made]


def test_silence_is_in_the_response_only() -> None:
    found = rate(said(96, 4, 25))
    assert (found.asked, found.valid, found.hits, found.value) == (125, 100, 96, Decimal("96.00"))
    assert (found.low, found.high) == (Decimal("90.16"), Decimal("98.43"))
    assert found.response == Decimal("80.00")
    assert not found.is_small
    assert rate(said(20, 9)).is_small


def test_nobody_answered_is_no_rate() -> None:
    found = estimate(said(0, 0, 5))
    assert (found.whole.value, found.whole.low, found.weighted) == (None, None, None)
    assert found.whole.response == Decimal("0.00")
    assert rate([]).response is None


def test_who_had_half_the_chance_stands_for_twice_as_many() -> None:
    # 10 yes of weight 2, 10 no of weight 4: (20) ÷ (20 + 40) = 33.33 %; n_eff = 60² ÷ (10·4 + 10·16) = 18
    found = weighted([*said(10, 0, n=1, d=2), *said(0, 10, n=1, d=4)])
    assert found
    assert (found.value, found.effective, found.stands_for) == (Decimal("33.33"), Decimal("18.00"), Decimal("60.00"))
    # Wilson of 6 in 18: (6 + 1.9207295 ± 1.959964·√(6·12÷18 + 0.9603647)) ÷ 21.841459 = (7.92073 ± 4.36522) ÷ …
    assert (found.low, found.high) == (Decimal("16.28"), Decimal("56.25"))


def test_where_a_chance_is_not_known_nothing_is_weighted() -> None:
    assert weighted([*said(3, 1), *said(1, 0, n=None)]) is None


@given(hits=st.integers(0, 40), misses=st.integers(1, 40), d=st.integers(1, 50))
def test_with_equal_chances_weighing_changes_nothing(hits: int, misses: int, d: int) -> None:
    rows = said(hits, misses, n=1, d=d)
    plain, found = rate(rows), weighted(rows)
    assert found
    assert (found.value, found.low, found.high) == (plain.value, plain.low, plain.high)
    assert found.effective == plain.valid


def test_townships_stand_apart_and_add_up() -> None:
    found = estimate([*said(3, 1, stratum="B"), *said(5, 0, 2, stratum="A")])
    assert list(found.strata) == ["A", "B"]
    assert sum(one.hits for one in found.strata.values()) == found.whole.hits == 8
    assert sum(one.asked for one in found.strata.values()) == found.whole.asked == 11


def test_years_differ_only_where_their_intervals_have_nothing_in_common() -> None:
    high, low, between = rate(said(190, 10)), rate(said(120, 80)), rate(said(180, 20))
    assert differ(high, low) is True
    assert differ(low, high) is True
    assert differ(high, between) is False
    assert differ(high, Rate(0, 0, 0, 0, None, None, None)) is None
