"""复核排期: once or twice a year, spread over the months, in the household's own rhythm."""

from collections import Counter
from datetime import date

import pytest

from opendibao.reviews.refusal import ReviewRefused
from opendibao.reviews.schedule import dues_after, dues_of_year, months_between_reviews, spread

VILLAGE = "360429100201"


def test_the_law_says_once_a_year_or_every_half_year() -> None:
    on = date(2024, 1, 1)

    assert months_between_reviews("yearly", on=on, division=VILLAGE) == 12
    assert months_between_reviews("halfyear", on=on, division=VILLAGE) == 6
    with pytest.raises(ReviewRefused, match="复核类别“weekly”不存在"):
        months_between_reviews("weekly", on=on, division=VILLAGE)


def test_reviews_fall_on_month_ends() -> None:
    assert dues_after(date(2024, 8, 31), 6) == [date(2025, 2, 28), date(2025, 8, 31)]
    assert dues_after(date(2024, 2, 15), 12) == [date(2025, 2, 28)]


@pytest.mark.parametrize(
    ("period", "place", "last", "days"),
    [
        (12, 0, None, [date(2024, 1, 31)]),
        (12, 13, None, [date(2024, 2, 29)]),
        (6, 5, None, [date(2024, 6, 30), date(2024, 12, 31)]),
        (12, 0, date(2023, 9, 30), [date(2024, 9, 30)]),
        (6, 0, date(2023, 9, 30), [date(2024, 3, 31), date(2024, 9, 30)]),
        (6, 0, date(2024, 3, 31), [date(2024, 9, 30)]),  # half of the year is laid down already
        (12, 0, date(2024, 9, 30), []),
        (12, 3, date(2020, 9, 30), [date(2024, 4, 30)]),  # years were missed: as if new
    ],
)
def test_a_household_keeps_its_rhythm(period: int, place: int, last: date | None, days: list[date]) -> None:
    assert dues_of_year(2024, period, place=place, last=last) == days


def test_the_county_is_spread_evenly_over_the_months() -> None:
    items = [(n, VILLAGE, "yearly") for n in range(24)] + [(n, VILLAGE, "halfyear") for n in range(24, 36)]

    months = Counter(due.due_on.month for due in spread(items, 2024, {}))

    assert months == Counter(dict.fromkeys(range(1, 13), 4))  # 24 once and 12 twice = 48
