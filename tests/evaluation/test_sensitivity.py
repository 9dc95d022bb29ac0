"""敏感度: points to the next grade, worked out by hand; what all rows together cannot reach is said."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opendibao.evaluation import scale
from opendibao.evaluation.grading import grade_of
from opendibao.evaluation.scoring import rounded
from opendibao.evaluation.sensitivity import Part, Reach, reaches

SCHEME = "youliangzhongcha"


def part(name: str, score: str, weight: str, by_rule: str = "", **more: bool) -> Part:
    return Part(name, Decimal(score), Decimal(by_rule or score), Decimal(weight), **more)


def reach(key: str, *rows: Part, execution: Part | None = None) -> Reach:
    return next(one for one in reaches(rows, execution, SCHEME) if one.key == key)


def test_the_gap_to_the_better_grade_and_the_rows_that_have_it() -> None:
    # 86 of 100 is 良; 优 begins at 90: four points; the rows lack 10, 3 and 1
    found = reach("over_weights", part("甲", "30", "40"), part("乙", "27", "30"), part("丙", "29", "30"))
    assert (str(found.points), found.grade) == ("86.00", "良")
    assert found.better
    assert (found.better.grade, str(found.better.points), found.better.least) == ("优", "4.00", 1)
    assert [(one.name, str(one.points), one.alone) for one in found.better.rows] == [
        ("甲", "10", True),
        ("乙", "3", False),
        ("丙", "1", False),
    ]


def test_several_rows_together_are_counted() -> None:
    # 86 lacks 4; the rows lack 3, 3, 3, 3 and 2: no row does it alone, two do
    rows = [part(f"第{n}行", "17", "20") for n in range(4)] + [part("末", "18", "20")]
    better = reach("over_weights", *rows).better
    assert better
    assert (str(better.points), better.least) == ("4.00", 2)
    assert not any(one.alone for one in better.rows)


def test_how_much_must_be_lost_for_the_worse_grade() -> None:
    # 86 falls to 中 under 80: 6.01 points; no row of five points does it alone, two of them do
    rows = [part(f"第{n}行", "5", "5") for n in range(17)] + [part("末", "1", "15")]
    worse = reach("over_weights", *rows).worse
    assert worse
    assert (worse.grade, str(worse.points), worse.least) == ("中", "6.01", 2)
    assert not any(one.alone for one in worse.rows)


def test_the_ends_of_the_scale_have_no_further_grade() -> None:
    assert reach("over_weights", part("甲", "95", "100")).better is None
    assert reach("over_weights", part("甲", "10", "100")).worse is None


def test_out_of_ninety_the_points_are_those_of_the_rows() -> None:
    # 80 is the least that rounds to 88.89; 90 of 100 needs 81 of 90: one point of a row, not 1.11
    better = reach("over_weights", part("甲", "80", "90")).better
    assert better
    assert str(better.points) == "1.00"


def test_what_all_rows_together_cannot_reach_is_nought_rows() -> None:
    low = [part("甲", "40", "60"), part("乙", "0", "40", is_measured=False)]
    better = reach("over_weights", *low).better
    assert better
    assert (better.grade, better.least) == ("中", 1)
    assert [one.is_measured for one in better.rows] == [False, True]
    full = reach("by_rule", part("甲", "50", "90", "50"), execution=part("预算执行率", "10", "10"))
    assert full.better
    assert full.better.least == 1


def test_execution_is_a_row_of_the_readings_that_hold_it() -> None:
    block = part("预算执行率", "9", "10")
    found = {one.key: one for one in reaches([part("甲", "80", "90", "79")], block, SCHEME)}
    assert set(found) == {"over_weights", "with_execution", "by_rule"}
    assert str(found["with_execution"].points) == "89.00"
    assert str(found["by_rule"].points) == "88.00"
    better = found["with_execution"].better
    assert better
    assert [one.name for one in better.rows if one.alone] == ["甲", "预算执行率"]


def test_a_sheet_without_weights_has_no_reading() -> None:
    assert reaches([part("甲", "0", "0")], None, SCHEME) == ()


hundredths = st.integers(0, 2000)


@settings(suppress_health_check=[HealthCheck.too_slow])  # the draw is small; only a busy machine makes it slow
@given(st.lists(st.tuples(hundredths, hundredths), min_size=1, max_size=12))
def test_gaining_or_losing_just_so_much_changes_the_grade_and_a_hundredth_less_does_not(
    made: list[tuple[int, int]],
) -> None:
    rows = []
    for n, pair in enumerate(made):
        score, weight = (Decimal(each).scaleb(-2) for each in sorted(pair))
        rows.append(Part(f"{n}", score, score, weight))
    weights = sum(row.weight for row in rows)
    if not weights:
        return
    total = sum(row.score for row in rows)
    cuts = {zh: low for low, zh in scale.grade_cuts()[SCHEME]}

    def grade(sum_of_rows: Decimal) -> str:
        return grade_of(rounded(Fraction(sum_of_rows) * 100 / Fraction(weights)), SCHEME)

    found = reach("over_weights", *rows)
    if found.better:
        assert cuts[grade(total + found.better.points)] >= found.better.cut
        assert grade(total + found.better.points - Decimal("0.01")) == found.grade
    if found.worse:
        assert cuts[grade(total - found.worse.points)] < found.worse.cut
        assert grade(total - found.worse.points + Decimal("0.01")) == found.grade
