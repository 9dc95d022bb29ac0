"""跨省请求办理: a question is drafted or withdrawn, a late answer and a re-check are settled by a person."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.intake.queries import CaseFile
from opendibao.registry.queries import members_on
from opendibao.verification.requests.drafting import (
    PURPOSE_LENGTH,
    REASON_LENGTH,
    cancel_request,
    draft_request,
)
from opendibao.verification.requests.provinces import province_of, provinces
from opendibao.verification.requests.queries import AnswerRow, RequestRow, answers_of
from opendibao.verification.requests.settling import NOTE_LENGTH, settle_late_answer, settle_recheck
from opendibao.verification.sources import SOURCES, sources_on
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.clock import today_in_county
from opendibao.web.labels import CASE_STATES
from opendibao.web.tables import Crumb
from opendibao.web.verification.known_case import known_case, subject_of, way_of
from opendibao.web.verification.requests_list import may_ask
from opendibao.web.verification.requests_one import OPEN, known_request
from opendibao.web.verification.requests_words import STATES, late_words, question_words, source_words, way


class NewForm(ActForm):
    """Whom another province is asked about; the choices are set for each case."""

    people: Mapping[str, str] = {}
    asked: Mapping[str, str] = {}
    elsewhere: Mapping[str, str] = {}
    purpose = Words(
        gettext_lazy("为什么问"), PURPOSE_LENGTH, rows=2,
        hint=gettext_lazy("写这个人和那个省的关系，例如：2019 年至今在当地务工、参保"),
    )  # fmt: skip
    on = Day(gettext_lazy("提出日期"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        picks = {
            "person": Pick(_("问谁"), self.people, hint=_("只列这一户的成员；没有签授权书的会指出来")),
            "province": Pick(_("问哪个省"), self.elsewhere), "source": Pick(_("问什么"), self.asked),
        }  # fmt: skip
        self.fields = {**picks, **self.fields}


class ReasonForm(ActForm):
    """Why it is withdrawn."""

    reason = Words(gettext_lazy("撤销的理由"), REASON_LENGTH, rows=2)
    on = Day(gettext_lazy("撤销日期"))


class SettledForm(ActForm):
    """What was done."""

    said = Words(gettext_lazy("怎么办的"), NOTE_LENGTH, rows=3)
    on = Day(gettext_lazy("办结日期"))


@takes_a_form
def new_region_request(request: HttpRequest, case_id: int) -> HttpResponse:
    """提出跨省核对."""
    file, today = known_case(case_id), today_in_county()
    members = [one for one in members_on(file.household_id, today) if not one.died]
    choices = {
        "people": {str(one.person_id): one.name for one in members},
        "asked": {name: _asked(name) for name in sources_on(today)},
        "elsewhere": {code: zh for code, zh in provinces().items() if code != province_of(file.division)},
    }

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        made = draft_request(
            file.id, person_id=int(given["person"]), source=given["source"], province=given["province"],
            purpose=given["purpose"], on=given["on"], at=at,
        )  # fmt: skip
        said = _("已提出，等县里发送：%(who)s。") % {"who": choices["people"][given["person"]]}
        return Done(reverse("region-request", args=[made.pk]), said)

    here = Crumb(_("跨省核对请求"), reverse("case-requests", args=[file.id]))
    return answer(
        request,
        Act(
            title=_("提出跨省核对"), button=_("提出"), form=type("NewForm", (NewForm,), choices), do=do,
            way=[*way_of(file), here], subject=subject_of(file), initial={"on": today},
            facts=[(_("户编号"), file.household), (_("案件"), file.number)], closed=_closed(file),
            notes=[_("只问签了授权书的成年成员和未成年人；授权到期、撤回的，没有发出的自动撤销（57号第九条）。"),
                   _("案件不会一直等：到期没有答复的照办，案卷写明“未核到”，以后再复查。")],
        ),
    )  # fmt: skip


def _asked(source: str) -> str:
    return _("%(source)s（%(holds)s）") % {"source": source_words(source), "holds": SOURCES[source].holds}


def _closed(file: CaseFile) -> str:
    said = _("案件现在是“%(state)s”，受理后、办结前才能提出跨省核对。")
    return "" if may_ask(file) else said % {"state": CASE_STATES[file.state]}


@takes_a_form
def cancelled_region_request(request: HttpRequest, request_id: int) -> HttpResponse:
    """撤销跨省核对."""
    row = known_request(request_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        cancel_request(row.id, reason=given["reason"], on=given["on"], at=at)
        return Done(_page(row), _("已撤销：%(what)s。") % {"what": question_words(row)})

    closed = "" if row.state in OPEN else _("这项请求已经是“%(state)s”，不能撤销。") % {"state": STATES[row.state]}
    notes = [_("撤销后对方的答复不再收；案卷写明“未核到”。")]
    return answer(request, _act(row, _("撤销跨省核对"), _("撤销"), ReasonForm, do, closed=closed, notes=notes))


@takes_a_form
def rechecked_region_request(request: HttpRequest, request_id: int) -> HttpResponse:
    """登记条件复查."""
    row, today = known_request(request_id), today_in_county()

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        settle_recheck(row.id, said=given["said"], on=given["on"], at=at)
        return Done(_page(row), _("已登记复查：%(what)s。") % {"what": question_words(row)})

    is_open = row.recheck_on and not row.rechecked_on and not row.answered_on
    closed = "" if is_open else _("这项请求没有要复查的：没有到期，后来有了答复，或者已经复查过。")
    notes = [_("可以在新的案件里重新发请求，也可以入户、信函核实；查到的写在这里。")]
    if row.recheck_on and row.recheck_on > today:
        notes.append(_("复查定在 %(day)s，现在提前登记也可以。") % {"day": row.recheck_on})
    return answer(request, _act(row, _("登记条件复查"), _("登记"), SettledForm, do, closed=closed, notes=notes))


@takes_a_form
def settled_late_answer(request: HttpRequest, request_id: int, late_id: int) -> HttpResponse:
    """办结迟到答复."""
    row = known_request(request_id)
    late = next((one for one in answers_of(row.id) if one.late == late_id), None)
    if late is None:
        raise Http404(f"跨省请求 {request_id} 没有迟到答复 {late_id}")

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        settle_late_answer(late_id, said=given["said"], on=given["on"], at=at)
        return Done(_page(row), _("已办结重新核对：%(what)s。") % {"what": question_words(row)})

    notes = [
        _("系统不会自己改决定。要改的：告知书还没有送达的，撤销决定后案件恢复办理；已经送达的，从家庭页启动复核。")
    ]
    act = _act(
        row, _("办结重新核对"), _("办结"), SettledForm, do, closed=_settled(late), notes=notes,
        facts=[(_("核到什么"), late.words or _("没有")), (_("按规则重算"), late_words(late))],
    )  # fmt: skip
    return answer(request, act)


def _settled(late: AnswerRow) -> str:
    if late.bearing == "unchanged":
        return _("这份迟到答复不改变结果，不用办结。")
    done = {"day": late.settled_on, "who": late.settled_by, "note": late.note}
    return _("已于 %(day)s 由 %(who)s 办结：%(note)s") % done if late.settled_on else ""


def _page(row: RequestRow) -> str:
    return reverse("region-request", args=[row.id])


def _act(row: RequestRow, title: str, button: str, form: type[ActForm], do: Any, **more: Any) -> Act:
    """An act on one request; somebody else's step meanwhile is seen by the case's events."""
    facts = [(_("请求"), question_words(row)), (_("户编号"), row.household), (_("状态"), STATES[row.state])]
    return Act(
        title=title, button=button, form=form, do=do, way=way(Crumb(question_words(row), _page(row))),
        subject=row.subject, initial={"on": today_in_county()},
        facts=[*facts, *more.pop("facts", ())], **more,
    )  # fmt: skip
