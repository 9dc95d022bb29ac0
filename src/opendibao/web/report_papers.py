"""报告文件页: every kind of report of a year by version, made when it is fetched; the monitoring sheet of any day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.audit.actions import record_view
from opendibao.evaluation.conclusion import NoSheet
from opendibao.evaluation.monitoring import CannotMonitor
from opendibao.evaluation.queries import snapshot_version, snapshots
from opendibao.evaluation.snapshot import Snapshot
from opendibao.reporting.monitored import monitoring_file
from opendibao.reporting.papers import ALL_KINDS, ENDINGS, NoSuchPaper, paper_file
from opendibao.web.asking import Asked, BadQuestion
from opendibao.web.clock import now_in_county
from opendibao.web.context import today_in_county
from opendibao.web.county import asked_of
from opendibao.web.downloads import KINDS as FILE_KINDS
from opendibao.web.downloads import all_report_files
from opendibao.web.evaluation_tabs import evaluation_tabs
from opendibao.web.tables import Choice, Choices, Crumb

TOLD = {
    "department_evaluation": (gettext_lazy("部门评价报告"), gettext_lazy("七章全文，附评分表、图和凭据对照表")),
    "self_evaluation": (gettext_lazy("项目支出绩效自评表"), gettext_lazy("资金、目标、指标、得分，一张表")),
    "goal_form": (gettext_lazy("项目支出绩效目标表"), gettext_lazy("资金、阶段目标和责任单位、年度指标值")),
    "one_page": (gettext_lazy("绩效评价一页纸"), gettext_lazy("六个数、等级、三个问题和建议、一张图和示意图，一页")),
}
ENDING_WORDS = {"docx": "Word", "pdf": "PDF"}


@dataclass(frozen=True)
class Kind:
    """A kind of report with where each of its files is fetched."""

    words: str
    told: str
    files: Sequence[tuple[str, str]]


def reports(request: HttpRequest) -> HttpResponse:
    """The reports of a year: of its final version, else of its newest draft, or of the version asked for."""
    question = asked_of(request)
    listed = snapshots(question.year, settings.OPENDIBAO_COUNTY)
    chosen = _chosen(request, listed)
    shown = {
        "asked": question,
        "tabs": evaluation_tabs(request, "report-editor", question.year),
        "chosen": chosen,
        "versions": _versions(listed, chosen, question),
        "kinds": [_kind(kind, chosen) for kind in ALL_KINDS] if chosen else [],
        "written": all_report_files(question.year),
        "monitoring": reverse("monitoring-paper", args=[question.year, "docx"]),
        "first": date(question.year, 1, 1),
        "last": min(date(question.year, 12, 31), today_in_county()),
        "endings": [(reverse("monitoring-paper", args=[question.year, one]), words)
                    for one, words in ENDING_WORDS.items()],
        "crumbs": [Crumb(_("绩效评价"), reverse("evaluation") + f"?year={question.year}"), Crumb(_("报告文件"))],
    }  # fmt: skip
    return render(request, "web/reports.html", shown)


def _chosen(request: HttpRequest, listed: Sequence[Snapshot]) -> Snapshot | None:
    asked = request.GET.get("version", "")
    if asked:
        for one in listed:
            if str(one.version) == asked:
                return one
        raise BadQuestion(_("没有第 %(version)s 版，请从版本里选。") % {"version": asked[:9]})
    finals = [one for one in listed if one.is_final]
    return max(finals or listed, key=lambda one: one.version, default=None)


def _versions(listed: Sequence[Snapshot], chosen: Snapshot | None, question: Asked) -> Choices:
    options = [
        Choice(
            (_("第 %(n)s 版（定稿）") if one.is_final else _("第 %(n)s 版（草稿）")) % {"n": one.version},
            f"{reverse('reports')}?year={question.year}&version={one.version}", one == chosen,
        )
        for one in sorted(listed, key=lambda one: -one.version)
    ]  # fmt: skip
    return Choices(_("版本"), options)


def _kind(kind: str, chosen: Snapshot) -> Kind:
    words, told = TOLD[kind]
    files = [
        (reverse("report-paper", args=[chosen.year, chosen.version, kind, ending]), ENDING_WORDS[ending])
        for ending in ENDINGS
    ]
    return Kind(str(words), str(told), files)


def report_paper(request: HttpRequest, year: int, version: int, kind: str, ending: str) -> HttpResponse:
    """One document of one version as a file."""
    snapshot = snapshot_version(year, settings.OPENDIBAO_COUNTY, version)
    if snapshot is None:
        raise Http404(f"{year}年没有第{version}版")
    try:
        name, content = paper_file(snapshot, kind, ending)
    except NoSuchPaper as refusal:
        raise Http404(str(refusal)) from None
    except NoSheet as refusal:
        raise BadQuestion(str(refusal)) from None
    return _file(name, content, ending, year)


def monitoring_paper(request: HttpRequest, year: int, ending: str) -> HttpResponse:
    """The monitoring sheet of a day (?as_of=, else today or the last day of the year) as a file."""
    if ending not in ENDINGS or not MINYEAR <= year <= MAXYEAR:
        raise Http404(f"没有{year}年的“{ending}”监控表")
    today = today_in_county()
    try:
        name, content = monitoring_file(year, ending, as_of=_day(request, year, today), today=today)
    except CannotMonitor as refusal:
        raise BadQuestion(str(refusal)) from None
    return _file(name, content, ending, year)


def _day(request: HttpRequest, year: int, today: date) -> date:
    asked = request.GET.get("as_of", "")
    if not asked:
        return min(date(year, 12, 31), today)
    try:
        return date.fromisoformat(asked)
    except ValueError:
        raise BadQuestion(_("“%(day)s”不是日期，请写成 2024-07-31 这样。") % {"day": asked[:20]}) from None


def _file(name: str, content: bytes, ending: str, year: int) -> HttpResponse:
    record_view(f"{year}年度 {name}"[:120], settings.OPENDIBAO_COUNTY, "报告文件", at=now_in_county())
    response = HttpResponse(content, content_type=FILE_KINDS[f".{ending}"][1])
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
