"""假设的标准: a standard as an officer types it, +8% or 700, turned into fen."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from opendibao.kernel.money import NotMoney, yuan, yuan_text
from opendibao.web.standards_law import pack_in_county

PATHS = {"rural": "standard.rural", "urban": "standard.urban"}
SHARE = re.compile(r"([-+]?)(\d{1,3}(?:\.\d{1,2})?)[%％]")
MOST_FEN, WHOLE = 10_000_000, 100
MOST_TYPED = 20
Overrides = dict[str, list[dict[str, str]]]


class BadStandard(ValueError):
    """What was typed is no standard; the text names the remedy."""


@dataclass(frozen=True)
class Supposed:
    """The standard of an area on a day, and what it is supposed to be, fen per person and month."""

    area: str
    now_fen: int
    then_fen: int


def supposed_standard(area: str, typed: str, on: date) -> Supposed:
    """Read what was typed: +8%, -5%, or an amount in yuan; nothing leaves it as it is. Raises BadStandard, RuleGap."""
    now = pack_in_county().value(PATHS[area], on)
    text = typed.strip()
    if not text:
        return Supposed(area, now, now)
    if len(text) > MOST_TYPED:
        raise BadStandard(_("写得太长，请写成 +8% 或 700 这样"))
    share = SHARE.fullmatch(text)
    then = _by_share(now, share[1], share[2]) if share else _amount(text)
    if not 0 < then <= MOST_FEN:
        said = _("“%(text)s”算出来是 %(yuan)s 元，应在 0.01 元到 %(most)s 元之间")
        raise BadStandard(said % {"text": text, "yuan": yuan_text(then), "most": yuan_text(MOST_FEN)})
    return Supposed(area, now, then)


def _by_share(now: int, sign: str, percent: str) -> int:
    """So many percent more or less, half up to the fen."""
    share = Decimal(percent) * (-1 if sign == "-" else 1)
    return int((now * (WHOLE + share) / WHOLE).quantize(Decimal(1), ROUND_HALF_UP))


def _amount(text: str) -> int:
    try:
        return yuan(text)
    except NotMoney:
        raise BadStandard(_("“%(text)s”看不懂，请写成 +8%% 或 700 这样") % {"text": text}) from None


def overrides_of(supposed: list[Supposed], on: date) -> Overrides:
    """What a case says of supposed standards; nothing for those that stay as they are."""
    return {
        PATHS[one.area]: [{"from": on.isoformat(), "value": yuan_text(one.then_fen)}]
        for one in supposed
        if one.then_fen != one.now_fen
    }
