"""查价格临时补贴: the months for which prices rose enough, with their indices, thresholds and amounts."""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read

ALL = """
SELECT id, division, index_month, month, cpi_bp, food_bp, basic_bp, cpi_trigger_bp, food_trigger_bp, rise_bp,
  rural_standard_fen, urban_standard_fen, rural_fen, urban_fen, source, is_verified, published_on, due_on, state,
  proposed_on, proposed_by, approved_on, approver, withdrawn_reason
FROM decision_pricesupplement
"""


@dataclass(frozen=True)
class PriceRow:
    """A price supplement; rises are basis points over the year before, amounts fen a person and month."""

    id: int
    division: str
    index_month: date
    month: date
    cpi_bp: int
    food_bp: int
    basic_bp: int | None
    cpi_trigger_bp: int
    food_trigger_bp: int
    rise_bp: int
    rural_standard_fen: int
    urban_standard_fen: int
    rural_fen: int
    urban_fen: int
    source: str
    is_verified: bool
    published_on: date
    due_on: date
    state: str
    proposed_on: date
    proposed_by: str
    approved_on: date | None
    approver: str
    withdrawn_reason: str


def price_supplements() -> list[PriceRow]:
    """All of them, the latest month first."""
    return read(PriceRow, f"{ALL} ORDER BY month DESC, id DESC", {})


def price_supplement(price_id: int) -> PriceRow | None:
    """One; None where there is none or it is not to be seen."""
    return next(iter(read(PriceRow, f"{ALL} WHERE id = %(id)s", {"id": price_id})), None)
