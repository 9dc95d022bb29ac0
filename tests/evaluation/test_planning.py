"""评价方案: versions with reasons, steps done and undone, a former version taken back; refused by field and line."""

from collections.abc import Callable
from datetime import date

import pytest

from opendibao.audit.models import Event
from opendibao.evaluation.models import EvaluationPlan
from opendibao.evaluation.planning import (
    BadPlan,
    Member,
    PlanEntry,
    Step,
    finish_step,
    plan,
    plan_versions,
    reopen_step,
    restore_plan,
    steps_of,
    write_plan,
)
from tests.evaluation.year import LATER, LOCKED, YEAR
from tests.payment.builders import COUNTY

pytestmark = pytest.mark.usefixtures("county")
TEAM = (Member("文评价", "民政局", "组长"), Member("钱财政", "财政局", "复核"))
STEPS = (
    Step("收集资料", date(2024, 12, 2), date(2024, 12, 20), "文评价"),
    Step("打分", date(2025, 1, 2), date(2025, 1, 6), "文评价"),
)
ENTRY = PlanEntry("看钱发得准不准", "全县城乡低保", "定量为主，定性为辅", TEAM, STEPS)


def entry(**changes: object) -> PlanEntry:
    return PlanEntry(**{**vars(ENTRY), **changes})  # type: ignore[arg-type]


def write(**changes: object) -> EvaluationPlan:
    return write_plan(YEAR, COUNTY, entry(**changes), at=LOCKED)


def newest() -> EvaluationPlan:
    found = plan(YEAR, COUNTY)
    assert found
    return found


def finish(number: int, on: date = date(2025, 1, 3)) -> None:
    finish_step(steps_of(newest())[number].pk, on=on, at=LOCKED)


def test_the_first_version_needs_no_reason_and_the_next_does() -> None:
    first = write()
    assert (first.version, first.officer, first.written_on) == (1, "张经办", date(2025, 1, 6))
    assert first.team[1] == {"name": "钱财政", "unit": "财政局", "role": "复核"}
    assert [(one.step, one.last, one.owner) for one in steps_of(first)] == [
        ("收集资料", date(2024, 12, 20), "文评价"), ("打分", date(2025, 1, 6), "文评价"),
    ]  # fmt: skip
    with pytest.raises(BadPlan, match="“修改理由”没有填写：方案已有第1版"):
        write(scope="只看农村")
    write(scope="只看农村", reason="先做农村")
    assert [(one.version, one.scope, one.reason) for one in plan_versions(YEAR, COUNTY)] == [
        (2, "只看农村", "先做农村"), (1, "全县城乡低保", ""),
    ]  # fmt: skip
    old = plan(YEAR, COUNTY, version=1)
    assert old
    assert old.scope == "全县城乡低保"


def test_a_step_that_is_done_stays_done_in_the_next_version() -> None:
    write()
    finish(0)
    write(reason="多留两天", steps=(STEPS[0], Step("打分", date(2025, 1, 2), date(2025, 1, 8), "文评价")))
    assert [(one.step, one.done_on, one.done_by) for one in steps_of(newest())] == [
        ("收集资料", date(2025, 1, 3), "张经办"), ("打分", None, ""),
    ]  # fmt: skip


def test_a_finished_step_can_be_reopened_with_a_reason() -> None:
    write()
    finish(0)
    reopen_step(steps_of(newest())[0].pk, reason="少收一份", at=LOCKED)
    assert steps_of(newest())[0].done_on is None
    told = Event.objects.get(action="撤销步骤完成")
    assert told.payload == {"step": "收集资料", "before": "2025-01-03", "reason": "少收一份"}


def test_a_former_version_counts_again_as_a_new_one() -> None:
    write()
    write(scope="只看农村", reason="先做农村")
    restore_plan(YEAR, COUNTY, version=1, reason="城镇也要看", at=LATER)
    found = newest()
    assert (found.version, found.scope, found.reason) == (3, "全县城乡低保", "城镇也要看")
    assert [one.step for one in steps_of(found)] == ["收集资料", "打分"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"purpose": " "}, "“评价目的”没有填写"),
        ({"scope": "宽" * 501}, "“评价范围”有501个字，最多500个"),
        ({"method": ""}, "“评价方法”没有填写"),
        ({"team": ()}, "“评价组”至少写一人"),
        ({"steps": ()}, "“时间安排”至少写一步"),
        ({"team": (TEAM[0], Member("钱财政", " ", "复核"))}, "“评价组第2人的单位”没有填写"),
        (
            {"steps": (Step("打分", date(2025, 1, 2), date(2025, 1, 1), "文"),)},
            "第1步的结束”2025-01-01早于开始2025-01-02",
        ),
        ({"steps": (STEPS[0], STEPS[0])}, "有两步名称相同"),
        ({"steps": (Step("打分", date(2025, 1, 2), date(2025, 1, 2), ""),)}, "“时间安排第1步的负责”没有填写"),
    ],
)
def test_a_bad_plan_is_refused_by_field_and_nothing_is_written(changes: dict[str, object], words: str) -> None:
    with pytest.raises(BadPlan, match=words):
        write(**changes)
    assert not EvaluationPlan.objects.exists()


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: finish(0, date(2025, 1, 7)), "“完成日期”2025-01-07还没有到"),
        (lambda: (finish(0), finish(0)), "已于2025-01-03完成，不用再登记"),
        (lambda: reopen_step(steps_of(newest())[0].pk, reason="错", at=LOCKED), "还没有登记完成"),
        (lambda: (finish(0), reopen_step(steps_of(newest())[0].pk, reason=" ", at=LOCKED)), "“撤销理由”没有填写"),
        (lambda: finish_step(999999, on=date(2025, 1, 3), at=LOCKED), "没有编号为999999的步骤"),
        (lambda: restore_plan(YEAR, COUNTY, version=1, reason="再来", at=LOCKED), "没有可以恢复的第1版"),
        (lambda: restore_plan(YEAR, COUNTY, version=7, reason="再来", at=LOCKED), "没有可以恢复的第7版"),
    ],
)
def test_what_cannot_be_done_to_a_plan_is_said(act: Callable[[], object], words: str) -> None:
    write()
    with pytest.raises(BadPlan, match=words):
        act()


def test_a_step_of_a_former_version_is_left_alone() -> None:
    former = steps_of(write())
    write(reason="改了")
    with pytest.raises(BadPlan, match="方案已经有新的版本"):
        finish_step(former[0].pk, on=date(2025, 1, 3), at=LOCKED)
