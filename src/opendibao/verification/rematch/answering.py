"""办预警: the township asks the family or visits it, the county decides; by itself a warning changes nobody's money."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.kernel.duties import Duty
from opendibao.registry.queries import numbers_by_id
from opendibao.verification.models import Alert, AlertStep
from opendibao.verification.refusal import VerificationRefused
from opendibao.verification.rematch.reasons import reasons_for
from opendibao.verification.rematch.states import LOOKED, AlertState, move_alert
from opendibao.verification.settling import settle_link, undo_settlement

WORDS_LENGTH, NAME_LENGTH = 200, 20


@dataclass(frozen=True)
class Step:
    """What somebody did with a warning, in words; `companion` went along to the family."""

    words: str
    reason_code: str = ""
    companion: str = ""
    is_undo: bool = False


def _held(alert_id: int) -> Alert:
    found = Alert.objects.select_for_update(of=("self",)).filter(pk=alert_id).first()
    if found is None:
        raise VerificationRefused("没有这条预警，或不在本人可见的区划内")
    return found


def _words(text: str, what: str, *, needed: bool = True) -> str:
    given = text.strip()
    if needed and not given:
        raise VerificationRefused(f"“{what}”没有填，请写明")
    if len(given) > WORDS_LENGTH:
        raise VerificationRefused(f"“{what}”有{len(given)}个字，最多{WORDS_LENGTH}个字，请写短些")
    return given


def _keep(alert: Alert, then: AlertState, step: Step, *, on: date, at: datetime, action: str) -> Alert:
    """Move a warning, write the step down and tell the audit."""
    if on < alert.found_on:
        raise VerificationRefused(f"办理日期{on}早于发现日期{alert.found_on}，请改正")
    alert.state = move_alert(AlertState(alert.state), then)
    alert.save()
    AlertStep.objects.create(
        alert=alert, division=alert.division, sequence=alert.steps.count() + 1, came_to=then, is_undo=step.is_undo,
        done_on=on, officer=officer_name(), companion=step.companion, reason_code=step.reason_code, words=step.words,
    )  # fmt: skip
    number = numbers_by_id([alert.household_id])[alert.household_id]
    payload: dict[str, object] = {"alert": alert.pk, "state": then.value, "reason_code": step.reason_code}
    record(action, f"家庭 {number}", division=alert.division, at=at, payload=payload)
    return alert


@needs(Duty.ACCEPT, Duty.SURVEY)
@transaction.atomic
def explain_alert(alert_id: int, *, words: str, on: date, at: datetime) -> Alert:
    """登记说明: the township asked the family; what it said. Raises VerificationRefused once the county has decided."""
    alert = _held(alert_id)
    alert.looked_by, alert.looked_on = officer_name(), on
    said = _words(words, "家庭的说明")
    return _keep(alert, AlertState.EXPLAINED, Step(said), on=on, at=at, action="登记预警说明")


@needs(Duty.ACCEPT, Duty.SURVEY)
@transaction.atomic
def visit_alert(alert_id: int, *, words: str, companion: str, on: date, at: datetime) -> Alert:
    """登记入户: two people saw for themselves (57号 第十六条); what they saw. Raises VerificationRefused."""
    alert = _held(alert_id)
    other, officer = companion.strip(), officer_name()
    if not other or len(other) > NAME_LENGTH or other == officer:
        raise VerificationRefused("入户要两人以上（57号第十六条），请写同去的另一人的姓名")
    alert.looked_by, alert.looked_on = officer, on
    step = Step(_words(words, "看到的情况"), companion=other)
    return _keep(alert, AlertState.VISITED, step, on=on, at=at, action="登记预警入户")


@needs(Duty.CONFIRM)
@transaction.atomic
def settle_alert(
    alert_id: int, *, is_true: bool, reason_code: str, words: str, on: date, at: datetime
) -> Alert:  # fmt: skip
    """处置预警: the county holds it to be true, or not, with a reason; another than who looked into it.

    What is true proposes to hold the money and to open a re-verification; neither happens by itself. Raises
    VerificationRefused before the township has looked, for the same officer, or a reason that does not fit.
    """
    alert = _held(alert_id)
    if alert.state == AlertState.OPEN:
        raise VerificationRefused("乡镇还没有听家庭说明或者入户核实，不能处置；请等乡镇登记")
    if alert.looked_by == officer_name():
        raise VerificationRefused("核实和处置应由两人分别办理，请换人处置")
    then = AlertState.CONFIRMED if is_true else AlertState.REFUTED
    move_alert(AlertState(alert.state), then)
    step = _step(then, reason_code, words, on)
    alert.settled_by, alert.settled_on, alert.reason_code = officer_name(), on, reason_code
    return _keep(alert, then, step, on=on, at=at, action="处置预警")


def _step(then: AlertState, reason_code: str, words: str, on: date) -> Step:
    """The words of a settlement: the reason's own where nothing need be added."""
    reason = next((one for one in reasons_for(then, on) if one.code == reason_code), None)
    if reason is None:
        raise VerificationRefused(f"理由“{reason_code}”不能用于“{then.label}”，请从列出的理由里选")
    given = _words(words, "处置说明", needed=reason.needs_words)
    return Step(given or reason.zh, reason_code)


