"""是不是本人: a doubtful row beside the person, field by field; somebody says whether it is his, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from opendibao.audit.actions import record_view
from opendibao.audit.session import current_session
from opendibao.intake.queries import CaseFile
from opendibao.kernel.duties import Duty
from opendibao.verification.answering import run_matching
from opendibao.verification.match_queries import DoubtfulLink, doubtful_links, settled_links
from opendibao.verification.privacy.lookups import Question, log_lookups
from opendibao.verification.settling import NOTE_LENGTH, settle_link, undo_settlement
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.clock import now_in_county, today_in_county
from opendibao.web.decision.approval_acts import NothingForm
from opendibao.web.labels import DEPARTMENTS, Labels
from opendibao.web.tables import Crumb, Table
from opendibao.web.verification.known_case import known_case, way_of
from opendibao.web.verification.match_words import LINK_STATES, sides, weight_words

SAME = Labels({"same": gettext_noop("是本人的"), "not_same": gettext_noop("不是本人的，以后不再提")})


@dataclass(frozen=True)
class LinkAct(Act):
    """The form with both sides above it."""

    template: str = "web/match_link.html"
    table: Table | None = None


class LinkForm(ActForm):
    """Whether it is his, and why."""

    is_same = Pick(gettext_lazy("是不是本人"), SAME)
    note = Words(gettext_lazy("凭什么认定"), NOTE_LENGTH, rows=2, hint=gettext_lazy("写看了什么、问了谁"))


@takes_a_form
def settled_link(request: HttpRequest, case_id: int, link_id: int) -> HttpResponse:
    """认定一条存疑的记录是不是本人."""
    file, today = known_case(case_id), today_in_county()
    found = next(iter(doubtful_links(case_id, link_id)), None)
    if found is None and request.method != "POST":
        raise Http404(f"案件 {case_id} 没有待认定的记录 {link_id}")
    if found:
        _looked(file, found)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        settle_link(link_id, is_same=given["is_same"] == "same", note=given["note"], on=today, at=at)
        if Duty.CONFIRM in current_session().duties:
            run_matching([case_id], on=today, at=at)
            said = _("已认定“%(said)s”，这一项已经重新核对。") % {"said": SAME[given["is_same"]]}
        else:
            said = _("已认定“%(said)s”，等县里重新核对。") % {"said": SAME[given["is_same"]]}
        return Done(reverse("hits", args=[case_id]), said)

    return answer(
        request,
        LinkAct(
            title=_("是不是本人"), button=_("认定"), form=LinkForm, do=do, way=_way(file), subject=f"认人 {link_id}",
            facts=_facts(found) if found else (),
            notes=list(_notes(found)),
            table=sides(found) if found else None,
        ),
    )  # fmt: skip


@takes_a_form
def undone_link(request: HttpRequest, case_id: int, link_id: int) -> HttpResponse:
    """撤回认定: the row waits for somebody again, and may be raised again in later deliveries."""
    file, today = known_case(case_id), today_in_county()
    found = next((link for link in settled_links(case_id) if link.id == link_id), None)
    if found is None and request.method != "POST":
        raise Http404(f"案件 {case_id} 没有可以撤回的认定 {link_id}")

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        undo_settlement(link_id, on=today, at=at)
        return Done(reverse("hits", args=[case_id]), _("已撤回认定，这条记录重新等人认定。"))

    facts = [
        (_("谁"), found.person), (_("来源"), DEPARTMENTS.get(found.source, found.source)),
        (_("认定"), LINK_STATES[found.state]), (_("认定人"), found.settled_by), (_("凭什么认定"), found.note),
    ] if found else []  # fmt: skip
    return answer(
        request,
        Act(
            title=_("撤回认定"), button=_("撤回认定"), form=NothingForm, do=do, way=_way(file),
            subject=f"认人 {link_id}", facts=facts,
            notes=[_("撤回以后要重新认定；“不是同一人”不再记着，以后送来的数据里还会提。")],
        ),
    )  # fmt: skip


def _notes(found: DoubtfulLink | None) -> Iterator[str]:
    yield _("这只是一条线索；认定以后才看它说了什么，怎样处置另行决定。")
    if found and found.row is None:
        yield _("部门的原文只有县里看得到，这里只有逐项相符的程度；拿不准的请县里认定。")


def _looked(file: CaseFile, found: DoubtfulLink) -> None:
    """Whoever opens what a department wrote of somebody is on record; the household is shown it on request."""
    at = now_in_county()
    record_view(f"案件 {file.number}", file.division, "是不是本人", at=at)
    if found.row is not None:
        asked = Question(found.person_id, found.source, "opening", file.id, f"认人 {found.id}")
        log_lookups([asked], on=today_in_county(), at=at)


def _facts(found: DoubtfulLink) -> list[tuple[str, str]]:
    margin = weight_words(found.margin) if found.margin is not None else _("没有第二个人选")
    return [
        (_("谁"), found.person), (_("来源"), DEPARTMENTS.get(found.source, found.source)),
        (_("记录"), _("第 %(row)s 行，%(day)s 比对") % {"row": found.row_no, "day": found.linked_on}),
        (_("权重合计"), weight_words(found.score)), (_("比第二个人选多"), margin),
    ]  # fmt: skip


def _way(file: CaseFile) -> list[Crumb]:
    return [*way_of(file), Crumb(_("差异核对"), reverse("hits", args=[file.id]))]
