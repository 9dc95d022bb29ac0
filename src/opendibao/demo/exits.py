"""退出的家庭: why each leaves, when, and the facts that the review finds."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from opendibao.demo.draft import Draft, DraftMember, Item
from opendibao.demo.plan import PlannedExit
from opendibao.kernel.month import month_of
from opendibao.rules.answer import Answer

LONE_OLD = {"death": 52, "tekun": 12, "moved": 8, "voluntary": 8, "property": 8, "income": 12}
WORKING = {"income": 58, "property": 20, "moved": 12, "voluntary": 10}
OTHERS = {"income": 45, "property": 25, "moved": 18, "voluntary": 12}


def cause_of(draft: Draft, rng: Random) -> str:
    """Why a household leaves, as it fits who lives there."""
    if draft.is_unable and len(draft.members) == 1:
        weights = LONE_OLD
    else:
        weights = WORKING if any(m.can_work for m in draft.members) else OTHERS
    return rng.choices(list(weights), list(weights.values()))[0]


def plan_exit(draft: Draft, cause: str, decided_on: date, found: Answer, rng: Random) -> PlannedExit:
    """The exit with its facts; `found` is what the rules say of the household before."""
    first = month_of(decided_on)
    happened_on = first + timedelta(days=rng.randrange((decided_on - first).days - 1))
    facts, deaths = draft.facts(), tuple[str, ...]()
    if cause == "income":
        _earn(facts, draft, found, rng)
    elif cause == "property":
        _acquire(facts, found, rng)
    elif cause == "tekun":
        facts = replace(draft, members=[_unsupported(m) for m in draft.members]).facts()
    elif cause == "death":
        deaths = tuple(m.person.id_number for m in draft.members)
        for member in facts["members"]:
            member["died"] = happened_on.isoformat()
    return PlannedExit(draft.number, cause, happened_on, decided_on, facts, deaths)


def _earn(facts: Item, draft: Draft, found: Answer, rng: Random) -> None:
    """More of the same income, well above the line; beyond the edge line where somebody could stay in alone."""
    assert draft.lever is not None
    is_frail = any(m.is_severe or m.severe_illness for m in draft.members)
    times = rng.randrange(165, 200) if is_frail else rng.randrange(106, 145)
    missing = (found.line_year_fen * times // 100 - found.income_year_fen) // 1200
    place = next(n for n, m in enumerate(draft.members) if any(i is draft.lever.item for i in m.income))
    item = facts["members"][place]["income"][-1]
    item["amount"] += missing // 10 * 10 + 10


def _acquire(facts: Item, found: Answer, rng: Random) -> None:
    """A second dwelling, a private car, or deposits far above any limit."""
    owned = facts["property"]
    what = rng.choice(("dwelling", "car", "deposit"))
    if what == "dwelling":
        owned["dwellings"] = 2
    elif what == "car":
        owned["vehicles"] = [{"kind": "car", "use": "private"}]
    else:
        owned["financial_assets"] = found.line_year_fen // 12 * rng.randrange(40, 60) // 100_000 * 1000


def _unsupported(member: DraftMember) -> DraftMember:
    return replace(member, income=[item for item in member.income if item["kind"] != "support_received"])
