"""评议和公示: the lists of this section as tabs, and the words that its pages share."""

from datetime import date

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.kernel.duties import Duty
from opendibao.web import choices
from opendibao.web.places import is_village, places
from opendibao.web.tables import Cell, Choices, Crumb

REVIEWERS = frozenset({Duty.REVIEW})
"""Who holds meetings, posts notices and answers objections."""
OBJECTION_TAKERS = frozenset({Duty.REVIEW, Duty.ACCEPT})
"""Who takes down what somebody says against a notice."""
TABS = (
    ("cases", gettext_lazy("案件")), ("matching", gettext_lazy("信息核对")),
    ("surveys", gettext_lazy("入户控制")), ("meetings", gettext_lazy("民主评议")),
    ("notices", gettext_lazy("公示")), ("objections", gettext_lazy("公示异议")),
    ("publications", gettext_lazy("长期公布")),
)  # fmt: skip


def tabs(current: str) -> list[Choices]:
    """The lists of this section."""
    return [choices.pages(_("评议和公示"), TABS, current)]


def way(route: str) -> list[Crumb]:
    """Back to one of the lists."""
    return [Crumb(str(dict(TABS)[route]), reverse(route))]


def asked_village(request: HttpRequest, code: str) -> str:
    """A village in the viewer's sight, by its code. Raises Http404."""
    if not code.startswith(request.viewer.reach) or not is_village(code) or code not in places().names:  # type: ignore[attr-defined]
        raise Http404(f"没有村（社区）“{code}”")
    return code


def case_cell(case_id: int, number: str) -> Cell:
    """A case number that opens the case."""
    return Cell(number, reverse("case", args=[case_id]))


def case_crumb(case_id: int, number: str) -> Crumb:
    """Back to a case."""
    return Crumb(_("案件 %(number)s") % {"number": number}, reverse("case", args=[case_id]))


def days_left(ends_on: date, today: date) -> str:
    """How long a notice still hangs, in words."""
    left = (ends_on - today).days
    if left < 0:
        return _("期满")
    return _("今天最后一天") if left == 0 else _("还有 %(n)d 天") % {"n": left}
