"""决定的依据: what a decision rests on: an accepted case, its survey, two hands, the decision in force before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from opendibao.audit.duties import needs
from opendibao.audit.session import current_session, officer_name
from opendibao.audit.sql_rows import read
from opendibao.decision.county_queries import complained_of
from opendibao.decision.hands import Hands, hands_of
from opendibao.decision.models import Decision, DecisionKind
from opendibao.decision.queries import in_force
from opendibao.decision.refusal import DecisionRefused
from opendibao.intake.actions import locked_case
from opendibao.intake.models import Case
from opendibao.intake.states import CaseState
from opendibao.kernel.duties import Duty
from opendibao.verification.queries import SurveyRow, survey_of

COUNTY_REACH = 6
"""A session whose code prefix is longer sees a township, not the county."""
LACKS = "SELECT c.id, confirm_lacks(c, %(on)s::date) FROM intake_case c WHERE c.id = ANY(%(ids)s)"


@dataclass(frozen=True)
class _Lack:
    case_id: int
    words: str


@dataclass(frozen=True)
class Ground:
    """A case ready to be decided; `former` is the decision in force on the day, None when there is none."""

    case: Case
    survey: SurveyRow
    former: Decision | None
    on: date
    at: datetime
    maker: str
    approver: str

    @property
    def covered(self) -> Decision:
        """The decision that is to be changed or ended. Raises DecisionRefused when there is none."""
        if self.former is None:
            raise DecisionRefused(f"案件{self.case.number}的家庭在{self.on}没有有效的保障决定，不能调整或停发")
        return self.former


@needs(Duty.CONFIRM)
def ground_of(case_id: int, *, on: date, at: datetime, maker: str | None = None, approver: str | None = None) -> Ground:
    """The ground of a case on a day, held until the transaction ends. Raises DecisionRefused naming what is missing.

    The approver is whoever acts: another name typed in is refused. The maker is who gave the first opinion, else who
    accepted the case, unless a second officer of the county is named.
    """
    case, survey = locked_case(case_id), survey_of(case_id)
    if survey is None or survey.surveyed_on > on:
        raise DecisionRefused(f"案件{case.number}在{on}之前没有入户调查，不能作出决定（57号第二十八条）")
    hands, officer = hands_of(case), officer_name()
    refuse_hands(case, hands, maker=(maker or "").strip(), approver=(approver or officer).strip())
    decided = Decision.objects.filter(household=case.household_id, decided_on__gt=on, voided_on=None)
    if later := decided.order_by("decided_on").first():
        raise DecisionRefused(f"这一户在{later.decided_on}已有更晚的决定{later.number}，请核对决定日期")
    former = in_force(case.household_id, on).select_for_update(of=("self",)).first()
    return Ground(case, survey, former, on, at, (maker or "").strip() or maker_of(hands), officer)


def maker_of(hands: Hands) -> str:
    """Who prepared what is approved: the hand of the first opinion, else the clerk, else who entered the survey."""
    return hands.handler or hands.clerk or next(iter(sorted(hands.enterers)), "")


def refuse_hands(case: Case, hands: Hands, *, maker: str, approver: str) -> None:
    """Maker and approver are two persons, the approver acts himself, and none of the case's hands approves it."""
    officer = officer_name()
    if approver != officer:
        raise DecisionRefused(f"审核确认人只能是登录的本人（{officer}），不能填{approver}")
    if officer == (maker or maker_of(hands)):
        raise DecisionRefused("经办和审核确认应由两人分别办理，请换人办理")
    if said := hands.unfit(officer, case.number):
        raise DecisionRefused(said)


def is_more(ground: Ground, amount_fen: int, persons: int) -> DecisionKind:
    """Whether a new amount (or, where it is the same, the number of persons) is more or less than before."""
    before = (ground.covered.amount_fen, ground.covered.persons)
    return DecisionKind.INCREASE if (amount_fen, persons) > before else DecisionKind.REDUCE


def refuse_unreported(case: Case) -> None:
    """Whoever decides is who the procedure names, and gets the case by the township's report (57号 第二、十九条)."""
    authority, is_township = case.gates.get("confirming_authority"), len(current_session().reach) > COUNTY_REACH
    if authority == "township":
        if not is_township:
            raise DecisionRefused(
                f"案件{case.number}按程序由乡镇审核确认，县民政局监督指导，请由乡镇办理（57号第二条）"
            )
        return
    if authority == "county" and is_township:
        raise DecisionRefused(f"案件{case.number}按程序由县民政局审核确认，乡镇不能决定（57号第二条）")
    if authority == "county" and case.state != CaseState.REPORTED:
        raise DecisionRefused(f"案件{case.number}乡镇还没有报县审核，不能作出决定（57号第十九条）")


def entry_lacks(case_ids: Sequence[int], on: date) -> dict[int, str]:
    """What the procedures kept with cases still ask before they are confirmed, as the database has it, by case id.

    A family that somebody complained of is visited by the county first (57号 第二十条).
    """
    rows = read(_Lack, LACKS, {"ids": list(case_ids), "on": on})
    unvisited = dict.fromkeys(complained_of(case_ids, on), "有投诉举报，县民政局还没有入户核查（57号第二十条）")
    return unvisited | {row.case_id: row.words for row in rows if row.words}
