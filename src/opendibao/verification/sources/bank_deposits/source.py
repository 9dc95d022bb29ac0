"""银行存款: what lies at the banks in a person's name, account by account (57号 第十七条)."""

from collections.abc import Sequence
from datetime import date

from opendibao.verification.sources.adapter import CODE, DAY, MONEY, Column, Found, Row, Source, identity
from opendibao.verification.sources.cases import case_runner
from opendibao.verification.sources.held import Held, balances

KINDS = {
    "存款": "deposit", "活期": "demand", "活期存款": "demand", "定期": "term", "定期存款": "term",
    "整存整取": "term", "零存整取": "term", "通知存款": "notice", "大额存单": "certificate",
    "结构性存款": "structured", "教育储蓄": "education",
}  # fmt: skip
SAID = {
    "": "存款", "deposit": "存款", "demand": "活期", "term": "定期", "notice": "通知存款", "certificate": "大额存单",
    "structured": "结构性存款", "education": "教育储蓄",
}  # fmt: skip
HELD = Held(
    what="银行存款", at="bank", key=("bank", "account", "kind"), said=SAID, asset_of=dict.fromkeys(SAID, "deposits")
)


def find(rows: Sequence[Row], on: date) -> Found | None:
    """The newest balance of each account, summed."""
    return balances(rows, on, HELD)


SOURCE = Source(
    name="bank_deposits",
    zh="银行存款",
    holds="银行存款",
    department="各银行业金融机构",
    legal_basis="民发〔2021〕57号第十七条（银行存款）",
    act_basis="社会救助法第四十一条（银行）",
    columns=(
        Column("bank", "开户银行", also=("银行", "银行名称", "开户行", "金融机构"), is_needed=True),
        Column("account", "账号", also=("账户", "银行账号", "卡号", "账号后四位")),
        Column("kind", "存款种类", CODE, also=("账户类型", "存款类型"), choices=KINDS),
        Column("balance", "余额", MONEY, also=("账户余额", "存款余额"), is_needed=True),
        Column("as_of", "余额日期", DAY, also=("截止日期", "查询日期", "余额时点"), is_needed=True),
        Column("closed_on", "销户日期", DAY),
    ),
    key=("bank", "account", "kind"),
    widths=(
        ("id_number", 18), ("name", 30), ("sex", 2), ("born", 10), ("division", 12), ("phone", 11), ("bank", 40),
        ("account", 24), ("kind", 12), ("balance", 14), ("as_of", 10), ("closed_on", 10),
    ),
    identity=identity(name=("户名", "账户名", "开户人"), id_number=("开户证件号", "开户证件号码")),
    found=find,
    speaks_of=("financial_assets.deposits",),
)  # fmt: skip
run_case = case_runner(SOURCE)
