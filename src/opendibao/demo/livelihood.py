"""生计: what a family lives on and spends, within a budget; the last income is the lever that is moved later."""

from random import Random

from opendibao.demo.draft import Draft, DraftMember, Item, Lever

BASIC_PENSION = 123  # yuan a month, the part of the resident pension that the centre fixes
LEAST_SUPPORT, LEAST_WAGE = 20, 300
TRADES = ("construction", "farm_work", "loading", "catering", "factory")
YEAR = 12


def furnish(draft: Draft, standard: int, mu_year: int, rng: Random, *, has_roster_form: bool) -> None:
    """Give a household its property, spending and incomes of about `share` of the standard (yuan a month and person).

    `mu_year` is what a mu of land counts a year. With `has_roster_form` only what a roster has columns for.
    """
    budget = draft.share * standard * len(draft.members) // 1000
    _own(draft, standard, rng)
    left = budget + _spend(draft, standard, rng) // YEAR
    for member in draft.members:
        left -= _pension(member, left // 3, rng)
    left -= _farm(draft, left // 2, mu_year, rng)
    lever_owner = _lever_owner(draft)
    for member in draft.members[1:]:
        if member.can_work and member is not lever_owner:
            left -= _odd_jobs(member, left // 2, rng, has_roster_form=has_roster_form)
    if not has_roster_form and rng.random() < 0.25:
        _add_supporter(draft, standard, rng)
    draft.lever = _lever(draft, lever_owner, rng)


def _own(draft: Draft, standard: int, rng: Random) -> None:
    most = min(18_000, standard * len(draft.members) * 12)
    draft.financial_assets = 0 if rng.random() < 0.25 else rng.randrange(1, most // 100) * 100
    draft.dwellings = 0 if rng.random() < (0.2 if draft.area == "urban" else 0.03) else 1
    if rng.random() < 0.012:
        draft.vehicle_use = "disability" if any(m.disability for m in draft.members) else "livelihood"


def _spend(draft: Draft, standard: int, rng: Random) -> int:
    """Yuan a year that the household may take off its income."""
    total = 0
    for member in draft.members:
        if member.severe_illness and rng.random() < 0.7:
            total += _pay(member, "medical_self_paid", rng.randrange(10, 61) * standard // 10)
        elif member.person.age >= 60 and rng.random() < 0.1:
            total += _pay(member, "medical_self_paid", rng.randrange(5, 21) * 100)
        if member.is_severe and rng.random() < 0.2:
            total += _pay(member, "disability_care", rng.randrange(6, 31) * 100)
        if draft.area == "urban" and member.can_work and rng.random() < 0.2:
            member.spending.append({"kind": "social_insurance", "amount": rng.randrange(10, 31) * 10, "per": "month"})
    return total


def _pay(member: DraftMember, kind: str, amount: int) -> int:
    member.spending.append({"kind": kind, "amount": amount, "per": "year"})
    return amount


def _pension(member: DraftMember, most: int, rng: Random) -> int:
    """The resident pension of the old; yuan a month above its basic part."""
    if member.person.age < 61:
        return 0
    extra = min(max(0, most), rng.randrange(8, 61))
    amount = BASIC_PENSION + extra
    member.income.append({"kind": "resident_pension", "amount": amount, "basic": BASIC_PENSION, "per": "month"})
    if member.person.age >= 81:
        allowance = 100 if member.person.age >= 91 else 50
        member.income.append({"kind": "old_age_allowance", "amount": allowance, "per": "month"})
    return extra


def _farm(draft: Draft, most: int, mu_year: int, rng: Random) -> int:
    """Own land in tenths of a mu, tilled by somebody who still can; yuan a month."""
    tillers = [m for m in draft.members if 20 <= m.person.age <= 76 and not m.is_severe and not m.study]
    if draft.area != "rural" or not tillers or mu_year <= 0 or rng.random() < 0.3:
        return 0
    tenths = min(rng.randrange(3, 46), max(0, most) * YEAR * 10 // mu_year)
    if tenths < 3:
        return 0
    tillers[0].income.append({"kind": "farming", "mu": f"{tenths // 10}.{tenths % 10}"})
    return tenths * mu_year // (YEAR * 10)


def _odd_jobs(member: DraftMember, most: int, rng: Random, *, has_roster_form: bool) -> int:
    """Work of some months, or a small trade; yuan a month over the year.

    An application names the season's trade, which leads to a sheet of the survey; it counts the same.
    """
    if most < 60 or rng.random() < 0.3:
        return 0
    if rng.random() < 0.15:
        gain = rng.randrange(most // 2, most + 1) * YEAR // 100 * 100
        cost = rng.randrange(5, 30) * 100
        member.income.append({"kind": "business", "revenue": gain + cost, "cost": cost, "per": "year"})
        return gain // YEAR
    months = rng.randrange(2, 9)
    pay = min(rng.randrange(70, 161) * 10, most * YEAR // months // 10 * 10)
    if has_roster_form:
        member.income.append({"kind": "wages", "amount": pay, "per": "month", "months": months})
    else:
        trade = TRADES[member.person.born.day % len(TRADES)]
        member.income.append({"kind": "seasonal_wages", "trade": trade, "months": months, "amount": pay})
    return pay * months // YEAR


def _lever_owner(draft: Draft) -> DraftMember:
    """Who brings in the income that is moved: the head if he can, else another who can work, else the head."""
    return next((m for m in draft.members if m.can_work), draft.head)


def _lever(draft: Draft, owner: DraftMember, rng: Random) -> Lever:
    if draft.is_unable and not draft.supporters:
        # without an able or bound supporter such a family would be 特困, not 低保
        agreed = {"kind": "support_received", "amount": LEAST_SUPPORT, "per": "month", "basis": "agreement"}
        return _attach(owner, agreed)
    if owner.can_work and rng.random() < 0.7:
        return _attach(owner, {"kind": "wages", "amount": LEAST_WAGE, "per": "month", "months": YEAR})
    return _attach(owner, {"kind": "other", "amount": 0, "per": "month"})


def _attach(owner: DraftMember, item: Item) -> Lever:
    owner.income.append(item)
    return Lever(item, int(item["amount"]))


def _add_supporter(draft: Draft, standard: int, rng: Random) -> None:
    """A grown child who lives elsewhere and has little or nothing to spare."""
    if draft.head.person.age < 62:
        return
    size = rng.randrange(3, 6)
    born = draft.head.person.born
    draft.supporters.append(
        {
            "name": f"{draft.head.person.name[0]}{rng.choice('军勇强辉丽芳')}",
            "relation": "子女",
            "of": draft.head.person.name,
            "born": born.replace(year=born.year + rng.randrange(22, 31), day=1).isoformat(),
            "area": draft.area,
            "household_size": size,
            "income": {"amount": rng.randrange(14, 21) * standard * size // 1000 * 100, "per": "month"},
            "supports": rng.randrange(1, 3),
        }
    )
