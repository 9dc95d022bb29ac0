"""决定的依据: what a decision rests on: an accepted case, its survey, two hands, the decision in force before it."""

from dataclasses import dataclass
from datetime import date, datetime

from opendibao.audit.duties import needs
from opendibao.decision.models import Decision, DecisionKind
from opendibao.decision.queries import in_force
from opendibao.decision.refusal import DecisionRefused
from opendibao.intake.actions import locked_case
from opendibao.intake.models import Case
from opendibao.kernel.duties import Duty
from opendibao.verification.queries import SurveyRow, survey_of


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
def ground_of(case_id: int, *, on: date, at: datetime, maker: str, approver: str) -> Ground:
    """The ground of a case on a day, held until the transaction ends. Raises DecisionRefused naming what is missing."""
    case, survey = locked_case(case_id), survey_of(case_id)
    if survey is None or survey.surveyed_on > on:
        raise DecisionRefused(f"案件{case.number}在{on}之前没有入户调查，不能作出决定（57号第二十八条）")
    _refuse_hands(maker.strip(), approver.strip(), survey)
    decided = Decision.objects.filter(household=case.household_id, decided_on__gt=on)
    if later := decided.order_by("decided_on").first():
        raise DecisionRefused(f"这一户在{later.decided_on}已有更晚的决定{later.number}，请核对决定日期")
    former = in_force(case.household_id, on).select_for_update(of=("self",)).first()
    return Ground(case, survey, former, on, at, maker.strip(), approver.strip())


def _refuse_hands(maker: str, approver: str, survey: SurveyRow) -> None:
    """Maker and approver are two persons, and whoever surveyed does not approve."""
    if not maker or not approver or maker == approver:
        raise DecisionRefused("经办和审核确认应由两人分别办理，请换人办理")
    if approver in survey.surveyors:
        raise DecisionRefused(f"{approver}参加了入户调查，不能审核确认这个案件，请换人办理")


def is_more(ground: Ground, amount_fen: int, persons: int) -> DecisionKind:
    """Whether a new amount (or, where it is the same, the number of persons) is more or less than before."""
    before = (ground.covered.amount_fen, ground.covered.persons)
    return DecisionKind.INCREASE if (amount_fen, persons) > before else DecisionKind.REDUCE
