"""样本量: how many must be asked so that a rate is known within a margin, for a population of any size.

Before the population is looked at, n₀ = z²·p(1−p) ÷ e². Of N, n = n₀ ÷ (1 + (n₀ − 1) ÷ N) are enough, rounded up.
Where only a share of the asked will answer, so many more are drawn.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal, localcontext

from opendibao.evaluation import scale

WHOLE_BP, PLACES = 10_000, 40
HALF_BP = 5_000
"""The share that needs the largest sample: what to expect where nothing is known."""


class BadSize(ValueError):
    """A margin, confidence or share with which no size can be worked out; the text names it and the remedy."""


@dataclass(frozen=True)
class SampleSize:
    """How many of a population must be drawn, and the formula with its numbers."""

    n: int
    answers: int  # how many answers are needed; n is larger where not everybody answers
    population: int
    formula: str


def confidences() -> dict[int, Decimal]:
    """The quantile of the standard normal distribution by confidence in basis points, two-sided."""
    return {int(bp): Decimal(z) for bp, z in scale.in_force("confidence_quantiles").items()}


def sample_size(
    population: int, margin_bp: int, confidence_bp: int, *, share_bp: int = HALF_BP, response_bp: int = WHOLE_BP
) -> SampleSize:
    """The size for a margin and a confidence, in basis points (500 = 5 %); exact, rounded up once. Raises BadSize.

    `share_bp` is the rate that is expected, `response_bp` the share of the asked that will answer.
    """
    z = _quantile(population, margin_bp, confidence_bp, share_bp, response_bp)
    with localcontext() as context:
        context.prec = PLACES
        e, p = Decimal(margin_bp) / WHOLE_BP, Decimal(share_bp) / WHOLE_BP
        endless = z * z * p * (1 - p) / (e * e)
        wanted = endless / (1 + (endless - 1) / population)
        answers = min(population, max(1, _up(wanted)))
        drawn = min(population, _up(Decimal(answers) * WHOLE_BP / response_bp))
        shown_p, shown_q, shown_e = (number.normalize() for number in (p, 1 - p, e))
        formula = (
            f"n₀ ＝ z²p(1−p)÷e² ＝ {z}²×{shown_p:f}×{shown_q:f}÷{shown_e:f}² ＝ {endless:.2f}；"
            f"n ＝ n₀÷[1＋(n₀−1)÷N] ＝ {endless:.2f}÷[1＋{endless - 1:.2f}÷{population}] ＝ {wanted:.2f}，"
            f"进位得{answers}"
        )
    if response_bp < WHOLE_BP:
        formula += f"；预计应答率{Decimal(response_bp) / 100:f}%，抽{drawn}"
    return SampleSize(drawn, answers, population, formula)


def _quantile(population: int, margin_bp: int, confidence_bp: int, share_bp: int, response_bp: int) -> Decimal:
    """The quantile, when everything is in order. Raises BadSize."""
    known = confidences()
    if population <= 0:
        raise BadSize("总体是0，没有可抽的，请先核对年度和日期")
    if not 0 < margin_bp < WHOLE_BP // 2:
        raise BadSize(f"误差限{Decimal(margin_bp) / 100:f}%应大于0%、小于50%，通常填5%")
    if confidence_bp not in known:
        listed = "、".join(f"{bp // 100}%" for bp in sorted(known))
        raise BadSize(f"置信度{Decimal(confidence_bp) / 100:f}%应为{listed}中的一个")
    if not 0 < share_bp < WHOLE_BP:
        raise BadSize(f"预计比例{Decimal(share_bp) / 100:f}%应大于0%、小于100%，没有把握时填50%")
    if not 0 < response_bp <= WHOLE_BP:
        raise BadSize(f"预计应答率{Decimal(response_bp) / 100:f}%应大于0%、不超过100%")
    return known[confidence_bp]


def _up(number: Decimal) -> int:
    return int(number.to_integral_value(ROUND_CEILING))
