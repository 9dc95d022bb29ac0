"""A year's content made by hand: the county's own targets and counts, no database."""

from dataclasses import replace

from opendibao.reporting.content import (
    DeviationContent,
    ExecutionContent,
    FigureContent,
    FindingContent,
    GoalContent,
    GoalItem,
    LevelContent,
    PartContent,
    ReadingContent,
    ReportContent,
    RowContent,
)

NASTY = "<b>&\"'#*_$@`\\{{x}}</script>"


def figure(name: str, zh: str, value: str, unit: str = "", *, n: str = "", d: str = "", rows: int = 0) -> FigureContent:
    return FigureContent(
        name, zh, value, unit, "2024-12-31", rows, (name.encode().hex() * 12)[:64], n, d,
        definition=f"{zh}的定义", numerator="按期" if d else "", denominator="全部" if d else "", exclusions="",
        sql="SELECT h.number\nFROM registry_household h -- <b>&", parameters=(("last", "2024-12-31"),),
        heads=("户编号", "姓名", "身份证号"), sample=(("H000001", "王*", "999999********1234"),),
    )  # fmt: skip


FIGURES = (
    figure("opening.households", "年初在保户数", "5427", "户", rows=5427),
    figure("opening.persons", "年初在保人数", "10427", "人", rows=10427),
    figure("households", "年末城乡在保户数", "5277", "户", rows=5277),
    figure("persons", "年末城乡在保人数", "9737", "人", rows=9737),
    figure("rural.households", "年末农村在保户数", "4519", "户", rows=4519),
    figure("rural.persons", "年末农村在保人数", "8520", "人", rows=8520),
    figure("urban.households", "年末城镇在保户数", "758", "户", rows=758),
    figure("urban.persons", "年末城镇在保人数", "1217", "人", rows=1217),
    figure("entered.households", "全年新增户数", "436", "户", rows=436),
    figure("entered.persons", "全年新增人数", "793", "人", rows=793),
    figure("left.households", "全年核减户数", "586", "户", rows=586),
    figure("left.persons", "全年核减人数", "1483", "人", rows=1483),
    figure("paid", "全年发放低保金", "6300.38", "万元", rows=64173),
    figure("paid.rural", "农村低保金", "5331.78", "万元", rows=54001),
    figure("paid.urban", "城镇低保金", "968.59", "万元", rows=10172),
    figure("budget.approved", "批复预算", "6290.00", "万元", rows=2),
    figure("budget.proposed", "测算预算", "6312.40", "万元", rows=2),
    figure("leads", "主动发现线索", "121", "条", rows=121),
    figure("leads.applied", "线索转为申请", "58", "户", rows=121),
    figure("surveys", "办结申请的入户调查率", "100.00%", "%", n="471", d="471", rows=471),
    figure("matches", "信息核对人次", "3120", "人次", rows=3120),
    figure("matches.hit", "核到信息人次", "214", "人次", rows=3120),
    figure("review.votes", "民主评议案件", "471", "件", rows=471),
    figure("refused", "不予确认户数", "35", "户", rows=35),
    figure("reverified", "定期复核按期率", "99.87%", "%", n="7690", d="7700", rows=7700),
    figure("months.closed", "已对账关账月份", "12", "个月", rows=12),
    figure("returned", "银行退回笔数", "37", "笔", rows=37),
    figure("reissued", "退回后已补发笔数", "37", "笔", rows=37),
    figure("publicity", "宣传活动", "163", "场", rows=163),
    figure("publicity.reached", "宣传覆盖人次", "21040", "人次", rows=163),
    figure("hotline", "热线工单", "96", "件", rows=96),
    figure("hotline.on_time", "热线按期答复率", "100.00%", "%", n="96", d="96", rows=96),
)


