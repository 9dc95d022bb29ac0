"""校准: moves the incomes of households until the year's money, computed by the rules alone, prints as wanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import gcd

from opendibao.demo.draft import Draft, Lever
from opendibao.demo.stock import AREA_ZH
from opendibao.demo.targets import AREAS, PRINTED_STEP, ImpossibleTargets, Targets
from opendibao.rules.answer import Answer
from opendibao.rules.assess import assess_many

FEN, YEAR = 100, 12
LEAST_BENEFIT = 30  # yuan a month that every household keeps
TURNS = 8


@dataclass(frozen=True)
class Spell:
    """A household as it is for some months: its facts, the day they were decided on, how many months are paid."""

    draft: Draft
    decided_on: date
    months: int


@dataclass
class Account:
    """One household's year: one spell, or two around a change; both share one lever (None: facts are fixed).

    `set_off_fen` is what of the year's money goes against a debt of the household and not to its account.
    """

    spells: tuple[Spell, ...]
    answers: tuple[Answer, ...] = ()
    set_off_fen: int = 0

    @property
    def lever(self) -> Lever | None:
        """What moves."""
        return self.spells[0].draft.lever

    @property
    def months(self) -> int:
        """Paid months of the year."""
        return sum(spell.months for spell in self.spells)

    @property
    def paid(self) -> int:
        """Fen in the year."""
        owed = sum(a.monthly_benefit_fen * s.months for a, s in zip(self.answers, self.spells, strict=True))
        return owed - self.set_off_fen

    @property
    def room_to_earn(self) -> int:
        """Yuan a month by which the income may still rise."""
        return min((a.line_year_fen - a.income_year_fen) // (FEN * YEAR) for a in self.answers) - LEAST_BENEFIT

    @property
    def room_to_lose(self) -> int:
        """Yuan a month by which the income may fall and the benefit still follows."""
        lever = self.lever
        earned = min(a.income_year_fen for a in self.answers) // (FEN * YEAR)
        return max(0, min(lever.amount - lever.least, earned)) if lever else 0

    @property
    def follows(self) -> bool:
        """Whether the benefit moves with the lever, yuan for yuan: income above its floor, every spell covered."""
        return bool(self.lever) and all(a.income_year_fen > 0 and a.outcome == "dibao" for a in self.answers)


def answer_all(accounts: Sequence[Account], policy: str) -> None:
    """Ask the rules about every spell."""
    spells = [spell for account in accounts for spell in account.spells]
    answers = iter(assess_many([spell.draft.case(policy, spell.decided_on) for spell in spells]))
    for account in accounts:
        account.answers = tuple(next(answers) for _ in account.spells)


def set_out(accounts: Sequence[Account], policy: str) -> None:
    """Raise every lever to the share of the standard its household was drawn with."""
    answer_all(accounts, policy)
    for account in accounts:
        if not account.lever:
            continue
        draft, first = account.spells[0].draft, account.answers[0]
        wanted = (first.line_year_fen // 1000 * draft.share - first.income_year_fen) // (FEN * YEAR)
        account.lever.move(max(0, min(wanted, account.room_to_earn)) // 10 * 10)
    answer_all(accounts, policy)


def calibrate(accounts: dict[str, list[Account]], targets: Targets) -> None:
    """Move the levers of both areas until all three sums print as wanted; raises ImpossibleTargets."""
    for area in AREAS:
        set_out(accounts[area], targets.policy)
    wanted = _sums(accounts, targets)
    for area in AREAS:
        _reach(accounts[area], wanted[area], targets.policy, AREA_ZH[area])


def _sums(accounts: dict[str, list[Account]], targets: Targets) -> dict[str, int]:
    """Fen per area inside the rounding windows, nearest to what is printed and reachable by whole yuan."""
    choices = {area: _reachable(accounts[area], targets.paid[area].window()) for area in AREAS}
    total = targets.paid["total"].window()
    pairs = [(r, u) for r in choices["rural"] for u in choices["urban"] if (r + u) // FEN in total]
    if not pairs:
        texts = "、".join(targets.paid[name].text for name in (*AREAS, "total"))
        raise ImpossibleTargets(f"按整元发放时，找不到同时印成{texts}万元的农村、城镇、合计三个数")
    first, second, both = (targets.paid[name].hundredths * PRINTED_STEP * FEN for name in (*AREAS, "total"))
    # far from every edge of rounding
    rural, urban = min(pairs, key=lambda p: (max(abs(p[0] - first), abs(p[1] - second), abs(sum(p) - both)), p))
    return {"rural": rural, "urban": urban}


def _reachable(accounts: Sequence[Account], window: range) -> list[int]:
    """The sums of the window that differ from the present one by what the levers can do."""
    present = sum(account.paid for account in accounts)
    step = gcd(*(account.months for account in accounts if account.follows)) * FEN
    return [y * FEN for y in window if (y * FEN == present if not step else (y * FEN - present) % step == 0)]


def _reach(accounts: Sequence[Account], wanted: int, policy: str, name: str) -> None:
    """Move many levers a little, ask the rules, and repeat until the sum is exact."""
    _check_range(accounts, wanted, name)
    for turn in range(TURNS):
        missing = (wanted - sum(account.paid for account in accounts)) // FEN
        if not missing:
            return
        if abs(missing) > YEAR * len(accounts) and turn < TURNS // 2:
            _move_together(accounts, missing)
        else:
            _move_few(accounts, missing)
        answer_all(accounts, policy)
    raise ImpossibleTargets(f"{name}全年发放差{abs(missing)}元凑不到目标数，请换一个种子或放宽目标")


def _check_range(accounts: Sequence[Account], wanted: int, name: str) -> None:
    paid = sum(account.paid for account in accounts)
    movable = [account for account in accounts if account.follows]
    least = paid - sum(max(0, a.room_to_earn) * a.months for a in movable) * FEN
    most = paid + sum(a.room_to_lose * a.months for a in movable) * FEN
    months = sum(a.answers[0].members * s.months for a in accounts for s in a.spells) or 1
    if not least <= wanted <= most:
        each = wanted // FEN // months
        bounds = f"约{least // FEN // months}到{most // FEN // months}元"
        raise ImpossibleTargets(
            f"{name}全年发放{wanted // FEN}元，平均每人每月{each}元，超出这些家庭按现行标准可能的范围（{bounds}）"
        )


def _move_together(accounts: Sequence[Account], missing: int) -> None:
    """Move every lever by the same share of its room, in whole tens of yuan."""
    movable = [a for a in accounts if a.follows]
    rooms = [a.room_to_lose if missing > 0 else max(0, a.room_to_earn) for a in movable]
    low, high = 0, 1_000_000
    while high - low > 1:
        share = (low + high) // 2
        moved = sum(_tens(room, share) * a.months for room, a in zip(rooms, movable, strict=True))
        low, high = (share, high) if moved <= abs(missing) else (low, share)
    for room, account in zip(rooms, movable, strict=True):
        assert account.lever is not None
        account.lever.move(-_tens(room, low) if missing > 0 else _tens(room, low))


def _tens(room: int, share: int) -> int:
    return room * share // 1_000_000 // 10 * 10


def _move_few(accounts: Sequence[Account], missing: int) -> None:
    """Close a small rest: first what is left of twelve by a household of fewer months, then by those of the year."""
    movable = [a for a in accounts if a.follows and len(a.spells) == 1]
    missing -= _odd_rest(movable, missing)
    whole_year = [a for a in movable if a.months == YEAR and _room(a, missing) > 0]
    units = abs(missing) // YEAR
    for place, account in enumerate(whole_year):
        each = -(-units // (len(whole_year) - place))
        step = min(each, _room(account, missing))
        _pay_more(account, step if missing > 0 else -step)
        units -= step


def _odd_rest(movable: Sequence[Account], missing: int) -> int:
    """Yuan paid more (or less) by moving one household so that the rest divides by twelve."""
    if missing % YEAR == 0:
        return 0
    for account in movable:
        for more in sorted(range(-account.room_to_earn, account.room_to_lose + 1), key=abs)[:25]:
            if (missing - more * account.months) % YEAR == 0 and more and account.months % YEAR:
                _pay_more(account, more)
                return more * account.months
    return 0


def _room(account: Account, missing: int) -> int:
    return account.room_to_lose if missing > 0 else account.room_to_earn


def _pay_more(account: Account, yuan: int) -> None:
    """Let a household earn so much less a month."""
    assert account.lever is not None
    account.lever.move(-yuan)
