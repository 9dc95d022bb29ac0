"""测算: what a year should cost by formula, in whole fen, rounded once."""

from opendibao.policy.shares import WHOLE

MONTHS = 12
HALF_A_YEAR = 6  # who enters during the year is paid for half of it on average


def person_months(last_year_persons: int, expected_entries: int) -> int:
    """Planned months of benefit: last year's persons the whole year, expected entries half of it."""
    return last_year_persons * MONTHS + expected_entries * HALF_A_YEAR


def proposed_fen(
    *, last_year_persons: int, expected_entries: int, average_benefit_fen: int, price_factor_bp: int, reserve_bp: int
) -> int:
    """（上年人数×12＋预计新增×6）× 人均月补助 × 物价系数 ×（1＋预备比例）, half up to the fen."""
    months = person_months(last_year_persons, expected_entries)
    exact = months * average_benefit_fen * price_factor_bp * (WHOLE + reserve_bp)
    return (2 * exact + WHOLE * WHOLE) // (2 * WHOLE * WHOLE)
