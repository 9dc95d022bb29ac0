"""待批数字: how many reported cases are clean and how many want a closer look, for the first page of the day."""

from dataclasses import dataclass
from datetime import date

from opendibao.decision.clean import judged
from opendibao.decision.county_queries import reported_cases
from opendibao.kernel.duties import READ_ONLY, Duty
from opendibao.web.viewing import Viewer

ASKED_BY = READ_ONLY | {Duty.CONFIRM}


@dataclass(frozen=True)
class WaitingCounts:
    """Cases that wait for the confirmation, by whether they are clean; `late` of both are overdue."""

    clean: int
    look: int
    late: int


def waiting_counts(viewer: Viewer, today: date) -> WaitingCounts | None:
    """The counts for who confirms or oversees; None for everybody else."""
    if not viewer.duties & ASKED_BY:
        return None
    cases = judged(reported_cases(today), today)
    clean = sum(one.is_clean for one in cases)
    return WaitingCounts(clean, len(cases) - clean, sum("overdue" in one.doubts for one in cases))
