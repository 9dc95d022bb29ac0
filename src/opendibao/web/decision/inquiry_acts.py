"""问责核查的表: a decision found wrong is taken up, and the inquiry closed by somebody without a hand in it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.audit.actions import record_view
from opendibao.decision.accountable import hands_on
from opendibao.decision.beyond_queries import InquiryRow, inquiries_of, inquiry
from opendibao.decision.inquiries import EXEMPTION, TOPIC_LENGTH, WORDS_LENGTH, close_inquiry, open_inquiry
from opendibao.decision.queries import decision
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.clock import now_in_county, today_in_county
from opendibao.web.decision.inquiries import known_inquiry
from opendibao.web.labels import DECISIONS, EXEMPTIONS, HANDS, INQUIRY_FINDINGS, INQUIRY_OUTCOMES, INQUIRY_SOURCES
from opendibao.web.tables import Crumb


class OpenForm(ActForm):
    """What is wrong, and from where it is known."""

    on = Day(gettext_lazy("立项日期"))
    finding = Pick(gettext_lazy("发现的问题"), INQUIRY_FINDINGS)
    source = Pick(gettext_lazy("发现来源"), INQUIRY_SOURCES)
    words = Words(gettext_lazy("问题情况"), WORDS_LENGTH, rows=4, hint=gettext_lazy("查到什么、和决定时有什么不同"))


class CloseForm(ActForm):
    """What was found out, and why."""

    on = Day(gettext_lazy("办结日期"))
    outcome = Pick(gettext_lazy("结论"), INQUIRY_OUTCOMES)
    reason = Words(gettext_lazy("理由"), WORDS_LENGTH, rows=4, hint=gettext_lazy("哪一步、谁、做了什么或没有做什么"))
    conditions = forms.MultipleChoiceField(
        label=gettext_lazy("免责条件"), required=False, choices=lambda: list(EXEMPTIONS.items()),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "checks"}),
        help_text=gettext_lazy("只有“尽职免责”才填，四条都查明才能免责"),
    )  # fmt: skip
    topic = Words(
        gettext_lazy("培训主题"), TOPIC_LENGTH, needed=False, hint=gettext_lazy("（选填，批评教育必填）会列到“培训”页")
    )


@takes_a_form
def opened_inquiry(request: HttpRequest, decision_id: int) -> HttpResponse:
    """立项核查."""
    found = decision(decision_id)
    if found is None:
        raise Http404(f"没有决定 {decision_id}")
    record_view(f"决定 {found.number}", found.division, "问责核查", at=now_in_county())

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        made = open_inquiry(
            decision_id, finding=given["finding"], source=given["source"], words=given["words"], on=given["on"], at=at
        )
        said = _("已立项，%(day)s 前办结。经手过这个决定的人不能办结。") % {"day": made.due_on}
        return Done(reverse("inquiry", args=[made.pk]), said)

    running = next((row for row in inquiries_of(decision_id) if row.closed_on is None), None)
    facts = [(_("决定"), f"{found.number} {DECISIONS[found.kind]} {found.decided_on}")]
    facts += [(HANDS[hand.did], f"{hand.name} {hand.day}") for hand in hands_on(decision_id)]
    closed = _("这个决定已于 %(day)s 立项核查，还没有办结。") % {"day": running.opened_on} if running else ""
    return answer(
        request,
        Act(
            title=_("立项问责核查"), button=_("立项"), form=OpenForm, do=do,
            way=[Crumb(_("问责核查"), reverse("inquiries"))], subject=f"决定 {found.number}",
            initial={"on": today_in_county()}, facts=facts, closed=closed,
            notes=[_("立项不等于有过错。决定本身要改的，另按复核办理。")],
        ),
    )  # fmt: skip


def _values(inquiry_id: int) -> dict[str, str]:
    found = inquiry(inquiry_id)
    return {"outcome": INQUIRY_OUTCOMES.get(found.outcome, ""), "reason": found.reason} if found else {}


def _closed(row: InquiryRow) -> str:
    if row.closed_on is None:
        return ""
    said = {"day": row.closed_on, "who": row.closed_by, "outcome": INQUIRY_OUTCOMES[row.outcome]}
    return _("这项核查已于 %(day)s 由 %(who)s 办结：%(outcome)s。") % said


@takes_a_form
def closed_inquiry(request: HttpRequest, inquiry_id: int) -> HttpResponse:
    """办结核查."""
    row = known_inquiry(inquiry_id)
    address = reverse("inquiry", args=[inquiry_id])

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        close_inquiry(
            inquiry_id, outcome=given["outcome"], reason=given["reason"], conditions=given["conditions"],
            topic=given["topic"], on=given["on"], at=at,
        )  # fmt: skip
        return Done(address, _("已办结：%(outcome)s。") % {"outcome": INQUIRY_OUTCOMES[given["outcome"]]})

    facts = [(_("决定"), row.decision), (_("问题"), f"{INQUIRY_FINDINGS[row.finding]}：{row.words}")]
    facts += [(HANDS[hand.did], f"{hand.name} {hand.day}") for hand in hands_on(row.decision_id)]
    return answer(
        request,
        Act(
            title=_("办结问责核查"), button=_("办结"), form=CloseForm, do=do,
            way=[Crumb(_("问责核查"), reverse("inquiries")), Crumb(row.decision, address)],
            subject=f"问责核查 {row.id}", values=lambda: _values(inquiry_id), initial={"on": today_in_county()},
            facts=facts, closed=_closed(row), notes=[EXEMPTION],
        ),
    )  # fmt: skip
