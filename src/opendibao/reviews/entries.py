"""新纳入家庭的复核排期: once the family has its letter a confirmation stands, and its reviews are laid down."""

from datetime import datetime

from django.db import transaction

from opendibao.audit.duties import needs
from opendibao.decision.assessing import case_of
from opendibao.decision.queries import decision
from opendibao.kernel.duties import Duty
from opendibao.reviews.actions import schedule_for_entry
from opendibao.rules.assess import assess
from opendibao.rules.case import parse_case

WORKS = "is_able_to_work"
YEARLY, HALFYEAR = "yearly", "halfyear"


@needs(Duty.ACCEPT, Duty.REVIEW, Duty.CONFIRM)
@transaction.atomic
def schedule_delivered(decision_id: int, *, at: datetime) -> int:
    """安排新家庭的定期复核: within the twelve months after its decision; returns how many, 0 for every other decision.

    Twice a year where somebody of the household is able to work, else once (57号 第三十一条).
    """
    row = decision(decision_id)
    if row is None or row.kind != "confirm" or row.voided_on:
        return 0
    review_class = review_class_of(decision_id)
    return schedule_for_entry(row.household_id, row.division, review_class, on=row.decided_on, at=at)


def review_class_of(decision_id: int) -> str:
    """How often a household is reviewed, by the facts of its decision: halfyear where somebody can work."""
    row = decision(decision_id)
    assert row is not None
    answer = assess(parse_case(case_of(row.facts, row.counts_on)), trace=True)
    works = next((step for step in answer.trace if step.name == WORKS), None)
    return HALFYEAR if works and any(works.values) else YEARLY
