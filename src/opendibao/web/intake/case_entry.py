"""案件的申请和受理: who applied how and when, what was missing, who took it, how it can be ended."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.intake.case_queries import mandate_of
from opendibao.intake.queries import CaseFile, supplements_of
from opendibao.web.access import may
from opendibao.web.intake.acceptance import CLERKS, acceptance_ways
from opendibao.web.intake.case_parts import Part
from opendibao.web.intake.endings import ending_ways
from opendibao.web.labels import CHANNELS, MANDATE_RELATIONS
from opendibao.web.tables import Crumb


def entry_part(request: HttpRequest, file: CaseFile) -> Part:
    """Application and acceptance."""
    mandate_way = (_("登记委托书"), reverse("give-mandate", args=[file.id]), CLERKS)
    has_mandate = bool(mandate := mandate_of(file.id)) or file.channel != "helper"
    ways = [*acceptance_ways(file), *([] if has_mandate or file.closed_on else [mandate_way]), *ending_ways(file)]
    facts = [*_applied(file), *_missing(file), *_taken(file)]
    if mandate:
        said = {"name": mandate.helper, "as": MANDATE_RELATIONS[mandate.relation], "phone": mandate.phone}
        facts.insert(1, (_("委托"), _("%(name)s（%(as)s）代办，电话 %(phone)s") % said))
    acts = [Crumb(words, href) for words, href, duties in ways if may(request, duties)]
    return Part("entry", _("申请和受理"), {"facts": facts}, acts=acts)


def _applied(file: CaseFile) -> Iterator[tuple[str, str]]:
    way = {"day": file.applied_on, "way": CHANNELS[file.channel], "who": file.applicant}
    said = _("%(day)s，%(way)s，申请人 %(who)s") if file.applicant else _("%(day)s，%(way)s")
    yield _("申请") if file.kind == "application" else _("启动复核"), said % way
    if file.online:
        yield _("网上回执"), file.online
    if file.lead_id:
        yield _("来自线索"), str(file.lead_id)


def _missing(file: CaseFile) -> Iterator[tuple[str, str]]:
    for one in supplements_of(file.id):
        said = {"day": one.told_on, "items": _("；").join(one.items), "who": one.told_by}
        words = _("%(day)s %(who)s告知：%(items)s") % said
        if one.supervisor:
            again = {"words": words, "who": one.supervisor, "why": one.supervisor_reason}
            words = _("%(words)s（%(who)s批准再次告知：%(why)s）") % again
        yield _("补正"), words


def _taken(file: CaseFile) -> Iterator[tuple[str, str]]:
    if file.accepted_on:
        yield _("受理"), _("%(day)s，%(who)s") % {"day": file.accepted_on, "who": file.accepted_by}
