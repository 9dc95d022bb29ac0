"""核对的各页: the pages of matching as tabs; each viewer sees those that open to him."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.web import choices
from opendibao.web.access import opens
from opendibao.web.tables import Choices

TABS = (
    ("matching", gettext_lazy("核对任务")), ("deliveries", gettext_lazy("送达数据")),
    ("exchanges", gettext_lazy("核对名单")), ("region-requests", gettext_lazy("跨省核对")),
    ("alerts", gettext_lazy("预警清单")), ("rematches", gettext_lazy("复核比对")),
    ("match-numbers", gettext_lazy("核对统计")), ("retention", gettext_lazy("数据留存")),
    ("lookup-audit", gettext_lazy("查询审计")),
)  # fmt: skip


def match_tabs(request: HttpRequest, current: str) -> Choices:
    """The pages of matching that the viewer may open."""
    viewer = request.viewer  # type: ignore[attr-defined]
    return choices.pages(_("信息核对"), [tab for tab in TABS if opens(reverse(tab[0]), viewer)], current)
