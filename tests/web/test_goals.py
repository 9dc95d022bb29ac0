"""绩效目标页: taken over, added, changed, moved; what is late is named; the four principles stand beside it."""

from datetime import date

import pytest

from opendibao.evaluation.actions import lock_year
from opendibao.evaluation.goal_entry import GoalEntry, add_goal
from opendibao.evaluation.models import Goal
from opendibao.kernel.duties import Duty
from tests.evaluation import small_county, year_plan
from tests.evaluation.year import LOCKED, YEAR
from tests.payment.builders import COUNTY
from tests.web.conftest import Reader
from tests.web.desk import Desk, hired

PAGE = "/evaluation/goals/?year=2024"
ENTRY = GoalEntry("short", "按时发放", "每月10日前", "民政局", date(2024, 12, 31), ("paid_by_tenth",))


@pytest.fixture
def evaluator(county: None) -> Desk:
    return Desk(hired("eval91", "文评价", division=COUNTY, duties=(Duty.EVALUATE,)))


def goal(**changes: object) -> Goal:
    return add_goal(YEAR, COUNTY, GoalEntry(**{**vars(ENTRY), **changes}), at=LOCKED)  # type: ignore[arg-type]


def test_an_empty_year_says_what_will_come(read: Reader) -> None:
    page = read(PAGE)
    assert "2024 年度还没有自己的绩效目标" in page.words
    assert "套用目标" not in [words for words, _ in page.links]


def test_the_province_s_goals_are_taken_over_from_the_page(evaluator: Desk) -> None:
    address = evaluator.reads(PAGE).link("套用目标")

    page = evaluator.follows(evaluator.does(address, source="province", unit="民政局"))

    assert "已套用 10 条，请逐条核对" in page.words
    assert "阶段目标 9 条：未开始 9，没有定期限 9。" in page.words
    assert "短期（1—2年）" in page.words
    assert "已经有 10 条目标，不能再整批套用" in evaluator.reads("/evaluation/goals/take-over/?year=2024").words


def test_last_year_s_open_goals_go_on(evaluator: Desk) -> None:
    goal()
    page = evaluator.follows(evaluator.does("/evaluation/goals/take-over/?year=2025", source="last_year", unit=""))
    assert "已套用 1 条" in page.words
    assert "按时发放" in page.words


def test_a_goal_is_added_with_its_indicators(evaluator: Desk) -> None:
    typed = {"horizon": "short", "text": "按时发放", "milestone": "每月10日前", "unit": "民政局", "due_on": ""}
    address = "/evaluation/goals/new/?year=2024"
    sent = evaluator.client.post(
        address, {**evaluator.opens(address), **typed, "indicators": ["paid_by_tenth", "fund_use"]}
    )
    assert sent.status_code == 303
    made = Goal.objects.get()
    assert (made.text, made.indicators, made.due_on) == ("按时发放", ["paid_by_tenth", "fund_use"], None)
    page = evaluator.reads(PAGE)
    assert "▲ 没有定" in page.words
    assert "资金每月10号发放到位 → 未测得" in page.words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"milestone": ""}, "“衡量标志”没有填写"),
        ({"due_on": "2023-12-31"}, "“完成期限”2023-12-31早于2024年度"),
        ({"due_on": "12月"}, "“完成期限”不是日期，应写成 2025-01-06 这样"),
        ({"indicators": "happiness"}, "“对应指标”里没有“happiness”"),
        ({"horizon": ""}, "请选择“期限”"),
    ],
)
def test_a_bad_goal_is_refused_by_field(evaluator: Desk, typed: dict[str, str], words: str) -> None:
    good = {"horizon": "short", "text": "按时", "milestone": "每月", "unit": "民政局"}
    page = evaluator.does("/evaluation/goals/new/?year=2024", **{**good, **typed})
    assert page.status == 422
    assert words in page.words
    assert not Goal.objects.exists()


def test_a_change_stands_in_the_goal_s_history(evaluator: Desk) -> None:
    made = goal()
    typed = {"text": "按时发放", "milestone": "每月10日前", "unit": "财政局", "due_on": "2025-06-30"}
    page = evaluator.does(f"/evaluation/goals/{made.pk}/change/", **typed, indicators="paid_by_tenth")
    assert evaluator.follows(page).status == 200
    words = evaluator.reads(f"/evaluation/goals/{made.pk}/").words
    assert "修改绩效目标 文评价" in words
    assert "责任单位：民政局 → 财政局" in words
    assert "完成期限：2024-12-31 → 2025-06-30" in words


def test_progress_is_entered_and_only_what_can_follow_is_offered(evaluator: Desk) -> None:
    made = goal()
    address = f"/evaluation/goals/{made.pk}/move/"
    page = evaluator.follows(evaluator.does(address, state="dropped", progress="并入另一条"))
    assert "进展已改为“不再实行”" in page.words
    html = evaluator.reads(address).html
    assert 'value="planned"' in html
    assert 'value="reached"' not in html
    assert "请先恢复再修改" in evaluator.reads(f"/evaluation/goals/{made.pk}/change/").words


def test_two_officers_do_not_overwrite_each_other(evaluator: Desk) -> None:
    made = goal()
    address = f"/evaluation/goals/{made.pk}/move/"
    opened = evaluator.opens(address)
    Desk(hired("eval92", "吴评价", division=COUNTY, duties=(Duty.EVALUATE,))).does(
        address, state="under_way", progress="开始了"
    )
    page = evaluator.sends(address, **opened, state="reached", progress="到了")
    assert page.status == 409
    assert "吴评价" in page.words
    made.refresh_from_db()
    assert made.state == "under_way"


def test_what_is_late_is_named_with_its_unit_and_day(read: Reader) -> None:
    goal(due_on=date(2024, 1, 31))
    page = read(PAGE)
    assert "1 条目标滞后或已过期限" in page.words
    assert "按时发放 （民政局，期限 2024-01-31）" in page.words
    assert "阶段目标 1 条：未开始 1，已过期限 1。" in page.words


def test_a_locked_year_opens_the_rows_of_its_indicators(read: Reader) -> None:
    small_county.whole()
    goal(indicators=("staff_trainings", "urban_persons"))
    lock_year(YEAR, COUNTY, at=LOCKED)
    page = read(PAGE)
    assert "≥4次 → 3次 ▲ 未达到" in page.words
    assert "≤2人 → 1人 ✓ 达到" in page.words
    assert page.link("3次") == "/figures/indicator.03/?year=2024"
    assert "指标的数取自锁定的快照 1" in page.words


def test_the_principles_name_what_violates_them_and_the_remedy(read: Reader) -> None:
    small_county.whole()
    goal(text="推动工作", milestone="不断提升", indicators=())
    page = read(PAGE)
    assert "▲ 可测性" in page.words
    assert "目标“推动工作”没有对应指标。 请修改这条目标，选上衡量它的指标" in page.words
    assert "衡量标志“不断提升”看不出到没到" in page.words


def test_only_evaluators_change_goals(county: None) -> None:
    made = year_plan.goals()[1]
    finance = Desk(hired("fin91", "钱财政", division=COUNTY, duties=(Duty.FINANCE,)))
    page = finance.reads(PAGE)
    assert page.status == 200
    assert "添加目标" not in page.words
    for address in ("new/", "take-over/", f"{made.pk}/change/", f"{made.pk}/move/"):
        assert finance.reads(f"/evaluation/goals/{address}").status == 403
    assert finance.reads(f"/evaluation/goals/{made.pk}/").status == 200
    assert finance.reads("/evaluation/goals/999999/").status == 404
