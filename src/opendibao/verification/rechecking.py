"""说明和异议复查: the family is heard about a hit; where it objects somebody looks again and writes what came of it."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.intake.case_letters import write_letter
from opendibao.intake.models import Attachment
from opendibao.kernel.duties import Duty
from opendibao.kernel.workdays import add_workdays
from opendibao.policy.reader import value
from opendibao.verification.match_letters import recheck_words
from opendibao.verification.matching import answered_case
from opendibao.verification.models import MatchExplanation, MatchOutcome, MatchRecheck, MatchResult, RecheckOutcome
from opendibao.verification.refusal import VerificationRefused

NAME_LENGTH, WORDS_LENGTH, REASON_LENGTH = 60, 300, 120
RECHECK_DAYS = "match.recheck_workdays"
BEARING_OUT = "wrong_record"
"""The reason code of a hit that a re-check took back."""


@needs(Duty.ACCEPT, Duty.SURVEY, Duty.CONFIRM)
@transaction.atomic
def hear_explanation(
    match_id: int, *, said_by: str, words: str, on: date, at: datetime, paper_id: int | None = None
) -> MatchExplanation:
    """听取说明: what the family says of a hit, in its own words, with the paper it showed.

    Raises VerificationRefused, ForbiddenMove.
    """
    match = _hit(match_id)
    if fault := _said_fault(match, said_by, words, "说明", on):
        raise VerificationRefused(fault)
    kept = MatchExplanation.objects.create(
        match=match, division=match.division, said_by=said_by.strip(), said_on=on, words=words.strip(),
        heard_by=officer_name(), paper=_paper(match, paper_id),
    )  # fmt: skip
    _note(match, "听取说明", at, on=on, person=kept.said_by)
    return kept


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def object_to_match(
    match_id: int, *, objector: str, ground: str, on: date, at: datetime, paper_id: int | None = None
) -> MatchRecheck:
    """登记异议: the family objects to what was found; the case waits until the county has looked again (57号 第十八条).

    Raises VerificationRefused, RuleGap.
    """
    match = _hit(match_id)
    if fault := _said_fault(match, objector, ground, "异议", on):
        raise VerificationRefused(fault)
    if match.rechecks.filter(outcome="").exists():
        raise VerificationRefused("这条的异议正在复查，请先办结再登记新的")
    days = value(RECHECK_DAYS, on=on, division=match.division)
    kept = MatchRecheck.objects.create(
        match=match, division=match.division, objector=objector.strip(), objected_on=on, ground=ground.strip(),
        paper=_paper(match, paper_id), registered_by=officer_name(), due_on=add_workdays(on, days),
    )  # fmt: skip
    _note(match, "登记核对异议", at, on=on, person=kept.objector, due=kept.due_on)
    return kept


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def settle_recheck(
    recheck_id: int, *, outcome: str, findings: str, on: date, at: datetime, found: Mapping[str, object] | None = None
) -> MatchRecheck:
    """办结复查: upheld, changed to `found`, or withdrawn; the family is told in writing (57号 第十八条).

    What is changed waits for an answer again; what is withdrawn counts as wrongly recorded. Raises VerificationRefused.
    """
    recheck = MatchRecheck.objects.select_for_update(of=("self",)).filter(pk=recheck_id).first()
    if recheck is None:
        raise VerificationRefused("没有这项复查，或不在本人可见的区划内")
    match = _hit(recheck.match_id)
    if fault := _settling_fault(recheck, outcome, findings.strip(), found, on):
        raise VerificationRefused(fault)
    recheck.before = dict(match.detail)
    _change(match, outcome, findings.strip(), found or {})
    recheck.outcome, recheck.settled_on, recheck.settled_by = outcome, on, officer_name()
    recheck.findings = findings.strip()
    recheck.letter = write_letter(match.case, "recheck", recheck_words(recheck, match, on), on=on, at=at)
    recheck.save(update_fields=["outcome", "settled_on", "settled_by", "findings", "before", "letter"])
    _note(match, "办结核对异议复查", at, on=on, outcome=RecheckOutcome(outcome).label)
    return recheck


def _change(match: MatchResult, outcome: str, findings: str, found: Mapping[str, object]) -> None:
    if outcome == RecheckOutcome.CHANGED:
        match.detail = dict(found)
        match.disposition = match.reason_code = match.reason = ""
    elif outcome == RecheckOutcome.WITHDRAWN:
        match.disposition, match.reason_code = "keep_declaration", BEARING_OUT
        match.reason = f"异议复查撤销：{findings}"[:REASON_LENGTH]
    match.save(update_fields=["detail", "disposition", "reason_code", "reason"])


def _settling_fault(
    recheck: MatchRecheck, outcome: str, findings: str, found: Mapping[str, object] | None, on: date
) -> str:
    if recheck.outcome:
        return f"这项复查已于{recheck.settled_on}办结，不能改写"
    if outcome not in RecheckOutcome.values:
        return f"复查结果“{outcome}”不在可选项内，请在{'、'.join(RecheckOutcome.labels)}中选一项"
    if not 0 < len(findings) <= WORDS_LENGTH:
        return f"请用{WORDS_LENGTH}字以内写明查了什么、查到什么"
    if (outcome == RecheckOutcome.CHANGED) != bool(found and found.get("found")):
        return "更正核对结果的，请写明更正成什么；其他结果不用写"
    return f"复查日期{on}早于异议日期{recheck.objected_on}，请改正" if on < recheck.objected_on else ""


def _hit(match_id: int) -> MatchResult:
    """The hit of a case that is not decided yet, held. Raises VerificationRefused, ForbiddenMove."""
    match = MatchResult.objects.select_for_update(of=("self",)).filter(pk=match_id).first()
    if match is None:
        raise VerificationRefused("没有这条核对结果，或不在本人可见的区划内")
    if match.outcome != MatchOutcome.HIT:
        raise VerificationRefused("这条没有核到信息，不用说明，也没有可以异议的")
    answered_case(match.case_id)
    return match


def _said_fault(match: MatchResult, who: str, words: str, what: str, on: date) -> str:
    if not 0 < len(who.strip()) <= NAME_LENGTH:
        return f"请填写{what}人，姓名不超过{NAME_LENGTH}个字"
    if not 0 < len(words.strip()) <= WORDS_LENGTH:
        return f"请用{WORDS_LENGTH}字以内写明{what}内容"
    if match.answered_on and on < match.answered_on:
        return f"{what}日期{on}早于核到信息的日期{match.answered_on}，请改正"
    return ""


def _paper(match: MatchResult, paper_id: int | None) -> Attachment | None:
    """The paper that was shown, which must be of this case. Raises VerificationRefused."""
    if paper_id is None:
        return None
    found = Attachment.objects.filter(pk=paper_id, case=match.case_id).first()
    if found is None:
        raise VerificationRefused(f"案件{match.case.number}里没有这张材料，请重新选")
    return found


def _note(match: MatchResult, action: str, at: datetime, **payload: object) -> None:
    told = {name: str(one) for name, one in payload.items()}
    found: dict[str, object] = {"match": match.pk, "source": match.source, **told}
    record(action, f"案件 {match.case.number}", division=match.division, at=at, payload=found)
