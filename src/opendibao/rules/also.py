"""还可以申请: what else the law offers this family, and the facts that point to it."""

from collections.abc import Callable

from opendibao.formula.graph import Plan
from opendibao.kernel.money import yuan_said
from opendibao.rules.answer import Also
from opendibao.rules.reasons import Findings
from opendibao.rules.vocabulary import OUTCOME_ZH

_Because = Callable[[Findings], str]


def also_of(found: Findings, plan: Plan) -> list[Also]:
    """All that the plan's rules of `entitlement` point to, in the order of the law; no right is decided here."""
    household = found.values["household"]
    asked = [name for name in ASKED if household.get(name)]
    if not asked:
        return []
    return [
        Also(
            name.removeprefix("may_ask_"),
            (rule := plan.by_name["household", name]).zh,
            rule.clause,
            _BECAUSE[name](found),
        )
        for name in asked
    ]


def _whose(member_rule: str, words: str) -> _Because:
    """The names of the members whom a rule points to, in the sentence's {}."""

    def because(found: Findings) -> str:
        marked = zip(found.case.members, found.of_members(member_rule), strict=True)
        return words.format("、".join(person.name for person, yes in marked if yes))

    return because


def _kind(words: str) -> _Because:
    """The kind of household, in the sentence's {}."""
    return lambda found: words.format(OUTCOME_ZH[found.outcome])


def _bills(found: Findings) -> str:
    spent = sum(found.of_members("necessary_spending"))
    return f"医疗和教育支出一年{yuan_said(spent)}元，超过收入的规定比例"


def _hardship(found: Findings) -> str:
    ill = _whose("is_gravely_ill", "{}")(found)
    said = [f"{ill}患重特大疾病"] if ill else []
    said += [_bills(found)] if found.of("is_burdened") else []
    return "，".join(said) + "；困难来得突然的，可以申请"


_BECAUSE: dict[str, _Because] = {
    "may_ask_edge": _kind("全家收入和财产合于边缘家庭的规定（本次办的是{}）"),
    "may_ask_rigid": _bills,
    "may_ask_medical": _kind("本次结果是{}；参加医保的缴费和自负的医疗费都可以问"),
    "may_ask_education": _whose("is_pupil", "{}在校就读；向就读的学校提出"),
    "may_ask_housing": lambda _: "没有自己的住房；是否住房困难由住房保障部门认定",
    "may_ask_employment": _whose("is_without_work", "{}有劳动能力而没有工作"),
    "may_ask_temporary": _hardship,
    "may_ask_disability_living": _whose("is_disabled_member", "{}持有残疾人证"),
    "may_ask_disability_care": _whose("is_in_need_of_care", "{}重度残疾"),
}
ASKED = tuple(_BECAUSE)
