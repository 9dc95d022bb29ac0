"""证券基金: shares, bonds, funds and wealth products that a person holds (57号 第十七条)."""

from collections.abc import Sequence
from datetime import date

from opendibao.verification.sources.adapter import CODE, DAY, MONEY, Column, Found, Row, Source, identity
from opendibao.verification.sources.cases import case_runner
from opendibao.verification.sources.held import Held, balances

KINDS = {
    "证券": "shares", "股票": "shares", "债券": "bonds", "证券资金": "cash", "证券账户资金": "cash", "基金": "fund",
    "公募基金": "fund", "私募基金": "fund", "理财": "wealth", "理财产品": "wealth", "银行理财": "wealth",
    "信托": "trust", "信托产品": "trust",
}  # fmt: skip
SAID = {
    "shares": "股票",
    "bonds": "债券",
    "cash": "证券账户资金",
    "fund": "基金",
    "wealth": "理财产品",
    "trust": "信托",
}
ASSETS = dict.fromkeys(("shares", "bonds", "cash"), "securities") | dict.fromkeys(("fund", "wealth", "trust"), "funds")
HELD = Held(
    what="证券基金", at="institution", key=("institution", "account", "kind", "product"), said=SAID, asset_of=ASSETS
)


def find(rows: Sequence[Row], on: date) -> Found | None:
    """The newest value of each holding, shares and bonds apart from funds and wealth products."""
    return balances(rows, on, HELD)


SOURCE = Source(
    name="securities",
    zh="证券基金",
    holds="证券、基金、理财产品",
    department="证券登记结算机构、基金和理财产品销售机构",
    legal_basis="民发〔2021〕57号第十七条（证券）",
    act_basis="社会救助法第四十一条（证券等金融机构）",
    columns=(
        Column("institution", "机构名称", also=("开户机构", "证券公司", "管理机构", "销售机构"), is_needed=True),
        Column("account", "账号", also=("资金账号", "证券账号", "基金账号", "账户")),
        Column("kind", "资产种类", CODE, also=("资产类型", "种类", "产品类型"), is_needed=True, choices=KINDS),
        Column("product", "产品名称", also=("证券名称", "基金名称", "证券代码", "产品代码")),
        Column("balance", "市值", MONEY, also=("资产净值", "持有金额", "期末市值", "余额"), is_needed=True),
        Column("as_of", "市值日期", DAY, also=("截止日期", "净值日期", "查询日期"), is_needed=True),
        Column("closed_on", "销户日期", DAY, also=("赎回日期",)),
    ),
    key=("institution", "account", "kind", "product"),
    widths=(
        ("id_number", 18), ("name", 30), ("sex", 2), ("born", 10), ("division", 12), ("phone", 11),
        ("institution", 40), ("account", 24), ("kind", 14), ("product", 40), ("balance", 14), ("as_of", 10),
        ("closed_on", 10),
    ),
    identity=identity(name=("户名", "客户姓名", "投资者姓名")),
    found=find,
    speaks_of=("financial_assets.securities", "financial_assets.funds"),
)  # fmt: skip
run_case = case_runner(SOURCE)
