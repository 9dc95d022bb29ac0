"""目标和方案: the goals, the plan and the documents of a synthetic county's evaluation; all persons are made up."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial

from opendibao.demo.officers import AUDITOR, COUNTY_CHECKER, EVALUATOR, FINANCE, Step, by
from opendibao.demo.plan import CountyPlan
from opendibao.evaluation import materials, planning
from opendibao.evaluation.conclusion import Conclusion
from opendibao.evaluation.goal_entry import GoalEntry, change_goal, move_goal, take_over_goals
from opendibao.evaluation.goals import HORIZONS
from opendibao.evaluation.scored_rows import ScoredRow
from opendibao.evaluation.year_goals import OVERALL, GoalRow, goals
from opendibao.kernel.workdays import on_or_after

ORDER = 19
UNIT = "民政局"
# who is responsible, by the first indicator that a goal names, where it is not the bureau alone
UNITS = {"paid_by_tenth": "民政局、财政局", "earmarked_use": "财政局", "rural_benefit_paid": "财政局、民政局"}
THIS_YEAR = ("paid_by_tenth", "staff_trainings")  # the goals that are to be reached within the year itself
DUE_YEARS = {"short": 1, "middle": 4, "long": 6}
MADE_UP, UNCHECKED = "（演示人员）", "（未核对原文）"
TEAM = (
    (EVALUATOR, "民政局", "组长"), (COUNTY_CHECKER, "民政局", "提供台账和案卷"), (FINANCE, "财政局", "核对资金"),
    (AUDITOR, "审计局", "列席"),
)  # fmt: skip
PURPOSE = "看低保金是不是发给了该发的家庭、发得及时足额、群众是否满意，把问题带到下一年的预算和工作里去。"
SCOPE = "本县{year}年1月1日至12月31日发放的城乡最低生活保障金，全部在保家庭和当年退出的家庭。"
METHOD = (
    "定量指标由系统按台账逐行计算；准确率抽样入户复核，满意度随机抽样问卷，都给出区间；定性指标按评价要点定档并附依据。"
)
# step, first day (year after the evaluated one, month, day), last day, who; when it was done
STEPS = (
    ("制定评价方案", (0, 10, 14), (0, 10, 18), EVALUATOR, (0, 10, 18)),
    ("收集政策文件和数据资料", (0, 10, 21), (0, 11, 15), EVALUATOR, (0, 11, 18)),
    ("抽样入户复核", (0, 11, 4), (0, 11, 29), EVALUATOR, (0, 11, 28)),
    ("满意度问卷", (0, 12, 2), (0, 12, 20), EVALUATOR, (0, 12, 18)),
    ("测量指标、评分、体检", (1, 1, 2), (1, 1, 6), EVALUATOR, None),
    ("报送财政部门审核", (1, 1, 7), (1, 1, 17), EVALUATOR, None),
    ("按审核意见整改", (1, 1, 20), (1, 4, 30), COUNTY_CHECKER, None),
)
SCORING = "测量指标、评分、体检"
# kind, title, number, day, provider, received on (month, day) of the year; the last one is still missing
MATERIALS = (
    ("policy", "社会救助暂行办法（2019年修订）", "国务院令第649号", date(2014, 2, 21), "司法局", (10, 22)),
    ("policy", f"最低生活保障审核确认办法{UNCHECKED}", "民发〔2021〕57号", date(2021, 6, 11), UNIT, (10, 22)),
    ("policy", f"项目支出绩效评价管理办法{UNCHECKED}", "财预〔2020〕10号", date(2020, 2, 25), "财政局", (10, 23)),
    ("policy", f"核心绩效目标和指标取值指引{UNCHECKED}", "财预〔2021〕101号", date(2021, 8, 18), "财政局", (10, 23)),
    ("data", "存量建账确认书", "", None, UNIT, (10, 24)),
    ("data", "低保金预算批复", "", None, "财政局", (10, 25)),
    ("data", "全年发放批次和银行回盘", "", None, UNIT, (11, 18)),
    ("other", "入户复核记录", "", None, UNIT, (11, 28)),
    ("report", "上一年度部门评价报告", "", None, UNIT, None),
)  # fmt: skip


def goals_and_plan(plan: CountyPlan) -> Iterator[Step]:
    """The goals in spring, the plan and the documents in autumn, steps and documents as they come."""
    year, county = plan.year, plan.county_code
    acts = [((0, 3, 4), partial(_set_goals, plan)), ((0, 7, 8), partial(_begin, plan))]
    acts += [((0, 10, 14), partial(_write, plan)), ((0, 10, 21), partial(_list, plan))]
    acts += [(done, partial(_finish, plan, words)) for words, _, _, _, done in STEPS if done]
    acts += [((0, *came), partial(_receive, plan, title)) for _, title, _, _, _, came in MATERIALS if came]
    for when, act in acts:
        yield on_or_after(_day(year, when)), ORDER, by(EVALUATOR, county, act)


def close_goals(plan: CountyPlan, said: Conclusion, at: datetime) -> None:
    """How far every goal is, by what its indicators were measured at; the step of scoring is done."""
    rows = {row.code: row for row in (*said.rows, *said.beside)}
    for one in goals(plan.year, plan.county_code):
        if one.horizon in HORIZONS:
            state, words = _outcome(one, [rows[code] for code in one.indicators if code in rows])
            move_goal(one.pk, state, progress=words, at=at)
    _finish(plan, SCORING, at)


def _day(year: int, when: tuple[int, int, int]) -> date:
    later, month, day = when
    return date(year + later, month, day)


def _set_goals(plan: CountyPlan, at: datetime) -> None:
    """The province's goals, each with its unit and its day."""
    for one in take_over_goals(plan.year, plan.county_code, unit=UNIT, at=at):
        if one.horizon == OVERALL:
            continue
        first = one.indicators[0]
        years = 0 if first in THIS_YEAR else DUE_YEARS[one.horizon]
        entry = GoalEntry(
            one.horizon, one.text, one.milestone, UNITS.get(first, UNIT), date(plan.year + years, 12, 31),
            tuple(one.indicators),
        )  # fmt: skip
        change_goal(one.pk, entry, at=at)


