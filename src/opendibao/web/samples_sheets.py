"""答卷表: the spreadsheet of a sample is downloaded, filled in, and brought back whole or not at all."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.audit.actions import record_view
from opendibao.evaluation.answer_sheets import LARGEST_BYTES, BadAnswerSheet, answer_sheet, import_answers
from opendibao.web.access import takes_a_form
from opendibao.web.acts import SeeOther
from opendibao.web.context import now_in_county, today_in_county
from opendibao.web.county import asked_of
from opendibao.web.sample_words import PURPOSES
from opendibao.web.samples_asking import way
from opendibao.web.samples_list import BY_SHEET, file_name
from opendibao.web.samples_results import known_purpose

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _by_sheet(purpose: str) -> str:
    """A purpose that is worked by spreadsheet. Raises Http404."""
    if known_purpose(purpose) not in BY_SHEET:
        raise Http404("复查要带家庭的核定情况，没有答卷表")
    return purpose


def sample_sheet(request: HttpRequest, purpose: str) -> HttpResponse:
    """The waiting of a sample as .xlsx."""
    year = asked_of(request).year
    data = answer_sheet(_by_sheet(purpose), year)
    viewer = request.viewer  # type: ignore[attr-defined]
    record_view(f"{year}年度 {purpose}", viewer.division, "答卷表", at=now_in_county())
    response = HttpResponse(data, content_type=XLSX)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{file_name(purpose, year)}"
    return response


@takes_a_form
def imported_answers(request: HttpRequest, purpose: str) -> HttpResponse:
    """导入答卷: the page with the file to choose, what is wrong with it, or what came of it."""
    question, faults = asked_of(request), list[str]()
    _by_sheet(purpose)
    if request.method == "POST":
        sent = request.FILES.get("file")
        if sent is None:
            faults = [_("没有选文件，请选填好的答卷表（xlsx）")]
        elif (sent.size or 0) > LARGEST_BYTES:
            faults = [_("文件超过 %(mb)s MB，请只留答卷这一张表") % {"mb": LARGEST_BYTES // 1_000_000}]
        else:
            try:
                done = import_answers(purpose, question.year, sent.read(), today=today_in_county(), at=now_in_county())
            except BadAnswerSheet as refusal:
                faults = refusal.faults
            else:
                said = f"taken={done.taken}&known={done.known}&empty={done.empty}"
                return SeeOther(f"{reverse('import-answers', args=[purpose])}?year={question.year}&{said}")
    counts = {name: request.GET.get(name, "") for name in ("taken", "known", "empty")}
    shown = {
        "asked": question, "purpose": purpose, "name": PURPOSES[purpose], "crumbs": way(purpose, question),
        "faults": faults, "done": counts if all(text.isdigit() for text in counts.values()) else None,
    }  # fmt: skip
    return render(request, "web/sample_import.html", shown, status=422 if faults else 200)
