"""What is attached to a year made by hand: months, townships, funds, plan, documents, last year's points."""

from dataclasses import replace

from opendibao.evaluation.attachment import (
    AreaFunds,
    Attached,
    CarriedSaid,
    MaterialSaid,
    MonthPaid,
    PlannedStep,
    PlanSaid,
    TownStock,
)
from opendibao.reporting.content import DeviationContent, LedgerContent, PartContent, ReportContent
from tests.reporting.contents import hukou

TOWNS = (
    ("360429100000", "双钟镇", 1094), ("360429101000", "流泗镇", 1047), ("360429102000", "马影镇", 999),
    ("360429103000", "武山镇", 722), ("360429104000", "城山镇", 764), ("360429105000", "均桥镇", 1254),
    ("360429106000", "凰村镇", 702), ("360429200000", "大垅乡", 533), ("360429202000", "张青乡", 802),
    ("360429204000", "付垅乡", 647), ("360429205000", "舜德乡", 683), ("360429206000", "流芳乡", 490),
)  # fmt: skip
RURAL_MONTH, URBAN_MONTH = 444_315_000, 80_715_833  # fen
ATTACHED = Attached(
    months=tuple(
        MonthPaid(month, area, fen)
        for month in range(1, 13)
        for area, fen in (("rural", RURAL_MONTH), ("urban", URBAN_MONTH))
    ),
    towns=tuple(TownStock(code, name, persons // 2, persons) for code, name, persons in TOWNS),
    funds=(
        AreaFunds("rural", "农村", 5_345_000_000, 5_330_000_000),
        AreaFunds("urban", "城镇", 967_400_000, 960_000_000),
    ),
    plan=PlanSaid(
        2, "看钱是不是发给了该发的家庭", "全县在保家庭", "逐行计算，抽样复核", (("文评价", "民政局", "组长"),),
        (PlannedStep("制定方案", "2024-10-14", "2024-10-18", "文评价", "2024-10-18"),
         PlannedStep("撰写报告", "2025-01-02", "2025-01-10", "文评价", "")),
    ),
    materials=(
        MaterialSaid("政策文件", "社会救助暂行办法", "国务院令第649号", "2014-02-21", "司法局", "2024-10-22"),
        MaterialSaid("数据资料", "银行回单", "", "", "财政局", ""),
    ),
    carried=(
        CarriedSaid(1, "录入不及时", "按日清理回执", "双钟镇", "2024-06-30", "已销号", "2024-06-20", "已全部补录"),
        CarriedSaid(2, "岗位空缺", "年内补齐", "人社局", "2024-12-31", "逾期", "", ""),
    ),
)  # fmt: skip
LEDGER = (
    LedgerContent("problem.01", "精准识别", "申报以外的收入", "4.10%", "20", "488", "存在", True,
                  "488户次中20户次查明的收入高于申报", "逐户补算", ("problem.01",)),
    LedgerContent("problem.05", "资金保障", "保障对象增加", "-690人", "", "", "未见", False,
                  "在保人数全年净减690人", "", ("problem.05",)),
    LedgerContent("problem.06", "资金保障", "县级配套资金", "未测得", "", "", "未测得", False,
                  "没有记录：各级资金的到位日期", "请财政部门登记", ("problem.06",)),
)  # fmt: skip
DEVIATIONS = (
    DeviationContent(
        "农村低保金", "5330.00万元", "5331.78万元", "＋17,800.00元",
        (PartContent("标准", "＋30,000.00元", 3_000_000), PartContent("人数", "－12,200.00元", -1_220_000)),
        ("paid.rural",), 5_330_000_000, 5_331_780_000,
    ),
    DeviationContent(
        "城镇低保金", "960.00万元", "968.59万元", "＋85,900.00元", (PartContent("标准", "＋85,900.00元", 8_590_000),),
        ("paid.urban",), 960_000_000, 968_590_000,
    ),
)  # fmt: skip


def whole() -> ReportContent:
    """The county made by hand with everything that may be attached."""
    rows = tuple(
        replace(row, value=row.actual.removesuffix("万元"), target_value=row.target.strip("≤万元"), direction="at_most")
        if row.indicator.endswith("benefit_paid") else row
        for row in hukou().rows
    )  # fmt: skip
    return replace(hukou(), attached=ATTACHED, ledger=LEDGER, deviations=DEVIATIONS, rows=rows, version=3)
