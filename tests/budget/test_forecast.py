"""测算: the formula in whole fen, rounded once."""

import pytest

from opendibao.budget.forecast import person_months, proposed_fen


def test_who_enters_is_paid_half_a_year() -> None:
    assert person_months(9000, 400) == 9000 * 12 + 400 * 6 == 110_400


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        # 100 persons × 12 × 500.00
        ((100, 0, 50_000, 10_000, 0), 60_000_000),
        # and 10 who enter, 6 months each: 1,260 months × 500.00
        ((100, 10, 50_000, 10_000, 0), 63_000_000),
        # prices 3 % up, reserve 2 % on top: 630,000.00 × 1.03 × 1.02 = 661,878.00
        ((100, 10, 50_000, 10_300, 200), 66_187_800),
        # one person, one fen, 12 months × 1.0417 = 12.5004 and 1.0416 = 12.4992: rounded once
        ((1, 0, 1, 10_417, 0), 13),
        ((1, 0, 1, 10_416, 0), 12),
        ((0, 0, 50_000, 10_300, 200), 0),
    ],
)
def test_the_formula_is_rounded_once(inputs: tuple[int, int, int, int, int], expected: int) -> None:
    persons, entries, average, factor, reserve = inputs
    found = proposed_fen(
        last_year_persons=persons, expected_entries=entries, average_benefit_fen=average, price_factor_bp=factor,
        reserve_bp=reserve,
    )  # fmt: skip
    assert found == expected


def test_half_a_fen_goes_up() -> None:
    # 12 months × 1 fen × 1.25 = 15; 6 months × 1 fen × 1.25 = 7.5
    given = {"average_benefit_fen": 1, "price_factor_bp": 12_500, "reserve_bp": 0}
    assert proposed_fen(last_year_persons=1, expected_entries=0, **given) == 15
    assert proposed_fen(last_year_persons=0, expected_entries=1, **given) == 8
