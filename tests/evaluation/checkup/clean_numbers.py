"""The figures and the indicator rows of a clean report: everything adds up, every target has its sign."""

import random
from decimal import Decimal

from tests.evaluation.checkup.draft import Draft, Row

D = Decimal
REASONS = {
    "entry": ["三个乡镇更换经办人，交接期间录入晚了几天；已改为双人在岗并按周核对未录入名单。",
              "年中系统升级停用四个工作日，部分变动补录超期；已约定停用期间先登记后补录。"],
    "aware": ["山区村组居住分散，宣讲场次偏少；下一年度按村排定宣讲日期，逐村签收。",
              "外出务工家庭多以电话联系，对政策细节不熟；改为寄送明白纸并在春节返乡时宣讲。"],
    "satisfied": ["受访者主要反映办理进度查询不便；已在村务公开栏公布查询办法和咨询电话。",
                  "部分受访者认为审批等待偏长；已把材料一次告知清单印发到村。"],
    "accuracy": ["复查发现个别家庭务工收入变化未及时申报；已列入重点复核并按月比对社保缴费。",
                 "少数家庭成员增减未同步变更；要求村级每季度报送成员变动表。"],
}  # fmt: skip
EXECUTION_REASONS = (
    "年中退出户略多于测算，资金有少量结余；下年度按季度滚动测算。",
    "预算按上年末人数编制，实际发放略低；今后结合进出趋势编制预算。",
)


def values(rng: random.Random) -> dict[str, object]:
    """Households, persons, money (万元), samples of a county of our own making."""
    rural_h, urban_h = rng.randint(1800, 6200), rng.randint(260, 900)
    rural_p, urban_p = rural_h * rng.randint(175, 190) // 100, urban_h * rng.randint(158, 172) // 100
    new_h, out_h = rng.randint(120, 300), rng.randint(310, 560)
    found: dict[str, object] = {
        "rural_h": rural_h, "rural_p": rural_p, "urban_h": urban_h, "urban_p": urban_p,
        "new_h": new_h, "new_p": new_h * rng.randint(174, 186) // 100,
        "out_h": out_h, "out_p": out_h * rng.randint(174, 186) // 100,
        "rural_m": D(rural_p * rng.randint(52_000, 60_000)) / D(10) ** 5 + D(rng.randint(11, 89)) / 100,
        "urban_m": D(urban_p * rng.randint(66_000, 76_000)) / D(10) ** 5 + D(rng.randint(11, 89)) / 100,
        "months_ok": 12, "months_n": 12, "trainings": rng.randint(4, 6), "follow_n": rng.choice([60, 80, 120]),
        "year": rng.randint(2021, 2025),
    }  # fmt: skip
    for name in ("rural_m", "urban_m"):
        found[name] = D(str(found[name])).quantize(D("0.01"))
    found["follow_ok"] = int(str(found["follow_n"])) - rng.randint(2, 6)
    _samples(found, rng)
    money = D(str(found["rural_m"])) + D(str(found["urban_m"]))
    room = D(rng.choice([100, 101, 103, 105])) / 100
    found["rural_budget"] = _up(D(str(found["rural_m"])) * room)
    found["urban_budget"] = _up(D(str(found["urban_m"])) * room)
    found["budget"] = D(str(found["rural_budget"])) + D(str(found["urban_budget"]))
    assert money < D(str(found["budget"]))
    found["execution_reason"] = rng.choice(EXECUTION_REASONS)
    return found


