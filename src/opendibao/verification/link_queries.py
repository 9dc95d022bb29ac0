"""查关联: which rows of some deliveries are linked to whom, and how surely; and what their links came to."""

from collections.abc import Collection
from dataclasses import dataclass

from opendibao.audit.sql_rows import read_whole

LINKED = """
SELECT r.delivery_id, l.row_no, p.id_number, l.tier, l.state
FROM verification_link l JOIN verification_sourcerecord r ON r.id = l.record_id
JOIN registry_person p ON p.id = l.person_id
WHERE r.delivery_id = ANY(%(deliveries)s) ORDER BY r.delivery_id, l.row_no, l.id
"""
REGISTERED = "SELECT id_number FROM registry_person"


@dataclass(frozen=True)
class LinkedRow:
    """A row of a delivery that is linked to a person; several where it is in doubt."""

    delivery_id: int
    row_no: int
    id_number: str
    tier: str
    state: str


def linked_rows(delivery_ids: Collection[int]) -> list[LinkedRow]:
    """All links of the rows of some deliveries, in file order; for the county, which sees the rows."""
    return read_whole(LinkedRow, LINKED, {"deliveries": list(delivery_ids)})


def registered_numbers() -> frozenset[str]:
    """The id numbers of everybody whom the session sees."""
    return frozenset(read_whole(str, REGISTERED, {}))
