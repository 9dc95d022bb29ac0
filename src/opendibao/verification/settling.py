"""认定是不是本人: a person says whether a row is about somebody, it is remembered, and may be taken back."""

from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.kernel.duties import Duty
from opendibao.verification.models import HitLink, Link, LinkState, MatchOutcome, MatchResult, NotSamePerson, Unchecked
from opendibao.verification.refusal import VerificationRefused

NOTE_LENGTH = 200
OPEN_STATES = (LinkState.WAITING, LinkState.AUTOMATIC)
UNDER_WAY = ("accepted", "verified", "reviewed", "noticed", "reported")


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def settle_link(link_id: int, *, is_same: bool, note: str, on: date, at: datetime) -> Link:
    """认定: a doubtful row is this person's, or is not; a row that was linked by itself may be found not to be his.

    "Not the same" is remembered: the thing is never raised again for him. Raises VerificationRefused.
    """
    link, said = _held(link_id), note.strip()
    if link.state not in OPEN_STATES:
        raise VerificationRefused(f"这条记录已由{link.settled_by}认定为“{LinkState(link.state).label}”，请先撤回认定")
    if link.state == LinkState.AUTOMATIC and is_same:
        raise VerificationRefused("这条记录已经自动认定是本人的，不用再认定")
    if not 0 < len(said) <= NOTE_LENGTH:
        raise VerificationRefused(f"请用{NOTE_LENGTH}字以内写明看了什么、凭什么认定")
    if on < link.linked_at.date():
        raise VerificationRefused(f"认定日期{on}早于比对日期{link.linked_at.date()}，请改正")
    link.state = LinkState.SAME if is_same else LinkState.NOT_SAME
    link.settled_by, link.settled_on, link.note = officer_name(), on, said
    link.save(update_fields=["state", "settled_by", "settled_on", "note"])
    if not is_same:
        remember_not_same(link, on=on)
    _note(link, "认定是不是本人", at, is_same=is_same, reason=said)
    return link


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def remember_not_same(link: Link, *, on: date) -> None:
    """Write down that a thing is not this person's, once."""
    NotSamePerson.objects.get_or_create(
        person_id=link.person_id, source=link.source, row_key=link.row_key, taken_back_on=None,
        defaults={"division": link.division, "said_by": officer_name(), "said_on": on, "reason": link.note},
    )  # fmt: skip


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def undo_settlement(link_id: int, *, on: date, at: datetime) -> Link:
    """撤回认定: a doubtful link waits again, as long as nothing rests on what was said of it.

    An answer "no record" that came of "not the same" waits again too. Raises VerificationRefused.
    """
    link = _held(link_id)
    if link.state not in (LinkState.SAME, LinkState.NOT_SAME):
        raise VerificationRefused("这条记录还没有人认定，不用撤回")
    if HitLink.objects.filter(link=link).exists():
        raise VerificationRefused("已经照这个认定出了核对结果，不能撤回；不是本人的，请在处置时选“不是同一人”")
    was, since = LinkState(link.state).label, link.settled_on
    NotSamePerson.objects.filter(
        person_id=link.person_id, source=link.source, row_key=link.row_key, taken_back_on=None
    ).update(taken_back_on=on)
    link.state = LinkState.WAITING if link.tier == "review" else LinkState.AUTOMATIC
    link.settled_by, link.settled_on, link.note = "", None, ""
    link.save(update_fields=["state", "settled_by", "settled_on", "note"])
    if since:
        _ask_again(link, since)
    _note(link, "撤回认定", at, was=was)
    return link


def _ask_again(link: Link, since: date) -> None:
    """Answers of cases under way that say "no record" since the link was out of the way; a township may not see the row
    itself, so the day tells which.
    """
    MatchResult.objects.filter(
        person_id=link.person_id, source=link.source, province="", outcome=MatchOutcome.NO_HIT,
        delivery__isnull=False, answered_on__gte=since, case__state__in=UNDER_WAY,
    ).update(
        outcome=MatchOutcome.NOT_CHECKED, answered_on=None, expires_on=None, delivery=None,
        why=Unchecked.DOUBTFUL,
    )  # fmt: skip


def _held(link_id: int) -> Link:
    link = Link.objects.select_for_update(of=("self",)).filter(pk=link_id).first()
    if link is None:
        raise VerificationRefused("没有这条待认定的记录，或不在本人可见的区划内")
    return link


def _note(link: Link, action: str, at: datetime, **payload: object) -> None:
    found: dict[str, object] = {"source": link.source, "row": link.row_no, **payload}
    record(action, f"认人 {link.pk}", division=link.division, at=at, payload=found)