def row(position: int, indicator: str, levels: str, name: str, target: str, actual: str, weight: str, score: str,
        *, n: str = "", d: str = "", **more: object) -> RowContent:  # fmt: skip
    level1, level2 = levels.split("/")
    made = RowContent(
        position, indicator, level1, level2, name, target, actual, weight, score, score, n, d,
        int(d) if d.isdigit() else 4,
        (f"indicator.{position:02d}",), is_scored=weight != "0", is_measured=actual != "未测得",
        is_met=score in {"5.00", "10.00", "0.00"} and actual != "未测得",
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


ROWS = (
    row(
        1,
        "rural_benefit_paid",
        "成本指标/经济成本指标",
        "农村低保金",
        "≤5330万元",
        "5331.78万元",
        "5",
        "5.00",
        is_met=False,
    ),
    row(2, "urban_benefit_paid", "成本指标/经济成本指标", "城镇低保金", "≤960万元", "968.59万元", "5", "4.96"),
    row(3, "staff_trainings", "成本指标/社会成本指标", "全年组织低保经办人员培训次数", "≥4次", "4次", "5", "5.00"),
    row(
        4,
        "posts_filled",
        "成本指标/社会成本指标",
        "低保经办人按照岗位要求进行招聘",
        "按需招聘（＝100%）",
        "92.31%",
        "5",
        "4.62",
        n="24",
        d="26",
    ),
    row(5, "rural_persons", "产出指标/数量指标", "农村低保对象人数", "≤9000人", "8520人", "5", "5.00"),
    row(6, "urban_persons", "产出指标/数量指标", "城镇低保对象人数", "≤1500人", "1217人", "5", "5.00"),
    row(
        7,
        "entitled_covered",
        "产出指标/质量指标",
        "使困难群众应保尽保、应退尽退",
        "应保尽保、应退尽退（＝100%）",
        "应保尽保率97.52%；应退尽退率99.49%",
        "10",
        "9.75",
        n="118；583",
        d="121；586",
        figures=("indicator.07", "indicator.07.b"),
        rows=707,
    ),
    row(
        8,
        "target_accuracy",
        "产出指标/质量指标",
        "保障对象准确率",
        "≥95%",
        "97.00%",
        "5",
        "5.00",
        n="194",
        d="200",
        is_doubtful=True,
        note="95%区间 93.61%—98.62%（样本 200），下限低于95%",
    ),
    row(
        9,
        "paid_by_tenth",
        "产出指标/时效指标",
        "资金每月10号发放到位",
        "每月≤10日（＝100%）",
        "100.00%",
        "10",
        "10.00",
        n="12",
        d="12",
    ),
    row(
        10,
        "superior_entry",
        "产出指标/时效指标",
        "城乡低保对象录入数字民政系统率",
        "及时录入（＝100%）",
        "未测得",
        "5",
        "0.00",
        note="没有上级系统的回执",
    ),
    row(
        11,
        "fund_use",
        "效益指标/经济效益指标",
        "困难群众资金使用率",
        "＝100%",
        "100.17%",
        "5",
        "4.99",
        reason="城镇新增超出预计",
        given="4.50",
        officer="陈评价",
        n="630038",
        d="629000",
    ),
    row(
        12,
        "earmarked_use",
        "效益指标/经济效益指标",
        "确保资金专款专用",
        "专款专用（＝0）",
        "0.00%",
        "5",
        "5.00",
        n="0",
        d="6300376",
        note="未发现挪作他用",
    ),
    row(
        13, "hardship_relief", "效益指标/社会效益指标", "生活压力减轻率", "有所减轻（≥100%）", "103.20%", "10", "10.00"
    ),
    row(
        14, "satisfaction", "满意度指标/满意度指标", "困难群众满意度", "≥95%", "95.00%", "10", "10.00", n="361", d="380"
    ),
    row(
        15,
        "standard_conformity",
        "产出指标/质量指标",
        "补助标准合规性",
        "＝100%",
        "99.96%",
        "0",
        "0.00",
        n="64147",
        d="64173",
        is_met=False,
    ),
)
FINDINGS = (
    FindingContent(
        "W01",
        "error",
        "合计6300.38万元与分项5331.78＋968.59＝6300.37万元相差0.01万元",
        "全年发放低保金",
        "三个数各自四舍五入，尾差0.01万元",
        "陈评价",
    ),
    FindingContent(
        "W02",
        "error",
        "指标分值合计90，不是100，没有预算执行率一行；不得默默折算，应并列各种读法",
        "指标表分值合计",
        "指标表为上级规定的表样",
        "陈评价",
    ),
    FindingContent(
        "W05", "warning", "扣分过重：评4.50分，按完成比例应得4.99分（分值5）", "指标表第11行“困难群众资金使用率”"
    ),
)


def hukou() -> ReportContent:
    """The demonstration county as the reports would print it."""
    shown = tuple(
        figure(name, one.name, one.actual, "", n=one.numerator, d=one.denominator, rows=one.rows)
        for one in ROWS
        for name in one.figures
    )
    return ReportContent(
        2024,
        "湖口县",
        "民政局",
        "城乡最低生活保障金",
        "2024年12月31日",
        "2025年1月6日",
        True,
        "jx-demo-2024",
        overall_goal="让每一户符合条件的家庭及时、足额领到最低生活保障金。",
        goals=(
            GoalContent(
                "短期（1—2年）",
                (GoalItem("按月在10日前把钱发到账上", "每月都在期限内到账", ("资金每月10号发放到位",)),),
            ),
            GoalContent(
                "长期（5年以上）", (GoalItem("困难家庭基本生活稳步改善", "收入缺口全部弥补", ("生活压力减轻率",)),)
            ),
        ),
        figures=FIGURES + shown,
        rows=ROWS,
        levels=(
            LevelContent("成本指标", "20", "19.58"),
            LevelContent("产出指标", "40", "34.75"),
            LevelContent("效益指标", "20", "19.50"),
            LevelContent("满意度指标", "10", "10.00"),
        ),
        weights="90",
        total="83.83",
        by_rule="84.32",
        score="93.14",
        grade="优",
        basis="得分除以分值，折合百分",
        readings=(
            ReadingContent("指标得分合计/分值合计", "83.83/90"),
            ReadingContent("得分除以分值，折合百分", "93.14", "优"),
            ReadingContent("完全按规则计分", "84.32/90"),
        ),
        findings=FINDINGS,
        deviations=(
            DeviationContent(
                "城镇低保金",
                "960.00万元",
                "968.59万元",
                "+8.59万元",
                (PartContent("保障人数变动", "-2.10万元"), PartContent("人均补助变动", "+10.69万元")),
                ("paid.urban", "budget.approved"),
            ),
        ),
        execution=ExecutionContent("6290.00", "6300.38", "100.17%", "10", "10.00"),
        rounding="合计6300.38万元与分项5331.78＋968.59＝6300.37万元相差0.01万元",
    )
