"""审查受理: the papers of an application are looked at; it is accepted, or the family is told once what is missing."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.intake.completeness import (
    HERE,
    ITEM_LENGTH,
    LOOK,
    MISSING,
    MOST_ITEMS,
    REASON_LENGTH,
    PaperCheck,
    papers_of,
    resubmit_case,
    return_for_supplement,
    take_case,
)
from opendibao.intake.paper_lists import never_asked
from opendibao.intake.queries import CaseFile, supplements_of
from opendibao.kernel.duties import Duty
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.intake.case_ways import (
    case_facts,
    closed_unless,
    done_at,
    found_case,
    state_now,
    subject_of,
    way_to_case,
)
from opendibao.web.plan_fields import Several

CLERKS = frozenset({Duty.ACCEPT})
TELLERS = frozenset({Duty.ACCEPT, Duty.REVIEW, Duty.CONFIRM})
"""Who tells a family what is missing: its clerk once, a second time somebody else."""


class ResubmitForm(ActForm):
    """The family brought what was missing."""

    brought_on = Day(gettext_lazy("补来的日期"))


def _accept_form(papers: Sequence[PaperCheck]) -> type[ActForm]:
    papers_seen = [(one.kind.key, one.kind.zh) for one in papers if one.state == LOOK]

    class AcceptForm(ActForm):
        """Which papers the officer has seen."""

        accepted_on = Day(gettext_lazy("受理日期"))
        looked_at = Several(gettext_lazy("看过原件、齐全的材料"), hint=gettext_lazy("看一样勾一样；系统查得到的不用勾"))
        looked_at.choices = papers_seen

    return AcceptForm


def _return_form(papers: Sequence[PaperCheck], is_second: bool) -> type[ActForm]:
    wanted = [(one.item, one.item) for one in papers if one.state in (LOOK, MISSING)]

    class ReturnForm(ActForm):
        """What is missing."""

        told_on = Day(gettext_lazy("告知日期"))
        missing = Several(gettext_lazy("缺的材料"), hint=gettext_lazy("查得出缺的已经勾上"))
        missing.choices = wanted
        more = Words(
            gettext_lazy("另外还缺（一行一样）"), MOST_ITEMS * (ITEM_LENGTH + 1), rows=3, needed=False,
            hint=gettext_lazy("写清是谁的、什么材料；部门查得到的证明不能要"),
        )  # fmt: skip
        if is_second:
            supervisor_reason = Words(gettext_lazy("再次告知的理由"), REASON_LENGTH, rows=2, needed=False)

    return ReturnForm


@takes_a_form
def accepted_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """审查材料，受理."""
    file, now = found_case(case_id), today_in_county()
    papers = papers_of(case_id, now)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        take_case(case_id, seen=given["looked_at"], on=given["accepted_on"], at=at)
        return done_at(file, _("已受理；受理通知书写好了，请打印送达。"), "letters")

    return answer(
        request,
        Act(
            title=_("审查材料，受理"), button=_("材料齐了，受理"), form=_accept_form(papers), do=do,
            way=way_to_case(file), subject=subject_of(file), values=lambda: state_now(case_id),
            initial={"accepted_on": now},
            facts=[*case_facts(file), *_known(papers)], closed=closed_unless(file, "submitted"),
            notes=[_("缺材料的不要退，到“一次性告知补正”列清楚缺什么。"), _not_asked()],
        ),
    )  # fmt: skip


@takes_a_form
def returned_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """一次性告知补正."""
    file, now = found_case(case_id), today_in_county()
    papers, former = papers_of(case_id, now), supplements_of(case_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        return_for_supplement(
            case_id, items=[*given["missing"], *given["more"].split("\n")], on=given["told_on"], at=at,
            supervisor_reason=given.get("supervisor_reason", ""),
        )  # fmt: skip
        return done_at(file, _("已告知补正；通知书写好了，请打印送达。"), "letters")

    notes = [_("这张通知书只出一次，请把缺的一次列全（57号第十条）。"), _not_asked()]
    if former:
        notes.insert(0, _second_words(former[-1].told_on, former[-1].told_by, former[-1].items))
    return answer(
        request,
        Act(
            title=_("一次性告知补正"), button=_("出告知补正通知书"), form=_return_form(papers, bool(former)), do=do,
            way=way_to_case(file), subject=subject_of(file), values=lambda: state_now(case_id),
            initial={"told_on": now, "missing": [one.item for one in papers if one.state == MISSING]},
            facts=case_facts(file), closed=closed_unless(file, "submitted"), notes=notes,
        ),
    )  # fmt: skip


@takes_a_form
def resubmitted_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """登记补正."""
    file = found_case(case_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        resubmit_case(case_id, on=given["brought_on"], at=at)
        return done_at(file, _("已登记补正，请再看一遍材料。"))

    return answer(
        request,
        Act(
            title=_("登记补正"), button=_("登记补来材料"), form=ResubmitForm, do=do, way=way_to_case(file),
            subject=subject_of(file), values=lambda: state_now(case_id), initial={"brought_on": today_in_county()},
            facts=[*case_facts(file), *_told(file)], closed=closed_unless(file, "returned"),
        ),
    )  # fmt: skip


def _known(papers: Sequence[PaperCheck]) -> list[tuple[str, str]]:
    """What the system knows by itself."""
    words = {HERE: _("齐全"), MISSING: _("还缺")}
    return [
        (one.kind.zh, _("%(state)s：%(who)s") % {"state": words[one.state], "who": one.says} if one.says else (
            words[one.state]))
        for one in papers
        if one.state in words
    ]  # fmt: skip


def _told(file: CaseFile) -> list[tuple[str, str]]:
    return [(_("%(day)s 告知缺的") % {"day": one.told_on}, _("；").join(one.items)) for one in supplements_of(file.id)]


def _second_words(day: date, who: str, items: Sequence[str]) -> str:
    said = _("%(day)s %(who)s已经告知过：%(items)s。再次告知要由另一名工作人员办，并写明理由。")
    return said % {"day": day, "who": who, "items": _("；").join(items)}


def _not_asked() -> str:
    """What may not be asked for, in one sentence."""
    kinds = _("、").join(one.zh for one in never_asked())
    return _("不得要家庭交（社会救助法第六十二条）：%(kinds)s。") % {"kinds": kinds}


def acceptance_ways(file: CaseFile) -> list[tuple[str, str, frozenset[Duty]]]:
    """What can be done to a case before its acceptance: (words, address, whose duty)."""
    if file.state == "submitted":
        return [
            (_("审查材料，受理"), reverse("accept-case", args=[file.id]), CLERKS),
            (_("一次性告知补正"), reverse("return-case", args=[file.id]), TELLERS),
        ]
    return [(_("登记补正"), reverse("resubmit-case", args=[file.id]), CLERKS)] if file.state == "returned" else []
