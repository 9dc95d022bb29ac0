"""联系: a sampled family that could not be reached; each attempt is noted, and it stays without an answer."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.evaluation.models import (
    AccuracyCheck,
    Answer,
    Arrival,
    ArrivalCheck,
    Purpose,
    Relief,
    SatisfactionAnswer,
)
from opendibao.evaluation.refusal import EvaluationRefused
from opendibao.kernel.duties import Duty

WAITING: dict[str, tuple[Any, dict[str, object]]] = {
    Purpose.SATISFACTION: (SatisfactionAnswer, {"answer": Answer.NONE, "relief": Relief.NONE, "awareness": "none"}),
    Purpose.ACCURACY: (AccuracyCheck, {"checked_on": None}),
    Purpose.ARRIVAL: (ArrivalCheck, {"answer": Arrival.NONE}),
}


class NotSampled(EvaluationRefused):
    """An answer or check is of a household outside the sample, or has been taken already."""


@needs(Duty.EVALUATE, Duty.SURVEY)
@transaction.atomic
def note_missed(purpose: str, unit_id: int, *, on: date, at: datetime) -> int:
    """登记没有联系上: nobody answered; returns how often that was tried by now. Raises NotSampled."""
    model, waiting = WAITING[purpose]
    unit = model.objects.select_for_update().filter(pk=unit_id, **waiting).first()
    if unit is None:
        raise NotSampled(f"编号{unit_id}不在样本里，或已经有回答，不用再登记没有联系上")
    unit.tried += 1
    unit.save(update_fields=["tried"])
    told: dict[str, object] = {"purpose": purpose, "tried": unit.tried, "on": on.isoformat()}
    record("登记没有联系上", f"{purpose} {unit_id}", division=unit.division, at=at, payload=told)
    return int(unit.tried)