@needs(Duty.CONFIRM)
@transaction.atomic
def return_alert(alert_id: int, *, words: str, on: date, at: datetime) -> Alert:
    """退回再查: the county wants to know more; the township begins anew, with the clock as it was."""
    alert = _held(alert_id)
    alert.looked_by, alert.looked_on = "", None
    return _keep(alert, AlertState.OPEN, Step(_words(words, "要再查什么")), on=on, at=at, action="退回预警再查")


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def settle_as_another(alert_id: int, *, reason_code: str, words: str, on: date, at: datetime) -> Alert:
    """不是本人: the row is about somebody else; remembered, so that this thing is never raised about him again."""
    alert = _held(alert_id)
    move_alert(AlertState(alert.state), AlertState.NOT_SAME)
    step = _step(AlertState.NOT_SAME, reason_code, words, on)
    settle_link(alert.link_id, is_same=False, note=step.words, on=on, at=at)
    alert.settled_by, alert.settled_on, alert.reason_code = officer_name(), on, reason_code
    return _keep(alert, AlertState.NOT_SAME, step, on=on, at=at, action="预警不是本人")


@needs(Duty.ACCEPT, Duty.SURVEY, Duty.CONFIRM)
@transaction.atomic
def undo_alert(alert_id: int, *, words: str, on: date, at: datetime) -> Alert:
    """撤回: the last step is taken back by who took it, until something was done upon it."""
    alert = _held(alert_id)
    now = AlertState(alert.state)
    if alert.case_id:
        raise VerificationRefused("已经为这条预警立了复核案件，不能撤回；要改的，在案件里办")
    if now in (AlertState.OPEN, AlertState.ENDED):
        raise VerificationRefused(f"这条预警现在是“{now.label}”，没有可以撤回的一步")
    if officer_name() != (alert.looked_by if now in LOOKED else alert.settled_by):
        raise VerificationRefused("只能撤回自己办的一步，请由当时的经办人撤回")
    then = _before(alert, now)
    if now in LOOKED:
        alert.looked_by, alert.looked_on = "", None
    else:
        alert.settled_by, alert.settled_on, alert.reason_code = "", None, ""
    if now == AlertState.NOT_SAME:
        undo_settlement(alert.link_id, on=on, at=at)
    step = Step(_words(words, "撤回的理由"), is_undo=True)
    return _keep(alert, then, step, on=on, at=at, action="撤回预警办理")


def _before(alert: Alert, now: AlertState) -> AlertState:
    """Where the warning stood before its last step: what was decided rests on what was looked into."""
    if now in LOOKED:
        return AlertState.OPEN
    looked = alert.steps.filter(came_to__in=LOOKED).order_by("-sequence").first() if alert.looked_by else None
    return AlertState(looked.came_to) if looked else AlertState.OPEN


@needs(Duty.ACCEPT)
@transaction.atomic
def tie_alerts(household_id: int, case_id: int, *, at: datetime) -> int:
    """预警立案: a re-verification was opened for what was found to be true; returns for how many warnings.

    Raises VerificationRefused where nothing is confirmed.
    """
    rows = Alert.objects.filter(household=household_id, state=AlertState.CONFIRMED, case__isnull=True)
    alerts = list(rows.select_for_update(of=("self",)))
    if not alerts:
        raise VerificationRefused("这一户没有属实而还没有立案的预警")
    rows.update(case=case_id)
    number = numbers_by_id([household_id])[household_id]
    payload: dict[str, object] = {"alerts": [alert.pk for alert in alerts]}
    record("预警立案", f"家庭 {number}", division=alerts[0].division, at=at, payload=payload)
    return len(alerts)
