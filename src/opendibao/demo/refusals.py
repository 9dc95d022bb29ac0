"""不予确认的申请: families whose income is too high or whose savings and houses a match brings to light."""

from collections.abc import Sequence
from random import Random

from opendibao.demo.draft import Draft, Item
from opendibao.demo.plan import PlannedHit
from opendibao.rules.answer import Answer

PER_HUNDRED_ENTRIES = 14


def spoil(draft: Draft, found: Answer, rng: Random) -> Sequence[PlannedHit]:
    """Turn a family's facts so that the rules refuse it; what departments know and the family does not say."""
    reason = rng.choice(("income", "income", "house", "deposit", "car"))
    if reason == "income":
        return _earn(draft, found, rng)
    if reason == "house":
        draft.financial_assets = found.line_year_fen // 1200 * rng.randrange(26, 35) // 1000 * 1000
        draft.dwellings = 2
        return PlannedHit(0, "bank_deposits"), PlannedHit(0, "real_estate")
    if reason == "deposit":
        draft.financial_assets = found.line_year_fen // 1200 * rng.randrange(38, 60) // 1000 * 1000
        return (PlannedHit(0, "bank_deposits"),)
    draft.vehicle_use = "private"
    return (PlannedHit(0, "vehicles"),)


def _earn(draft: Draft, found: Answer, rng: Random) -> Sequence[PlannedHit]:
    assert draft.lever is not None
    is_frail = any(m.is_severe or m.severe_illness for m in draft.members)
    times = rng.randrange(160, 210) if is_frail else rng.randrange(103, 170)
    missing = (found.line_year_fen * times // 100 - found.income_year_fen) // 1200
    draft.lever.move(missing // 10 * 10 + 10)
    place = next(n for n, m in enumerate(draft.members) if _holds(draft, m.income))
    return (PlannedHit(place, "social_insurance"),) if draft.members[place].can_work else ()


def _holds(draft: Draft, income: Sequence[Item]) -> bool:
    assert draft.lever is not None
    return any(item is draft.lever.item for item in income)
