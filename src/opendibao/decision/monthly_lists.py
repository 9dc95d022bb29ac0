"""月榜: a township hangs up the lists of all its villages in one day; each is kept like one posted by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record_many
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.audit.sql_rows import read
from opendibao.decision.models import Publication
from opendibao.decision.publication import month_fault
from opendibao.decision.refusal import DecisionRefused, named
from opendibao.kernel.duties import Duty
from opendibao.kernel.month import last_day, month_text

COVERED = """
SELECT division, count(*)::int, sum(persons)::int, sum(amount_fen)::bigint FROM decision_decision
WHERE division = ANY(%(villages)s) AND in_force @> %(day)s::date GROUP BY division
"""


@dataclass(frozen=True)
class _Counted:
    division: str
    households: int
    persons: int
    monthly_fen: int


@needs(Duty.REVIEW)
@transaction.atomic
def publish_villages(villages: Sequence[str], month: date, *, on: date, at: datetime) -> list[Publication]:
    """登记全乡长期公布: the lists of a month in all these villages, all or none (57号 第二十四条).

    A month that is over is posted as it stood on its last day. Raises DecisionRefused naming village and remedy.
    """
    if fault := _fault(villages, month, on):
        raise DecisionRefused(fault)
    asked: dict[str, object] = {"villages": list(villages), "day": min(on, last_day(month))}
    counted = {row.division: row for row in read(_Counted, COVERED, asked)}
    found = Publication.objects.bulk_create(
        Publication(
            division=village, month=month, posted_on=on, posted_by=officer_name(), households=row.households,
            persons=row.persons, monthly_fen=row.monthly_fen,
        )
        for village in villages
        for row in [counted.get(village) or _Counted(village, 0, 0, 0)]
    )  # fmt: skip
    events: list[tuple[str, str, dict[str, object]]] = [
        (
            f"公布 {one.division} {month_text(month)}", one.division,
            {"on": str(on), "month": month_text(month), "households": one.households},
        )
        for one in found
    ]  # fmt: skip
    record_many("长期公布", events, at=at)
    return found


def _fault(villages: Sequence[str], month: date, on: date) -> str:
    if not villages or len(set(villages)) != len(villages):
        return "请选要公布的村（社区），每个一次"
    if fault := month_fault(villages, month, on):
        return fault
    done = Publication.objects.filter(division__in=villages, month=month).order_by("division")
    if posted := list(done.values_list("division", flat=True)):
        return f"{month_text(month)}的名单已公布：{named(posted)}，请去掉这些村（社区）再登记"
    return ""
