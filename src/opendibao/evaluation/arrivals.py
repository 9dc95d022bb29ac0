"""到账核实: whether the money that the bank booked came to the family, asked of the family itself."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from opendibao.audit.actions import record_many
from opendibao.audit.duties import needs
from opendibao.evaluation.models import Arrival, ArrivalCheck, Channel
from opendibao.evaluation.reached import NotSampled
from opendibao.kernel.duties import Duty
from opendibao.kernel.money import yuan_text


class ArrivalAnswer(NamedTuple):
    """What a family says of one payment; `said_fen` where the amount was another."""

    check_id: int
    answer: str
    said_fen: int | None = None
    channel: str = ""


@needs(Duty.EVALUATE, Duty.SURVEY)
@transaction.atomic
def record_arrivals(answers: Sequence[ArrivalAnswer], *, on: date, at: datetime) -> int:
    """登记到账核实: of payments in the sample, all or none; returns how many. Raises NotSampled."""
    ids = [one.check_id for one in answers]
    drawn = ArrivalCheck.objects.select_for_update(of=("self",)).select_related("line__household")
    asked = {check.pk: check for check in drawn.filter(pk__in=ids)}
    for one in answers:
        check = asked.get(one.check_id)
        if fault := _fault(one, check, on):
            raise NotSampled(f"{_named(check) if check else f'编号{one.check_id}'}{fault}")
        assert check is not None
        check.asked_on, check.answer, check.channel = on, one.answer, one.channel
        check.said_fen = one.said_fen if one.answer == Arrival.DIFFERENT else None
    rows = [asked[number] for number in ids]
    ArrivalCheck.objects.bulk_update(rows, ["asked_on", "answer", "said_fen", "channel"], batch_size=500)
    told: list[tuple[str, str, dict[str, object]]] = [
        (f"arrival {row.pk}", row.division, {"answer": row.answer, "said_fen": row.said_fen}) for row in rows
    ]
    record_many("登记到账核实", told, at=at)
    return len(rows)


def _named(check: ArrivalCheck) -> str:
    return f"{check.line.household.number}的{check.line.month:%Y年%m月}发放"


def _fault(one: ArrivalAnswer, check: ArrivalCheck | None, on: date) -> str:
    """What is wrong with an answer, and what to do; "" where nothing is."""
    if check is None:
        return "不在到账核实的样本里，请核对"
    if check.answer != Arrival.NONE:
        return "已经登记过，不能再登记"
    if one.answer not in Arrival.values or one.channel not in ("", *Channel.values):
        said = "、".join(filter(None, (one.answer, one.channel)))
        return f"的到账情况和调查方式“{said}”不在选项里，请从列出的选项里选"
    if one.answer == Arrival.NONE:
        return "没有回答，请登记为没有联系上"
    if on < check.drawn_on:
        return f"的调查日期{on}早于抽取日期{check.drawn_on}，请更正"
    return _fault_of_amount(one, check)


def _fault_of_amount(one: ArrivalAnswer, check: ArrivalCheck) -> str:
    if one.answer != Arrival.DIFFERENT:
        return ""
    if one.said_fen is None or one.said_fen < 0:
        return "金额不符，请写群众说的金额"
    if one.said_fen == check.amount_fen:
        return f"群众说的金额和应到金额{yuan_text(check.amount_fen)}元相同，请选“收到，金额相符”"
    return ""
