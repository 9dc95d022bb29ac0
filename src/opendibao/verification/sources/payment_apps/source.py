"""支付账户: money in the accounts of payment companies, asked since the Act is in force (社会救助法 第四十一条)."""

from collections.abc import Sequence
from datetime import date

from opendibao.verification.sources.adapter import CODE, DAY, MONEY, Column, Found, Row, Source, identity
from opendibao.verification.sources.cases import case_runner
from opendibao.verification.sources.held import Held, balances

KINDS = {
    "余额": "wallet", "支付账户余额": "wallet", "零钱": "wallet", "零钱通": "money_market", "余额理财": "money_market",
    "货币基金": "money_market",
}  # fmt: skip
SAID = {"": "余额", "wallet": "余额", "money_market": "余额理财"}
HELD = Held(
    what="支付账户资金", at="platform", key=("platform", "account", "kind"), said=SAID,
    asset_of=dict.fromkeys(SAID, "online"),
)  # fmt: skip


def find(rows: Sequence[Row], on: date) -> Found | None:
    """The newest balance of each payment account, summed."""
    return balances(rows, on, HELD)


SOURCE = Source(
    name="payment_apps",
    zh="支付账户",
    holds="非银行支付机构的支付账户余额",
    department="非银行支付机构",
    legal_basis="社会救助法第四十一条（提供货币资金转移服务的非银行支付机构）",
    since=date(2026, 7, 1),
    columns=(
        Column("platform", "支付机构", also=("机构名称", "平台", "平台名称"), is_needed=True),
        Column("account", "支付账号", also=("账号", "账户", "账户标识")),
        Column("kind", "资金种类", CODE, also=("账户类型", "余额类型"), choices=KINDS),
        Column("balance", "余额", MONEY, also=("账户余额",), is_needed=True),
        Column("as_of", "余额日期", DAY, also=("截止日期", "查询日期"), is_needed=True),
        Column("closed_on", "销户日期", DAY, also=("注销日期",)),
    ),
    key=("platform", "account", "kind"),
    widths=(
        ("id_number", 18), ("name", 30), ("sex", 2), ("born", 10), ("division", 12), ("phone", 11), ("platform", 40),
        ("account", 32), ("kind", 14), ("balance", 14), ("as_of", 10), ("closed_on", 10),
    ),
    identity=identity(name=("实名", "账户实名", "户名")),
    found=find,
    speaks_of=("financial_assets.online",),
)  # fmt: skip
run_case = case_runner(SOURCE)
