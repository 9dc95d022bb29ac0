"""案件的文书和附件: every letter before the decision and how it reached the family, every file, and who did what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.audit.queries import events_of
from opendibao.intake.attachment_queries import attachments_of
from opendibao.intake.queries import CaseFile, CaseLetterRow, letters_of
from opendibao.kernel.duties import CASEWORK
from opendibao.web.access import may
from opendibao.web.clock import COUNTY_TIME
from opendibao.web.context import today_in_county
from opendibao.web.intake.case_parts import Part
from opendibao.web.intake.case_ways import subject_of
from opendibao.web.intake.deliveries import DELIVERERS
from opendibao.web.labels import ATTACHMENTS, DELIVERIES
from opendibao.web.tables import Cell, Crumb, Table, day, heads


@dataclass(frozen=True)
class Letter:
    """A letter as the page shows it; `said` is "" until the family has it."""

    row: CaseLetterRow
    said: str
    ways: Sequence[Crumb]


def letters_part(request: HttpRequest, file: CaseFile) -> Part:
    """The letters of a case, each with its text, its print and how it is handed over."""
    may_deliver, today = may(request, DELIVERERS), today_in_county()
    letters = [Letter(row, _said(row), list(_ways(row, may_deliver, today))) for row in letters_of(file.id)]
    return Part("letters", _("程序文书"), {"letters": letters}, template="web/_case_letters.html")


def _ways(row: CaseLetterRow, may_deliver: bool, today: date) -> Iterator[Crumb]:
    yield Crumb(_("打印"), reverse("case-letter-pdf", args=[row.id]))
    if may_deliver and row.delivered_on is None:
        yield Crumb(_("登记送达"), reverse("deliver-letter", args=[row.id]))
    elif may_deliver and row.delivered_on == today:
        yield Crumb(_("撤销送达"), reverse("undeliver-letter", args=[row.id]))


def _said(row: CaseLetterRow) -> str:
    """How a letter reached the family; "" where it has not."""
    if row.delivered_on is None:
        return ""
    named = {"day": row.delivered_on, "how": DELIVERIES[row.delivered_how], "who": row.receiver}
    return _("%(day)s %(how)s送达，%(who)s签收") % named


def attachments_part(request: HttpRequest, file: CaseFile) -> Part | None:
    """Every photograph and scan of a case, and the way to hand in another."""
    rows = attachments_of(file.id)
    acts = [Crumb(_("收取附件"), reverse("attach-to-case", args=[file.id]))] if may(request, CASEWORK) else []
    if not rows and not acts:
        return None
    cells = [
        [Cell(row.name, reverse("attachment", args=[row.id])), Cell(ATTACHMENTS[row.kind]), day(row.kept_on)]
        for row in rows
    ]
    table = Table(heads(_("文件"), _("种类"), "!" + _("收取")), cells, caption=_("附件"))
    said: dict[str, object] = {"table": table} if rows else {"nothing": _("还没有附件")}
    return Part("attachments", _("附件 %(n)s 份") % {"n": len(rows)}, said, acts=acts)


def events_part(request: HttpRequest, file: CaseFile) -> Part:
    """Who did what, the latest first."""
    events = [
        (event.at.astimezone(COUNTY_TIME), _(event.action), event.actor, _why(event.payload))
        for event in reversed(events_of(subject_of(file)))
    ]
    return Part("events", _("谁办了什么"), {"events": events}, template="web/_case_events.html")


def _why(payload: Mapping[str, object]) -> str:
    """The person, letter or reason an event names."""
    return _("，").join(str(payload[name]) for name in ("person", "letter", "reason") if payload.get(name))
