"""抽取: who of a list is drawn, from the seed and the list alone, so that anybody can repeat it by hand.

简单随机: the list is ordered by the SHA-256 of "seed:key"; the first n are drawn.
按乡镇分层: every township gets its share of n by the largest remainder (at least one), drawn in it as above.
按金额概率: whoever alone is worth a step (all money ÷ n) or more is in for certain. The others are laid end to end in
the order of the list, each as long as its money; the first point is the SHA-256 of "seed:start" within the first
step, and each step from there falls on one who is drawn. Whole numbers only: no rounding moves a point.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


class BadDraw(ValueError):
    """So many cannot be drawn from this list; the text says how many can."""


@dataclass(frozen=True)
class Unit:
    """One on the list: its key, its township, its money (fen)."""

    key: str
    stratum: str
    fen: int


@dataclass(frozen=True)
class Picked:
    """One who is drawn, with the chance he had."""

    unit: Unit
    chance: Fraction


def frame_sha256(units: Sequence[Unit]) -> str:
    """The checksum of the list that is drawn from: same list, same draw."""
    text = "\n".join(f"{one.key} {one.stratum} {one.fen}" for one in sorted(units, key=_place))
    return hashlib.sha256(text.encode()).hexdigest()


def draw(method: str, units: Sequence[Unit], n: int, seed: int) -> list[Picked]:
    """`n` of a list by one of the three methods, in the order of the list. Raises BadDraw."""
    if not 0 < n <= len(units):
        raise BadDraw(f"名单上有{len(units)}个，抽不出{n}个：样本应为1到{len(units)}个")
    drawn = {"simple": _simple, "stratified": _stratified, "pps": _pps}[method](units, n, seed)
    return sorted(drawn, key=lambda picked: _place(picked.unit))


def _place(unit: Unit) -> tuple[str, str]:
    return unit.stratum, unit.key


def _hash(seed: int, word: str) -> bytes:
    return hashlib.sha256(f"{seed}:{word}".encode()).digest()


def _simple(units: Sequence[Unit], n: int, seed: int) -> list[Picked]:
    shuffled = sorted(units, key=lambda one: _hash(seed, one.key))
    return [Picked(one, Fraction(n, len(units))) for one in shuffled[:n]]


def _stratified(units: Sequence[Unit], n: int, seed: int) -> list[Picked]:
    strata: dict[str, list[Unit]] = {}
    for one in units:
        strata.setdefault(one.stratum, []).append(one)
    shares = allocation({name: len(members) for name, members in strata.items()}, n)
    return [picked for name, members in strata.items() for picked in _simple(members, shares[name], seed)]


def allocation(sizes: Mapping[str, int], n: int) -> dict[str, int]:
    """How many of n each township gets: in proportion, largest remainders first, none without one. Raises BadDraw."""
    if n < len(sizes):
        raise BadDraw(
            f"有对象的乡镇{len(sizes)}个，每个至少抽1个，样本{n}个不够：请至少抽{len(sizes)}个，或改用简单随机"
        )
    given: dict[str, int] = {}
    left, rest = n, dict(sizes)
    while small := [name for name, size in rest.items() if left * size < sum(rest.values())]:
        # whose share is below one gets one; what is left is shared by the others
        for name in small:
            given[name] = 1
            del rest[name]
        left = n - len(given)
    total = sum(rest.values())
    given |= {name: left * size // total for name, size in rest.items()}
    by_remainder = sorted(rest, key=lambda name: (-(left * rest[name] % total), name))
    for name in by_remainder[: n - sum(given.values())]:
        given[name] += 1
    return given


def _pps(units: Sequence[Unit], n: int, seed: int) -> list[Picked]:
    if worthless := [one.key for one in units if one.fen <= 0]:
        raise BadDraw(f"{worthless[0]}的金额不大于零，不能按金额概率抽，请改用简单随机或分层")
    rest, certain = sorted(units, key=_place), list[Unit]()
    while large := _worth_a_step(rest, n - len(certain)):
        certain += large
        gone = set(large)
        rest = [one for one in rest if one not in gone]
    return [Picked(one, Fraction(1)) for one in certain] + _systematic(rest, n - len(certain), seed)


def _worth_a_step(units: Sequence[Unit], n: int) -> list[Unit]:
    total = sum(one.fen for one in units)
    return [one for one in units if n * one.fen >= total]


def _systematic(units: Sequence[Unit], n: int, seed: int) -> list[Picked]:
    """n points a step apart on the line of money; a unit's chance is n × its money ÷ all money, below one."""
    if not units:
        return []
    total = sum(one.fen for one in units)
    # everything n times as long: a step is then `total`, a whole number
    point = int.from_bytes(_hash(seed, "start")) % total
    drawn, reached = [], 0
    for one in units:
        reached += n * one.fen
        if point < reached:
            drawn.append(Picked(one, Fraction(n * one.fen, total)))
            point += total
    return drawn
