"""Wilson's interval in percent, two decimals, at 95 %."""

from decimal import Decimal

import pytest

from opendibao.evaluation.intervals import NotASample, wilson


@pytest.mark.parametrize(
    ("n", "d", "low", "high"),
    [
        # z² = 3.841459; (96 + 1.9207295 ± 1.959964·√(3.84 + 0.9603647)) ÷ 103.841459 = (97.92073 ± 4.29424) ÷ …
        (96, 100, "90.16", "98.43"),
        # nothing found: 0 and z² ÷ (d + z²) = 3.841459 ÷ 13.841459
        (0, 10, "0.00", "27.75"),
        # all found: d ÷ (d + z²) = 100 ÷ 103.841459
        (100, 100, "96.30", "100.00"),
        # one half of one: (0 + 1.92073 ± …) would leave the scale; it is cut at its ends
        (1, 1, "20.65", "100.00"),
        (190, 200, "91.04", "97.26"),
    ],
)
def test_the_interval_is_wilson_s(n: int, d: int, low: str, high: str) -> None:
    assert wilson(n, d) == (Decimal(low), Decimal(high))


def test_a_larger_sample_is_narrower() -> None:
    (small_low, small_high), (large_low, large_high) = wilson(95, 100), wilson(950, 1000)
    assert small_low < large_low < Decimal(95) < large_high < small_high


@pytest.mark.parametrize(("n", "d"), [(0, 0), (1, 0), (2, 1), (-1, 5), (0, -1)])
def test_what_is_no_sample_is_refused(n: int, d: int) -> None:
    with pytest.raises(NotASample, match="样本"):
        wilson(n, d)
