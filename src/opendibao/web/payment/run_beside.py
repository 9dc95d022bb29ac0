"""等式旁边: what a run owes beside its regular lines, what is set off and held back, and so what the bank gets."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from opendibao.payment.run_lines import RunSum
from opendibao.web.labels import LINES


@dataclass(frozen=True)
class Part:
    """A term: the sign before it ("" the first), its name, its fen, and how many lines (0: not said)."""

    sign: str
    words: str
    fen: int
    lines: int = 0


def beside_part(sums: Sequence[RunSum]) -> list[Part]:
    """From this month's regular money to what the run owes, and from there to what the bank gets.

    Nothing where a run has its regular lines only, and sends them whole.
    """
    ordered = [
        Part("＋", LINES[kind], _sum(sums, f"{kind}s_fen"), _sum(sums, f"{kind}s"))
        for kind in ("supplement", "price", "backpay")
    ]
    offsets = _sum(sums, "offsets")
    if not offsets and not any(part.lines for part in ordered):
        return []
    less = [
        Part("−", _("暂缓"), _sum(sums, "held_fen"), _sum(sums, "held_households")),
        Part("−", _("抵扣应追缴"), _sum(sums, "offset_fen"), offsets),
    ]
    return [
        Part("", LINES["regular"], _sum(sums, "regular_fen")),
        *[part for part in ordered if part.lines],
        Part("＝", _("应发合计"), _sum(sums, "fen")),
        *[part for part in less if part.fen],
        Part("＝", _("本次发放"), _sum(sums, "out_fen")),
    ]


def _sum(sums: Sequence[RunSum], name: str) -> int:
    return sum(int(getattr(each, name)) for each in sums)
