"""抽样: the households re-surveyed for accuracy and those asked for satisfaction, as the indicators count them."""

from datetime import datetime, time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.evaluation.queries import indicators, period
from opendibao.evaluation.rows import measure
from opendibao.evaluation.rows import page as rows_of
from opendibao.web import choices
from opendibao.web.context import COUNTY_TIME
from opendibao.web.county import asked_of
from opendibao.web.figure import evidence_table
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.tables import Crumb, ListPage

TABS = (("accuracy-sample", gettext_lazy("准确性抽查")), ("satisfaction-sample", gettext_lazy("满意度问卷")))


def accuracy_sample(request: HttpRequest) -> HttpResponse:
    """Sampled households, decided and re-surveyed."""
    return _sample(request, "target_accuracy", 0, "accuracy-sample")


def satisfaction_sample(request: HttpRequest) -> HttpResponse:
    """Questionnaires sent out, answered or not."""
    return _sample(request, "satisfaction", 1, "satisfaction-sample")


def _sample(request: HttpRequest, code: str, place: int, route: str) -> HttpResponse:
    """All rows of an indicator's figure as known today; `place` is the figure that counts every row sent out."""
    question, indicator = asked_of(request), indicators()[code]
    now = datetime.combine(question.today, time.max, COUNTY_TIME)
    asked = period(question.year, known_at=now, division=settings.OPENDIBAO_COUNTY)
    measured = measure(indicator.figures[place], asked)
    found = pager(request, measured.rows)
    rows = rows_of(measured.figure, asked, limit=ROWS_A_PAGE, offset=found.offset)
    words = str(dict(TABS)[route])
    said = {
        "figure": measured.figure.zh, "value": measured.text, "n": f"{measured.n:,}", "d": f"{measured.d:,}",
        "definition": measured.figure.definition,
    }  # fmt: skip
    page = ListPage(
        _("%(year)s 年%(sample)s") % {"year": question.year, "sample": words},
        _("%(figure)s %(value)s（%(n)s / %(d)s）。%(definition)s。") % said,
        evidence_table(measured.figure, rows),
        [Crumb(_("绩效评价"), reverse("evaluation") + f"?year={question.year}"), Crumb(words)],
        [choices.pages(_("抽样"), TABS, route)],
    )
    return render(request, "web/rows.html", {"page": page, "pager": found})
