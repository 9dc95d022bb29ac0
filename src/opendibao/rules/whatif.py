"""假设: a case's `overrides`, rows of numbers that hold from a day on instead of the pack's."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TypeAlias

from opendibao.policy.pack import BadPolicy, Pack
from opendibao.policy.reader import WHOLE, WORD, load_pack
from opendibao.rules import fields
from opendibao.rules.fields import CaseError

MOST_YUAN = 100_000
"""The most a number of the law may be assumed to be; real ones lie far below (see fields.MOST_YUAN)."""
MOST_ROUNDING_YUAN = 100
MOST_SHARE = 30_000
MOST_COUNT = 120
MOST_DAYS = 366

Overrides: TypeAlias = tuple[tuple[str, tuple[tuple[date, str], ...]], ...]
"""(path, ((from, value as written), …)), hashable so that packs are made once."""


def read_overrides(value: object) -> Overrides:
    """Check the form; whether the path exists is known only with the pack."""
    if not value:
        return ()
    if not isinstance(value, Mapping):
        raise CaseError("overrides", "应为一组“参数: 列表”")
    found = []
    for path, raw in value.items():
        rows = []
        for place, row in enumerate(fields.rows(raw, f"overrides.{path}")):
            key = f"overrides.{path}[{place}]"
            item = fields.mapping(row, key, frozenset({"from", "value"}))
            if item.get("value") is None or isinstance(item["value"], bool | Mapping | list):
                raise CaseError(f"{key}.value", "应写数值")
            rows.append((fields.day(item.get("from"), f"{key}.from"), str(item["value"])))
        found.append((str(path), tuple(rows)))
    return tuple(sorted(found))


@lru_cache(maxsize=256)
def pack_for(policy: str, overrides: Overrides) -> Pack:
    """The pack of a case, with its overrides; raises CaseError naming the path or value."""
    try:
        pack = load_pack(policy)
    except BadPolicy as fault:
        raise CaseError("policy", str(fault)) from None
    return assumed(pack, overrides)


def assumed(pack: Pack, overrides: Overrides) -> Pack:
    """A pack with assumed numbers laid over; raises CaseError naming the path or value."""
    if not overrides:
        return pack
    try:
        return pack.with_overrides({path: [(d, number_of(pack, path, v)) for d, v in rows] for path, rows in overrides})
    except BadPolicy as fault:
        raise CaseError("overrides", str(fault)) from None


def number_of(pack: Pack, path: str, written: str) -> int:
    """Yuan for money, a plain share for basis points, else a whole number → the parameter's own unit.

    Raises CaseError naming the path where it is another unit's, or more than such a number can be.
    """
    unit = pack.unit(path)
    if unit == WORD:
        raise CaseError(f"overrides.{path}", "这个参数不是数字，不能假设")
    if unit == "fen":
        found = fields.money(written, f"overrides.{path}", most_of(path, unit) // 100)
        if not found and is_rounding(path):
            raise CaseError(f"overrides.{path}", "进位的单位不能是零")
        return found
    return _plain_number(path, written, unit)


def most_of(path: str, unit: str) -> int:
    """The most that a parameter may be, in its own unit."""
    if unit == "fen":
        return 100 * (MOST_ROUNDING_YUAN if is_rounding(path) else MOST_YUAN)
    return {"bp": MOST_SHARE, "days": MOST_DAYS}.get(unit, MOST_COUNT)


def is_rounding(path: str) -> bool:
    """Whether the number is the unit that amounts are rounded to."""
    return path.rsplit(".", 1)[-1].startswith("round_")


def _plain_number(path: str, written: str, unit: str) -> int:
    try:
        found = Decimal(written) * (WHOLE if unit == "bp" else 1)
    except InvalidOperation:
        raise CaseError(f"overrides.{path}", f"“{written}”不是数字") from None
    if not found.is_finite() or found != found.to_integral_value() or not 0 <= found <= most_of(path, unit):
        raise CaseError(f"overrides.{path}", f"“{written}”不合这个参数的单位（{unit}）")
    return int(found)
