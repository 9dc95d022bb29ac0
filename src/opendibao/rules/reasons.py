"""理由: the sentences of an answer, each with the clause that carries it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from opendibao.formula.scalar import Values
from opendibao.kernel.money import yuan_text
from opendibao.policy.pack import InForce
from opendibao.rules import vocabulary as v
from opendibao.rules.answer import Reason
from opendibao.rules.case import Case

_57 = "民发〔2021〕57号"
_S1 = "社会救助暂行办法"
_STANDING: dict[int, tuple[str, str, str]] = {
    v.IS_HEAD: ("member_head", "是户主", f"{_57}第四条"),
    v.IS_SPOUSE: ("member_spouse", "是配偶，计入", f"{_57}第七条第一款第一项"),
    v.IS_MINOR_CHILD: ("member_minor_child", "是未成年子女，计入", f"{_57}第七条第一款第二项"),
    v.IS_STUDYING_CHILD: ("member_student", "是在校接受全日制本科及以下教育的子女，计入", f"{_57}第七条第一款第三项"),
    v.IS_DEPENDENT_CHILD: ("member_dependent", "是不能独立生活的成年子女，计入", f"{_57}第七条第一款第三项"),
    v.LIVES_TOGETHER: ("member_lives_together", "有法定义务关系并共同居住，计入", f"{_57}第七条第一款第四项"),
    v.IS_CLERIC_ALONE: ("member_cleric_alone", "是脱离家庭三年以上的教职人员，单独申请", f"{_57}第八条第一款第三项"),
    v.HAS_DIED: ("not_member_died", "已去世，自死亡次月起不计入", f"{_57}第三十条、第三十一条"),
    v.IN_PRISON: ("not_member_prison", "在监狱内服刑，不计入", f"{_57}第七条第二款第二项"),
    v.IN_REHAB: ("not_member_rehab", "在强制隔离戒毒，不计入", f"{_57}第七条第二款第二项"),
    v.IS_MISSING: ("not_member_missing", "被宣告失踪，不计入", f"{_57}第七条第二款第二项"),
    v.IS_CLERIC: ("not_member_cleric", "是脱离家庭三年以上的宗教教职人员，不计入", f"{_57}第七条第二款第一项"),
    v.HAS_TEKUN: ("not_member_tekun", "已是特困人员，不同时计入低保", f"{_S1}第十四条"),
    v.HAS_DIBAO: ("not_member_dibao_elsewhere", "已在别处享受低保，不重复计入", f"{_S1}第九条"),
    v.HAS_MARRIED_OUT: ("not_member_married_out", "已婚另立家庭，不计入", f"{_57}第七条第一款"),
    v.LIVES_APART: ("not_member_lives_apart", "不共同居住，不计入", f"{_57}第七条第一款第四项"),
    v.NO_DUTY: ("not_member_no_duty", "没有法定赡养、扶养、抚养义务关系，不计入", f"{_57}第七条第一款第四项"),
}
_EXEMPT = {"disability": "残疾人代步车", "treatment": "治疗疾病必需车辆", "livelihood": "谋生工具车辆"}


@dataclass(frozen=True)
class Findings:
    """What the reasons are told from: the case, its computed values, the numbers in force."""

    case: Case
    values: Values
    numbers: InForce
    outcome: str

    def of(self, name: str) -> Any:
        """A value of the household; absent (not needed) reads as zero."""
        return self.values["household"].get(name, 0)

    def of_members(self, name: str) -> list[int]:
        """A value of every member; absent reads as zeros."""
        return list(self.values["member"].get(name, [0] * len(self.case.members)))


def reasons_of(found: Findings) -> list[Reason]:
    """All sentences: who counts, income, property, the kind, the amount."""
    told = [*_standings(found), *_income(found), *_property(found), *_OUTCOMES[found.outcome](found)]
    return [*told, *_shares(found)]


def _standings(found: Findings) -> list[Reason]:
    told = []
    for person, standing in zip(found.case.members, found.of_members("standing"), strict=True):
        if standing:
            code, zh, clause = _STANDING[standing]
            told.append(Reason(code, f"{person.name}{zh}", clause))
    return told


def _income(found: Findings) -> list[Reason]:
    if "income_year" not in found.values["household"] or found.outcome == "tekun":
        return []
    income, line, members = found.of("income_year"), found.of("line_year"), found.of("members")
    if not members:
        return [Reason("no_members", "没有可以计入的共同生活家庭成员", f"{_57}第七条")]
    how = "低于" if income < line else "等于" if income == line else "高于"
    code = "income_below_line" if income < line else "income_not_below_line"
    base = f"{yuan_text(found.of('standard'))}元×{members}人×12月"
    text = f"家庭年收入{yuan_text(income)}元，{how}年保障线{yuan_text(line)}元（{base}）"
    return [Reason(code, text, f"{_S1}第九条")]


def _property(found: Findings) -> list[Reason]:
    told = [
        Reason("vehicle_exempt", f"{_EXEMPT[use]}是生产生活必需财产，予以豁免", f"{_57}第十四条")
        for use in found.case.exempt_vehicles
    ]
    if not found.of("members"):
        return told
    household = dict(zip(_HOUSEHOLD, found.case.household, strict=True))
    assets, computed = household["financial_assets"], found.values["household"]
    for name, limit, zh, clause in _LIMITS:
        if computed.get(name) in (0, False):
            text = f"金融资产{yuan_text(assets)}元，超过{zh}限额{yuan_text(found.of(limit))}元"
            told.append(Reason(name.replace("_ok", "_over"), text, clause))
    for name, fact, zh in _THINGS:
        if computed.get(name) in (0, False):
            told.append(Reason(name.replace("_ok", "_over"), zh.format(household[fact]), f"{_57}第十四条"))
    return told


_HOUSEHOLD = (
    "is_urban", "uses_tiers", "financial_assets", "dwellings", "cars", "exempt_cars", "companies",
    "current_benefit", "left_by_employment",
)  # fmt: skip
_LIMITS = (
    ("assets_ok_dibao", "asset_limit_dibao", "低保家庭", f"{_57}第十四条"),
    ("assets_ok_edge", "asset_limit_edge", "边缘家庭", f"{_57}第八条第二款"),
)
_THINGS = (
    ("dwellings_ok", "dwellings", "有住房{}套，超过规定套数"),
    ("cars_ok", "cars", "有未豁免的机动车辆{}辆"),
    ("companies_ok", "companies", "名下有经营主体{}个"),
)


def _dibao(found: Findings) -> list[Reason]:
    base = found.of("base_benefit")
    if found.case.household[1]:
        text = f"按分档计算，每人每月{yuan_text(found.of('tier_amount'))}元，合计{yuan_text(base)}元"
    else:
        text = f"按差额计算，年差额{yuan_text(found.of('gap_year'))}元，每月{yuan_text(base)}元"
    told = [
        Reason("dibao", "收入和财产都符合规定，确认最低生活保障", f"{_S1}第九条"),
        Reason("amount", text, f"{_S1}第十二条；{_57}第二十三条"),
    ]
    return told + _supplements(found, "supplement")


def _supplements(found: Findings, name: str) -> list[Reason]:
    told = []
    for person, amount, rate in zip(
        found.case.members, found.of_members(name), found.of_members("supplement_rate"), strict=True
    ):
        if amount:
            text = f"{person.name}分类施保，按标准的{rate // 100}%每月增发{yuan_text(amount)}元"
            told.append(Reason("supplement", text, f"{_57}第二十七条"))
    return told


def _shares(found: Findings) -> list[Reason]:
    if found.outcome != "dibao":
        return []
    return [
        Reason("share_stopped", f"{person.name}连续拒绝介绍的工作，停发其本人份额", f"{_57}第三十四条")
        for person, lost in zip(found.case.members, found.of_members("loses_share"), strict=True)
        if lost
    ]


def _single(found: Findings) -> list[Reason]:
    told = [Reason("edge", "家庭收入低于标准的规定倍数，属低保边缘家庭", f"{_57}第八条第二款")]
    for person, alone, amount in zip(
        found.case.members, found.of_members("may_apply_alone"), found.of_members("single_benefit"), strict=True
    ):
        if alone:
            text = f"{person.name}可以单独申请，按本人收入与标准的差额每月{yuan_text(amount)}元"
            told.append(Reason("single_person", text, f"{_57}第八条第一款第一、二项"))
    return told + _supplements(found, "single_supplement")


def _grace(found: Findings) -> list[Reason]:
    months = found.numbers["grace.months"]
    text = f"就业后收入超过标准，给予{months}个月渐退期，每月仍发{yuan_text(found.of('base_benefit'))}元，期满停发"
    return [Reason("grace", text, f"{_57}第三十三条")]


def _edge(_: Findings) -> list[Reason]:
    text = "不符合低保条件，收入低于标准的规定倍数且财产符合规定，属低保边缘家庭，不按月发放低保金"
    return [Reason("edge", text, f"{_57}第八条第二款")]


def _rigid(found: Findings) -> list[Reason]:
    spent = sum(found.of_members("necessary_spending"))
    before = found.of("income_before_deduction")
    text = f"医疗和教育支出{yuan_text(spent)}元，超过家庭年收入{yuan_text(before)}元的规定比例，属刚性支出困难家庭"
    return [Reason("rigid_expenditure", text, "刚性支出困难家庭认定办法")]


def _tekun(_: Findings) -> list[Reason]:
    text = "无劳动能力、无生活来源、无能履行义务的义务人，符合特困人员条件，不同时享受低保"
    return [Reason("tekun", text, f"{_S1}第十四条")]


def _none(found: Findings) -> list[Reason]:
    told = []
    if found.of("members") and not found.of("is_below_edge_line"):
        told.append(Reason("income_over_edge", "家庭收入不低于低保边缘家庭的收入线", f"{_57}第八条第二款"))
    return [*told, Reason("none", "不符合低保及低保边缘家庭条件，不予确认", f"{_57}第二十一条")]


_OUTCOMES: dict[str, Callable[[Findings], list[Reason]]] = {
    "dibao": _dibao,
    "single_person": _single,
    "grace": _grace,
    "edge": _edge,
    "rigid_expenditure": _rigid,
    "tekun": _tekun,
    "none": _none,
}
