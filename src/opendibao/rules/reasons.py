"""理由: the sentences of an answer, each with the clause that carries it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from opendibao.formula.graph import Plan
from opendibao.formula.lazy import NoRuleInForce
from opendibao.formula.scalar import Values
from opendibao.kernel.money import yuan_said
from opendibao.policy.pack import InForce, RuleGap
from opendibao.rules.answer import Reason
from opendibao.rules.book import rule_book
from opendibao.rules.case import Case
from opendibao.rules.recovery import recovery_reasons
from opendibao.rules.standings import standing_reason
from opendibao.rules.vocabulary import RULE_GAP

_NOT_GRANTED = {"R2": "民发〔2021〕57号第二十一条", "R3": "社会救助法第四十五条；民发〔2021〕57号第二十一条"}
_EXEMPT = {"disability": "残疾人代步车", "treatment": "治疗疾病必需车辆", "livelihood": "谋生工具车辆"}


@dataclass(frozen=True)
class Findings:
    """What the reasons are told from: the case, its computed values, the law in force, what to recover in fen."""

    case: Case
    values: Values
    numbers: InForce
    outcome: str
    plan: Plan
    recover: int = 0

    @property
    def regime(self) -> str:
        """Which body of law the day belongs to: R2, R3."""
        return str(self.numbers.rows["regime.name"].value)

    def clause(self, name: str, entity: str = "household") -> str:
        """What carries a rule on the day of decision."""
        return self.plan.by_name[entity, name].clause

    def of(self, name: str) -> Any:
        """A value of the household; absent (not needed) reads as zero."""
        return self.values["household"].get(name, 0)

    def of_members(self, name: str) -> list[int]:
        """A value of every member; absent reads as zeros."""
        return list(self.values["member"].get(name, [0] * len(self.case.members)))


def reasons_of(found: Findings) -> list[Reason]:
    """All sentences: who counts, income, property, the kind, the amount, what to give back."""
    told = [*_standings(found), *_income(found), *_property(found), *_OUTCOMES[found.outcome](found)]
    return [*told, *_shares(found), *recovery_reasons(found.recover, found.numbers.rows)]


def gap_reason(case: Case, gap: LookupError) -> Reason:
    """Why nobody may decide by the machine: a number or a rule that is missing, or a law whose text is not at hand."""
    last = gap.last if isinstance(gap, RuleGap) else None
    first_day = min(one.since for one in rule_book().rules)
    if not isinstance(gap, NoRuleInForce):
        what = str(gap)
    elif min([case.decision_date, *case.paid]) < first_day:
        what = (
            f"{first_day}以前适用《最低生活保障审核审批办法（试行）》（民发〔2012〕220号），系统里没有它的文本，"
            "不据后来的规定推算；请按原文人工认定，或者由规则管理员补上文本后再办"
        )
    else:
        what = f"{case.decision_date}没有规则“{gap}”的文本，请规则管理员补上后再办"
    return Reason(RULE_GAP, f"规则缺失，不能自动认定：{what}", last.source if last else "")


def _standings(found: Findings) -> list[Reason]:
    people = zip(found.case.members, found.of_members("standing"), strict=True)
    is_new = found.regime == "R3"
    return [standing_reason(p.name, standing, is_under_the_law=is_new) for p, standing in people if standing]


def _income(found: Findings) -> list[Reason]:
    if "income_year" not in found.values["household"] or found.outcome == "tekun":
        return []
    income, line, members = found.of("income_year"), found.of("line_year"), found.of("members")
    if not members:
        return [Reason("no_members", "没有可以计入的共同生活家庭成员", found.clause("is_counted", "member"))]
    how = "低于" if income < line else "等于" if income == line else "高于"
    code = "income_below_line" if income < line else "income_not_below_line"
    base = f"{yuan_said(found.of('standard'))}元×{members}人×12月"
    text = f"家庭年收入{yuan_said(income)}元，{how}年保障线{yuan_said(line)}元（{base}）"
    return [Reason(code, text, found.clause("is_below_line"))]


def _property(found: Findings) -> list[Reason]:
    told = [
        Reason("vehicle_exempt", f"{_EXEMPT[use]}是生产生活必需财产，予以豁免", found.clause("cars_ok"))
        for use in found.case.exempt_vehicles
    ]
    if not found.of("members"):
        return told
    computed = found.values["household"]
    for name, limit, zh in _LIMITS:
        if computed.get(name) in (0, False):
            assets, most = yuan_said(_counted(found, "financial_assets", "counted_assets")), yuan_said(found.of(limit))
            text = f"金融资产{assets}元，超过{zh}限额{most}元"
            told.append(Reason(name.replace("_ok", "_over"), text, found.clause(name)))
    for name, fact, zh in _THINGS:
        if computed.get(name) in (0, False):
            text = zh.format(_counted(found, fact, f"counted_{fact}"))
            told.append(Reason(name.replace("_ok", "_over"), text, found.clause(name)))
    return told


def _counted(found: Findings, fact: str, rule: str) -> int:
    """What counts of a holding by the rule of that name; where there is none, all that is held."""
    held = found.case.household[_HOUSEHOLD.index(fact)]
    return int(found.values["household"].get(rule, held))


_HOUSEHOLD = (
    "is_urban", "uses_tiers", "financial_assets", "dwellings", "cars", "exempt_cars", "companies",
    "current_benefit", "left_by_employment",
)  # fmt: skip
_LIMITS = (
    ("assets_ok_dibao", "asset_limit_dibao", "低保家庭"),
    ("assets_ok_edge", "asset_limit_edge", "边缘家庭"),
)
_THINGS = (
    ("dwellings_ok", "dwellings", "有住房{}套，超过规定套数"),
    ("cars_ok", "cars", "有未豁免的机动车辆{}辆"),
    ("companies_ok", "companies", "名下有经营主体{}个"),
)


def _dibao(found: Findings) -> list[Reason]:
    base = found.of("base_benefit")
    by = "tier_benefit" if found.case.household[1] else "gap_benefit"
    if by == "tier_benefit":
        text = f"按分档计算，每人每月{yuan_said(found.of('tier_amount'))}元，合计{yuan_said(base)}元"
    else:
        text = f"按差额计算，年差额{yuan_said(found.of('gap_year'))}元，每月{yuan_said(base)}元"
    told = [
        Reason("dibao", "收入和财产都符合规定，确认最低生活保障", found.clause("is_dibao")),
        Reason("amount", text, found.clause(by)),
    ]
    return told + _supplements(found, "supplement")


def _supplements(found: Findings, name: str) -> list[Reason]:
    told = []
    for person, amount, rate in zip(
        found.case.members, found.of_members(name), found.of_members("supplement_rate"), strict=True
    ):
        if amount:
            text = f"{person.name}分类施保，按标准的{rate // 100}%每月增发{yuan_said(amount)}元"
            told.append(Reason("supplement", text, found.clause("supplement", "member")))
    return told


def _shares(found: Findings) -> list[Reason]:
    if found.outcome not in ("dibao", "single_person"):
        return []
    paid = "is_counted" if found.outcome == "dibao" else "may_apply_alone"
    columns = (found.of_members(name) for name in (paid, "loses_share", "own_share"))
    clause = found.clause("loses_share", "member")
    people = zip(found.case.members, *columns, strict=True)
    return [_share_reason(who.name, share, clause) for who, is_paid, loses, share in people if is_paid and loses]


def _share_reason(name: str, share: int, clause: str) -> Reason:
    if share:
        return Reason("share_reduced", f"{name}连续拒绝介绍的工作，其本人份额减为{share // 100}%", clause)
    return Reason("share_stopped", f"{name}连续拒绝介绍的工作，停发其本人份额", clause)


def _single(found: Findings) -> list[Reason]:
    told = [Reason("edge", "家庭收入低于标准的规定倍数，属低保边缘家庭", found.clause("is_edge"))]
    for person, alone, amount in zip(
        found.case.members, found.of_members("may_apply_alone"), found.of_members("single_benefit"), strict=True
    ):
        if alone:
            text = f"{person.name}可以单独申请，按本人收入与标准的差额每月{yuan_said(amount)}元"
            told.append(Reason("single_person", text, found.clause("may_apply_alone", "member")))
    return told + _supplements(found, "single_supplement")


def _grace(found: Findings) -> list[Reason]:
    months = found.numbers["grace.months"]
    text = f"就业后收入超过标准，给予{months}个月渐退期，每月仍发{yuan_said(found.of('base_benefit'))}元，期满停发"
    return [Reason("grace", text, found.clause("is_grace"))]


def _edge(found: Findings) -> list[Reason]:
    text = "不符合低保条件，收入低于标准的规定倍数且财产符合规定，属低保边缘家庭，不按月发放低保金"
    return [Reason("edge", text, found.clause("is_edge"))]


def _rigid(found: Findings) -> list[Reason]:
    spent = sum(found.of_members("necessary_spending"))
    before = found.of("income_before_deduction")
    text = f"医疗和教育支出{yuan_said(spent)}元，超过家庭年收入{yuan_said(before)}元的规定比例，属刚性支出困难家庭"
    return [Reason("rigid_expenditure", text, found.clause("is_rigid"))]


def _tekun(found: Findings) -> list[Reason]:
    text = "无劳动能力、无生活来源、无能履行义务的义务人，符合特困人员条件，不同时享受低保"
    if not found.of("members"):
        text = "特困人员年满十八周岁仍在就学，继续供养，不另给低保"
    return [Reason("tekun", text, found.clause("is_tekun"))]


def _none(found: Findings) -> list[Reason]:
    told = []
    if found.of("members") and not found.of("is_below_edge_line"):
        told.append(
            Reason("income_over_edge", "家庭收入不低于低保边缘家庭的收入线", found.clause("is_below_edge_line"))
        )
    return [*told, Reason("none", "不符合低保及低保边缘家庭条件，不予确认", _NOT_GRANTED[found.regime])]


_OUTCOMES: dict[str, Callable[[Findings], list[Reason]]] = {
    "dibao": _dibao,
    "single_person": _single,
    "grace": _grace,
    "edge": _edge,
    "rigid_expenditure": _rigid,
    "tekun": _tekun,
    "none": _none,
}
