"""告知书: what a family is told of a decision, in the order in which it asks: result, amount, why, when, what then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opendibao.decision.models import Decision, DecisionKind
from opendibao.intake.case_letters import day_words
from opendibao.kernel.money import in_words, yuan_text
from opendibao.policy.pack import Pack
from opendibao.rulemaking.queries import pack_in_force
from opendibao.rules.answer import Reason

TITLES = {
    DecisionKind.CONFIRM: "最低生活保障确认通知书",
    DecisionKind.INCREASE: "最低生活保障金增发告知书",
    DecisionKind.REDUCE: "最低生活保障金减发告知书",
    DecisionKind.GRACE: "最低生活保障渐退告知书",
    DecisionKind.STOP: "最低生活保障金停发告知书",
    DecisionKind.REFUSE: "最低生活保障不予确认告知书",
}
CLAUSES = {
    DecisionKind.CONFIRM: "最低生活保障审核确认办法第二十一条",
    DecisionKind.INCREASE: "社会救助暂行办法第十三条；最低生活保障审核确认办法第三十一条",
    DecisionKind.REDUCE: "社会救助暂行办法第十三条；最低生活保障审核确认办法第三十一条、第三十二条",
    DecisionKind.GRACE: "最低生活保障审核确认办法第三十三条",
    DecisionKind.STOP: "社会救助暂行办法第十三条；最低生活保障审核确认办法第三十一条、第三十二条",
    DecisionKind.REFUSE: "社会救助暂行办法第十一条；最低生活保障审核确认办法第二十一条",
}
LATER_CLAUSES = {
    DecisionKind.CONFIRM: "社会救助法第四十四条、第四十五条；最低生活保障审核确认办法第二十一条",
    DecisionKind.INCREASE: "社会救助法第四十七条；最低生活保障审核确认办法第三十一条",
    DecisionKind.REDUCE: "社会救助法第四十七条、第四十八条",
    DecisionKind.GRACE: "社会救助法第四十七条；最低生活保障审核确认办法第三十三条",
    DecisionKind.STOP: "社会救助法第四十七条、第四十八条",
    DecisionKind.REFUSE: "社会救助法第四十四条、第四十五条；最低生活保障审核确认办法第二十一条",
}
"""From 2026-07-01 on (社会救助法 第七十八条); 57号 goes on where it does not contradict the law."""
REMEDY = {"R3": "社会救助法第七十六条"}
REMEDY_BEFORE = "社会救助暂行办法第六十五条"
_NUMERALS = "一二三四五六"


@dataclass(frozen=True)
class Told:
    """What the letter says besides the decision: to whom, from whom, why, and the amount before (None: none).

    `clause` is the law where it is not that of the kind; `arrears` what is paid besides for months gone by.
    """

    head: str
    town: str
    reasons: Sequence[Reason]
    before_fen: int | None
    regime: str
    phone: str = ""
    clause: str = ""
    arrears: str = ""


def hotline(on: date, pack: Pack | None = None) -> str:
    """The county's number for questions and complaints (社会救助法 第六十条); "" where none is entered."""
    row = (pack or pack_in_force()).find("office.hotline", on)
    return str(row.value) if row else ""


def letter_text(decision: Decision, told: Told) -> str:
    """The text of the letter; short sentences, amounts in figures and in words."""
    kind = DecisionKind(decision.kind)
    parts = [("结果", _result(decision, kind)), ("金额", _amount(decision, told)), ("理由", _reasons(told, kind))]
    parts += [("时间", _when(decision, kind) + told.arrears), ("不同意怎么办", _remedy(told))]
    parts.append(("有疑问找谁", _whom(told)))
    lines = [
        TITLES[kind],
        f"{told.head}：",
        *[f"{n}、{head}：{text}" for n, (head, text) in zip(_NUMERALS, parts, strict=True)],
    ]
    return "\n".join([*lines, f"决定文号：{decision.number}", f"决定日期：{day_words(decision.decided_on)}"])


def _result(decision: Decision, kind: DecisionKind) -> str:
    return {
        DecisionKind.CONFIRM: f"同意你家享受最低生活保障，保障{decision.persons}人。",
        DecisionKind.INCREASE: f"你家继续享受最低生活保障，保障{decision.persons}人，保障金有调整。",
        DecisionKind.REDUCE: f"你家继续享受最低生活保障，保障{decision.persons}人，保障金有调整。",
        DecisionKind.GRACE: "你家有人就业，收入超过了保障标准。渐退期内仍发保障金，期满停发。",
        DecisionKind.STOP: "你家不再享受最低生活保障。",
        DecisionKind.REFUSE: "不予确认你家享受最低生活保障。",
    }[kind]


def _amount(decision: Decision, told: Told) -> str:
    if not decision.amount_fen:
        before = f"停发前每月{yuan_text(told.before_fen)}元。" if told.before_fen else ""
        return f"不发放保障金。{before}"
    text = f"每月{yuan_text(decision.amount_fen)}元（{in_words(decision.amount_fen)}）。"
    if decision.supplement_fen:
        text += f"其中分类施保{yuan_text(decision.supplement_fen)}元。"
    return text + (f"原来每月{yuan_text(told.before_fen)}元。" if told.before_fen is not None else "")


def _reasons(told: Told, kind: DecisionKind) -> str:
    said = "".join(f"{r.zh}（{r.clause}）。" if r.clause else f"{r.zh}。" for r in told.reasons)
    clause = told.clause or (LATER_CLAUSES if told.regime == "R3" else CLAUSES)[kind]
    return f"{said}依据：{clause}。"


def _when(decision: Decision, kind: DecisionKind) -> str:
    if kind == DecisionKind.REFUSE:
        return "本决定自作出之日起生效。家庭情况变化后可以重新申请。"
    if decision.first_month is None:
        return f"{_month(decision.decided_on)}的保障金照发，次月起停发。"
    start = f"从{_month(decision.first_month)}起，按月发到你家的银行账户。"
    return start + (f"发到{_month(decision.last_month)}为止。" if decision.last_month else "")


def _remedy(told: Told) -> str:
    clause = REMEDY.get(told.regime, REMEDY_BEFORE)
    return f"可以依法申请行政复议，也可以依法提起行政诉讼（{clause}）。"


def _whom(told: Told) -> str:
    window = f"{told.town}民政窗口"
    if not told.phone:
        return f"请找{window}，或拨打本县社会救助服务热线。"
    return f"请找{window}，或拨打热线{told.phone}。"


def _month(month: date) -> str:
    return f"{month.year}年{month.month}月"
