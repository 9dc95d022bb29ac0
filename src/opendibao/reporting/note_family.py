"""核算说明（给家庭）: the amount, how it came about in a few lines of arithmetic, what would change it, whom to ask."""

from collections.abc import Iterator
from dataclasses import dataclass

from opendibao.decision.explaining import Explained, day_in_words
from opendibao.kernel.money import yuan_said
from opendibao.rules.answer import Answer
from opendibao.rules.counted import incomes
from opendibao.rules.thresholds import Threshold
from opendibao.rules.vocabulary import OUTCOME_ZH

MONTHS = 12
NEAREST = ("income_up", "assets_up", "dwellings_up", "cars_up", "income_down")
"""What families ask about first, in this order; the household page has all of it."""
MOST_KEEPINGS = 3


@dataclass(frozen=True)
class Sum:
    """A line of the arithmetic: what, how, and how much; `is_result` is printed bold."""

    zh: str
    how: str
    amount: str
    is_result: bool = False


def family_note(found: Explained) -> dict[str, object]:
    """The data of the family's form; every text is plain Chinese."""
    answer, decision = found.answer, found.decision
    return {
        "title": "低保金核算说明",
        "head": found.head,
        "town": found.town,
        "big": f"每月 {_yuan(decision.amount_fen)} 元" if decision.amount_fen else OUTCOME_ZH[answer.outcome],
        "under": _under(found),
        "sums": [vars(one) for one in _sums(found)],
        "why": [reason.zh for reason in answer.reasons if reason.code in _DECIDING or reason.code.endswith("_over")],
        "changes": _changes(found),
        "also": [f"{one.zh}：{one.because}。" for one in answer.also],
        "report": f"家里人口、收入、存款、房子、车子有变化，请及时告诉{found.town}（{found.report_clause}）。"
        "有人去世、出生、结婚、外出打工、找到工作、领到养老金或赔偿，都算变化。",
        "ask": f"不明白的，到{found.town}社会救助窗口问，或者打县社会救助服务热线。这张纸上每一个数都可以要求解释。",
        "remedy": f"对这个决定不服的，可以依法申请行政复议，也可以提起行政诉讼（{found.remedy}）。",
        "foot": f"决定 {decision.number} · {day_in_words(decision.decided_on)} · {found.document}",
    }


_DECIDING = ("income_not_below_line", "income_over_edge", "edge", "rigid_expenditure", "tekun", "none", "grace")


def _yuan(fen: int) -> str:
    return yuan_said(fen).replace("-", "−")


def _under(found: Explained) -> str:
    decision = found.decision
    if not decision.amount_fen or decision.first_month is None:
        return "不按月发放低保金"
    start = f"从 {decision.first_month.year} 年 {decision.first_month.month} 月起，打到你家的银行账户"
    last = decision.last_month
    return start + (f"，发到 {last.year} 年 {last.month} 月" if last else "")


def _sums(found: Explained) -> Iterator[Sum]:
    """From who counts to the amount; only what the household has."""
    answer = found.answer
    if not answer.line_year_fen:
        return
    yield Sum("一起生活的人", "、".join(_counted(found)), f"{answer.members} 人")
    line = f"每人每月 {_yuan(answer.standard_fen)} 元 × 12 个月 × {answer.members} 人"
    yield Sum("全家一年的保障线", line, f"{_yuan(answer.line_year_fen)} 元")
    taken = 0
    for zh, fen in incomes(answer):
        taken += fen
        yield Sum(zh, "一年", f"{_yuan(fen)} 元")
    if taken > answer.income_year_fen:
        off = taken - answer.income_year_fen
        yield Sum("减去看病、护理等刚性支出", "一年", f"{_yuan(-off)} 元")
    yield Sum("全家一年的收入", _how_summed(taken, answer), f"{_yuan(answer.income_year_fen)} 元", is_result=True)
    yield from _benefit(found)


def _how_summed(taken: int, answer: Answer) -> str:
    """How the year's income came about; of somebody in 特困 it is counted by other rules than the items above."""
    if not answer.income_year_fen and not taken:
        return "没有要计入的"
    return "上面几项相加" if taken >= answer.income_year_fen else "按规定计算"


def _benefit(found: Explained) -> Iterator[Sum]:
    answer = found.answer
    gap = answer.line_year_fen - answer.income_year_fen
    if answer.outcome == "dibao":
        how = f"{_yuan(answer.line_year_fen)} − {_yuan(answer.income_year_fen)}"
        yield Sum("一年差多少", how, f"{_yuan(gap)} 元")
        rounded = "" if answer.base_benefit_fen * MONTHS == gap else "，不足一元的进到一元"
        words = "按困难程度分档" if _is_tiered(answer) else f"{_yuan(gap)} ÷ {MONTHS}{rounded}"
        if any(reason.code == "share_stopped" for reason in answer.reasons):
            words += "；拒绝介绍的工作的人，本人那一份停发"
        yield Sum("每月补差", words, f"{_yuan(answer.base_benefit_fen)} 元")
    elif answer.base_benefit_fen:
        yield Sum(OUTCOME_ZH[answer.outcome], "按规定每月", f"{_yuan(answer.base_benefit_fen)} 元")
    for zh, fen in _supplements(answer):
        yield Sum(zh, "另外每月多发", f"{_yuan(fen)} 元")
    if answer.monthly_benefit_fen:
        yield Sum("每月一共", "上面每月的几项相加", f"{_yuan(answer.monthly_benefit_fen)} 元", is_result=True)


def _counted(found: Explained) -> list[str]:
    step = next((one for one in found.answer.trace if one.name == "is_counted"), None)
    return [name for name, yes in zip(step.owners, step.values, strict=True) if yes] if step else []


def _is_tiered(answer: Answer) -> bool:
    return any(step.name == "tier_benefit" for step in answer.trace)


def _supplements(answer: Answer) -> Iterator[tuple[str, int]]:
    name = "single_supplement" if answer.outcome == "single_person" else "supplement"
    step = next((one for one in answer.trace if one.name == name), None)
    if step and answer.supplement_fen:
        for owner, fen in zip(step.owners, step.values, strict=True):
            if fen:
                yield f"{owner}的分类施保", fen


def _change(answer: Answer, one: Threshold) -> str:
    """Where the money stops, that is said first."""
    if answer.monthly_benefit_fen and not one.amount_fen:
        return f"{one.cause}，就不再按月领保障金（结果变为“{OUTCOME_ZH[one.outcome]}”）。"
    return f"{one.zh}。"


def _changes(found: Explained) -> list[str]:
    """The nearest change of kind of each thing, and what a hundred yuan more leaves."""
    said = []
    for code in NEAREST:
        of_code = [one for one in found.outlook.thresholds if one.code == code]
        turned = [one for one in of_code if one.outcome != found.answer.outcome]
        said += [_change(found.answer, one) for one in turned[:1]]
    return said + [one.zh + "。" for one in found.outlook.keepings[:MOST_KEEPINGS]]
