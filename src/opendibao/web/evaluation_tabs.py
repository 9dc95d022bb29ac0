"""绩效的页签: the pages of the year's evaluation, in the order of the work; only those that are there and open."""

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.web.access import opens
from opendibao.web.tables import Choice, Choices

# (route, words): a page shows the bar by naming its route here and giving `tabs` to web/_evaluation_tabs.html
TABS = (
    ("evaluation", gettext_lazy("结论")),
    ("sheet", gettext_lazy("指标表")),
    ("indicators", gettext_lazy("指标库")),
    ("years", gettext_lazy("年度对比")),
    ("sensitivity", gettext_lazy("敏感度")),
    ("townships", gettext_lazy("乡镇比较")),
    ("deviation", gettext_lazy("偏差")),
    ("problems", gettext_lazy("问题台账")),
    ("samples", gettext_lazy("抽样")),
    ("goals", gettext_lazy("目标与方案")),
    ("check-report", gettext_lazy("体检")),
    ("submissions", gettext_lazy("报送与整改")),
    ("report-editor", gettext_lazy("报告")),
)


def evaluation_tabs(request: HttpRequest, current: str, year: int) -> Choices:
    """The pages of a year's evaluation that open to the viewer; `current` is a route of TABS."""
    viewer = request.viewer  # type: ignore[attr-defined]
    options = []
    for route, words in TABS:
        try:
            href = reverse(route)
        except NoReverseMatch:
            continue
        if opens(href, viewer):
            options.append(Choice(str(words), f"{href}?year={year}", route == current))
    return Choices(_("绩效评价"), options)
