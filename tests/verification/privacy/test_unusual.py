"""异常查询: a list of questions for audit, each by a limit that is data."""

from datetime import date, datetime, timedelta

import pytest

from opendibao.audit.actions import record_view
from opendibao.audit.session import acting
from opendibao.intake.official_relatives import register_relative
from opendibao.kernel.duties import EVERY_DUTY
from opendibao.registry.queries import person_id
from opendibao.verification.privacy.lookups import Question, log_lookups
from opendibao.verification.privacy.unusual import Limits, Unusual, glances, limits_on, unusual_lookups
from tests.intake.builders import ASKED, authorised
from tests.registry.builders import COUNTY, MOTHER, SHANGHAI, VILLAGE, at, household

pytestmark = pytest.mark.usefixtures("places")
DAY = date(2024, 3, 6)
LIMITS = Limits(many=4, times=3, night_from=20, night_until=7)


def opens(officer: str, files: int, *, hour: int = 9, minute: int = 0, day: date = DAY) -> None:
    """Somebody opens so many files of households, one a minute."""
    first = datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)
    with acting(officer, "360429", EVERY_DUTY):
        for n in range(files):
            record_view(f"999999-{n:05}", VILLAGE, "家庭主页", at=first + timedelta(minutes=n))


def found(kind: str) -> list[Unusual]:
    return [row for row in unusual_lookups(DAY, DAY, LIMITS) if row.kind == kind]


def test_the_limits_are_dated_data() -> None:
    assert limits_on(DAY, COUNTY) == Limits(many=30, times=3, night_from=20, night_until=7)


class TestFarMore:
    def test_three_times_the_middle_colleague_is_asked_about(self) -> None:
        opens("王经办", 6)
        opens("周编制", 2)
        opens("李审核", 2)
        opens("陈走访", 1)  # the middle one of 1, 2, 2 is 2

        assert found("many") == [Unusual("many", "王经办", DAY, 6, 2)]

    def test_one_less_is_not(self) -> None:
        opens("王经办", 5)
        opens("周编制", 2)

        assert found("many") == []

    def test_few_files_are_few_however_idle_the_others_were(self) -> None:
        opens("王经办", 3)

        assert found("many") == []

    def test_who_worked_alone_is_asked_about_from_the_limit_on(self) -> None:
        opens("王经办", 4)

        assert found("many") == [Unusual("many", "王经办", DAY, 4, 0)]

    def test_the_same_file_ten_times_is_one_file(self) -> None:
        for hour in range(8, 18):
            opens("王经办", 1, hour=hour)

        assert found("many") == []

    def test_another_day_does_not_count(self) -> None:
        opens("王经办", 2)
        opens("王经办", 4, day=date(2024, 3, 7))

        assert found("many") == []


class TestAtNight:
    @pytest.mark.parametrize(
        ("hour", "minute", "is_night"), [(19, 59, False), (20, 0, True), (6, 59, True), (7, 0, False)]
    )
    def test_from_eight_in_the_evening_to_seven_in_the_morning(self, hour: int, minute: int, is_night: bool) -> None:
        opens("王经办", 1, hour=hour, minute=minute)

        assert found("night") == ([Unusual("night", "王经办", DAY, 1)] if is_night else [])


class TestOnesOwnPeople:
    def test_the_file_of_a_registered_relative(self) -> None:
        case = authorised(household("999999-00000"))
        register_relative(
            case.pk, member="王秀英", official="李审核", post="低保经办", relation="姐弟", on=ASKED, at=at(ASKED)
        )
        opens("李审核", 1)
        opens("周编制", 1)

        assert found("kin") == [Unusual("kin", "李审核", DAY, 1, 0, "王秀英", "姐弟")]

    def test_the_rows_of_a_case_count_like_its_file(self) -> None:
        case = authorised()
        register_relative(
            case.pk, member="王秀英", official="李审核", post="低保经办", relation="姐弟", on=ASKED, at=at(ASKED)
        )
        question = Question(person_id(MOTHER.id_number) or 0, "tax", "opening", case.pk)
        with acting("李审核", "360429", EVERY_DUTY):
            log_lookups([question], on=DAY, at=at(DAY))

        assert found("kin") == [Unusual("kin", "李审核", DAY, 1, 0, "王秀英", "姐弟")]

    def test_the_file_of_a_namesake(self) -> None:
        household("999999-00000")
        opens("李建国", 1)  # the father's name

        assert found("namesake") == [Unusual("namesake", "李建国", DAY, 1, 0, "李建国")]


def test_what_an_officer_opened_is_listed_in_order() -> None:
    opens("王经办", 2, hour=15)
    opens("王经办", 1, hour=8)
    opens("周编制", 1)

    assert [(f"{one.at:%H:%M}", one.what) for one in glances("王经办", DAY)] == [
        ("08:00", "999999-00000"), ("15:00", "999999-00000"), ("15:01", "999999-00001"),
    ]  # fmt: skip


def test_matching_in_batches_is_no_look_of_a_persons_own() -> None:
    case = authorised()
    question = Question(person_id(MOTHER.id_number) or 0, "tax", "match", case.pk)
    log_lookups([question], on=DAY, at=datetime(2024, 3, 6, 23, tzinfo=SHANGHAI))

    assert unusual_lookups(DAY, DAY, LIMITS) == []
