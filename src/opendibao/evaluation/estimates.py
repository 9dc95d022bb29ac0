"""样本推断: from those who answered to the whole: rate, Wilson interval, response, townships, weights.

Who had a chance π of being drawn stands for 1 ÷ π. The weighted rate is Hájek's: Σ(y ÷ π) ÷ Σ(1 ÷ π) over those who
answered. Its interval is Wilson's on the effective sample of Kish: (Σw)² ÷ Σw². Both leave out the correction for a
small population, so that they are rather too wide than too narrow.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from opendibao.evaluation import scale
from opendibao.evaluation.figure import percent
from opendibao.evaluation.intervals import PLACES, wilson, wilson_of

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Said:
    """One of the sample: township, chance (numerator and denominator, None where not kept), answered, and yes."""

    stratum: str
    chance_n: int | None
    chance_d: int | None
    is_reached: bool
    is_valid: bool
    is_hit: bool


@dataclass(frozen=True)
class Rate:
    """A rate among valid answers, in percent, with its interval; None where nobody answered."""

    asked: int
    reached: int
    valid: int
    hits: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None

    @property
    def is_small(self) -> bool:
        """So few answers that the rate says little."""
        return self.valid < int(scale.number("small_sample"))

    @property
    def response(self) -> Decimal | None:
        """Reached of asked in percent."""
        return percent(self.reached, self.asked) if self.asked else None


@dataclass(frozen=True)
class Weighted:
    """The rate with every answer weighted by what it stands for; `effective` is the sample it is worth."""

    value: Decimal
    low: Decimal
    high: Decimal
    effective: Decimal
    stands_for: Decimal


@dataclass(frozen=True)
class Estimate:
    """What a sample says: of all, weighted (None where chances are not known), and township by township."""

    whole: Rate
    weighted: Weighted | None
    strata: dict[str, Rate]


def estimate(said: Sequence[Said]) -> Estimate:
    """The estimate of one question."""
    strata: dict[str, list[Said]] = {}
    for one in said:
        strata.setdefault(one.stratum, []).append(one)
    return Estimate(rate(said), weighted(said), {name: rate(strata[name]) for name in sorted(strata)})


def rate(said: Iterable[Said]) -> Rate:
    """Counted as it is, nobody weighing more than another."""
    rows = list(said)
    valid = [one for one in rows if one.is_valid]
    hits, reached = sum(one.is_hit for one in valid), sum(one.is_reached for one in rows)
    if not valid:
        return Rate(len(rows), reached, 0, 0, None, None, None)
    low, high = wilson(hits, len(valid))
    return Rate(len(rows), reached, len(valid), hits, percent(hits, len(valid)), low, high)


def weighted(said: Iterable[Said]) -> Weighted | None:
    """Hájek's rate; None where nobody answered or a chance is not known."""
    valid = [one for one in said if one.is_valid]
    if not valid or any(one.chance_n is None for one in valid):
        return None
    with localcontext() as context:
        context.prec = PLACES
        weights = [Decimal(one.chance_d or 1) / Decimal(one.chance_n or 1) for one in valid]
        total = sum(weights, Decimal(0))
        yes = sum((weight for weight, one in zip(weights, valid, strict=True) if one.is_hit), Decimal(0))
        effective = total * total / sum((weight * weight for weight in weights), Decimal(0))
        share = yes / total
        low, high = wilson_of(share * effective, effective)
        return Weighted(_printed(share * 100), low, high, _printed(effective), _printed(total))


def _printed(number: Decimal) -> Decimal:
    return number.quantize(HUNDREDTH, ROUND_HALF_UP)


def differ(now: Rate, before: Rate) -> bool | None:
    """Whether two years differ beyond chance, their intervals having nothing in common; None if one is unmeasured."""
    if now.low is None or now.high is None or before.low is None or before.high is None:
        return None
    return now.high < before.low or before.high < now.low