def _up(value: Decimal) -> Decimal:
    """The next ten thousand yuan that ends in a zero: a budget figure as people write it."""
    return (value // 10 + 1) * 10


def _samples(found: dict[str, object], rng: random.Random) -> None:
    """Sizes and hits: satisfaction and knowledge about their targets, the rest above; the targets are in `rows`."""
    shares = {"survey": (88, 97), "sample": (94, 99), "aware": (83, 95), "entry": (94, 99)}
    for name, (low, high) in shares.items():
        size = rng.choice([200, 240, 300, 360, 420, 500])
        # never the target itself to the digit: an even 95.0 % would look copied
        found[f"{name}_n"], found[f"{name}_ok"] = size, size * rng.randint(low, high) // 100 + 1
    visits = int(str(found["new_h"])) + rng.randint(30, 90)
    found["visit_n"] = found["visit_ok"] = visits


def _row(key: str, level1: str, level2: str, name: str, weight: str, **more: object) -> Row:
    return Row(key, level1, level2, name, D(weight), **more)  # type: ignore[arg-type]


def results(rng: random.Random, found: dict[str, object], notes: bool) -> dict[str, Row]:
    """The rows of outputs and effects by key, with weights of the form with a cost indicator (20/40/20/10)."""
    pick = rng.choice
    standing = {"level1": "产出指标", "level2": "数量指标"}

    def counted(text: str) -> str:
        return text if notes else ""

    rows = [
        _row("rural_m", "成本指标", "经济成本指标", pick(["农村低保资金支出", "农村低保金支出额"]), "10", sign="≤",
             target=D(str(found["rural_budget"])), unit="万元", actual="rural_m"),
        _row("urban_m", "成本指标", "经济成本指标", pick(["城镇低保资金支出", "城镇低保金支出额"]), "10", sign="≤",
             target=D(str(found["urban_budget"])), unit="万元", actual="urban_m"),
        _row("rural_p", **standing, name=pick(["农村低保保障人数", "农村低保在保人数"]), weight="6", sign="≥",
             target=D(int(str(found["rural_p"])) // 100 * 100 - 100), unit="人", actual="rural_p"),
        _row("urban_p", **standing, name=pick(["城镇低保保障人数", "城镇低保在保人数"]), weight="6", sign="≥",
             target=D(int(str(found["urban_p"])) // 10 * 10 - 20), unit="人", actual="urban_p"),
        _row("trainings", **standing, name=pick(["低保业务培训次数", "低保经办人员培训次数"]), weight="4", sign="≥",
             target=D(4), unit="次", actual="trainings"),
        _row("visited", "产出指标", "质量指标", pick(["新申请家庭入户调查率", "申请家庭入户核查率"]), "6", sign="＝",
             target=D(100), unit="%", actual="visited", note=counted("（«visit_ok»户/«visit_n»户）")),
        _row("accuracy", "产出指标", "质量指标", pick(["保障对象认定准确率", "低保认定准确率"]), "6", sign="≥",
             target=D(95), unit="%", actual="accuracy", note=counted("（«sample_ok»/«sample_n»）")),
        _row("on_time", "产出指标", "时效指标", pick(["资金按时发放率", "低保金按时发放率"]), "6", sign="＝",
             target=D(100), unit="%", actual="on_time", note=counted("（«months_ok»个月/«months_n»个月）")),
        _row("entry", "产出指标", "时效指标", pick(["信息系统录入及时率", "救助系统录入及时率"]), "6", sign="≥",
             target=D(95), unit="%", actual="entry", note=counted("（«entry_ok»/«entry_n»）")),
        _row("aware", "效益指标", "社会效益指标", pick(["低保政策知晓率", "群众低保政策知晓率"]), "6", sign="≥",
             target=D(85), unit="%", actual="awareness", note=counted("（«aware_ok»/«aware_n»）")),
        _row("relief", "效益指标", "社会效益指标", "困难群众生活改善情况", "8", target_text="明显改善",
             actual_text="达成年度指标，回访«follow_n»户，«follow_ok»户生活有改善"),
        _row("lasting", "效益指标", "可持续影响指标", pick(["动态管理机制健全程度", "长效管理机制健全性"]), "6",
             target_text="机制健全", actual_text=pick(["达成年度指标，按月比对、按季抽查制度已印发并执行",
                                                     "达成年度指标，动态管理办法已印发，月度比对有记录"])),
        _row("satisfied", "满意度指标", "服务对象满意度指标", pick(["救助对象满意度", "低保对象满意度"]), "10",
             sign="≥", target=D(90), unit="%", actual="satisfaction", note=counted("（«survey_ok»/«survey_n»）")),
    ]  # fmt: skip
    made = {row.key: row for row in rows}
    for key, reasons in REASONS.items():
        made[key].reason = pick(reasons)
    if rng.random() < 0.25:
        relief = made["relief"]
        relief.share, relief.actual_text = (
            D(pick(["0.70", "0.75"])),
            "部分达成年度指标，回访«follow_n»户，«follow_ok»户生活有改善",
        )
        relief.reason = pick(["回访中个别家庭因突发疾病支出增加，改善不明显；已转介医疗救助。",
                              "少数家庭缺少劳动力，改善程度有限；下年度与帮扶项目衔接。"])  # fmt: skip
    return made


def self_rows(rng: random.Random, found: dict[str, object]) -> list[Row]:
    """The sheet of a self-evaluation: 90 points beside the 10 of budget execution."""
    made = results(rng, found, rng.random() < 0.5)
    if rng.random() < 0.4:  # the classic form: cost under outputs, effects 30
        for key in ("rural_m", "urban_m"):
            made[key].level1, made[key].level2, made[key].weight = "产出指标", "成本指标", D(5)
        for key, weight in (("aware", 10), ("relief", 10), ("lasting", 10)):
            made[key].weight = D(weight)
        order = [*(key for key in made if key not in ("rural_m", "urban_m"))]
        order[7:7] = ["rural_m", "urban_m"]
        return [made[key] for key in order]
    return list(made.values())


def framework_rows(rng: random.Random, found: dict[str, object]) -> list[Row]:
    """The sheet of a department's or a finance bureau's evaluation: decision, process, outputs, effects."""
    made = results(rng, found, rng.random() < 0.5)
    process_reason = str(found["execution_reason"])
    first = [
        _row("d1", "决策", "项目立项", "立项依据充分性", "3", target_text="依据充分",
             actual_text="达标，依据文件4份，逐份核对"),
        _row("d2", "决策", "项目立项", "立项程序规范性", "3", target_text="程序规范",
             actual_text="达标，集体研究纪要齐全"),
        _row("d3", "决策", "绩效目标", "绩效目标合理性", "2", target_text="目标合理",
             actual_text="达标，与年度任务相符"),
        _row("d4", "决策", "绩效目标", "绩效指标明确性", "2", target_text="指标明确",
             actual_text="达标，指标均有数值和单位"),
        _row("d5", "决策", "资金投入", "预算编制科学性", "3", target_text="编制科学",
             actual_text="达标，按人数和标准测算"),
        _row("d6", "决策", "资金投入", "资金分配合理性", "2", target_text="分配合理",
             actual_text="达标，按在保人数分配"),
        _row("c1", "过程", "资金管理", "资金到位率", "5", sign="＝", target=D(100), unit="%", actual="arrived"),
        _row("c2", "过程", "资金管理", "预算执行率", "5", sign="＝", target=D(100), unit="%", actual="rate",
             reason=process_reason),
        _row("c3", "过程", "资金管理", "资金使用合规性", "5", target_text="使用合规",
             actual_text="达标，抽查凭证60份，均符合规定"),
        _row("c4", "过程", "组织实施", "管理制度健全性", "5", target_text="制度健全",
             actual_text="达标，资金管理办法已印发"),
        _row("c5", "过程", "组织实施", "制度执行有效性", "5", target_text="执行有效",
             actual_text="达标，复核台账完整"),
    ]  # fmt: skip
    weights = {"rural_p": 4, "urban_p": 4, "trainings": 3, "visited": 6, "accuracy": 6, "on_time": 6, "entry": 6,
               "aware": 6, "relief": 7, "lasting": 5, "satisfied": 7}  # fmt: skip
    level1 = {"产出指标": "产出", "效益指标": "效益", "满意度指标": "效益"}
    level2 = {"数量指标": "产出数量", "质量指标": "产出质量", "时效指标": "产出时效", "社会效益指标": "项目效益",
              "可持续影响指标": "项目效益", "服务对象满意度指标": "满意度"}  # fmt: skip
    for key, weight in weights.items():
        row = made[key]
        row.weight, row.level1, row.level2 = D(weight), level1[row.level1], level2[row.level2]
    return [*first, *(made[key] for key in weights)]


def holds(draft: Draft) -> None:
    """A clean draft carries 100 points."""
    assert draft.totals()[0] == 100, (draft.style, draft.totals())
