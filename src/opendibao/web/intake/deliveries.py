"""文书送达: how a letter of a case reached the family, and who took it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.intake.case_letters import NAME_LENGTH, deliver_letter, take_back_delivery
from opendibao.intake.queries import CaseLetterRow, case_letter
from opendibao.kernel.duties import CASEWORK
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.intake.case_ways import case_facts, done_at, found_case, subject_of, way_to_case
from opendibao.web.labels import CASE_LETTERS, DELIVERIES

DELIVERERS = CASEWORK


class DeliverForm(ActForm):
    """How it was handed over."""

    delivered_on = Day(gettext_lazy("送达日期"))
    how = Pick(gettext_lazy("送达方式"), DELIVERIES)
    receiver = Words(gettext_lazy("签收人"), NAME_LENGTH, hint=gettext_lazy("谁接的、谁签的字"))


class TakeBackForm(ActForm):
    """Nothing to fill in."""


@takes_a_form
def delivered_letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    """登记送达."""
    row = _letter(letter_id)
    file = found_case(row.case_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        deliver_letter(letter_id, how=given["how"], receiver=given["receiver"], on=given["delivered_on"], at=at)
        return done_at(file, _("已登记送达：%(letter)s。") % {"letter": CASE_LETTERS[row.kind]}, "letters")

    return answer(
        request,
        Act(
            title=_("登记送达"), button=_("登记送达"), form=DeliverForm, do=do, way=way_to_case(file),
            subject=subject_of(file), values=lambda: _now(letter_id), initial={"delivered_on": today_in_county()},
            facts=[*case_facts(file), (_("文书"), CASE_LETTERS[row.kind]), (_("制作"), str(row.made_on))],
            closed=_delivered(row),
        ),
    )  # fmt: skip


@takes_a_form
def undelivered_letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    """撤销送达登记."""
    row, now = _letter(letter_id), today_in_county()
    file = found_case(row.case_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        take_back_delivery(letter_id, on=now, at=at)
        return done_at(file, _("已撤销送达登记，请重新登记。"), "letters")

    return answer(
        request,
        Act(
            title=_("撤销送达登记"), button=_("撤销登记"), form=TakeBackForm, do=do, way=way_to_case(file),
            subject=subject_of(file), facts=[*case_facts(file), (_("文书"), CASE_LETTERS[row.kind])],
            closed="" if row.delivered_on == now else _("只能在送达当天撤销登记。"),
        ),
    )  # fmt: skip


def _letter(letter_id: int) -> CaseLetterRow:
    row = case_letter(letter_id)
    if row is None:
        raise Http404(f"没有文书 {letter_id}")
    return row


def _now(letter_id: int) -> dict[str, str]:
    row = case_letter(letter_id)
    if row is None or row.delivered_on is None:
        return {}
    return {"delivered_on": str(row.delivered_on), "how": DELIVERIES[row.delivered_how], "receiver": row.receiver}


def _delivered(row: CaseLetterRow) -> str:
    if row.delivered_on is None:
        return ""
    said = {"day": row.delivered_on, "how": DELIVERIES[row.delivered_how], "who": row.receiver}
    return _("已于 %(day)s %(how)s送达，%(who)s签收。") % said
