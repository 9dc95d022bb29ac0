"""公示: the first opinion on a case is posted in its village for seven days (57号 第十九条)."""

from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.decision.assessing import GRANTED, decided_on_rules, persons_of, refuse_unless
from opendibao.decision.first_opinion import give_opinion
from opendibao.decision.models import PublicNotice, ReviewVote
from opendibao.decision.refusal import DecisionRefused
from opendibao.intake.actions import move_case
from opendibao.intake.states import CaseState
from opendibao.kernel.duties import Duty
from opendibao.rulemaking.queries import pack_in_force
from opendibao.rules.deadlines import notice_ends
from opendibao.verification.queries import survey_of


@needs(Duty.REVIEW)
@transaction.atomic
def post_notice(case_id: int, *, on: date, at: datetime) -> PublicNotice:
    """张贴公示: how many persons and how much the rules give on the survey's facts. Raises DecisionRefused."""
    case, pack = move_case(case_id, CaseState.NOTICED), pack_in_force()
    survey = survey_of(case_id)
    if survey is None or survey.surveyed_on > on:
        raise DecisionRefused(f"案件{case.number}还没有入户调查，不能公示")
    is_voted = ReviewVote.objects.filter(case=case_id).exists()
    if pack.word("procedure.democratic_review", on) == "ALWAYS" and not is_voted:
        raise DecisionRefused(f"案件{case.number}还没有民主评议，本地规定每件都要评议，请先开评议会")
    answer = decided_on_rules(survey.found, on)
    refuse_unless(answer, GRANTED, "不必公示，请办理不予确认")
    if not case.opinions.exists():
        give_opinion(case, on=on, at=at)
    notice = PublicNotice.objects.create(
        case=case, sequence=case.notices.count() + 1,
        division=case.division, posted_on=on, ends_on=notice_ends(on, pack), persons=persons_of(answer),
        proposed_fen=answer.monthly_benefit_fen,
    )  # fmt: skip
    payload = {"on": str(on), "ends_on": str(notice.ends_on), "persons": notice.persons}
    payload |= {"proposed_fen": notice.proposed_fen}
    record("张贴公示", f"案件 {case.number}", division=case.division, at=at, payload=payload)
    return notice
