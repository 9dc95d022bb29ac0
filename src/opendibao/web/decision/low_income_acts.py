"""低收入家庭的表: a family is recognised, looked at again, or its entry ended."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.audit.actions import record_view
from opendibao.decision.beyond_queries import CandidateRow, LowIncomeRow, candidates, low_income_entry
from opendibao.decision.low_income import (
    BY_HAND,
    WORDS_LENGTH,
    end_low_income,
    recheck_low_income,
    recognise_low_income,
)
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.clock import now_in_county, today_in_county
from opendibao.web.decision.village_tabs import case_crumb
from opendibao.web.labels import LOW_INCOME_ENDS, OUTCOMES
from opendibao.web.places import places
from opendibao.web.tables import Crumb
from opendibao.web.verification.known_case import known_case

ENDS = {code: LOW_INCOME_ENDS[code] for code in BY_HAND}


class RecogniseForm(ActForm):
    """On which day."""

    on = Day(gettext_lazy("认定日期"))


class RecheckForm(ActForm):
    """Who looked again and what he found."""

    on = Day(gettext_lazy("复查日期"))
    words = Words(
        gettext_lazy("复查情况"), WORDS_LENGTH, rows=3,
        hint=gettext_lazy("谁去的、怎样查的、收入财产支出和上次一样不一样；不一样的，请家庭重新申请"),
    )  # fmt: skip


class EndForm(ActForm):
    """Why it ends."""

    on = Day(gettext_lazy("终止日期"))
    reason = Pick(gettext_lazy("终止原因"), ENDS)


@takes_a_form
def recognised_family(request: HttpRequest, case_id: int) -> HttpResponse:
    """认定低收入家庭."""
    file = known_case(case_id)
    found = next((row for row in candidates() if row.case_id == case_id), None)
    record_view(f"案件 {file.number}", file.division, "低收入家庭", at=now_in_county())

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        entry = recognise_low_income(case_id, on=given["on"], at=at)
        said = _("已认定，登记号 %(number)s，到 %(day)s 有效。告知书已写好，请送达。")
        return Done(reverse("case", args=[case_id]), said % {"number": entry.number, "day": entry.valid_until})

    return answer(
        request,
        Act(
            title=_("认定低收入家庭"), button=_("认定并写告知书"), form=RecogniseForm, do=do,
            way=[_list(), case_crumb(case_id, file.number)], subject=f"案件 {file.number}",
            initial={"on": today_in_county()}, facts=_candidate(found) if found else (),
            closed="" if found else _("没有待认定的结果：要先有不予确认或停发的决定，按规则是低保边缘或刚性支出困难。"),
            notes=[_("类别由规则按查明的情况算出，不能改选。没有按月的低保金；有效期按本地参数。")],
        ),
    )  # fmt: skip


def _candidate(row: CandidateRow) -> list[tuple[str, str]]:
    return [
        (_("家庭"), row.household), (_("村社区"), places().full(row.division)), (_("按规则"), OUTCOMES[row.kind]),
        (_("决定"), f"{row.decision} {row.decided_on}"),
    ]  # fmt: skip


def _list() -> Crumb:
    return Crumb(_("低收入家庭"), reverse("low-income"))


def _known(entry_id: int) -> LowIncomeRow:
    found = low_income_entry(entry_id)
    if found is None:
        raise Http404(f"没有低收入家庭登记 {entry_id}")
    record_view(f"低收入家庭 {found.number}", found.division, "低收入家庭", at=now_in_county())
    return found


def _facts(row: LowIncomeRow) -> list[tuple[str, str]]:
    days = _("%(first)s 至 %(last)s") % {"first": row.recognised_on, "last": row.valid_until}
    return [
        (_("家庭"), row.household), (_("村社区"), places().full(row.division)), (_("类别"), OUTCOMES[row.kind]),
        (_("有效期"), days), (_("认定人"), row.recognised_by), (_("上次复查"), row.words or _("还没有")),
    ]  # fmt: skip


def _closed(row: LowIncomeRow) -> str:
    if row.ended_on is None:
        return ""
    return _("这一项已于 %(day)s 失效：%(why)s。") % {"day": row.ended_on, "why": LOW_INCOME_ENDS[row.end_reason]}


def _now(entry_id: int) -> dict[str, str]:
    found = low_income_entry(entry_id)
    return {"reason": LOW_INCOME_ENDS[found.end_reason] if found and found.end_reason else ""}


@takes_a_form
def rechecked_family(request: HttpRequest, entry_id: int) -> HttpResponse:
    """登记复查."""
    row = _known(entry_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        entry = recheck_low_income(entry_id, words=given["words"], on=given["on"], at=at)
        if entry is None:
            return Done(reverse("low-income"), _("按复查当天的标准不再符合，登记已终止，告知书已写好，请送达。"))
        said = _("已续期，登记号 %(number)s，到 %(day)s 有效。告知书已写好，请送达。")
        return Done(reverse("low-income"), said % {"number": entry.number, "day": entry.valid_until})

    return answer(
        request,
        Act(
            title=_("登记低收入家庭复查"), button=_("登记复查"), form=RecheckForm, do=do,
            way=[_list(), case_crumb(row.case_id, row.case)], subject=f"低收入家庭 {row.number}",
            values=lambda: _now(entry_id), initial={"on": today_in_county()}, facts=_facts(row), closed=_closed(row),
            notes=[_("情况没有变的，按原来查明的情况和复查当天的标准重算一遍：还符合就续期，不符合就终止，符合低保的请帮家庭申请低保。")],
        ),
    )  # fmt: skip


@takes_a_form
def ended_family(request: HttpRequest, entry_id: int) -> HttpResponse:
    """终止登记."""
    row = _known(entry_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        end_low_income(entry_id, reason=given["reason"], on=given["on"], at=at)
        said = _("已终止 %(number)s：%(why)s。") % {"number": row.number, "why": ENDS[given["reason"]]}
        return Done(reverse("low-income"), said)

    return answer(
        request,
        Act(
            title=_("终止低收入家庭登记"), button=_("终止登记"), form=EndForm, do=do,
            way=[_list(), case_crumb(row.case_id, row.case)], subject=f"低收入家庭 {row.number}",
            values=lambda: _now(entry_id), initial={"on": today_in_county()}, facts=_facts(row), closed=_closed(row),
            notes=[_("纳入低保的家庭由系统自动终止。收入财产超过规定的，由复查或新的决定终止。")],
        ),
    )  # fmt: skip
