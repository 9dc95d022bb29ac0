"""给人看的答复: an answer as a page of text for the clerk and the family."""

from opendibao.formula.trace import Step
from opendibao.kernel.money import yuan_text
from opendibao.rules.answer import Answer, show
from opendibao.rules.case import Case
from opendibao.rules.outlook import Outlook
from opendibao.rules.vocabulary import OUTCOME_ZH

_UNITS = {"fen": "元", "count": "", "months": "个月", "years": "岁", "bp": "", "bool": "", "code": "", "mu": ""}


def tell(case: Case, answer: Answer, ahead: Outlook | None = None) -> str:
    """The answer in sentences: result, amount, reasons with clauses, what would change it, the steps that moved it."""
    lines = [f"结果：{OUTCOME_ZH[answer.outcome]}", f"决定日期：{case.decision_date}"]
    if answer.members:
        lines.append(f"共同生活的家庭成员：{answer.members}人")
    if answer.payments:
        lines.append(_amount(answer))
        lines += [_payment(p.first_month, p.last_month, p.amount_fen) for p in answer.payments]
    if answer.recover_fen:
        lines.append(f"多发应追回：{yuan_text(answer.recover_fen)}元")
    lines += ["", "理由："]
    lines += [f"  · {r.zh}" + (f"（{r.clause}）" if r.clause else "") for r in answer.reasons]
    lines += _also(answer)
    lines += _ahead(ahead) if ahead else []
    lines += ["", "计算过程（金额为元）："] if answer.trace else []
    lines += [line for step in answer.trace for line in _step(step)]
    return "\n".join([*lines, "", f"规则版本：{answer.rule_set[:12]}"])


def _also(answer: Answer) -> list[str]:
    said = [f"  · {a.zh}：{a.because}（{a.clause}）" for a in answer.also]
    return ["", "还可以申请：", *said] if said else []


def _ahead(ahead: Outlook) -> list[str]:
    changes = [f"  · {t.zh}（{t.clause}）" for t in ahead.thresholds]
    kept = [f"  · {k.zh}" + (f"；{k.cliff_zh}" if k.cliff_zh else "") for k in ahead.keepings]
    lines = ["", "差多少就变化（其他情况不变）：", *changes] if changes else []
    return [*lines, "", "多挣100元：", *kept] if kept else lines


def _amount(answer: Answer) -> str:
    text = f"每月发放：{yuan_text(answer.monthly_benefit_fen)}元"
    if answer.supplement_fen:
        base, more = yuan_text(answer.base_benefit_fen), yuan_text(answer.supplement_fen)
        text += f"（保障金{base}元，分类施保{more}元）"
    return text


def _payment(first: str, last: str | None, fen: int) -> str:
    until = f"到{last}" if last else "起"
    return f"  {first}{until}：每月{yuan_text(fen)}元"


def _step(step: Step) -> list[str]:
    if not any(step.values):
        return []
    if step.is_of_household:
        shown = _value(step.values[0], step)
    else:
        owned = zip(step.owners, step.values, strict=True)
        shown = "；".join(f"{name} {_value(v, step)}" for name, v in owned if v)
    lines = [f"  {step.zh}：{shown}", f"      ＝{step.formula}（{step.clause}）"]
    for path, row in step.parameters:
        value = f"{show(int(row.value), row.unit, path)}{_UNITS.get(row.unit, '')}"
        lines.append(f"      [{row.zh}]＝{value}，{row.since}起，{row.source}")
    return lines


def _value(value: int, step: Step) -> str:
    if step.unit == "bool":
        return "是" if value else "否"
    return f"{show(value, step.unit, step.name)}{_UNITS.get(step.unit, '')}"
