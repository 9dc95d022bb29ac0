"""初审: the township's first opinion on a case, and its report to the county (57号 第十九、二十条)."""

from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.decision.assessing import GRANTED, decided_on_rules, persons_of
from opendibao.decision.models import FirstOpinion, PublicNotice
from opendibao.decision.proposing import owed_to_objectors
from opendibao.decision.refusal import DecisionRefused
from opendibao.intake.actions import locked_case, move_case
from opendibao.intake.models import Case
from opendibao.intake.states import CaseState
from opendibao.kernel.duties import Duty
from opendibao.verification.queries import survey_of

BEFORE_REPORT = (CaseState.VERIFIED, CaseState.REVIEWED, CaseState.NOTICED)


@needs(Duty.REVIEW)
@transaction.atomic
def give_opinion(case_id: int | Case, *, on: date, at: datetime, leader: str = "", reason: str = "") -> FirstOpinion:
    """提出初审意见: what the rules give on the survey's facts is what the township proposes.

    Raises DecisionRefused before a survey and after the report, RulesDisagree where a rule is missing.
    """
    case = locked_case(case_id)
    if case.state not in BEFORE_REPORT:
        raise DecisionRefused(
            f"案件{case.number}现在是“{CaseState(case.state).label}”，调查以后、报县以前才能提初审意见"
        )
    survey = survey_of(case.pk)
    if survey is None or survey.surveyed_on > on:
        raise DecisionRefused(f"案件{case.number}还没有入户调查，不能提出初审意见")
    answer = decided_on_rules(survey.found, on)
    is_granted = answer.outcome in GRANTED
    opinion = FirstOpinion.objects.create(
        case=case, sequence=case.opinions.count() + 1, division=case.division,
        view="grant" if is_granted else "refuse", persons=persons_of(answer) if is_granted else 0,
        proposed_fen=answer.monthly_benefit_fen if is_granted else 0, reason=reason.strip(), given_on=on,
        handler=officer_name(), leader=leader.strip(),
    )  # fmt: skip
    payload: dict[str, object] = {"on": str(on), "view": opinion.view, "proposed_fen": opinion.proposed_fen}
    record("提出初审意见", f"案件 {case.number}", division=case.division, at=at, payload=payload)
    return opinion


def last_opinion(case_id: int) -> FirstOpinion | None:
    """The opinion of a case that counts; None before there is one."""
    return FirstOpinion.objects.filter(case=case_id).order_by("-sequence").first()


@needs(Duty.REVIEW)
@transaction.atomic
def report_case(case_id: int, *, on: date, at: datetime) -> Case:
    """报县审核: after the notice has run and every objection is settled; a refusal needs no notice.

    Raises DecisionRefused naming what is missing.
    """
    case, opinion = locked_case(case_id), last_opinion(case_id)
    if opinion is None or opinion.given_on > on:
        raise DecisionRefused(f"案件{case.number}还没有初审意见，请先提出")
    if _is_past(case, opinion):
        raise DecisionRefused(
            f"案件{case.number}在{opinion.given_on}提出初审意见以后退回过或重新调查过，请重新提出再报县"
        )
    if opinion.view == "grant":
        _refuse_early(case, opinion, on)
    opinion.reported_on = on
    opinion.save(update_fields=["reported_on"])
    move_case(case, CaseState.REPORTED)
    record("报县审核", f"案件 {case.number}", division=case.division, at=at, payload={"on": str(on)})
    return case


def _is_past(case: Case, opinion: FirstOpinion) -> bool:
    """Whether an opinion was reported before, or refuses on an older survey; one that grants is held to its notice."""
    survey = survey_of(case.pk)
    is_older = survey is not None and survey.surveyed_on > opinion.given_on
    return opinion.reported_on is not None or (opinion.view == "refuse" and is_older)


def _refuse_early(case: Case, opinion: FirstOpinion, on: date) -> None:
    notice = PublicNotice.objects.filter(case=case).order_by("-sequence").first()
    if notice is None or notice.ends_on >= on:
        until = f"，公示到{notice.ends_on}为止" if notice else "，请先张贴公示"
        raise DecisionRefused(f"案件{case.number}公示未满，不能报县{until}（57号第十九条）")
    if owed := owed_to_objectors(case.pk).words:
        raise DecisionRefused(f"案件{case.number}{owed}再报县")
    anew = case.objections.filter(outcome__in=["survey", "review"], settled_on__gt=opinion.given_on)
    if anew.exists() or (notice.persons, notice.proposed_fen) != (opinion.persons, opinion.proposed_fen):
        raise DecisionRefused(f"案件{case.number}的初审意见和公示的不是同一份，请重新公示以后再报县（57号第十九条）")
