"""查委托: who applies for a family by a mandate."""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read

MANDATES = "SELECT helper, relation, phone, reason, signed_on FROM intake_mandate WHERE case_id = %(case)s"


@dataclass(frozen=True)
class MandateRow:
    """Who applies for the family by a written mandate, and why."""

    helper: str
    relation: str
    phone: str
    reason: str
    signed_on: date


def mandate_of(case_id: int) -> MandateRow | None:
    """The mandate of a case; None where the family applies itself."""
    return next(iter(read(MandateRow, MANDATES, {"case": case_id})), None)