def _begin(plan: CountyPlan, at: datetime) -> None:
    for one in goals(plan.year, plan.county_code):
        if one.horizon in HORIZONS:
            move_goal(one.pk, "under_way", progress="上半年已按月开展，年底按指标看结果", at=at)


def _outcome(one: GoalRow, rows: list[ScoredRow]) -> tuple[str, str]:
    """A goal of the near years is reached when all that measures it is met; the others go on."""
    missed = [row.name for row in rows if not (row.is_measured and row.is_met)]
    met = f"对应的{len(rows)}项指标本年有{len(rows) - len(missed)}项达到指标值"
    if missed:
        return ("late" if one.horizon == "short" else "under_way"), f"{met}，还差：{'、'.join(missed)}"
    if one.horizon == "short":
        return "reached", f"{met}，全部达到"
    return "under_way", f"{met}；目标跨年，继续"


def _write(plan: CountyPlan, at: datetime) -> None:
    year = plan.year
    planning.write_plan(
        year, plan.county_code,
        planning.PlanEntry(
            PURPOSE, SCOPE.format(year=year), METHOD,
            tuple(planning.Member(name, unit, role + MADE_UP) for name, unit, role in TEAM),
            tuple(
                planning.Step(words, _day(year, first), _day(year, last), owner)
                for words, first, last, owner, _ in STEPS
            ),
        ),
        at=at,
    )  # fmt: skip


def _finish(plan: CountyPlan, words: str, at: datetime) -> None:
    found = planning.plan(plan.year, plan.county_code)
    for step in planning.steps_of(found) if found else []:
        if step.step == words and not step.done_on:
            planning.finish_step(step.pk, on=at.date(), at=at)


def _list(plan: CountyPlan, at: datetime) -> None:
    for kind, title, number, day, provider, _ in MATERIALS:
        entry = materials.MaterialEntry(kind, title, provider, number, day)
        materials.add_material(plan.year, plan.county_code, entry, at=at)


def _receive(plan: CountyPlan, title: str, at: datetime) -> None:
    for one in materials.materials(plan.year, plan.county_code):
        if one.title == title:
            materials.receive_material(one.pk, on=at.date(), at=at)
