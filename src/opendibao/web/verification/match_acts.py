"""核对办理: the match is asked for, and what departments answer is entered one by one."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.intake.queries import CaseFile
from opendibao.verification.actions import Answer, file_match_results, request_match
from opendibao.verification.matching import ANSWERED_IN
from opendibao.verification.queries import matches_of
from opendibao.verification.sources import sources_on
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.labels import CASE_STATES, DEPARTMENTS, MATCHES
from opendibao.web.verification.known_case import back, known_case, subject_of, way_of

FOUND_LENGTH = 200


class RequestForm(ActForm):
    """The day on which the county is asked to match."""

    on = Day(gettext_lazy("提请日期"))


class AnswerForm(ActForm):
    """What a department answered; `questions` is set for each case."""

    questions: Mapping[str, str]
    on = Day(gettext_lazy("答复日期"))
    outcome = Pick(gettext_lazy("核对结果"), {code: MATCHES[code] for code in ("hit", "no_hit")})
    found = Words(gettext_lazy("核到什么"), FOUND_LENGTH, rows=2, needed=False, hint=gettext_lazy("核到信息时照原文写"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"question": Pick(_("哪一项"), self.questions), **self.fields}

    def clean(self) -> dict[str, Any]:
        """A hit says what was found."""
        given = super().clean() or {}
        if given.get("outcome") == "hit" and not given.get("found"):
            self.add_error("found", _("核到信息的，请写明核到什么"))
        return given


@takes_a_form
def requested_match(request: HttpRequest, case_id: int) -> HttpResponse:
    """提请核对."""
    file, today = known_case(case_id), today_in_county()

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        asked = request_match(file.id, on=given["on"], at=at)
        return Done(
            back(file, "match"), _("已提请核对 %(n)s 项；县里 3 个工作日内开始（57号第十七条）。") % {"n": asked}
        )

    matches = [row for row in matches_of(file.id) if not row.province]
    said = _("%(day)s 已经提请过。") % {"day": matches[0].requested_on} if matches else ""
    return answer(
        request,
        Act(
            title=_("提请信息核对"), button=_("提请核对"), form=RequestForm, do=do, way=way_of(file),
            subject=subject_of(file), initial={"on": today}, closed=_closed(file) or said,
            facts=[(_("户编号"), file.household), (_("问哪些部门"), _departments(today))],
            notes=[_("只核对签了授权书的成年成员和未成年人；授权过期、撤回的不核对（57号第九条）。")],
        ),
    )  # fmt: skip


@takes_a_form
def answered_match(request: HttpRequest, case_id: int) -> HttpResponse:
    """录入一个部门的答复."""
    file = known_case(case_id)
    open_questions = matches_of(file.id) if file.state in ANSWERED_IN else []
    waiting = {str(row.id): row for row in open_questions if row.outcome == "not_checked" and not row.province}
    questions = {key: f"{DEPARTMENTS.get(row.source, row.source)} · {row.person}" for key, row in waiting.items()}

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        row = waiting[given["question"]]
        detail = {"found": given["found"]} if given["outcome"] == "hit" else {}
        file_match_results(
            file.id, [Answer(row.person_id, row.source, given["outcome"], detail)], requested_on=row.requested_on,
            answered_on=given["on"], at=at,
        )  # fmt: skip
        return Done(back(file, "match"), _("已录入答复：%(what)s。") % {"what": questions[given["question"]]})

    form = type("AnswerForm", (AnswerForm,), {"questions": questions})
    said = "" if waiting else _("没有在等的答复：还没有提请，各部门都答复了，或者案件已经办结。")
    return answer(
        request,
        Act(
            title=_("录入核对答复"), button=_("录入答复"), form=form,
            do=do, way=way_of(file), subject=subject_of(file), initial={"on": today_in_county()},
            closed=said, facts=[(_("户编号"), file.household), (_("还在等"), str(len(waiting)))],
        ),
    )  # fmt: skip


def _departments(day: date) -> str:
    return _("、").join(DEPARTMENTS[name] for name in sources_on(day))


def _closed(file: CaseFile) -> str:
    said = _("案件现在是“%(state)s”，受理后、入户调查前才能核对。")
    return "" if file.state == "accepted" else said % {"state": CASE_STATES[file.state]}
