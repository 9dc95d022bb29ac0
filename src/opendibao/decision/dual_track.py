"""双轨核对: for every household of the opening: what is paid, what the rules give, or what is lacking to judge."""

from dataclasses import dataclass

from opendibao.audit.sql_rows import read

ROWS = """
SELECT s.number, s.division, s.old_number, s.amount_fen, s.recomputed_fen, s.lacks
FROM decision_stagedhousehold s JOIN decision_rosterfile f ON f.id = s.file_id
WHERE f.act_id IS NOT NULL AND (NOT %(only_differing)s OR s.recomputed_fen IS DISTINCT FROM s.amount_fen)
ORDER BY s.recomputed_fen IS NULL DESC, s.recomputed_fen = s.amount_fen, s.number LIMIT %(limit)s OFFSET %(offset)s
"""
COUNTS = """
SELECT count(*)::int, (count(*) FILTER (WHERE recomputed_fen = amount_fen))::int,
  (count(*) FILTER (WHERE recomputed_fen <> amount_fen))::int, (count(*) FILTER (WHERE recomputed_fen IS NULL))::int
FROM decision_stagedhousehold s JOIN decision_rosterfile f ON f.id = s.file_id WHERE f.act_id IS NOT NULL
"""


@dataclass(frozen=True)
class DualTrackRow:
    """A household of the opening; `recomputed_fen` is None where `lacking` says what is missing to judge."""

    household: str
    division: str
    decision: str
    paid_fen: int
    recomputed_fen: int | None
    lacking: str


@dataclass(frozen=True)
class DualTrackCounts:
    """All households of the opening: paid as the rules say, paid otherwise, not to be judged."""

    households: int
    same: int
    differing: int
    unjudged: int


def dual_track(*, only_differing: bool = False, limit: int | None = None, offset: int = 0) -> list[DualTrackRow]:
    """The rows of the opening, those that cannot be judged first, then those that differ."""
    return read(DualTrackRow, ROWS, {"only_differing": only_differing, "limit": limit, "offset": offset})


def dual_track_counts() -> DualTrackCounts:
    """How many households agree, differ, or lack something."""
    return read(DualTrackCounts, COUNTS, {})[0]
