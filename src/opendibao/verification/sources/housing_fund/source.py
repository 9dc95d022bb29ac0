"""住房公积金: who pays in through an employer has a job; what it yields is for the wage to say (57号 第十七条)."""

from collections.abc import Sequence
from datetime import date

from opendibao.kernel.money import yuan_said
from opendibao.kernel.month import month_text
from opendibao.verification.sources.adapter import CODE, MONEY, MONTH, Column, Found, Row, Source, identity
from opendibao.verification.sources.cases import case_runner
from opendibao.verification.sources.rows import joined, number, once, text

STATES = {
    "正常": "paying",
    "缴存": "paying",
    "正常缴存": "paying",
    "封存": "sealed",
    "停缴": "sealed",
    "销户": "closed",
}


def find(rows: Sequence[Row], on: date) -> Found | None:
    """Who pays in is at work: words and a warning; a sealed account only tells what lies there."""
    month = month_text(on)
    accounts = [row for row in once(rows, "account", "employer") if text(row, "state") != "closed"]
    known = [row for row in accounts if text(row, "since") <= month]
    paying = [row for row in known if text(row, "state") != "sealed"]
    kept = [row for row in known if text(row, "state") == "sealed" and number(row, "balance")]
    words = [_paying(row) for row in paying]
    said = "；".join([*words, *(f"住房公积金账户已封存，余额{yuan_said(number(row, 'balance'))}元" for row in kept)])
    return Found(said, alerts=(("wages", "；".join(words)),) if words else ()) if said else None


def _paying(row: Row) -> str:
    employer, base, monthly = text(row, "employer") or "单位", number(row, "wage_base"), number(row, "monthly")
    return joined(
        f"{text(row, 'since')}起由{employer}缴存住房公积金",
        f"缴存基数{yuan_said(base)}元（不等于实发工资）" if base else "",
        f"每月缴存{yuan_said(monthly)}元" if monthly else "",
        f"余额{yuan_said(number(row, 'balance'))}元" if number(row, "balance") else "",
        f"最近缴存{text(row, 'last_paid')}" if text(row, "last_paid") else "",
    )


SOURCE = Source(
    name="housing_fund",
    zh="住房公积金",
    holds="住房公积金缴存",
    department="市住房公积金管理中心",
    legal_basis="民发〔2021〕57号第十七条（住房公积金缴纳）",
    act_basis="社会救助法第四十一条（住房公积金管理）",
    columns=(
        Column("account", "个人账号", also=("公积金账号", "个人公积金账号")),
        Column("employer", "单位名称", also=("缴存单位",)),
        Column("since", "开户年月", MONTH, also=("缴存起始年月", "起缴年月"), is_needed=True),
        Column("last_paid", "最近缴存年月", MONTH, also=("缴至年月", "最后汇缴年月")),
        Column("wage_base", "缴存基数", MONEY, also=("月缴存基数",)),
        Column("monthly", "月缴存额", MONEY, also=("月缴额",)),
        Column("balance", "账户余额", MONEY, also=("余额", "缴存余额")),
        Column("state", "账户状态", CODE, also=("缴存状态", "状态"), choices=STATES),
    ),
    key=("id_number", "name", "account"),
    widths=(
        ("id_number", 18), ("name", 30), ("sex", 2), ("born", 10), ("division", 12), ("phone", 11), ("account", 20),
        ("employer", 60), ("since", 7), ("last_paid", 7), ("wage_base", 12), ("monthly", 12), ("balance", 14),
        ("state", 10),
    ),
    identity=identity(name=("职工姓名", "缴存人姓名")),
    found=find,
    speaks_of=("income.wages",),
)  # fmt: skip
run_case = case_runner(SOURCE)
