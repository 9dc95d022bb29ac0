"""在保期: decisions that follow on one another make one time in force."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from opendibao.audit.sql_rows import read
from opendibao.payment.coverage import COVERAGE, known
from tests.payment.builders import family

pytestmark = pytest.mark.usefixtures("county")


@dataclass(frozen=True)
class Span:
    since: date
    until: date | None


def spans(known_at: datetime | None = None) -> list[Span]:
    sql = f"WITH {COVERAGE}, s AS (SELECT unnest(spans) AS span FROM coverage) SELECT lower(span), upper(span) FROM s"
    return read(Span, sql + " ORDER BY 1", known(known_at))


def test_a_changed_amount_does_not_break_the_time_in_force() -> None:
    family("A1", decided_on=date(2023, 6, 15)).decide(
        "increase", date(2024, 3, 20), fen=1, first_month=date(2024, 4, 1)
    )
    assert spans() == [Span(date(2023, 6, 15), None)]


def test_a_stop_ends_it_and_a_later_grant_begins_another() -> None:
    made = family("A1", decided_on=date(2023, 6, 15))
    made.decide("stop", date(2024, 3, 20))
    made.decide("increase", date(2024, 6, 3), fen=1, first_month=date(2024, 7, 1))
    assert spans() == [Span(date(2023, 6, 15), date(2024, 3, 20)), Span(date(2024, 6, 3), None)]


def test_what_came_later_was_not_known() -> None:
    made = family("A1", decided_on=date(2023, 6, 15))
    made.decide("stop", date(2024, 3, 20))
    made.decide("increase", date(2024, 6, 3), fen=1, first_month=date(2024, 7, 1))
    assert spans(datetime(2024, 3, 19, 12, tzinfo=UTC)) == [Span(date(2023, 6, 15), None)]
    assert spans(datetime(2024, 5, 1, tzinfo=UTC)) == [Span(date(2023, 6, 15), date(2024, 3, 20))]


def test_the_day_of_knowing_is_the_countys_day() -> None:
    # 17:00 UTC on 03-19 is 01:00 on 03-20 in the county
    assert known(datetime(2024, 3, 19, 17, tzinfo=UTC))["known_on"] == date(2024, 3, 20)
