"""市场主体: companies, partnerships and traders, and what a person is in them (57号 第十七条)."""

from collections.abc import Sequence
from datetime import date

from opendibao.verification.sources.adapter import CODE, DAY, MONEY, Column, Found, Row, Source, identity
from opendibao.verification.sources.cases import case_runner
from opendibao.verification.sources.rows import joined, listed, once, standing, text

KINDS = {
    "有限责任公司": "company", "股份有限公司": "company", "公司": "company", "企业": "company",
    "个人独资企业": "sole_owner", "合伙企业": "partnership", "个体工商户": "trader", "个体户": "trader",
    "农民专业合作社": "cooperative",
}  # fmt: skip
ROLES = {
    "法定代表人": "representative", "法人": "representative", "负责人": "representative", "经营者": "operator",
    "股东": "shareholder", "投资人": "investor", "合伙人": "partner", "成员": "member", "社员": "member",
    "董事": "officer", "监事": "officer", "经理": "officer", "高管": "officer",
}  # fmt: skip
STATES = {
    "存续": "active", "在业": "active", "开业": "active", "正常": "active", "吊销": "revoked",
    "吊销未注销": "revoked", "注销": "closed", "迁出": "closed",
}  # fmt: skip
KIND_SAID = {
    "company": "企业", "sole_owner": "个人独资企业", "partnership": "合伙企业", "trader": "个体工商户",
    "cooperative": "农民专业合作社",
}  # fmt: skip
ROLE_SAID = {
    "representative": "法定代表人或负责人", "operator": "经营者", "shareholder": "股东", "investor": "投资人",
    "partner": "合伙人", "officer": "董事、监事或经理",
}  # fmt: skip
OWNING = ("representative", "operator", "shareholder", "investor", "partner")


def find(rows: Sequence[Row], on: date) -> Found | None:
    """What is still registered, each business once; being a plain member of a co-operative bears on nothing."""
    there = standing(rows, on, began="established_on", ended="ended_on")
    roles = [row for row in there if _is_open(row) and text(row, "role") != "member"]
    if not roles:
        return None
    words = f"名下经营主体{len(once(roles, 'credit_code'))}个：{listed(_businesses(roles))}"
    owned = [row for row in roles if text(row, "role") in OWNING and text(row, "state") != "revoked"]
    count = len(once(owned, "credit_code"))
    facts = {"property": {"companies": count}} if count else {}
    return Found(words, facts, (("company", listed(_businesses(owned))),) if count else ())


def _is_open(row: Row) -> bool:
    return text(row, "state") != "closed" or bool(text(row, "ended_on"))


def _businesses(rows: Sequence[Row]) -> list[str]:
    return [_said([row for row in rows if _code(row) == code]) for code in dict.fromkeys(_code(row) for row in rows)]


def _code(row: Row) -> str:
    return text(row, "credit_code").strip().upper()


def _said(rows: Sequence[Row]) -> str:
    """One business with all that a person is in it."""
    row = rows[0]
    roles = "、".join(dict.fromkeys(ROLE_SAID[text(one, "role")] for one in rows))
    share = next((found for one in rows if (found := text(one, "share"))), "")
    told = joined(
        f"{KIND_SAID[text(row, 'kind')]}",
        f"{text(row, 'established_on')}成立" if text(row, "established_on") else "",
        f"本人是{roles}",
        f"出资比例{share}" if share else "",
        "已吊销未注销" if text(row, "state") == "revoked" else "",
    )
    return f"{text(row, 'company')}（{told}）"


SOURCE = Source(
    name="business_registration",
    zh="市场主体",
    holds="企业和个体工商户登记、股东、法定代表人",
    department="县市场监督管理局",
    legal_basis="民发〔2021〕57号第十七条（市场主体登记）",
    act_basis="社会救助法第四十一条（市场监督管理）",
    columns=(
        Column("credit_code", "统一社会信用代码", also=("信用代码", "注册号", "登记号"), is_needed=True),
        Column("company", "主体名称", also=("企业名称", "市场主体名称", "字号名称"), is_needed=True),
        Column("kind", "主体类型", CODE, also=("企业类型", "市场主体类型"), is_needed=True, choices=KINDS),
        Column("role", "人员身份", CODE, also=("身份", "任职", "角色", "职务"), is_needed=True, choices=ROLES),
        Column("share", "出资比例", also=("持股比例",)),
        Column("capital", "认缴出资额", MONEY, also=("出资额", "认缴额")),
        Column("state", "登记状态", CODE, also=("状态", "经营状态"), choices=STATES),
        Column("established_on", "成立日期", DAY, also=("注册日期", "开业日期")),
        Column("ended_on", "注销日期", DAY, also=("退出日期",)),
    ),
    key=("credit_code",),
    widths=(
        ("id_number", 18), ("name", 30), ("sex", 2), ("born", 10), ("division", 12), ("phone", 11),
        ("credit_code", 18), ("company", 60), ("kind", 20), ("role", 12), ("share", 10), ("capital", 14),
        ("state", 12), ("established_on", 10), ("ended_on", 10),
    ),
    identity=identity(name=("人员名称", "自然人姓名")),
    found=find,
    speaks_of=("companies",),
)  # fmt: skip
run_case = case_runner(SOURCE)
