"""近日办理: what was done lately within one's sight, newest first; what a nightly job found last."""

from datetime import UTC, datetime

import pytest

from opendibao.audit.actions import record
from opendibao.audit.recent import Check, DoneCount, DoneRow, done, done_counts, failed_jobs, last_check
from tests.conftest import ActAs

MONDAY, TUESDAY = datetime(2024, 3, 4, 1, tzinfo=UTC), datetime(2024, 3, 5, 1, tzinfo=UTC)
TOWN, OTHER_TOWN, COUNTY = "360429100000", "360429101000", "360429000000"


@pytest.fixture
def three(act_as: ActAs) -> None:
    with act_as("360429", "甲"):
        record("受理", "案件 1", division=TOWN, at=MONDAY, payload={})
        record("受理", "案件 2", division=OTHER_TOWN, at=TUESDAY, payload={})
        record("接热线", "工单 1", division=TOWN, at=TUESDAY, payload={})


@pytest.mark.usefixtures("three")
class TestDone:
    def test_it_is_counted_by_action_and_listed_newest_first(self, act_as: ActAs) -> None:
        with act_as("360429"):
            assert done_counts(MONDAY) == [DoneCount("受理", 2), DoneCount("接热线", 1)]
            assert [row.subject for row in done(MONDAY)] == ["工单 1", "案件 2", "案件 1"]
            assert [row.subject for row in done(MONDAY, limit=1, offset=1)] == ["案件 2"]
            assert {row.actor for row in done(TUESDAY)} == {"甲"}

    def test_it_can_be_asked_of_one_township(self, act_as: ActAs) -> None:
        with act_as("360429"):
            assert done_counts(TUESDAY, reach="360429101") == [DoneCount("受理", 1)]
            assert [row.subject for row in done(TUESDAY, reach="360429101")] == ["案件 2"]

    def test_who_comes_and_goes_has_done_nothing_by_that(self, act_as: ActAs) -> None:
        with act_as("360429"):
            for action in ("登录", "登录失败", "退出", "修改密码"):
                record(action, "clerk01", division=TOWN, at=TUESDAY, payload={})
            assert [row.subject for row in done(TUESDAY)] == ["工单 1", "案件 2"]

    def test_a_clerk_sees_his_own_township_alone(self, act_as: ActAs) -> None:
        with act_as("360429100"):
            assert [row.subject for row in done(MONDAY)] == ["工单 1", "案件 1"]


def test_the_nightly_check_says_what_it_found_last(act_as: ActAs) -> None:
    with act_as("360429"):
        assert last_check() is None
        record("夜间核对", "账目", division=COUNTY, at=MONDAY, payload={"outcome": "账目不平"})
        assert last_check() == Check(MONDAY, "账目不平")
        record("夜间核对", "账目", division=COUNTY, at=TUESDAY, payload={"outcome": "一致"})

        found = last_check()

        assert found
        assert (found.at, found.is_well) == (TUESDAY, True)
        assert failed_jobs() == []


def test_a_households_subject_gives_its_number() -> None:
    assert DoneRow(MONDAY, "甲", "定期复核", "家庭 999999-00001", TOWN).household == "999999-00001"
    assert DoneRow(MONDAY, "甲", "受理", "案件 1", TOWN).household == ""
