"""原稿与复算: the report as it was filed beside what is measured now, row by row; nothing is overwritten."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.evaluation.conclusion import Conclusion
from opendibao.evaluation.filed_comparison import Beside, compare
from opendibao.evaluation.filed_reports import document_of, file_report, filed_report, filed_reports, filed_subject
from opendibao.evaluation.queries import final_snapshot, latest_snapshot
from opendibao.evaluation.scoring import short
from opendibao.evaluation.snapshot import conclusion_of
from opendibao.web.access import EVALUATORS, may, takes_a_form
from opendibao.web.act_fields import ActForm
from opendibao.web.acts import Act, Done, answer
from opendibao.web.asking import BadQuestion
from opendibao.web.clock import now_in_county
from opendibao.web.county import asked_of
from opendibao.web.evaluation_tabs import evaluation_tabs
from opendibao.web.report_acts import way_of_report
from opendibao.web.tables import Crumb

MOST = 20 * 1024 * 1024


class Report(forms.FileField):
    """A report as the check-up reads them."""

    def __init__(self) -> None:
        hint = gettext_lazy("Word（.docx）、文字（.txt）、Markdown（.md），最大 20 MB")
        super().__init__(label=gettext_lazy("报送过的报告"), required=False, help_text=hint)
        self.widget.attrs |= {"class": "in", "accept": ".docx,.txt,.md,.markdown"}

    def validate(self, value: Any) -> None:
        """Refuse none, and one that is too large."""
        if not isinstance(value, UploadedFile):
            raise ValidationError(_("请选一个文件"))
        if (value.size or 0) > MOST:
            raise ValidationError(_("文件超过 20 MB：请压缩其中的图片再选"))


class FileForm(ActForm):
    """A report that was filed."""

    report = Report()


@dataclass(frozen=True)
class Line:
    """A row of the comparison as the page prints it; `gap` is signed."""

    beside: Beside
    gap: str
    actual_gap: str


def filed(request: HttpRequest) -> HttpResponse:
    """A filed report of the year (the newest unless asked) beside the year's final figures, or its newest ones."""
    question = asked_of(request)
    year, county = question.year, settings.OPENDIBAO_COUNTY
    listed = filed_reports(year, county)
    shown: dict[str, object] = {
        "asked": question,
        "tabs": evaluation_tabs(request, "report-editor", year),
        "crumbs": [*way_of_report(year), Crumb(_("原稿与复算"))],
        "writes": may(request, EVALUATORS),
        "listed": listed,
    }
    snapshot = final_snapshot(year, county) or latest_snapshot(year, county)
    if listed and snapshot:
        chosen = filed_report(year, county, _asked(request, [one.pk for one in listed]))
        assert chosen is not None
        said = conclusion_of(snapshot)
        found = compare(document_of(chosen), said)
        shown |= {
            "chosen": chosen,
            "snapshot": snapshot,
            "said": said,
            "found": found,
            "lines": [Line(one, _signed(one.score_gap), _signed(one.actual_gap)) for one in found.rows],
            "total_gap": _total_gap(found.totals.score or found.totals.scores, said) if found.totals else "",
        }
    return render(request, "web/filed.html", shown)


def _asked(request: HttpRequest, numbers: list[int]) -> int:
    typed = request.GET.get("report", "")
    if not typed:
        return numbers[0]
    if typed not in map(str, numbers):
        raise BadQuestion(_("没有这份原报送稿，请从列出的里面选"))
    return int(typed)


def _signed(gap: Decimal | None) -> str:
    """A difference with its sign; empty where there is none to speak of."""
    if gap is None:
        return ""
    return f"{'＋' if gap > 0 else '－'}{short(abs(gap))}" if gap else "0"


def _total_gap(filed_score: str, said: Conclusion) -> str:
    return _signed(Decimal(said.score) - Decimal(filed_score)) if filed_score else ""


@takes_a_form
def filed_anew(request: HttpRequest, year: int) -> HttpResponse:
    """登记原报送稿."""

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        sent = given["report"]
        today = now_in_county().date()
        kept = file_report(year, settings.OPENDIBAO_COUNTY, sent.name, sent.read(), on=today, at=at)
        said = _("已登记“%(name)s”，原样留着，不能改也不能删。")
        return Done(f"{reverse('filed')}?year={year}&report={kept.pk}", said % {"name": kept.name})

    way = [*way_of_report(year), Crumb(_("原稿与复算"), f"{reverse('filed')}?year={year}")]
    return answer(
        request,
        Act(
            title=_("登记 %(year)s 年度原报送稿") % {"year": year}, button=_("登记"), form=FileForm, do=do, way=way,
            subject=filed_subject(year),
            notes=[_("读出来的文字和表格会留在系统里，和按凭据复算的结果逐行并排；原稿一个字也不改。")],
        ),
    )  # fmt: skip
