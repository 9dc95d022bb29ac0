"""两版比较: figures and paragraphs of two versions of the year's report, side by side."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from opendibao.evaluation.queries import snapshot_version, snapshots
from opendibao.evaluation.snapshot import Snapshot
from opendibao.reporting.version_differences import differences
from opendibao.web.asking import BadQuestion
from opendibao.web.evaluation_tabs import evaluation_tabs
from opendibao.web.report_acts import way_of_report
from opendibao.web.tables import Crumb

NOW = "now"


def report_difference(request: HttpRequest, year: int) -> HttpResponse:
    """Two versions: those asked for, else the newest final (or the first) and what the draft says now."""
    listed = snapshots(year, settings.OPENDIBAO_COUNTY)
    shown: dict[str, object] = {
        "year": year,
        "tabs": evaluation_tabs(request, "report-editor", year),
        "crumbs": [*way_of_report(year), Crumb(_("比较各版"))],
        "versions": listed,
    }
    if len(listed) > 1 or (listed and listed[0].is_final):
        is_now = request.GET.get("to", NOW if listed[0].is_final else "") == NOW
        before = _asked(request, listed, "from", _usual(listed))
        after = listed[0] if is_now else _asked(request, listed, "to", listed[0])
        found = differences(_whole(before), _whole(after), now=is_now)
        shown |= {"before": before, "after": after, "is_now": is_now, "found": found}
    return render(request, "web/report_difference.html", shown)


def _usual(listed: list[Snapshot]) -> Snapshot:
    return next((one for one in listed if one.is_final), listed[-1])


def _asked(request: HttpRequest, listed: list[Snapshot], name: str, usual: Snapshot) -> Snapshot:
    typed = request.GET.get(name, "")
    if not typed:
        return usual
    found = next((one for one in listed if str(one.version) == typed), None)
    if found is None:
        raise BadQuestion(_("没有第 %(version)s 版，请从列出的版本里选") % {"version": typed})
    return found


def _whole(one: Snapshot) -> Snapshot:
    found = snapshot_version(one.year, one.division, one.version)
    assert found is not None
    return found
