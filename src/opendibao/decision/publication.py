"""长期公布: a village's covered households are posted and refreshed every month (57号 第二十四条)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.decision.models import Publication
from opendibao.decision.publication_queries import covered_of
from opendibao.decision.refusal import DecisionRefused
from opendibao.kernel.duties import Duty
from opendibao.kernel.month import last_day, month_of, month_text
from opendibao.registry.places import village_faults


@needs(Duty.REVIEW)
@transaction.atomic
def publish_village(division: str, month: date, *, on: date, at: datetime) -> Publication:
    """登记长期公布: the list of a month was posted in its village; its counts are kept as they were that day.

    A month that is over is posted as it stood on its last day. Raises DecisionRefused.
    """
    if fault := _publishing_fault(division, month, on):
        raise DecisionRefused(fault)
    covered = covered_of(division, min(on, last_day(month)))
    found = Publication.objects.create(
        division=division, month=month, posted_on=on, posted_by=officer_name(), households=len(covered),
        persons=sum(row.persons for row in covered), monthly_fen=sum(row.amount_fen for row in covered),
    )  # fmt: skip
    payload: dict[str, object] = {"on": str(on), "month": month_text(month), "households": found.households}
    record("长期公布", f"公布 {division} {month_text(month)}", division=division, at=at, payload=payload)
    return found


def month_fault(villages: Sequence[str], month: date, on: date) -> str:
    """Why nothing can be posted in these villages for a month; "" where it can."""
    if faults := village_faults(villages):
        return next(iter(faults.values()))
    if month != month_of(month):
        return f"月份{month}应写每月第一天"
    return f"{month_text(month)}还没有到，到当月再公布" if month > month_of(on) else ""


def _publishing_fault(division: str, month: date, on: date) -> str:
    if fault := month_fault([division], month, on):
        return fault
    former = Publication.objects.filter(division=division, month=month).first()
    if former:
        return f"{month_text(month)}的名单已于{former.posted_on}由{former.posted_by}公布，请勿重复登记"
    return ""
