"""案件时限: how a case's clock stands, and the forms that stop it, let it run again, or lengthen it once."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.decision.open_cases import CaseClock, case_clock, open_case
from opendibao.intake import extending
from opendibao.intake.clock_pauses import REASON_LENGTH, pause_clock, resume_clock
from opendibao.intake.extending import extend_case
from opendibao.intake.queries import CaseFile, case_file, procedure_of_case
from opendibao.intake.states import ENDED
from opendibao.kernel.duties import Duty
from opendibao.policy.procedures import Procedure
from opendibao.registry.queries import heads_of
from opendibao.web.access import CONFIRMERS, may, takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.intake.case_parts import Part
from opendibao.web.tables import Crumb

PAUSERS = frozenset({Duty.ACCEPT, Duty.REVIEW, Duty.CONFIRM})
"""Who stops the clock of a case and lets it run again; only who confirms lengthens it."""


class ResumeForm(ActForm):
    """The day that counts again."""

    resumed_on = Day(gettext_lazy("恢复日期"), hint=gettext_lazy("这一天起又算工作日"))


class ExtendForm(ActForm):
    """Why the case takes longer."""

    extended_on = Day(gettext_lazy("延长日期"))
    reason = Words(
        gettext_lazy("特殊情况"), extending.REASON_LENGTH, rows=4,
        hint=gettext_lazy("200 字以内，写进给家庭的告知书：为什么不能按时办完"),
    )  # fmt: skip


def _pause_form(grounds: Mapping[str, str]) -> type[ActForm]:
    """The form of a case whose procedure names these grounds."""

    class PauseForm(ActForm):
        """Why the clock stands still, and from when."""

        paused_on = Day(gettext_lazy("暂停日期"), hint=gettext_lazy("这一天起不算工作日"))
        ground = Pick(gettext_lazy("暂停事由"), grounds)
        reason = Words(gettext_lazy("理由"), REASON_LENGTH, rows=3, hint=gettext_lazy("等什么、等谁"))

    return PauseForm


@takes_a_form
def paused_clock(request: HttpRequest, case_id: int) -> HttpResponse:
    """暂停计时."""
    file, now = _file(case_id), today_in_county()
    procedure, clock = procedure_of_case(case_id), _clock(case_id, now)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        pause_clock(case_id, ground=given["ground"], reason=given["reason"], on=given["paused_on"], at=at)
        return Done(_back(case_id), _("已暂停计时；情况过去了请及时恢复。"))

    return answer(
        request,
        Act(
            title=_("暂停计时"), button=_("暂停计时"), form=_pause_form(procedure.pauses), do=do, way=_way(file),
            subject=f"案件 {file.number}", values=lambda: _now(case_id), initial={"paused_on": now},
            facts=_facts(file, clock), closed=_no_pause(procedure, clock),
            notes=[_("暂停的日子不计入办理期限，留下理由和经办人，审计看得到。")],
        ),
    )  # fmt: skip


@takes_a_form
def resumed_clock(request: HttpRequest, case_id: int) -> HttpResponse:
    """恢复计时."""
    file, now = _file(case_id), today_in_county()
    clock = _clock(case_id, now)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        resume_clock(case_id, on=given["resumed_on"], at=at)
        return Done(_back(case_id), _("已恢复计时。"))

    return answer(
        request,
        Act(
            title=_("恢复计时"), button=_("恢复计时"), form=ResumeForm, do=do, way=_way(file),
            subject=f"案件 {file.number}", values=lambda: _now(case_id), initial={"resumed_on": now},
            facts=_facts(file, clock),
            closed="" if clock and clock.paused_since else _("这个案件没有暂停计时，不用恢复。"),
        ),
    )  # fmt: skip


@takes_a_form
def extended_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """延长办理期限."""
    file, now = _file(case_id), today_in_county()
    procedure, clock = procedure_of_case(case_id), _clock(case_id, now)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        extend_case(case_id, reason=given["reason"], on=given["extended_on"], at=at)
        return Done(_back(case_id), _("已延长办理期限；告知书已写好，请打印送达。"))

    said = {"days": procedure.clock("decide_extended"), "clause": procedure.sources["decide_extended"].text}
    return answer(
        request,
        Act(
            title=_("延长办理期限"), button=_("延长，写告知书"), form=ExtendForm, do=do, way=_way(file),
            subject=f"案件 {file.number}", values=lambda: _now(case_id), initial={"extended_on": now},
            facts=_facts(file, clock), closed=_no_extension(file, clock, now),
            notes=[_("延长到自受理起 %(days)s 个工作日（%(clause)s），只能一次，过期不能补办。") % said],
        ),
    )  # fmt: skip


def clock_part(request: HttpRequest, file: CaseFile) -> Part | None:
    """The clock of a case beside its page; None before it is accepted and after it is ended."""
    now = today_in_county()
    clock = _clock(file.id, now)
    if clock is None:
        return None
    procedure = procedure_of_case(file.id)
    facts = [(_("适用的程序"), procedure.zh), *_standing(clock)]
    if file.extension_reason:
        facts.append((_("延长理由"), file.extension_reason))
    source = procedure.sources["decide_extended" if clock.extended_on else "decide"]
    notes = [] if source.is_verified else [_("时限依据“%(source)s”，还没有与文件核对。") % {"source": source.text}]
    return Part("clock", _("时限"), {"facts": facts, "notes": notes}, acts=_acts(request, file, procedure, clock, now))


def _acts(request: HttpRequest, file: CaseFile, procedure: Procedure, clock: CaseClock, today: date) -> list[Crumb]:
    """What the viewer may do about the clock now."""
    routes = []
    if may(request, PAUSERS) and clock.paused_since:
        routes.append(("resume-clock", _("恢复计时")))
    elif may(request, PAUSERS) and not _no_pause(procedure, clock):
        routes.append(("pause-clock", _("暂停计时")))
    if may(request, CONFIRMERS) and not _no_extension(file, clock, today):
        routes.append(("extend-case", _("延长期限")))
    return [Crumb(words, reverse(route, args=[file.id])) for route, words in routes]


def _file(case_id: int) -> CaseFile:
    found = case_file(case_id)
    if found is None:
        raise Http404(f"没有案件 {case_id}")
    return found


def _clock(case_id: int, today: date) -> CaseClock | None:
    found = open_case(case_id)
    return case_clock(found, today) if found else None


def _back(case_id: int) -> str:
    return reverse("case", args=[case_id]) + "#clock"


def _way(file: CaseFile) -> list[Crumb]:
    return [Crumb(_("案件 %(number)s") % {"number": file.number}, reverse("case", args=[file.id]))]


def _now(case_id: int) -> dict[str, str]:
    file, case = _file(case_id), open_case(case_id)
    stands = case is not None and case.pause_until and case.pause_until[-1] is None
    return {
        "paused_on": str(case.pause_since[-1]) if case and stands else "",
        "resumed_on": "", "extended_on": str(file.extended_on or ""), "reason": file.extension_reason,
    }  # fmt: skip


def _facts(file: CaseFile, clock: CaseClock | None) -> list[tuple[str, str]]:
    home = (_("家庭"), heads_of([file.household]).get(file.household, file.household))
    return [home, *(_standing(clock) if clock else [])]


def _standing(clock: CaseClock) -> list[tuple[str, str]]:
    """Used up of how many, by which day; extended, standing still."""
    said = {"used": clock.used, "limit": clock.limit}
    facts = [
        (_("办理期限"), str(clock.due)),
        (_("已用工作日"), _("%(used)s 天，共 %(limit)s 天") % said),
    ]
    if clock.left < 0:
        facts.append((_("逾期"), _("过了 %(n)s 个工作日") % {"n": -clock.left}))
    if clock.extended_on:
        facts.append((_("延长"), _("%(day)s 延长过一次") % {"day": clock.extended_on}))
    if clock.paused_since:
        stands = {"day": clock.paused_since, "ground": clock.paused_for}
        facts.append((_("暂停计时"), _("%(day)s 起：%(ground)s") % stands))
    return facts


def _no_pause(procedure: Procedure, clock: CaseClock | None) -> str:
    """Why the clock cannot be stopped; "" where it can."""
    if clock is None:
        return _("受理后、办结前才有办理期限。")
    if not procedure.pauses:
        return _("这个案件适用的程序没有暂停计时的情形，期限照算；特殊情况请办理延长。")
    if clock.paused_since:
        return _("%(day)s 起已经暂停计时，请先恢复。") % {"day": clock.paused_since}
    return _("期限 %(day)s 已过，不能再暂停。") % {"day": clock.due} if clock.left < 0 else ""


def _no_extension(file: CaseFile, clock: CaseClock | None, today: date) -> str:
    """Why the time cannot be lengthened; "" where it can."""
    if clock is None or file.state in ENDED:
        return _("受理后、办结前才有办理期限。")
    if clock.extended_on:
        return _("%(day)s 已经延长过，只能延长一次。") % {"day": clock.extended_on}
    return _("期限 %(day)s 已过，不能补办延长。") % {"day": clock.due} if today > clock.due else ""
