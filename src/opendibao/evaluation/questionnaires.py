"""问卷: what the sampled families say of the service, of their hardship and of the policy; each is taken once."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from opendibao.audit.actions import record_many
from opendibao.audit.duties import needs
from opendibao.evaluation.models import Answer, Awareness, Channel, Relief, SatisfactionAnswer
from opendibao.evaluation.reached import NotSampled
from opendibao.kernel.duties import Duty


class Questionnaire(NamedTuple):
    """What one family says; a question it does not answer is `none`."""

    household_id: int
    answer: str
    relief: str
    awareness: str = Awareness.NONE
    channel: str = ""

    @property
    def is_silent(self) -> bool:
        """Whether no question was answered."""
        return (self.answer, self.relief, self.awareness) == (Answer.NONE, Relief.NONE, Awareness.NONE)


@needs(Duty.EVALUATE, Duty.SURVEY)
@transaction.atomic
def record_answers(
    year: int, answers: Sequence[tuple[int, str, str] | Questionnaire], *, on: date, at: datetime
) -> int:
    """登记问卷: of households of the year's sample, all or none; returns how many. Raises NotSampled."""
    asked = {one.household_id: one for one in SatisfactionAnswer.objects.select_for_update().filter(year=year)}
    given = [Questionnaire(*one) for one in answers]
    for one in given:
        sheet = asked.get(one.household_id)
        if fault := _fault(one, sheet, year, on):
            raise NotSampled(f"家庭{one.household_id}{fault}")
        assert sheet is not None
        sheet.asked_on, sheet.answer, sheet.relief = on, one.answer, one.relief
        sheet.awareness, sheet.channel = one.awareness, one.channel
    rows = [asked[one.household_id] for one in given]
    changed = ["asked_on", "answer", "relief", "awareness", "channel"]
    SatisfactionAnswer.objects.bulk_update(rows, changed, batch_size=500)
    told: list[tuple[str, str, dict[str, object]]] = [
        (
            f"satisfaction {row.pk}",
            row.division,
            {"answer": row.answer, "relief": row.relief, "awareness": row.awareness},
        )
        for row in rows
    ]
    record_many("登记满意度问卷", told, at=at)
    return len(rows)


def _fault(one: Questionnaire, sheet: SatisfactionAnswer | None, year: int, on: date) -> str:
    """What is wrong with an answer, and what to do; "" where nothing is."""
    if sheet is None:
        return f"不在{year}年度的样本里，请核对问卷"
    if not Questionnaire(sheet.household_id, sheet.answer, sheet.relief, sheet.awareness).is_silent:
        return "已经登记过回答，请核对问卷"
    known = one.answer in Answer.values and one.relief in Relief.values and one.awareness in Awareness.values
    if not known or one.channel not in ("", *Channel.values):
        said = "、".join(filter(None, (one.answer, one.relief, one.awareness, one.channel)))
        return f"的回答“{said}”不在问卷的选项里，请从列出的选项里选"
    if one.is_silent:
        return "没有一项回答，请登记为没有联系上"
    if on < sheet.asked_on:
        return f"的调查日期{on}早于抽取日期{sheet.asked_on}，请更正"
    return ""
