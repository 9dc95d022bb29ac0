"""核算说明（给审计）: every step with its id, formula, values, numbers with their documents, and where facts stand."""

from collections.abc import Iterator

from opendibao.decision.explaining import Explained, day_in_words
from opendibao.formula.trace import Input, Origin, Step
from opendibao.kernel.money import yuan_text
from opendibao.rules.answer import show
from opendibao.rules.origins import Places
from opendibao.rules.vocabulary import OUTCOME_ZH

UNITS = {"fen": "元", "months": "个月", "years": "岁", "mu": "亩", "count": "", "days": "天", "square_metres": "平方米"}


def audit_note(found: Explained) -> dict[str, object]:
    """The data of the auditor's form: heads as (label, text), steps as dictionaries."""
    origin = Places(found.case).of  # the head names the document once
    return {
        "title": "低保金核算说明（审计）",
        "heads": list(_heads(found)),
        "reasons": [{"code": r.code, "zh": r.zh, "clause": r.clause} for r in found.answer.reasons],
        "steps": [_step(origin, number, step) for number, step in enumerate(found.answer.trace, 1)],
        "thresholds": [{"code": t.code, "zh": t.zh, "clause": t.clause} for t in found.outlook.thresholds],
        "keepings": [{"code": k.name, "zh": "；".join(s for s in (k.zh, k.cliff_zh) if s), "clause": k.clause}
                     for k in found.outlook.keepings],
        "also": [{"code": a.code, "zh": f"{a.zh}：{a.because}", "clause": a.clause} for a in found.answer.also],
        "mark": f"{found.decision.number} · 规则集 {found.answer.rule_set[:12]}",
    }  # fmt: skip


def _heads(found: Explained) -> Iterator[tuple[str, str]]:
    decision, answer = found.decision, found.answer
    yield "决定文号", decision.number
    yield "决定日期", day_in_words(decision.decided_on)
    yield "户主、受理机关", f"{found.head}、{found.town}"
    yield "编制、审核", f"{decision.maker}、{decision.approver}"
    yield "情况来源", found.document
    yield "重算结果", f"{OUTCOME_ZH[answer.outcome]}，{answer.members}人，每月{yuan_text(answer.monthly_benefit_fen)}元"
    same = answer.monthly_benefit_fen == decision.amount_fen
    yield "决定金额", f"每月{yuan_text(decision.amount_fen)}元，" + ("与重算一致" if same else "与重算不一致，请核对")
    yield "决定所用规则集", decision.rule_set or "未记录（存量建账的原决定）"
    yield "重算所用规则集", answer.rule_set


def _step(origin: Origin, number: int, step: Step) -> dict[str, object]:
    return {
        "number": number,
        "id": step.name,
        "zh": step.zh,
        "value": _value(step),
        "formula": step.formula,
        "clause": step.clause,
        "inputs": [f"{one.zh}＝{_all(one)}（{_from(origin, one)}）" for one in step.inputs],
        "parameters": [
            {
                "path": path,
                "zh": row.zh,
                "value": _said(int(row.value), row.unit, path),
                "since": row.since.isoformat(),
                "source": row.source,
                "verified": row.is_verified,
            }
            for path, row in step.parameters
        ],
    }


def _value(step: Step) -> str:
    if step.is_of_household:
        return _said(step.values[0], step.unit, step.name)
    owned = zip(step.owners, step.values, strict=True)
    return "；".join(f"{owner} {_said(value, step.unit, step.name)}" for owner, value in owned)


def _all(one: Input) -> str:
    return "、".join(_said(value, one.unit, one.name) for value in one.values)


def _from(origin: Origin, one: Input) -> str:
    said = one.origin_json(origin)
    return said["from"] if one.is_fact else f"步骤 {said['rule']}"


def _said(value: int, unit: str, name: str) -> str:
    if unit == "bool":
        return "是" if value else "否"
    return f"{show(value, unit, name)}{UNITS.get(unit, '')}"
