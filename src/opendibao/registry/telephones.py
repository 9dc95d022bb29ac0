"""电话: where families can be called, for lists of many households."""

from collections.abc import Collection
from dataclasses import dataclass

from opendibao.audit.sql_rows import read

PHONES = """
SELECT p.household_id, p.phone FROM registry_householdplace p
WHERE p.household_id = ANY(%(households)s) AND p.phone <> '' AND upper_inf(p.valid) AND upper_inf(p.recorded)
"""


@dataclass(frozen=True)
class _Phone:
    household_id: int
    phone: str


def telephones(households: Collection[int]) -> dict[int, str]:
    """The telephone numbers known today, by household; a family without one is not among them."""
    wanted = {"households": sorted(set(households))}
    return {row.household_id: row.phone for row in read(_Phone, PHONES, wanted)} if wanted["households"] else {}
