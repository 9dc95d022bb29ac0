"""税务: income that employers and payers declared month by month (57号 第十七条)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from opendibao.kernel.money import yuan_said
from opendibao.verification.sources.adapter import CODE, MONEY, MONTH, Column, Found, Row, Source, identity
from opendibao.verification.sources.cases import case_runner
from opendibao.verification.sources.rows import case_yuan, in_year, listed, number, once, text

ITEMS = {
    "工资薪金": "wages", "工资薪金所得": "wages", "工资、薪金所得": "wages", "正常工资薪金": "wages",
    "劳务报酬": "labour", "劳务报酬所得": "labour", "经营所得": "business", "利息股息红利": "dividends",
    "利息股息红利所得": "dividends", "利息、股息、红利所得": "dividends", "财产租赁": "rent", "财产租赁所得": "rent",
    "财产转让": "asset_sale", "财产转让所得": "asset_sale",
}  # fmt: skip
SAID = {
    "wages": "工资薪金", "labour": "劳务报酬", "business": "经营收入", "dividends": "利息股息红利",
    "rent": "财产租赁收入", "asset_sale": "财产转让收入",
}  # fmt: skip
WORK = ("wages", "labour")


def find(rows: Sequence[Row], on: date) -> Found | None:
    """What was declared for the months whose income counts, summed by kind; a month said again is the correction."""
    declared = once(in_year(rows, on, month="month"), "employer", "month", "item")
    paid = [row for row in declared if number(row, "amount") > 0]
    by_item = {item: those for item in SAID if (those := [row for row in paid if text(row, "item") == item])}
    if not by_item:
        return None
    said = {item: _said(item, those) for item, those in by_item.items()}
    work = "；".join(words for item, words in said.items() if item in WORK)
    facts = {"income": [_income(item, those) for item, those in by_item.items()]}
    return Found("；".join(said.values()), facts, (("wages", work),) if work else ())


def _said(item: str, rows: Sequence[Row]) -> str:
    months = sorted({text(row, "month") for row in rows})
    when = months[0] if len(months) == 1 else f"{months[0]}至{months[-1]}有{len(months)}个月"
    payers = listed(list(dict.fromkeys(filter(None, (text(row, "employer") for row in rows)))))
    sum_fen = sum(number(row, "amount") for row in rows)
    return f"{when}申报{SAID[item]}，合计{yuan_said(sum_fen)}元" + (f"，扣缴单位：{payers}" if payers else "")


def _income(item: str, rows: Sequence[Row]) -> dict[str, Any]:
    amount = case_yuan(sum(number(row, "amount") for row in rows))
    if item == "asset_sale":
        return {"kind": item, "amount": amount}
    if item == "business":
        return {"kind": item, "revenue": amount, "per": "year"}
    return {"kind": "wages" if item in WORK else item, "amount": amount, "per": "year"}


SOURCE = Source(
    name="tax",
    zh="税务",
    holds="纳税记录、单位申报的工资薪金和其他所得",
    department="县税务局",
    legal_basis="民发〔2021〕57号第十七条（纳税记录）",
    act_basis="社会救助法第四十一条（税务）",
    columns=(
        Column("month", "税款所属期", MONTH, also=("所属期", "所属年月", "申报所属期"), is_needed=True),
        Column("employer", "扣缴单位", also=("扣缴义务人", "扣缴义务人名称", "单位名称")),
        Column("item", "所得项目", CODE, also=("收入项目", "所得类型"), is_needed=True, choices=ITEMS),
        Column("amount", "收入额", MONEY, also=("收入", "本期收入", "收入金额"), is_needed=True),
        Column("tax", "已缴税额", MONEY, also=("税额", "已扣缴税额")),
    ),
    key=("id_number", "name", "employer", "item"),
    widths=(
        ("id_number", 18), ("name", 30), ("sex", 2), ("born", 10), ("division", 12), ("phone", 11), ("month", 7),
        ("employer", 60), ("item", 24), ("amount", 14), ("tax", 12),
    ),
    identity=identity(name=("纳税人姓名", "纳税人"), id_number=("纳税人识别号",)),
    found=find,
    speaks_of=(
        "income.wages", "income.business", "income.dividends", "income.rent", "income.asset_sale",
    ),
)  # fmt: skip
run_case = case_runner(SOURCE)
