"""评分和评定: a person scores otherwise than the rule, or judges a qualitative row; what was said before stays."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.audit.submissions import hold
from opendibao.evaluation import scale
from opendibao.evaluation.models import GivenScore, Judgement, SheetRow
from opendibao.evaluation.queries import indicators, sheet
from opendibao.evaluation.refusal import BadSheet, NoReason
from opendibao.evaluation.scoring import BANDS
from opendibao.evaluation.year_sheets import JUDGED, judgement_history, score_history
from opendibao.kernel.duties import Duty

FINEST = Decimal("0.01")
LONGEST = 300


def score_subject(year: int, indicator: str) -> str:
    """The audit's name of a row's score."""
    return f"评分 {year} {indicator}"


@needs(Duty.EVALUATE)
@transaction.atomic
def give_score(year: int, division: str, indicator: str, score: Decimal, *, reason: str, at: datetime) -> GivenScore:
    """A person scores otherwise than the rule, once more where he did before. Raises NoReason, BadSheet."""
    hold(score_subject(year, indicator))
    row = _row(year, division, indicator)
    if not reason.strip():
        raise NoReason("人工评分必须写明理由")
    if not 0 <= score <= row.weight or score % FINEST:
        raise BadSheet(f"得分{score}应在0到分值{row.weight}之间，最多两位小数")
    former = score_history(year, division, indicator)
    given = GivenScore.objects.create(
        year=year, division=division, indicator=indicator, number=former[0].number + 1 if former else 1,
        score=score, reason=_said(reason, "理由"), officer=officer_name(),
    )  # fmt: skip
    said: dict[str, object] = {"score": str(score), "reason": reason}
    record("人工评分", score_subject(year, indicator), division=division, at=at, payload=said)
    return given


@needs(Duty.EVALUATE)
@transaction.atomic
def judge_row(
    year: int, division: str, indicator: str, *, band: str, ratio: Decimal, text: str, evidence: str, at: datetime
) -> Judgement:
    """A person judges a qualitative row: band, ratio inside it, opinion, evidence. Raises NoReason, BadSheet."""
    hold(score_subject(year, indicator))
    row = _row(year, division, indicator)
    if row.scoring != JUDGED:
        raise BadSheet(f"“{indicators()[indicator].name}”按量出的数给分，不用定性评定；给分办法在指标表里改")
    _check_ratio(band, ratio)
    if not text.strip() or not evidence.strip():
        raise NoReason("定性评定必须写评价意见和依据材料")
    former = judgement_history(year, division, indicator)
    made = Judgement.objects.create(
        year=year, division=division, indicator=indicator, number=former[0].number + 1 if former else 1,
        band=band, ratio=ratio, text=_said(text, "评价意见"), evidence=_said(evidence, "依据材料"),
        officer=officer_name(),
    )  # fmt: skip
    said: dict[str, object] = {"band": band, "ratio": str(ratio), "text": text, "evidence": evidence}
    record("定性评分", score_subject(year, indicator), division=division, at=at, payload=said)
    return made


def _row(year: int, division: str, indicator: str) -> SheetRow:
    for row in sheet(year, division):
        if row.indicator == indicator:
            return row
    raise BadSheet(f"{year}年度指标表没有“{indicator}”，请从指标表页点进去评")


def _check_ratio(band: str, ratio: Decimal) -> None:
    if band not in BANDS:
        raise BadSheet(f"档次“{band}”应为：{'、'.join(BANDS)}")
    low, high, closed = scale.band(band)
    if ratio % FINEST or not (low <= ratio < high or (closed and ratio == high)):
        edge = "]" if closed else ")"
        raise BadSheet(f"得分比例{ratio}不在“{BANDS[band]}”一档[{low}, {high}{edge}之内，最多两位小数")


def _said(words: str, name: str) -> str:
    found = words.strip()
    if len(found) > LONGEST:
        raise BadSheet(f"{name}最多{LONGEST}个字，现在有{len(found)}个，请缩短")
    return found
