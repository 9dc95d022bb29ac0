"""上限: the largest facts and numbers that are let in, and the proof at load that no rule leaves 64 bits with them."""

from collections.abc import Iterable
from functools import lru_cache

from opendibao.formula.bounds import Limits, Span, check
from opendibao.formula.graph import Fact, Plan
from opendibao.policy.reader import load_pack, pack_names
from opendibao.rules import fields, whatif
from opendibao.rules.facts import FACTS
from opendibao.rules.vocabulary import NEVER

_ITEM_YEAR = fields.MOST_ITEM_YUAN * 100 * 12
_BY_UNIT = {
    "fen": _ITEM_YEAR * fields.MOST_ROWS, "bp": whatif.MOST_SHARE, "bool": 1, "code": NEVER, "count": 10_000,
    "months": 12 * fields.MOST_ROWS, "years": fields.OLDEST, "mu": fields.MOST_MU * 100 * fields.MOST_ROWS,
    "square_metres": 10_000, "days": whatif.MOST_DAYS,
}  # fmt: skip
_ROWS: Span = (0, fields.MOST_ROWS)
_COUNTS = {"listed": _ROWS, "members": _ROWS}
"""What counts rows can be no more than there may be rows."""
_AT_LEAST_ONE = ("household_size", "supports")


def span_of_fact(entity: str, name: str, fact: Fact) -> Span:
    """The smallest and largest value of a fact that a case may state; of a row of its own, one amount of a year."""
    if name in _COUNTS:
        return _COUNTS[name]
    if name in _AT_LEAST_ONE:
        return 1, 50
    if name in fields.MOST_OF:
        return 0, fields.MOST_OF[name]
    is_sum = entity in ("household", "member") or fact.unit != "fen"
    return 0, _BY_UNIT[fact.unit] if is_sum else max(_ITEM_YEAR, fields.MOST_YUAN * 100)


@lru_cache(maxsize=512)
def span_of_number(path: str) -> Span:
    """The smallest and largest value a parameter has in any pack or may be assumed to have.

    A rounding unit is never zero.
    """
    rows = [row for name in pack_names() for level in load_pack(name).levels for row in level.get(path, ())]
    assumed = [whatif.most_of(path, row.unit) for row in rows]
    return int(whatif.is_rounding(path)), max([*assumed, *(row.value for row in rows if isinstance(row.value, int))])


LIMITS = Limits(
    {
        (entity, name): span_of_fact(entity, name, fact)
        for entity, facts in FACTS.items()
        for name, fact in facts.items()
    },
    span_of_number,
    fields.MOST_ROWS,
    _COUNTS,
)


def check_limits(plans: Iterable[Plan]) -> None:
    """Raises CanOverflow, DividesByZero or DividesBelowZero of the first rule that the largest facts would break."""
    for plan in plans:
        check(plan, LIMITS)
