"""跑复核比对: everybody covered is held against the departments' records; either a whole run stands, or nothing."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import reach_of
from opendibao.policy.reader import value
from opendibao.verification.deliveries.queries import current_deliveries
from opendibao.verification.linking import link_delivery, link_people
from opendibao.verification.models import Purpose, Rematch, RematchGap, RematchSource, RematchState
from opendibao.verification.privacy.lookups import Question, log_lookups
from opendibao.verification.refusal import VerificationRefused
from opendibao.verification.rematch.covered import covered_on, latecomers
from opendibao.verification.rematch.keeping import end_gone, keep_news
from opendibao.verification.rematch.looking import Looked, SourceLook, look_over
from opendibao.verification.sources import sources_on


@needs(Duty.CONFIRM)
@transaction.atomic
def start_rematch(division: str, *, is_monthly: bool, on: date, at: datetime) -> Rematch:
    """开始复核比对: put down that a county's run has begun; `perform_rematch` does it.

    A run that did not come to its end in time counts as interrupted. Raises VerificationRefused while one is going on.
    """
    now = Rematch.objects.select_for_update().filter(division=division, state=RematchState.RUNNING).first()
    if now is not None:
        if at - now.started_at < timedelta(minutes=value("alert.run_minutes", on=on, division=division)):
            raise VerificationRefused(f"{now.started_by}发起的复核比对正在进行，请等它完成")
        _interrupt(now, at)
    made = Rematch.objects.create(
        division=division, ran_on=on, is_monthly=is_monthly, started_by=officer_name(), started_at=at,
        state=RematchState.RUNNING, sources_count=len(sources_on(on)),
    )  # fmt: skip
    record("开始复核比对", f"复核比对 {made.pk}", division=division, at=at, payload={"on": str(on)})
    return made


@needs(Duty.CONFIRM)
def perform_rematch(rematch_id: int, *, at: datetime) -> Rematch:
    """复核比对: link what is not linked yet, look at everybody in every source, and keep all of it in one go.

    Until the end nothing but how many sources are done is written; a run that fails is put down as interrupted.
    Raises VerificationRefused where the run is over or another's.
    """
    run = Rematch.objects.filter(pk=rematch_id, state=RematchState.RUNNING).first()
    if run is None:
        raise VerificationRefused("没有这次复核比对，或者它已经结束")
    is_whole = False
    try:
        _link(run, at)
        looked = look_over(run.ran_on, reach_of(run.division), lambda done: _tick(run.pk, done))
        made = _keep(run.pk, looked, at)
        is_whole = True
    finally:
        if not is_whole:
            give_up_rematch(run.pk, at=at)
    return made


def _tick(rematch_id: int, done: int) -> None:
    Rematch.objects.filter(pk=rematch_id, state=RematchState.RUNNING).update(sources_done=done)


def _link(run: Rematch, at: datetime) -> None:
    """Deliveries that nobody was held against, and people who were entered after one was."""
    current = current_deliveries(run.ran_on).values()
    for delivery in current:
        if delivery.linked_at is None:
            link_delivery(delivery.id, at=at)
    linked = [delivery.linked_at for delivery in current if delivery.linked_at]
    if linked:
        people = {row.person_id: row for row in covered_on(run.ran_on, reach_of(run.division))}
        if late := latecomers(people, min(linked)):
            link_people(late, on=run.ran_on, at=at)


@needs(Duty.CONFIRM)
@transaction.atomic
def give_up_rematch(rematch_id: int, *, at: datetime) -> None:
    """复核比对中断: a run that did not come to its end is over; nothing of it was kept."""
    run = Rematch.objects.select_for_update().filter(pk=rematch_id, state=RematchState.RUNNING).first()
    if run is not None:
        _interrupt(run, at)


def _interrupt(run: Rematch, at: datetime) -> None:
    run.state = RematchState.INTERRUPTED
    run.save(update_fields=["state"])
    payload: dict[str, object] = {"sources_done": run.sources_done}
    record("复核比对中断", f"复核比对 {run.pk}", division=run.division, at=at, payload=payload)


@transaction.atomic
def _keep(rematch_id: int, looked: Looked, at: datetime) -> Rematch:
    """All that a run saw, or nothing of it."""
    run = Rematch.objects.select_for_update().get(pk=rematch_id)
    if run.state != RematchState.RUNNING:
        raise VerificationRefused("这次复核比对已经中断，请重新开始")
    counts = keep_news(run, looked.news, at)
    run.found, run.again = counts.found, counts.again
    run.ended = end_gone(run, looked, at)
    unchecked = _keep_gaps(run, looked)
    _keep_sources(run, looked)
    _log(run, looked, at)
    run.households = len({person.household_id for person in looked.people.values()})
    run.persons, run.unchecked = len(looked.people), unchecked
    run.sources_done, run.finished_at, run.state = run.sources_count, at, RematchState.FINISHED
    run.save()
    payload: dict[str, object] = {
        "persons": run.persons, "found": run.found, "again": run.again, "ended": run.ended, "unchecked": run.unchecked,
    }  # fmt: skip
    record("复核比对", f"复核比对 {run.pk}", division=run.division, at=at, payload=payload)
    return run


def _keep_gaps(run: Rematch, looked: Looked) -> int:
    """Who could not be checked; returns how many persons that are, those of a source without data among them."""
    gaps = list(looked.gaps())
    RematchGap.objects.bulk_create(
        [
            RematchGap(
                rematch=run, person_id=person_id, household_id=looked.people[person_id].household_id,
                division=looked.people[person_id].division, why=why, sources=sources,
            )
            for person_id, why, sources in gaps
        ],
        batch_size=2000,
    )  # fmt: skip
    if any(look.why for look in looked.sources):
        return len(looked.people)
    return len({person_id for person_id, _why, _sources in gaps})


def _keep_sources(run: Rematch, looked: Looked) -> None:
    raised = [one.cause.source for one in looked.news]
    RematchSource.objects.bulk_create(_source(run, look, looked, raised.count(look.source)) for look in looked.sources)


def _source(run: Rematch, look: SourceLook, looked: Looked, alerts: int) -> RematchSource:
    everybody = len(looked.people)
    unchecked = everybody if look.why else len(set(look.gaps) | set(looked.forbidden))
    return RematchSource(
        rematch=run, division=run.division, source=look.source, why=look.why, persons=everybody, hits=len(look.hits),
        delivery_id=look.delivery.id if look.delivery else None, as_of=look.delivery.as_of if look.delivery else None,
        no_hits=everybody - unchecked - len(look.hits), unchecked=unchecked, alerts=alerts,
    )  # fmt: skip


def _log(run: Rematch, looked: Looked, at: datetime) -> None:
    """Whom the county asked about, for the record that the family may see (社会救助法 第六十二条)."""
    asked: Collection[str] = [look.source for look in looked.sources if not look.why]
    about = f"复核比对 {run.pk}"
    questions = [
        Question(person_id, source, Purpose.REMATCH, about=about)
        for person_id in looked.people
        if person_id not in looked.forbidden
        for source in asked
    ]
    if questions:
        log_lookups(questions, on=run.ran_on, at=at)
