"""入户调查登记: the form is opened at the home, signed on paper, photographed and kept whole or not at all."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from opendibao.audit.actions import record_view
from opendibao.audit.queries import events_of
from opendibao.intake.attachments import keep_attachment
from opendibao.intake.opened_files import MOST_BYTES
from opendibao.intake.queries import CaseFile, attachments_of, declared
from opendibao.intake.refusal import IntakeRefused
from opendibao.registry.queries import MemberRow, members_on, place_on
from opendibao.verification.actions import record_survey
from opendibao.verification.queries import open_hits
from opendibao.verification.survey_queries import SurveyFile, orders_of, surveys_of
from opendibao.web.access import takes_a_form
from opendibao.web.acts import Act, Done, answer
from opendibao.web.clock import COUNTY_TIME, now_in_county, today_in_county
from opendibao.web.labels import CASE_STATES
from opendibao.web.places import places
from opendibao.web.verification.known_case import back, known_case, subject_of, way_of
from opendibao.web.verification.survey_form import PHOTOS, Known, visit_of
from opendibao.web.verification.survey_people import base_facts
from opendibao.web.verification.survey_sections import survey_form


@takes_a_form
def new_survey(request: HttpRequest, case_id: int) -> HttpResponse:
    """登记入户调查."""
    file, today = known_case(case_id), today_in_county()
    record_view(subject_of(file), file.division, "入户调查表", at=now_in_county())
    surveys, members = surveys_of(file.id), members_on(file.household_id, today)
    closed = _closed(file)
    refused = _keep_pictures(request, file, today) if request.method == "POST" and not closed else []
    known = _known(file, surveys, members, today)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        if refused:
            raise IntakeRefused("；".join(refused))
        survey = record_survey(
            file.id, on=given["on"], at=at, surveyors=(given["first"], given["second"]),
            respondent=given["respondent"], found=given["facts"],
            visit=visit_of(given, given["sheets"], given["facts"]),
        )  # fmt: skip
        said = _("已登记第 %(n)s 次入户调查，签过字的表不再改；写错了用“更正”。")
        return Done(back(file), said % {"n": survey.sequence})

    return answer(
        request,
        Act(
            title=_("入户调查表"), button=_("保存调查表"), form=survey_form(known), do=do, way=way_of(file),
            subject=subject_of(file), values=lambda: _now(file), initial=_initial(request, file, surveys, today),
            facts=_facts(file, surveys),
            notes=[_("保存前请对着签字的纸质表再看一遍；缺一样都不存，填的不会丢。")],
            closed=closed, template="web/survey_form.html",
        ),
    )  # fmt: skip


def _keep_pictures(request: HttpRequest, file: CaseFile, today: date) -> list[str]:
    """Keep what was photographed even where the form has a fault, so that nobody must take a picture twice.

    Returns why some could not be kept; a file that is too large the form itself refuses.
    """
    refused = []
    for name, kind in (("paper", "survey"), *((one, "home") for one in PHOTOS)):
        sent = request.FILES.get(name)
        if not isinstance(sent, UploadedFile) or not 0 < (sent.size or 0) <= MOST_BYTES:
            continue
        content = sent.read()
        sent.seek(0)
        try:
            keep_attachment(
                file.id, kind=kind, name=sent.name or "", content=content, on=today, at=now_in_county()
            )  # fmt: skip
        except IntakeRefused as refusal:
            refused.append(str(refusal))
    return refused


def _known(file: CaseFile, surveys: Sequence[SurveyFile], members: Sequence[MemberRow], today: date) -> Known:
    last = surveys[-1] if surveys else None
    facts = base_facts(last.found if last else declared(file.id), members, file.area)
    # the paper of the last visit may have been kept days after it, and is none of the next
    since = _entered_on(file, last) if last else date.min
    papers = [one for one in attachments_of(file.id, "survey") if one.kept_on > since]
    names = [row.name for row in members if not row.died] or [member["name"] for member in facts["members"]]
    return Known(facts, _("上次") if last else _("申报"), {name: name for name in names}, bool(papers))


def _entered_on(file: CaseFile, last: SurveyFile) -> date:
    """The day on which the last visit was entered."""
    entered = [event.at for event in events_of(subject_of(file)) if event.action == "入户调查"]
    return entered[-1].astimezone(COUNTY_TIME).date() if entered else last.surveyed_on


def _initial(request: HttpRequest, file: CaseFile, surveys: Sequence[SurveyFile], today: date) -> dict[str, object]:
    """Who is sent, to where; a visit is at home unless somebody says why not."""
    orders = orders_of(file.id)
    sent = [orders[-1].first_surveyor, orders[-1].second_surveyor] if orders else []
    viewer: str = request.viewer.name  # type: ignore[attr-defined]
    place = place_on(file.household_id, today)
    home = surveys[-1].home if surveys else {}
    return {
        "on": today, "way": "home", "first": sent[0] if sent else viewer,
        "second": sent[1] if sent else "",
        "place": f"{places().full(file.division)} {place.address if place else ''}".strip(),
        **{f"home_{name}": words for name, words in home.items() if isinstance(words, str)},
    }  # fmt: skip


def _facts(file: CaseFile, surveys: Sequence[SurveyFile]) -> list[tuple[str, str]]:
    kept = len(attachments_of(file.id, "home")), len(attachments_of(file.id, "survey"))
    said = [(_("户编号"), file.household), (_("第几次调查"), str(len(surveys) + 1))]
    if any(kept):
        words = _("入户照片 %(photos)s 张，签字的调查表 %(papers)s 份；不用再传") % {
            "photos": kept[0],
            "papers": kept[1],
        }
        said.append((_("已存"), words))
    return said


def _now(file: CaseFile) -> dict[str, str]:
    """What stands there for the fields that two surveyors may both fill in."""
    surveys = surveys_of(file.id)
    if not surveys:
        return {}
    last = surveys[-1]
    return {"on": str(last.surveyed_on), "first": last.surveyors[0], "second": last.surveyors[1],
            "respondent": last.respondent, "conclusion": last.conclusion}  # fmt: skip


def _closed(file: CaseFile) -> str:
    if file.state != "accepted":
        said = _("案件现在是“%(state)s”：受理后、还没有入户调查的，或者退回重新调查的，才在这里登记。")
        return said % {"state": CASE_STATES[file.state]}
    if waiting := open_hits(file.id):
        return _("还有 %(n)s 条核到的信息没有处置，请先在案件页逐条处置，再登记入户调查。") % {"n": len(waiting)}
    return ""
