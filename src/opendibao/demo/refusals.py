"""不予确认的申请: families whose income is too high or whose savings and houses a match brings to light."""

from collections.abc import Sequence
from random import Random

from opendibao.demo.draft import Draft, Item
from opendibao.rules.answer import Answer

Hit = tuple[int, str, str]
PER_HUNDRED_ENTRIES = 14


def spoil(draft: Draft, found: Answer, rng: Random) -> Sequence[Hit]:
    """Turn a family's facts so that the rules refuse it; what the match will find, in words."""
    reason = rng.choice(("income", "income", "house", "deposit", "car"))
    if reason == "income":
        return _earn(draft, found, rng)
    if reason == "house":
        draft.financial_assets = found.line_year_fen // 1200 * rng.randrange(26, 35) // 1000 * 1000
        draft.dwellings = 2
        return (
            (0, "bank_deposits", f"银行存款合计{draft.financial_assets}元，超过申报数"),
            (0, "real_estate", "县城另有一套商品房，未申报"),
        )
    if reason == "deposit":
        draft.financial_assets = found.line_year_fen // 1200 * rng.randrange(38, 60) // 1000 * 1000
        return ((0, "bank_deposits", f"银行存款合计{draft.financial_assets}元，超过限额"),)
    draft.vehicle_use = "private"
    return ((0, "vehicles", "名下有家用小轿车一辆，不属于豁免用途"),)


def _earn(draft: Draft, found: Answer, rng: Random) -> Sequence[Hit]:
    assert draft.lever is not None
    is_frail = any(m.is_severe or m.severe_illness for m in draft.members)
    times = rng.randrange(160, 210) if is_frail else rng.randrange(103, 170)
    missing = (found.line_year_fen * times // 100 - found.income_year_fen) // 1200
    draft.lever.move(missing // 10 * 10 + 10)
    place = next(n for n, m in enumerate(draft.members) if _holds(draft, m.income))
    return ((place, "social_insurance", "参保记录显示有稳定的工作收入"),) if draft.members[place].can_work else ()


def _holds(draft: Draft, income: Sequence[Item]) -> bool:
    assert draft.lever is not None
    return any(item is draft.lever.item for item in income)
