"""抽样: draws a sample once a year and purpose, keeps how it was drawn, and draws it again to prove it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from opendibao.audit.actions import record, record_many
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.audit.submissions import hold
from opendibao.evaluation.drawing import BadDraw, Picked, draw, frame_sha256
from opendibao.evaluation.frames import Listed, frame
from opendibao.evaluation.models import (
    AccuracyCheck,
    Answer,
    ArrivalCheck,
    Method,
    Purpose,
    Relief,
    SampleDraw,
    SatisfactionAnswer,
)
from opendibao.evaluation.refusal import EvaluationRefused
from opendibao.evaluation.sample_size import BadSize, sample_size
from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import county_of

UNITS: dict[str, Any] = {
    Purpose.SATISFACTION: SatisfactionAnswer,
    Purpose.ACCURACY: AccuracyCheck,
    Purpose.ARRIVAL: ArrivalCheck,
}
EVENTS = {
    Purpose.SATISFACTION: "抽取满意度样本",
    Purpose.ACCURACY: "抽取准确性样本",
    Purpose.ARRIVAL: "抽取到账核实样本",
}
LARGEST_SEED = 2**63 - 1


class BadSample(EvaluationRefused):
    """A sample cannot be drawn: already drawn, too large, or nobody on the list."""


@dataclass(frozen=True)
class Plan:
    """How a sample is to be drawn; without `size` margin and confidence (basis points) say how many."""

    method: str = Method.SIMPLE
    seed: int = 1
    size: int | None = None
    margin_bp: int | None = None
    confidence_bp: int | None = None
    response_bp: int = 10_000


@needs(Duty.EVALUATE)
@transaction.atomic
def draw_sample(purpose: str, year: int, plan: Plan, *, on: date, at: datetime) -> SampleDraw:
    """抽样: households in force on a day, or payments of the year booked by it; once a year. Raises BadSample."""
    hold(f"抽样 {year} {purpose}")
    if purpose not in Purpose.values or plan.method not in Method.values:
        raise BadSample(f"没有用途“{purpose}”或方法“{plan.method}”，请从列出的里面选")
    if not 0 <= plan.seed <= LARGEST_SEED:
        raise BadSample(f"种子{plan.seed}应是0到{LARGEST_SEED}的整数，可填抽样当天公开的数，如20241202")
    if on.year != year:
        raise BadSample(f"抽取日期{on}不在{year}年度，请填该年度内的日期")
    listed = frame(purpose, on)
    if not listed:
        what = "到账的发放" if purpose == Purpose.ARRIVAL else "在保家庭"
        raise BadSample(f"{on}没有{what}，抽不出样本，请核对日期")
    _refuse_second(purpose, year, listed[0].division)
    return _drawn(purpose, year, plan, listed, on=on, at=at)


def _refuse_second(purpose: str, year: int, division: str) -> None:
    county = county_of(division)
    drawn = SampleDraw.objects.filter(year=year, division=county, purpose=purpose).exists()
    # samples older than the draws have rows and no draw
    if drawn or UNITS[Purpose(purpose)].objects.filter(year=year).exists():
        raise BadSample(f"{year}年度的{Purpose(purpose).label}样本已经抽取，不能重抽")


def _drawn(purpose: str, year: int, plan: Plan, listed: Sequence[Listed], *, on: date, at: datetime) -> SampleDraw:
    units = [one.unit for one in listed]
    try:
        picked = draw(plan.method, units, _size(plan, len(units)), plan.seed)
    except (BadDraw, BadSize) as fault:
        raise BadSample(f"{on}：{fault}") from None
    made = SampleDraw.objects.create(
        year=year, division=county_of(listed[0].division), purpose=purpose, method=plan.method, seed=plan.seed,
        size=len(picked), population=len(units), total_fen=sum(one.fen for one in units), margin_bp=plan.margin_bp,
        confidence_bp=plan.confidence_bp, frame_sha256=frame_sha256(units), drawn_on=on, officer=officer_name(),
    )  # fmt: skip
    by_key = {one.key: one for one in listed}
    chosen = [(by_key[one.unit.key], one) for one in picked]
    UNITS[Purpose(purpose)].objects.bulk_create([_unit(made, *each) for each in chosen], batch_size=500)
    payload: dict[str, object] = {"year": year, "seed": plan.seed}
    record_many(EVENTS[Purpose(purpose)], [(one.key, one.division, payload) for one, _ in chosen], at=at)
    told = {"method": plan.method, "seed": plan.seed, "size": made.size, "frame": made.frame_sha256}
    record("抽样", f"{year} {purpose}", division=made.division, at=at, payload=told)
    return made


def _size(plan: Plan, population: int) -> int:
    """What was asked for, else what margin and confidence ask for. Raises BadSize."""
    if plan.size is not None:
        return plan.size
    if plan.margin_bp is None or plan.confidence_bp is None:
        raise BadSize("没有写样本量，也没有写误差限和置信度，请填其中一样")
    return sample_size(population, plan.margin_bp, plan.confidence_bp, response_bp=plan.response_bp).n


def _unit(made: SampleDraw, listed: Listed, picked: Picked) -> Any:
    """The row that will take the answer."""
    chance = {"chance_n": picked.chance.numerator, "chance_d": picked.chance.denominator}
    common: dict[str, Any] = {"draw": made, "division": listed.division, **chance}
    if made.purpose == Purpose.ARRIVAL:
        assert listed.line_id is not None
        return ArrivalCheck(
            year=made.year, drawn_on=made.drawn_on, line_id=listed.line_id, amount_fen=listed.fen, **common
        )  # fmt: skip
    if made.purpose == Purpose.ACCURACY:
        return AccuracyCheck(year=made.year, decision_id=listed.decision_id, drawn_on=made.drawn_on, **common)
    return SatisfactionAnswer(
        year=made.year, household_id=listed.household_id, asked_on=made.drawn_on, answer=Answer.NONE,
        relief=Relief.NONE, **common,
    )  # fmt: skip


@needs(Duty.EVALUATE)
def draw_accuracy_sample(
    year: int, *, size: int, seed: int, on: date, at: datetime, method: str = Method.SIMPLE
) -> list[int]:
    """抽取准确性样本: households to be re-surveyed, once a year; returns the checks' ids. Raises BadSample."""
    made = draw_sample(Purpose.ACCURACY, year, Plan(method, seed, size), on=on, at=at)
    return list(AccuracyCheck.objects.filter(draw=made).order_by("pk").values_list("pk", flat=True))


@needs(Duty.EVALUATE)
def draw_satisfaction_sample(
    year: int, *, size: int, seed: int, on: date, at: datetime, method: str = Method.SIMPLE
) -> list[int]:
    """抽取满意度样本: households to be asked, once a year; each counts as 未答 until it answers. Raises BadSample."""
    made = draw_sample(Purpose.SATISFACTION, year, Plan(method, seed, size), on=on, at=at)
    return list(SatisfactionAnswer.objects.filter(draw=made).order_by("pk").values_list("household_id", flat=True))
