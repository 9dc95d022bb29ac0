"""区间: how far a rate found in a sample may lie from the whole, by Wilson's score interval."""

from decimal import ROUND_HALF_UP, Decimal, localcontext

from opendibao.evaluation import scale

PLACES = 40  # far more than the two decimals that are printed
PRINTED = Decimal("0.01")


class NotASample(ValueError):
    """The counts cannot be those of a sample: none asked, or more hits than asked."""


def wilson(n: int, d: int) -> tuple[Decimal, Decimal]:
    """Lower and upper bound of n of d in percent, two decimals, at the confidence of scoring.yaml.

    (n + z²/2 ± z·√(n(d−n)/d + z²/4)) ÷ (d + z²). Raises NotASample.
    """
    if d <= 0 or not 0 <= n <= d:
        raise NotASample(f"样本{d}个、符合{n}个，算不出区间：样本应大于零，符合的不多于样本")
    return wilson_of(Decimal(n), Decimal(d))


def wilson_of(n: Decimal, d: Decimal) -> tuple[Decimal, Decimal]:
    """`wilson` where hits and sample need not be whole: a weighted rate on its effective sample."""
    z = scale.number("confidence_z")
    with localcontext() as context:
        context.prec = PLACES
        middle = n + z * z / 2
        reach = z * (n * (d - n) / d + z * z / 4).sqrt()
        low, high = ((middle + side) * 100 / (d + z * z) for side in (-reach, reach))
        return _printed(low), _printed(high)


def _printed(bound: Decimal) -> Decimal:
    return min(max(bound, Decimal(0)), Decimal(100)).quantize(PRINTED, ROUND_HALF_UP)
