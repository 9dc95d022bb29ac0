"""商业保险: what policies would be worth if they were given back (57号 第十七条)."""

from collections.abc import Sequence
from datetime import date

from opendibao.verification.sources.adapter import CODE, DAY, MONEY, Column, Found, Row, Source, identity
from opendibao.verification.sources.cases import case_runner
from opendibao.verification.sources.held import Held, balances

KINDS = {
    "人寿保险": "life", "寿险": "life", "年金保险": "annuity", "年金险": "annuity", "分红型保险": "participating",
    "分红险": "participating", "万能型保险": "universal", "万能险": "universal", "投资连结保险": "unit_linked",
    "健康保险": "health", "意外伤害保险": "accident",
}  # fmt: skip
SAID = {
    "": "保单", "life": "人寿保险", "annuity": "年金保险", "participating": "分红型保险", "universal": "万能型保险",
    "unit_linked": "投资连结保险", "health": "健康保险", "accident": "意外伤害保险",
}  # fmt: skip
HELD = Held(
    what="商业保险", at="company", key=("company", "policy_no"), said=SAID, asset_of=dict.fromkeys(SAID, "insurance"),
    amount="cash_value", account="policy_no",
)  # fmt: skip


def find(rows: Sequence[Row], on: date) -> Found | None:
    """The cash value of each policy in force; a policy without one, like most health insurance, bears on nothing."""
    return balances(rows, on, HELD)


SOURCE = Source(
    name="insurance",
    zh="商业保险",
    holds="商业保险保单的现金价值",
    department="各保险公司",
    legal_basis="民发〔2021〕57号第十七条（商业保险）",
    act_basis="社会救助法第四十一条（保险）",
    columns=(
        Column("company", "保险公司", also=("承保公司", "机构名称"), is_needed=True),
        Column("policy_no", "保单号", also=("保单号码", "保险单号")),
        Column("kind", "险种", CODE, also=("险种类型", "保险种类"), choices=KINDS),
        Column("cash_value", "现金价值", MONEY, also=("保单现金价值",), is_needed=True),
        Column("as_of", "现金价值日期", DAY, also=("截止日期", "查询日期"), is_needed=True),
        Column("closed_on", "终止日期", DAY, also=("退保日期", "失效日期"), is_ahead=True),
    ),
    key=("company", "policy_no"),
    widths=(
        ("id_number", 18), ("name", 30), ("sex", 2), ("born", 10), ("division", 12), ("phone", 11), ("company", 40),
        ("policy_no", 32), ("kind", 14), ("cash_value", 14), ("as_of", 10), ("closed_on", 10),
    ),
    identity=identity(name=("投保人", "投保人姓名"), id_number=("投保人证件号码", "投保人证件号")),
    found=find,
    speaks_of=("financial_assets.insurance",),
)  # fmt: skip
run_case = case_runner(SOURCE)
