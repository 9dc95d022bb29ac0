"""抽取: the three methods are repeatable, proportional, and give everybody the chance they say."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opendibao.evaluation.drawing import BadDraw, Unit, allocation, draw, frame_sha256

METHODS = ("simple", "stratified", "pps")
UNITS = st.lists(
    st.tuples(st.integers(1, 5), st.integers(1, 300_000)), min_size=5, max_size=80
).map(lambda rows: [Unit(f"H{n:03d}", f"T{town}", fen) for n, (town, fen) in enumerate(rows)])  # fmt: skip


@given(units=UNITS, data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_draw_has_its_size_repeats_and_does_not_look_at_the_order(units: list[Unit], data: st.DataObject) -> None:
    n, seed = data.draw(st.integers(5, len(units))), data.draw(st.integers(0, 10**9))
    for method in METHODS:
        drawn = draw(method, units, n, seed)
        assert len(drawn) == len({one.unit.key for one in drawn}) == n
        assert draw(method, units[::-1], n, seed) == drawn
        assert all(0 < one.chance <= 1 for one in drawn)


@given(sizes=st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(1, 500), min_size=1, max_size=14),
       data=st.data())  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_townships_get_their_share_and_none_is_left_out(sizes: dict[str, int], data: st.DataObject) -> None:
    whole = sum(sizes.values())
    n = data.draw(st.integers(len(sizes), whole))
    given_ = allocation(sizes, n)
    assert sum(given_.values()) == n
    assert set(given_) == set(sizes)
    assert all(1 <= given_[name] <= size for name, size in sizes.items())
    # where no share is below one, nobody is a whole household off his quota
    if all(n * size >= whole for size in sizes.values()):
        assert all(abs(Fraction(n * size, whole) - given_[name]) < 1 for name, size in sizes.items())


def test_the_largest_remainder_gets_what_is_left() -> None:
    # of 10: 10·50/100 = 5, 10·33/100 = 3.3, 10·17/100 = 1.7 → the last one gets the tenth
    assert allocation({"a": 50, "b": 33, "c": 17}, 10) == {"a": 5, "b": 3, "c": 2}
    # b's share is below one: it gets one; nine are left for a and c, 9·60/95 = 5.68 and 9·35/95 = 3.32
    assert allocation({"a": 60, "b": 5, "c": 35}, 10) == {"a": 6, "b": 1, "c": 3}
    with pytest.raises(BadDraw, match="至少抽3个"):
        allocation({"a": 50, "b": 33, "c": 17}, 2)


@given(units=UNITS, data=st.data())
@settings(max_examples=40, deadline=None)
def test_the_chances_by_amount_add_up_to_the_size(units: list[Unit], data: st.DataObject) -> None:
    """Over all starts every unit is drawn as often as its chance says: with equal steps each start is as likely."""
    n = data.draw(st.integers(1, len(units)))
    chances = inclusion(units, n)
    assert sum(chances.values()) == n
    for one in draw("pps", units, n, data.draw(st.integers(0, 10**6))):
        assert one.chance == chances[one.unit.key]


def inclusion(units: list[Unit], n: int) -> dict[str, Fraction]:
    """Chances by amount written down anew: whoever would be above one has one, the others share what is left."""
    chances: dict[str, Fraction] = {}
    while True:
        rest = [one for one in units if one.key not in chances]
        left, total = n - len(chances), sum(one.fen for one in rest)
        above = [one for one in rest if Fraction(left * one.fen, total) >= 1] if rest else []
        if not above:
            return chances | {one.key: Fraction(left * one.fen, total) for one in rest}
        chances |= {one.key: Fraction(1) for one in above}


def test_each_is_drawn_as_often_as_his_chance_says() -> None:
    units = [Unit("a", "T", 50), Unit("b", "T", 30), Unit("c", "T", 20), Unit("d", "T", 100)]
    seeds, hits = 4000, dict.fromkeys("abcd", 0)
    for seed in range(seeds):
        for one in draw("pps", units, 2, seed):
            hits[one.unit.key] += 1
    # d alone is worth a step: certain; the others one of 100 fen: 0.5, 0.3, 0.2 — four standard errors are 0.032
    assert hits["d"] == seeds
    for name, chance in {"a": Fraction(1, 2), "b": Fraction(3, 10), "c": Fraction(1, 5)}.items():
        assert abs(Fraction(hits[name], seeds) - chance) < Fraction(32, 1000)


def test_simple_draws_are_even() -> None:
    units = [Unit(f"h{n}", "T", 1) for n in range(10)]
    hits = dict.fromkeys((one.key for one in units), 0)
    for seed in range(2000):
        for one in draw("simple", units, 3, seed):
            assert one.chance == Fraction(3, 10)
            hits[one.unit.key] += 1
    assert all(abs(Fraction(count, 2000) - Fraction(3, 10)) < Fraction(42, 1000) for count in hits.values())


def test_a_unit_without_money_cannot_be_drawn_by_amount() -> None:
    with pytest.raises(BadDraw, match="b的金额不大于零"):
        draw("pps", [Unit("a", "T", 5), Unit("b", "T", 0)], 1, 1)


@pytest.mark.parametrize("n", [0, 3, -1])
@pytest.mark.parametrize("method", METHODS)
def test_nobody_and_more_than_there_are_are_refused(method: str, n: int) -> None:
    with pytest.raises(BadDraw, match=f"抽不出{n}个"):
        draw(method, [Unit("a", "T", 5), Unit("b", "T", 6)], n, 1)


def test_the_checksum_of_a_list_sees_every_change_and_not_the_order() -> None:
    one, two = Unit("a", "T", 5), Unit("b", "T", 6)
    assert frame_sha256([one, two]) == frame_sha256([two, one])
    assert len({frame_sha256([one, other]) for other in (two, Unit("b", "T", 7), Unit("b", "U", 6))}) == 3
