"""两人同办: what an officer had before him when he opened a form, and who changed it meanwhile."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.utils.translation import gettext as _

from opendibao.audit.submissions import SubjectEvent, events_since, newest_event
from opendibao.web.asking import BadQuestion
from opendibao.web.context import COUNTY_TIME
from opendibao.web.labels import AREAS, LEAD_OUTCOMES, LEAD_SOURCES, PARTS, RELATIONS, TICKET_KINDS
from opendibao.web.places import places

SALT = "opendibao.together"
CODES: dict[str, Mapping[str, str]] = {
    "area": AREAS, "outcome": LEAD_OUTCOMES, "source": LEAD_SOURCES, "kind": TICKET_KINDS, "relation": RELATIONS,
}  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """The newest event of a subject when a form was opened, and the record's values then, in words by field."""

    event: int
    values: dict[str, str]


@dataclass(frozen=True)
class Told:
    """What somebody did meanwhile: when, who, what, and the particulars."""

    at: datetime
    actor: str
    action: str
    particulars: str


class SomebodyElseActed(ValueError):
    """The subject was changed after the form was opened; nothing was written. `events` tells by whom."""

    def __init__(self, events: Sequence[SubjectEvent]) -> None:
        super().__init__(_("这条记录在您填写时被别人改过，您填的还没有保存"))
        self.events = events


def look(subject: str, values: dict[str, str]) -> Seen:
    """What stands there now."""
    return Seen(newest_event(subject) if subject else 0, values)


def sealed(subject: str, seen: Seen) -> str:
    """What was seen, as the form carries it; nobody can change it on the way."""
    return signing.dumps([subject, seen.event, seen.values], salt=SALT, compress=True)


def unsealed(token: str, subject: str) -> Seen:
    """What the form carried. Raises BadQuestion where it is not ours or of another subject."""
    try:
        of, event, values = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        raise BadQuestion(_("表单不完整，请从原来的页面重新打开这张表")) from None
    if of != subject:
        raise BadQuestion(_("表单和要办的事对不上，请从原来的页面重新打开这张表"))
    return Seen(event, values)


def refuse_stale(subject: str, seen: Seen, *, at: datetime) -> None:
    """Raise SomebodyElseActed where others did something to the subject since it was seen."""
    if subject and (events := events_since(subject, seen.event, at=at)):
        raise SomebodyElseActed(events)


def told(events: Sequence[SubjectEvent]) -> list[Told]:
    """The events in words, oldest first."""
    return [
        Told(event.at.astimezone(COUNTY_TIME), event.actor, _(event.action), _particulars(json.loads(event.payload)))
        for event in events
    ]


def _particulars(payload: Mapping[str, object]) -> str:
    said = [f"{words} {_value(key, str(payload[key]))}" for key, words in PARTS.items() if payload.get(key)]
    return _("，").join(said)


def _value(key: str, value: str) -> str:
    return places().full(value) if key == "division" else CODES.get(key, {}).get(value, value)
