"""计时: working days of a clock, with days on which it stands still."""

from datetime import date

from opendibao.policy.procedures import procedure_of
from opendibao.policy.reader import load_pack
from opendibao.rules.deadlines import Paused, counted, deadlines, notice_ends, used

MONDAY = date(2024, 3, 4)


def test_paused_days_do_not_count_and_the_day_of_resumption_does() -> None:
    # 5, 6 count; 7 to 12 stand still; 13 is the third
    pause = Paused(date(2024, 3, 7), date(2024, 3, 13))

    assert counted(MONDAY, 3) == date(2024, 3, 7)
    assert counted(MONDAY, 3, [pause]) == date(2024, 3, 13)


def test_a_pause_over_a_weekend_costs_working_days_alone() -> None:
    # Friday to Monday: only Friday is lost
    assert counted(MONDAY, 5, [Paused(date(2024, 3, 8), date(2024, 3, 11))]) == date(2024, 3, 12)


def test_a_pause_that_begins_and_ends_on_one_day_costs_nothing() -> None:
    assert counted(MONDAY, 5, [Paused(date(2024, 3, 6), date(2024, 3, 6))]) == counted(MONDAY, 5)


def test_what_is_used_up_and_what_is_left_are_the_whole() -> None:
    pauses, day = [Paused(date(2024, 3, 7), date(2024, 3, 13))], date(2024, 3, 20)

    assert used(MONDAY, day) == 12
    assert used(MONDAY, day, pauses) == 8
    assert used(MONDAY, counted(MONDAY, 30, pauses), pauses) == 30


def test_the_make_up_sunday_counts() -> None:
    # 2024-04-07 is a Sunday on which offices work; 4 to 6 April are free
    assert counted(date(2024, 4, 3), 1) == date(2024, 4, 7)


def test_a_pause_moves_every_limit_of_a_case() -> None:
    pauses = [Paused(date(2024, 3, 5), date(2024, 3, 7))]

    found = deadlines(MONDAY, pack=load_pack("jx-demo-2024"), paused=pauses)

    # two working days later than 7 March, 16 April and 9 May
    assert (found.start_survey_by, found.decide_by) == (date(2024, 3, 11), date(2024, 4, 18))
    assert found.extended_decide_by == date(2024, 5, 11)


def test_the_notice_counts_the_day_of_posting() -> None:
    assert notice_ends(date(2024, 3, 20), procedure_of("360429100001", MONDAY)) == date(2024, 3, 26)
