"""价格临时补贴办理: proposed from published indices, approved by another officer; amounts are computed, never typed."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import current_session, officer_name
from opendibao.decision.ground import COUNTY_REACH
from opendibao.decision.models import PriceState, PriceSupplement
from opendibao.decision.price_link import MOST_BP, Indices, PriceRate, percent, price_due, price_rate
from opendibao.decision.refusal import DecisionRefused
from opendibao.kernel.duties import Duty
from opendibao.kernel.month import last_day, month_text

LEAST_SOURCE, MOST_TEXT = 4, 200


@needs(Duty.CONFIRM)
@transaction.atomic
def propose_price_supplement(
    indices: Indices, *, source: str, is_verified: bool, published_on: date, on: date, at: datetime
) -> PriceSupplement:
    """提出价格临时补贴: the indices of a month as published, with the paper; thresholds and amounts follow from them.

    Raises DecisionRefused where they set nothing off, the month has its supplement, or something is wrong with them.
    """
    _refuse_township()
    _refuse_indices(indices, source.strip(), published_on, on)
    rate = price_rate(indices)
    _refuse_rate(rate)
    made = PriceSupplement.objects.create(
        division=current_session().reach.ljust(12, "0"), index_month=indices.month, month=rate.month,
        cpi_bp=indices.cpi_bp, food_bp=indices.food_bp, basic_bp=indices.basic_bp,
        cpi_trigger_bp=rate.cpi_trigger_bp, food_trigger_bp=rate.food_trigger_bp, rise_bp=indices.rise_bp,
        rural_standard_fen=rate.rural_standard_fen, urban_standard_fen=rate.urban_standard_fen,
        rural_fen=rate.rural_fen, urban_fen=rate.urban_fen, source=source.strip(), is_verified=is_verified,
        published_on=published_on, due_on=price_due(published_on), proposed_on=on, proposed_by=officer_name(),
    )  # fmt: skip
    _record("提出价格临时补贴", made, at, on)
    return made


def _refuse_township() -> None:
    if len(current_session().reach) > COUNTY_REACH:
        raise DecisionRefused("价格临时补贴由县民政局统一办理，乡镇不能办")


def _refuse_indices(indices: Indices, source: str, published_on: date, on: date) -> None:
    if indices.month.day != 1:
        raise DecisionRefused(f"指数月应写当月第一天，收到的是{indices.month}")
    if not last_day(indices.month) < published_on <= on:
        raise DecisionRefused(
            f"指数发布日期{published_on}应晚于{month_text(indices.month)}月底、不晚于今天{on}，请核对"
        )
    if not LEAST_SOURCE <= len(source) <= MOST_TEXT:
        raise DecisionRefused("依据应写明公布指数的文件或公告，四字以上、二百字以内")
    rises = (indices.cpi_bp, indices.food_bp, indices.rise_bp)
    if any(abs(rise) > MOST_BP for rise in rises):
        raise DecisionRefused(f"同比涨幅应在-100%到100%之间，收到的是{'、'.join(map(percent, rises))}，请核对")


def _refuse_rate(rate: PriceRate) -> None:
    seen = rate.indices
    if not rate.is_set_off:
        raise DecisionRefused(
            f"{month_text(seen.month)}居民消费价格涨{percent(seen.cpi_bp)}、食品价格涨{percent(seen.food_bp)}，"
            f"都没有达到启动条件（{percent(rate.cpi_trigger_bp)}、{percent(rate.food_trigger_bp)}），不发价格临时补贴"
        )
    if seen.rise_bp <= 0:
        raise DecisionRefused("计算补贴用的涨幅不大于零，算不出补贴，请核对居民消费价格或低收入居民基本生活费用涨幅")
    before = PriceSupplement.objects.filter(month=rate.month).exclude(state=PriceState.WITHDRAWN).first()
    if before:
        raise DecisionRefused(f"{month_text(rate.month)}的价格临时补贴已由{before.proposed_by}提出，请勿重复")


@needs(Duty.CONFIRM)
@transaction.atomic
def approve_price_supplement(price_id: int, *, on: date, at: datetime) -> PriceSupplement:
    """批准价格临时补贴: another officer compared the indices with their source; the money is then ordered.

    Raises DecisionRefused.
    """
    made = _standing(price_id, on, (PriceState.PROPOSED,))
    if officer_name() == made.proposed_by:
        raise DecisionRefused(f"这次补贴由{made.proposed_by}提出，应由另一人批准")
    made.state, made.approved_on, made.approver = PriceState.APPROVED, on, officer_name()
    made.save(update_fields=["state", "approved_on", "approver"])
    _record("批准价格临时补贴", made, at, on)
    return made


@needs(Duty.CONFIRM)
@transaction.atomic
def withdraw_price_supplement(price_id: int, *, reason: str, on: date, at: datetime) -> PriceSupplement:
    """撤回价格临时补贴: with a reason, while nothing of it is ordered; it stays on record. Raises DecisionRefused."""
    made = _standing(price_id, on, (PriceState.PROPOSED, PriceState.APPROVED))
    if not 0 < len(reason.strip()) <= MOST_TEXT:
        raise DecisionRefused(f"请用{MOST_TEXT}字以内写明撤回的理由")
    made.state, made.withdrawn_on = PriceState.WITHDRAWN, on
    made.withdrawn_by, made.withdrawn_reason = officer_name(), reason.strip()
    try:
        with transaction.atomic():
            made.save(update_fields=["state", "withdrawn_on", "withdrawn_by", "withdrawn_reason"])
    except IntegrityError as wall:  # the orders stand above this stage, and their wall speaks
        raise DecisionRefused(f"不能撤回：{str(wall).splitlines()[0]}") from None
    _record("撤回价格临时补贴", made, at, on, reason=made.withdrawn_reason)
    return made


def _standing(price_id: int, on: date, states: tuple[PriceState, ...]) -> PriceSupplement:
    _refuse_township()
    made = PriceSupplement.objects.select_for_update(of=("self",)).filter(pk=price_id).first()
    if made is None:
        raise DecisionRefused("没有这次价格临时补贴，或不在本人可见的区划内")
    if made.state not in states:
        raise DecisionRefused(f"这次补贴现在是“{PriceState(made.state).label}”，不能再批准或撤回")
    if on < (made.approved_on or made.proposed_on):
        raise DecisionRefused(f"日期{on}早于提出或批准日期{made.approved_on or made.proposed_on}，请改正")
    return made


def _record(action: str, made: PriceSupplement, at: datetime, on: date, **more: object) -> None:
    payload: dict[str, object] = {"on": str(on), "month": month_text(made.month), "cpi_bp": made.cpi_bp}
    payload |= {"food_bp": made.food_bp, "rural_fen": made.rural_fen, "urban_fen": made.urban_fen, **more}
    record(action, f"价格临时补贴 {month_text(made.month)}", division=made.division, at=at, payload=payload)
