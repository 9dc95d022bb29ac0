"""处置: a person answers a hit with one of four keys, a reason code and words where the code asks for them."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.kernel.duties import Duty
from opendibao.verification.matching import answered_case
from opendibao.verification.models import Link, LinkState, MatchOutcome, MatchRecheck, MatchResult
from opendibao.verification.queries import UNSETTLED
from opendibao.verification.reasons import OTHER, Reason, reason_of
from opendibao.verification.refusal import VerificationRefused
from opendibao.verification.settling import remember_not_same

DISPOSITIONS = dict(MatchResult._meta.get_field("disposition").flatchoices)
REASON_LENGTH = 120
COUNTY_TIME = ZoneInfo("Asia/Shanghai")


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def dispose_match(match_id: int, *, disposition: str, reason: str, at: datetime, code: str = OTHER) -> MatchResult:
    """处置核对结果: a person answers a hit with one of four keys and a reason; only 再核 can be answered again.

    A reason that says "not the same person" is remembered: the thing is never raised again. Raises
    VerificationRefused, ForbiddenMove.
    """
    (match,) = dispose_matches([match_id], disposition=disposition, reason=reason, at=at, code=code)
    return match


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def dispose_matches(
    match_ids: Sequence[int], *, disposition: str, reason: str, at: datetime, code: str = OTHER
) -> list[MatchResult]:
    """处置几条: the same answer to several hits, all or none. Raises VerificationRefused."""
    held = MatchResult.objects.select_for_update(of=("self",)).filter(pk__in=match_ids).order_by("pk")
    matches, said, day = list(held), reason.strip(), at.astimezone(COUNTY_TIME).date()
    if len(matches) < len(set(match_ids)) or not matches:
        raise VerificationRefused("没有这条核对结果，或不在本人可见的区划内")
    chosen = reason_of(disposition, code, day)
    for match in matches:
        if fault := _fault(match, disposition) or reason_fault(chosen, disposition, code, said):
            raise VerificationRefused(fault)
        answered_case(match.case_id)
        _answer(match, disposition, code, said or (chosen.zh if chosen else ""))
        if chosen and chosen.forgets:
            _forget(match, day)
        _note(match, at)
    return matches


def _answer(match: MatchResult, disposition: str, code: str, words: str) -> None:
    match.disposition, match.reason_code, match.reason = disposition, code, words
    match.save(update_fields=["disposition", "reason_code", "reason"])


def _note(match: MatchResult, at: datetime) -> None:
    payload: dict[str, object] = {"match": match.pk, "source": match.source, "disposition": match.disposition}
    if match.reason_code != OTHER:
        payload["reason_code"] = match.reason_code
    record("处置核对结果", f"案件 {match.case.number}", division=match.division, at=at, payload=payload)


def _forget(match: MatchResult, on: date) -> None:
    """None of the rows that this answer rests on is his; what was read from paper has no rows."""
    for link in Link.objects.select_for_update(of=("self",)).filter(answers__match=match):
        link.state, link.settled_by, link.settled_on = LinkState.NOT_SAME, officer_name(), on
        link.note = match.reason
        link.save(update_fields=["state", "settled_by", "settled_on", "note"])
        remember_not_same(link, on=on)


def _fault(match: MatchResult, disposition: str) -> str:
    if match.outcome != MatchOutcome.HIT:
        return "只有核到信息的结果才需要处置"
    if match.disposition not in UNSETTLED:
        return f"这条核对结果已处置为“{DISPOSITIONS[match.disposition]}”，不能改写"
    if disposition not in DISPOSITIONS:
        return f"处置“{disposition}”不在可选项内，请在采信、维持申报、再核、建议终止中选一项"
    if MatchRecheck.objects.filter(match=match, outcome="").exists():
        return "家庭对这条有异议，正在复查，复查办结后再处置（57号第十八条）"
    return ""


def reason_fault(chosen: Reason | None, disposition: str, code: str, words: str) -> str:
    """Why a reason cannot stand; "" where it can."""
    if chosen is None:
        return f"理由代码“{code}”不能用于“{DISPOSITIONS.get(disposition, disposition)}”，请从列出的里面选"
    if chosen.needs_words and not words:
        asked = "处置理由" if code == OTHER else f"“{chosen.zh}”的情况"
        return f"请用{REASON_LENGTH}字以内写明{asked}"
    return f"请用{REASON_LENGTH}字以内写明处置理由" if len(words) > REASON_LENGTH else ""
