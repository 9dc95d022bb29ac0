"""线索办理: a family in need is reported, visited and told of the policy."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.intake.actions import contact_lead, record_lead
from opendibao.intake.leads import SUMMARY_LENGTH
from opendibao.intake.queries import LeadRow, lead
from opendibao.registry.checking import NUMBER_LENGTH
from opendibao.registry.queries import ids_by_number
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick, VillagePick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.labels import LEAD_OUTCOMES, LEAD_SOURCES
from opendibao.web.places import own_villages, places
from opendibao.web.tables import Crumb


class LeadForm(ActForm):
    """Somebody told of a family."""

    division = VillagePick(gettext_lazy("村社区"))
    source = Pick(gettext_lazy("来源"), LEAD_SOURCES)
    found_on = Day(gettext_lazy("发现日期"))
    summary = Words(
        gettext_lazy("情况"), SUMMARY_LENGTH, rows=4, hint=gettext_lazy("200 字以内：哪一家，遇到什么困难，怎样联系")
    )


class ContactForm(ActForm):
    """What came of the visit."""

    contacted_on = Day(gettext_lazy("联系日期"))
    outcome = Pick(gettext_lazy("结果"), LEAD_OUTCOMES)
    household = Words(
        gettext_lazy("户编号"), NUMBER_LENGTH, needed=False, hint=gettext_lazy("结果是“已申请”时填，写已建档的那一户")
    )

    def clean(self) -> dict[str, Any]:
        """A family that applied is named, and known."""
        found = self.cleaned_data
        number, applied = str(found.get("household", "")), found.get("outcome") == "applied"
        found["household_id"] = ids_by_number([number]).get(number) if applied and number else None
        if applied and "household" in found and not number:
            self.add_error("household", _("结果是“已申请”，请填写“户编号”；还没有建档的先建档"))
        elif applied and number and not found["household_id"]:
            said = _("没有户编号“%(number)s”，或者它不在您的管辖范围内，请核对后重填")
            self.add_error("household", said % {"number": number})
        return found


@takes_a_form
def new_lead(request: HttpRequest) -> HttpResponse:
    """登记线索."""

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        made = record_lead(
            given["division"], source=given["source"], on=given["found_on"], summary=given["summary"], at=at
        )
        said = _("已登记 %(place)s 的线索，请尽快上门联系。") % {"place": places().full(made.division)}
        return Done(reverse("leads"), said)

    return answer(
        request,
        Act(
            title=_("登记主动发现线索"), button=_("登记线索"), form=LeadForm, do=do, way=_way(),
            villages=own_villages(request), initial={"found_on": today_in_county()},
            notes=[_("有人发现困难家庭，就上门告知政策、帮助申请（57号第六条）。")],
        ),
    )  # fmt: skip


@takes_a_form
def contacted_lead(request: HttpRequest, lead_id: int) -> HttpResponse:
    """登记联系结果."""
    row = lead(lead_id)
    if row is None:
        raise Http404(f"没有线索 {lead_id}")

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        contact_lead(
            lead_id, outcome=given["outcome"], on=given["contacted_on"], household_id=given["household_id"], at=at
        )
        said = _("已登记联系结果：%(outcome)s。") % {"outcome": LEAD_OUTCOMES[given["outcome"]]}
        return Done(reverse("leads"), said)

    return answer(
        request,
        Act(
            title=_("登记联系结果"), button=_("登记联系结果"), form=ContactForm, do=do,
            way=_way(), subject=f"线索 {lead_id}", values=lambda: _contact_now(lead_id),
            initial={"contacted_on": today_in_county()}, facts=_lead_facts(row),
            closed=_already(row),
        ),
    )  # fmt: skip


def _contact_now(lead_id: int) -> dict[str, str]:
    row = lead(lead_id)
    if row is None:
        return {}
    outcome = LEAD_OUTCOMES.get(row.outcome, "")
    return {"contacted_on": str(row.contacted_on or ""), "outcome": outcome, "household": row.household}


def _lead_facts(row: LeadRow) -> list[tuple[str, str]]:
    return [
        (_("村社区"), places().full(row.division)), (_("来源"), LEAD_SOURCES[row.source]), (_("情况"), row.summary),
        (_("发现"), str(row.found_on)),
    ]  # fmt: skip


def _already(row: LeadRow) -> str:
    if not row.contacted_on:
        return ""
    said = {"day": row.contacted_on, "outcome": LEAD_OUTCOMES[row.outcome]}
    return _("这条线索已于 %(day)s 联系过：%(outcome)s。") % said


def _way() -> list[Crumb]:
    return [Crumb(_("主动发现"), reverse("leads"))]
