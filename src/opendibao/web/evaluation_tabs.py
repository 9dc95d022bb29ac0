"""绩效的页签: the pages of the year's evaluation, in the order of the work; only those that are there and open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.web.access import opens
from opendibao.web.tables import Choice, Choices

# in the order of the work: what is prepared, what came out, what is written and sent.
# (route, words): a page shows the bar by naming its route here and giving `tabs` to web/_evaluation_tabs.html
PREPARED = (
    ("goals", gettext_lazy("目标与方案")),
    ("sheet", gettext_lazy("指标表")),
    ("indicators", gettext_lazy("指标库")),
    ("samples", gettext_lazy("抽样")),
)
FOUND = (
    ("evaluation", gettext_lazy("结论")),
    ("deviation", gettext_lazy("偏差")),
    ("problems", gettext_lazy("问题台账")),
    ("years", gettext_lazy("年度对比")),
    ("townships", gettext_lazy("乡镇比较")),
    ("sensitivity", gettext_lazy("敏感度")),
)
WRITTEN = (
    ("report-editor", gettext_lazy("报告")),
    ("check-report", gettext_lazy("体检")),
    ("submissions", gettext_lazy("报送与整改")),
)
GROUPS = ((gettext_lazy("准备"), PREPARED), (gettext_lazy("结果"), FOUND), (gettext_lazy("成稿"), WRITTEN))


@dataclass(frozen=True)
class Tabs:
    """The bar: its name, and the pages in groups; a group of which nothing opens is left out."""

    words: str
    groups: Sequence[Choices]


def evaluation_tabs(request: HttpRequest, current: str, year: int) -> Tabs:
    """The pages of a year's evaluation that open to the viewer; `current` is a route of GROUPS."""
    found = [Choices(str(words), list(_open(request, routes, current, year))) for words, routes in GROUPS]
    return Tabs(_("绩效评价"), [group for group in found if group.options])


def _open(request: HttpRequest, routes: Sequence[tuple[str, object]], current: str, year: int) -> Iterator[Choice]:
    viewer = request.viewer  # type: ignore[attr-defined]
    for route, words in routes:
        try:
            href = reverse(route)
        except NoReverseMatch:
            continue
        if opens(href, viewer):
            yield Choice(str(words), f"{href}?year={year}", route == current)
