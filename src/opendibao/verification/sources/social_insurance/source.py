"""社会保险: who pays contributions and through whom, who draws a pension or benefit, how much (57号 第十七条)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from opendibao.kernel.money import yuan_said
from opendibao.kernel.month import month_text
from opendibao.verification.sources.adapter import CODE, MONEY, MONTH, Column, Found, Row, Source, identity
from opendibao.verification.sources.cases import case_runner
from opendibao.verification.sources.rows import case_yuan, income_year, joined, months_drawn, number, once, text

KINDS = {
    "职工参保": "employee", "在职参保": "employee", "企业职工参保": "employee", "机关事业单位参保": "employee",
    "灵活就业参保": "flexible", "灵活就业": "flexible", "居民参保": "resident", "城乡居民参保": "resident",
    "职工养老金": "employee_pension", "企业退休": "employee_pension", "机关事业退休": "employee_pension",
    "离退休": "employee_pension", "居民养老金": "resident_pension", "城乡居民养老金": "resident_pension",
    "失业保险金": "unemployment_benefit", "遗属待遇": "survivor_benefit",
}  # fmt: skip
DRAWN = {
    "employee_pension": "职工养老金", "resident_pension": "居民养老金", "unemployment_benefit": "失业保险金",
    "survivor_benefit": "遗属待遇",
}  # fmt: skip
PENSIONS = ("employee_pension", "resident_pension")
YEAR = 12


def find(rows: Sequence[Row], on: date) -> Found | None:
    """What was drawn in the year of income, as income; a job's contributions in words: their base is not the wage."""
    fresh = once(rows, "person_no", "kind", "since", "employer")
    drawn = [row for row in fresh if text(row, "kind") in DRAWN and _months(row, on)]
    paying = [row for row in fresh if text(row, "kind") in ("employee", "flexible") and _is_paying(row, on)]
    words = "；".join([*(_drawn(row) for row in drawn), *(_paying(row) for row in paying)])
    return Found(words, _facts(drawn, paying, on), _alerts(drawn, paying)) if words else None


def _months(row: Row, on: date) -> int:
    """Months of the year of income in which the row held; none where it begins after them."""
    return months_drawn(row, on)


def _is_paying(row: Row, on: date) -> bool:
    month = month_text(income_year(on)[1])
    return text(row, "since") <= month and (not text(row, "until") or text(row, "until") >= month)


def _drawn(row: Row) -> str:
    amount, basic, until = number(row, "amount"), _basic(row), text(row, "until")
    return joined(
        f"{text(row, 'since')}起领取{DRAWN[text(row, 'kind')]}",
        f"每月{yuan_said(amount)}元" if amount else "没有写金额",
        f"其中中央确定的基础养老金{yuan_said(basic)}元" if basic else "",
        f"领至{until}" if until else "",
    )


def _paying(row: Row) -> str:
    """A contribution base is bound below by the law, so it says little of the wage."""
    employer, base, paid = text(row, "employer"), number(row, "wage_base"), text(row, "last_paid")
    if text(row, "kind") == "employee":
        told = f"{text(row, 'since')}起由{employer or '单位'}参加职工社会保险"
        base_told = f"缴费基数{yuan_said(base)}元（不等于实发工资）" if base else ""
    else:
        told, base_told = f"{text(row, 'since')}起以灵活就业身份参加社会保险", ""
    own = f"个人每月缴费{yuan_said(number(row, 'paid'))}元" if number(row, "paid") else ""
    return joined(told, base_told, own, f"最近缴费{paid}" if paid else "")


def _basic(row: Row) -> int:
    """The central part of a resident's pension, fen; one larger than the whole is a mistake and is not used."""
    basic = number(row, "basic")
    return basic if text(row, "kind") == "resident_pension" and basic <= number(row, "amount") else 0


def _facts(drawn: Sequence[Row], paying: Sequence[Row], on: date) -> dict[str, Any]:
    """Own contributions of who works for himself come off his income; an employee's wait for what he really earns."""
    income = [_income(row, on) for row in drawn if number(row, "amount")]
    spending = [
        {"kind": "social_insurance", "amount": case_yuan(number(row, "paid")), **_period(row, on)}
        for row in paying
        if text(row, "kind") == "flexible" and number(row, "paid")
    ]
    return {name: items for name, items in (("income", income), ("spending", spending)) if items}


def _income(row: Row, on: date) -> dict[str, Any]:
    item = {"kind": text(row, "kind"), "amount": case_yuan(number(row, "amount")), **_period(row, on)}
    return {**item, "basic": case_yuan(_basic(row))} if _basic(row) else item


def _period(row: Row, on: date) -> dict[str, Any]:
    months = _months(row, on)
    return {"per": "month"} if months == YEAR else {"per": "month", "months": months}


def _alerts(drawn: Sequence[Row], paying: Sequence[Row]) -> tuple[tuple[str, str], ...]:
    pensions = [_drawn(row) for row in drawn if text(row, "kind") in PENSIONS and not text(row, "until")]
    jobs = [_paying(row) for row in paying if text(row, "kind") == "employee"]
    return tuple((kind, "；".join(words)) for kind, words in (("pension", pensions), ("wages", jobs)) if words)


SOURCE = Source(
    name="social_insurance",
    zh="社会保险",
    holds="社会保险缴费、养老金和其他社会保险待遇",
    department="县人力资源和社会保障局",
    legal_basis="民发〔2021〕57号第十七条（社会保险缴纳）",
    act_basis="社会救助法第四十一条（社会保险）",
    columns=(
        Column("person_no", "个人编号", also=("社保编号", "个人社保编号", "社会保障号")),
        Column("kind", "类别", CODE, also=("参保类别", "待遇类别", "人员类别", "险种"), is_needed=True, choices=KINDS),
        Column("since", "起始年月", MONTH, also=("参保起始年月", "待遇开始年月", "领取开始年月"), is_needed=True),
        Column("until", "终止年月", MONTH, also=("停保年月", "待遇终止年月", "停发年月"), is_ahead=True),
        Column("last_paid", "最近缴费年月", MONTH, also=("最后缴费年月",)),
        Column("employer", "单位名称", also=("参保单位", "缴费单位")),
        Column("wage_base", "缴费基数", MONEY, also=("月缴费基数", "缴费工资")),
        Column("paid", "个人月缴费", MONEY, also=("个人缴费", "个人缴费金额")),
        Column("amount", "月待遇金额", MONEY, also=("月养老金", "养老金", "月领取金额", "待遇金额")),
        Column("basic", "其中中央基础养老金", MONEY, also=("基础养老金", "中央基础养老金")),
    ),
    key=("id_number", "name", "kind"),
    widths=(
        ("id_number", 18), ("name", 30), ("sex", 2), ("born", 10), ("division", 12), ("phone", 11), ("person_no", 20),
        ("kind", 16), ("since", 7), ("until", 7), ("last_paid", 7), ("employer", 60), ("wage_base", 12), ("paid", 12),
        ("amount", 12), ("basic", 12),
    ),
    identity=identity(name=("参保人姓名", "领取人姓名", "参保人员姓名")),
    found=find,
    speaks_of=(
        "income.employee_pension", "income.resident_pension", "income.unemployment_benefit", "income.survivor_benefit",
        "income.wages", "spending.social_insurance",
    ),
)  # fmt: skip
run_case = case_runner(SOURCE)
