"""记预警: what is news is raised once; what was answered stays answered, unless the thing has grown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from opendibao.audit.actions import record_many
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.kernel.duties import Duty
from opendibao.policy.reader import value
from opendibao.registry.queries import numbers_by_id
from opendibao.verification.models import Alert, AlertStep, Rematch
from opendibao.verification.rematch.judging import Judged
from opendibao.verification.rematch.kinds import KINDS, handling
from opendibao.verification.rematch.looking import Looked
from opendibao.verification.rematch.reasons import AUTOMATIC
from opendibao.verification.rematch.states import UNSETTLED, AlertState

Identity = tuple[int, str, str, str]
WHOLE = 10_000  # basis points
WORDS_LENGTH = 400
Event = tuple[str, str, dict[str, object]]


@dataclass(frozen=True)
class Kept:
    """How many warnings are new, and how many stood there already."""

    found: int
    again: int


@needs(Duty.CONFIRM)
def keep_news(run: Rematch, news: Sequence[Judged], at: datetime) -> Kept:
    """Raise what is news; part of a run's one transaction."""
    former = _former(run, news)
    growth = value("alert.again_bp", on=run.ran_on, division=run.division)
    fresh, again = dict[Identity, Alert](), list[int]()
    for one in news:
        before = former.get(identity := _identity(one))
        if before is not None and before.state in UNSETTLED:
            again.append(before.pk)
        elif identity not in fresh and (before is None or _is_news(before, one, growth)):
            fresh[identity] = _alert(run, one, before.version + 1 if before else 1)
    Alert.objects.filter(pk__in=again).update(last_rematch=run)
    made = Alert.objects.bulk_create(fresh.values(), batch_size=1000)
    record_many("发现预警", _events(made), at=at)
    return Kept(len(made), len(set(again)))


def _identity(one: Judged) -> Identity:
    cause = one.cause
    return cause.person.person_id, cause.source, cause.kind, cause.row_key


def _former(run: Rematch, news: Sequence[Judged]) -> dict[Identity, Alert]:
    """The last warning of each thing."""
    people = {one.cause.person.person_id for one in news}
    rows = Alert.objects.filter(person__in=people).order_by("version").select_for_update(of=("self",))
    return {(row.person_id, row.source, row.kind, row.row_key): row for row in rows}


def _is_news(before: Alert, one: Judged, growth: int) -> bool:
    """Whether a thing that was settled is raised again: it came back by itself, or it has grown by so much."""
    if before.state == AlertState.ENDED:
        return True
    if before.state == AlertState.NOT_SAME or one.measure is None or before.measure is None:
        return False
    return one.measure * WHOLE > before.measure * (WHOLE + growth)


def _alert(run: Rematch, one: Judged, version: int) -> Alert:
    cause, first = one.cause, one.cause.rows[0].link
    handled = handling(cause.kind, run.division, run.ran_on)
    return Alert(
        rematch=run, last_rematch=run, person_id=cause.person.person_id, household_id=cause.person.household_id,
        division=cause.person.division, source=cause.source, kind=cause.kind, row_key=cause.row_key, version=version,
        link_id=first.link_id, delivery_id=cause.delivery.id, sha256=cause.delivery.sha256, row_no=first.row_no,
        as_of=cause.delivery.as_of, words=cause.words[:WORDS_LENGTH], measure=one.measure,
        severity=handled.severity, monthly_fen=cause.person.monthly_fen, effect_fen=one.effect_fen,
        found_on=run.ran_on, due_on=handled.due(run.ran_on), state=AlertState.OPEN,
    )  # fmt: skip


def _events(alerts: Sequence[Alert]) -> Iterator[Event]:
    numbers = numbers_by_id([alert.household_id for alert in alerts])
    for alert in alerts:
        payload: dict[str, object] = {"alert": alert.pk, "kind": KINDS[alert.kind], "due_on": str(alert.due_on)}
        yield f"家庭 {numbers[alert.household_id]}", alert.division, payload


@needs(Duty.CONFIRM)
def end_gone(run: Rematch, looked: Looked, at: datetime) -> int:
    """End warnings of people who are no longer covered, and those nobody has looked into whose cause is gone.

    What the family was asked about stays until the county has decided: money that was taken out meanwhile is no end.
    """
    seen = {_identity(one) for one in looked.news}
    is_checked = {look.source: look for look in looked.sources if not look.why}
    ended = list[tuple[Alert, str]]()
    open_ones = Alert.objects.filter(division__startswith=run.division[:6], state__in=[*UNSETTLED])
    for alert in open_ones.select_for_update(of=("self",)):
        look = is_checked.get(alert.source)
        if alert.person_id not in looked.people:
            ended.append((alert, "no_longer_covered"))
        elif (
            alert.state == AlertState.OPEN
            and look is not None
            and alert.person_id not in {*look.gaps, *looked.forbidden}
            and (alert.person_id, alert.source, alert.kind, alert.row_key) not in seen
        ):
            ended.append((alert, "no_longer_found"))
    _end(run, ended, at)
    return len(ended)


def _end(run: Rematch, ended: Sequence[tuple[Alert, str]], at: datetime) -> None:
    officer, steps = officer_name(), list[AlertStep]()
    for alert, reason in ended:
        alert.state, alert.settled_by, alert.settled_on = AlertState.ENDED, officer, run.ran_on
        alert.reason_code, alert.last_rematch = reason, run
        steps.append(
            AlertStep(
                alert=alert, division=alert.division, sequence=alert.steps.count() + 1, came_to=AlertState.ENDED,
                done_on=run.ran_on, officer=officer, reason_code=reason, words=AUTOMATIC[reason],
            )
        )  # fmt: skip
    fields = ["state", "settled_by", "settled_on", "reason_code", "last_rematch"]
    Alert.objects.bulk_update([alert for alert, _reason in ended], fields, batch_size=500)
    AlertStep.objects.bulk_create(steps)
    record_many("终结预警", _events([alert for alert, _reason in ended]), at=at)
