"""听取意见的表: the family is told what is proposed; what it said and what was made of it is written down."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.decision.hearing import (
    CONSIDERED_LENGTH,
    PROPOSAL_LENGTH,
    SILENT,
    WORDS_LENGTH,
    HearingRow,
    hearing_days,
    hearing_needed,
    hearing_of,
    record_hearing,
    tell_of_hearing,
)
from opendibao.decision.queries import decision_in_force
from opendibao.intake.queries import CaseFile
from opendibao.intake.states import ENDED
from opendibao.kernel.duties import Duty
from opendibao.kernel.money import yuan_text
from opendibao.registry.queries import heads_of
from opendibao.web.access import may, takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.intake.case_parts import Part
from opendibao.web.labels import CASE_STATES, HEARING_WAYS
from opendibao.web.tables import Crumb
from opendibao.web.verification.known_case import back, known_case, way_of

HEARERS = frozenset({Duty.REVIEW, Duty.CONFIRM})
"""Who tells a family what is proposed and writes down what it says."""


class TellForm(ActForm):
    """What is proposed."""

    told_on = Day(gettext_lazy("告知日期"))
    proposal = Words(
        gettext_lazy("拟作决定和理由"), PROPOSAL_LENGTH, rows=4,
        hint=gettext_lazy("200 字以内，写进给家庭的告知书：拟减到多少或停发，因为什么"),
    )  # fmt: skip


class HeardForm(ActForm):
    """What the family said."""

    heard_on = Day(gettext_lazy("听取日期"))
    way = Pick(gettext_lazy("听取方式"), HEARING_WAYS)
    words = Words(
        gettext_lazy("家庭意见"), WORDS_LENGTH, rows=5, needed=False,
        hint=gettext_lazy("家庭怎么说就怎么写；到期没有提意见的不填"),
    )  # fmt: skip
    considered = Words(
        gettext_lazy("采纳情况"), CONSIDERED_LENGTH, rows=3, hint=gettext_lazy("采纳了什么，没有采纳的为什么")
    )


@takes_a_form
def told_hearing(request: HttpRequest, case_id: int) -> HttpResponse:
    """告知听取意见."""
    file, now = known_case(case_id), today_in_county()

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        tell_of_hearing(case_id, proposal=given["proposal"], on=given["told_on"], at=at)
        return Done(back(file, "hearing"), _("告知书已写好，请打印送达，等家庭提意见。"))

    return answer(
        request,
        Act(
            title=_("告知拟作决定，听取意见"), button=_("写告知书"), form=TellForm, do=do, way=way_of(file),
            subject=f"案件 {file.number}", values=lambda: _now(case_id), initial={"told_on": now},
            facts=_facts(file, now), closed=_told_already(file, hearing_of(case_id)), notes=[_rule(file, now)],
        ),
    )  # fmt: skip


@takes_a_form
def recorded_hearing(request: HttpRequest, case_id: int) -> HttpResponse:
    """登记家庭意见."""
    file, now, told = known_case(case_id), today_in_county(), hearing_of(case_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        record_hearing(
            case_id, way=given["way"], words=given["words"], considered=given["considered"], on=given["heard_on"], at=at
        )
        return Done(back(file, "hearing"), _("已登记家庭意见，可以作决定了。"))

    return answer(
        request,
        Act(
            title=_("登记家庭意见"), button=_("登记家庭意见"), form=HeardForm, do=do, way=way_of(file),
            subject=f"案件 {file.number}", values=lambda: _now(case_id), initial={"heard_on": now},
            facts=[*_facts(file, now), *(_told_facts(told) if told else [])], closed=_heard_already(told),
            notes=_silence(told),
        ),
    )  # fmt: skip


def hearing_part(request: HttpRequest, file: CaseFile) -> Part | None:
    """The hearing on a case's page, where the law asks for one before less or nothing is decided."""
    now, told = today_in_county(), hearing_of(file.id)
    is_open = file.kind == "review" and bool(file.accepted_on) and file.state not in ENDED
    if told is None and not (is_open and hearing_needed(file.division, now)):
        return None
    acts = []
    if may(request, HEARERS) and is_open and (told is None or told.heard_on is None):
        route, words = ("tell-hearing", _("告知拟作决定")) if told is None else ("record-hearing", _("登记家庭意见"))
        acts.append(Crumb(words, reverse(route, args=[file.id])))
    facts = [*_told_facts(told), *_heard_facts(told)] if told else []
    nothing = _("要减发或停发，先告知家庭、听取意见（社会救助法第四十八条）；增发和不变不用。")
    return Part("hearing", _("听取意见"), {"facts": facts, "nothing": nothing}, acts=acts)


def _now(case_id: int) -> dict[str, str]:
    row = hearing_of(case_id)
    if row is None:
        return {}
    return {
        "told_on": str(row.told_on), "proposal": row.proposal, "heard_on": str(row.heard_on or ""),
        "way": str(HEARING_WAYS.get(row.way, "")), "words": row.words, "considered": row.considered,
    }  # fmt: skip


def _facts(file: CaseFile, today: date) -> list[tuple[str, str]]:
    facts = [(_("家庭"), heads_of([file.household]).get(file.household, file.household))]
    if decided := decision_in_force(file.household_id, today):
        facts.append((_("现在每月"), _("%(yuan)s 元") % {"yuan": yuan_text(decided.amount_fen, grouped=True)}))
    return facts


def _told_facts(row: HearingRow) -> list[tuple[str, str]]:
    return [(_("告知"), str(row.told_on)), (_("拟作决定"), row.proposal), (_("可提意见到"), str(row.until))]


def _heard_facts(row: HearingRow) -> list[tuple[str, str]]:
    if row.heard_on is None:
        return []
    heard = {"day": row.heard_on, "way": HEARING_WAYS[row.way], "who": row.heard_by}
    return [
        (_("听取"), _("%(day)s，%(way)s，%(who)s登记") % heard), (_("家庭意见"), row.words or "—"),
        (_("采纳情况"), row.considered),
    ]  # fmt: skip


def _told_already(file: CaseFile, row: HearingRow | None) -> str:
    if row:
        return _("已于 %(day)s 告知过，请登记家庭意见。") % {"day": row.told_on}
    if file.accepted_on is None or file.state in ENDED:
        return _("案件现在是“%(state)s”，受理后、办结前才能听取意见。") % {"state": CASE_STATES[file.state]}
    return ""


def _heard_already(row: HearingRow | None) -> str:
    if row is None:
        return _("还没有告知拟作决定，请先告知。")
    return _("家庭意见已于 %(day)s 登记。") % {"day": row.heard_on} if row.heard_on else ""


def _rule(file: CaseFile, today: date) -> str:
    if not hearing_needed(file.division, today):
        return _("2026 年 7 月 1 日起，减发、停发前应当听取家庭意见（社会救助法第四十八条）；在那以前听取也可以。")
    days = hearing_days(file.division, today)
    return _("家庭从告知次日起有 %(n)s 个工作日提意见；期限是本地定的，还没有与文件核对。") % {"n": days}


def _silence(row: HearingRow | None) -> list[str]:
    if row is None or row.heard_on:
        return []
    said = {"silent": HEARING_WAYS[SILENT], "day": row.until}
    return [_("%(day)s 过后家庭还没有提意见的，选“%(silent)s”。") % said]
