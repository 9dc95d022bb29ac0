"""核对的说明和异议: the family's words on a hit, its objection, what the re-check came to, the letter to the family."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.intake.attachments import keep_attachment
from opendibao.intake.queries import CaseFile
from opendibao.verification.match_letters import tell_mismatch, untold
from opendibao.verification.match_queries import RecheckRow, rechecks_of
from opendibao.verification.matching import ANSWERED_IN
from opendibao.verification.queries import MatchRow, matches_of
from opendibao.verification.rechecking import (
    NAME_LENGTH,
    WORDS_LENGTH,
    hear_explanation,
    object_to_match,
    settle_recheck,
)
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.labels import DEPARTMENTS
from opendibao.web.tables import Crumb
from opendibao.web.uploads import Paper
from opendibao.web.verification.known_case import known_case, subject_of, way_of
from opendibao.web.verification.match_words import RECHECKS, found_words


class ExplainForm(ActForm):
    """Who said what, and what he showed."""

    on = Day(gettext_lazy("说明日期"))
    said_by = Words(gettext_lazy("说明人"), NAME_LENGTH)
    words = Words(gettext_lazy("说明内容"), WORDS_LENGTH, rows=4, hint=gettext_lazy("照他的原话记"))
    paper = Paper(gettext_lazy("说明材料"), needed=False)


class ObjectForm(ActForm):
    """Who objects, why, and with what paper."""

    on = Day(gettext_lazy("异议日期"))
    objector = Words(gettext_lazy("异议人"), NAME_LENGTH)
    ground = Words(gettext_lazy("异议理由"), WORDS_LENGTH, rows=4, hint=gettext_lazy("照他的原话记"))
    paper = Paper(
        gettext_lazy("证明材料"), needed=False, hint=gettext_lazy("有材料的一并收下；暂时没有的也先登记，不能不收")
    )


class RecheckForm(ActForm):
    """What the re-check came to; a corrected answer says what is right."""

    on = Day(gettext_lazy("复查日期"))
    outcome = Pick(gettext_lazy("复查结果"), RECHECKS)
    findings = Words(
        gettext_lazy("查了什么"), WORDS_LENGTH, rows=4,
        hint=gettext_lazy("会写进告知书：看了什么材料、问了哪个部门、查到什么；不写别家的事"),
    )  # fmt: skip
    found = Words(
        gettext_lazy("更正成什么"), WORDS_LENGTH, rows=2, needed=False, hint=gettext_lazy("只有更正核对结果的才填")
    )

    def clean(self) -> dict[str, Any]:
        """What is changed says into what, and nothing else does."""
        given = super().clean() or {}
        is_changed = given.get("outcome") == "changed"
        if "outcome" in given and is_changed != bool(given.get("found")):
            said = _("请写明更正成什么") if is_changed else _("不是更正的，不用填“更正成什么”，请删去")
            self.add_error("found", said)
        return given


@takes_a_form
def explained_hit(request: HttpRequest, case_id: int, match_id: int) -> HttpResponse:
    """听取说明."""
    file, hit = _hit(case_id, match_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        paper = _kept(file, given["paper"], at)
        hear_explanation(
            match_id, said_by=given["said_by"], words=given["words"], on=given["on"], at=at, paper_id=paper
        )
        return Done(_there(file, match_id), _("已记下家庭的说明。"))

    return answer(
        request,
        Act(
            title=_("听取家庭说明"), button=_("记下说明"), form=ExplainForm, do=do, way=_way(file),
            initial={"on": today_in_county(), "said_by": hit.person}, facts=_facts(hit), closed=_closed(file),
        ),
    )  # fmt: skip


@takes_a_form
def objected_hit(request: HttpRequest, case_id: int, match_id: int) -> HttpResponse:
    """登记核对异议."""
    file, hit = _hit(case_id, match_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        paper = _kept(file, given["paper"], at)
        made = object_to_match(
            match_id, objector=given["objector"], ground=given["ground"], on=given["on"], at=at, paper_id=paper
        )
        said = _("已登记异议，%(day)s 前复查并告知。办结以前，这个案件不能往下办。") % {"day": made.due_on}
        return Done(_there(file, match_id), said)

    is_open = any(row.match_id == match_id and not row.outcome for row in rechecks_of(case_id))
    said = _("这条的异议正在复查，先办结再登记新的。") if is_open else ""
    return answer(
        request,
        Act(
            title=_("登记核对异议"), button=_("登记异议"), form=ObjectForm, do=do, way=_way(file),
            subject=subject_of(file), initial={"on": today_in_county(), "objector": hit.person}, facts=_facts(hit),
            closed=_closed(file) or said, notes=[_("家庭对核对结果有异议的，应当复查（57号第十八条）。")],
        ),
    )  # fmt: skip


@takes_a_form
def settled_recheck(request: HttpRequest, case_id: int, recheck_id: int) -> HttpResponse:
    """办结异议复查."""
    file = known_case(case_id)
    found = next((row for row in rechecks_of(case_id) if row.id == recheck_id), None)
    if found is None:
        raise Http404(f"案件 {case_id} 没有复查 {recheck_id}")

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        changed = {"found": given["found"]} if given["found"] else None
        settle_recheck(
            recheck_id, outcome=given["outcome"], findings=given["findings"], on=given["on"], at=at, found=changed
        )
        said = _("复查已办结：%(outcome)s。告知书已制作，请在案件页送达。") % {"outcome": RECHECKS[given["outcome"]]}
        return Done(_there(file, found.match_id), said)

    closed = _("这项复查已经办结：%(outcome)s。") % {"outcome": RECHECKS[found.outcome]} if found.outcome else ""
    return answer(
        request,
        Act(
            title=_("办结异议复查"), button=_("办结并制作告知书"), form=RecheckForm, do=do, way=_way(file),
            subject=subject_of(file), initial={"on": today_in_county()}, facts=_objection(found),
            closed=_closed(file) or closed,
            notes=[_("不管结果怎样，都书面告知家庭：《异议复查结果告知书》（57号第十八条）。")],
        ),
    )  # fmt: skip


class TellForm(ActForm):
    """The day of the letter."""

    on = Day(gettext_lazy("制作日期"))


@takes_a_form
def told_mismatch(request: HttpRequest, case_id: int) -> HttpResponse:
    """制作核对不符告知书."""
    file = known_case(case_id)
    hits = untold(file.id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        tell_mismatch(file.id, on=given["on"], at=at)
        return Done(reverse("hits", args=[file.id]), _("已制作《核对不符告知书》，请在案件页送达。"))

    facts = [(hit.person.name, str(hit.detail.get("found", ""))) for hit in hits]
    return answer(
        request,
        Act(
            title=_("制作核对不符告知书"), button=_("制作告知书"), form=TellForm, do=do, way=_way(file),
            subject=subject_of(file), initial={"on": today_in_county()}, facts=facts,
            closed="" if hits else _("没有处置为“建议终止”还没告知的核对信息。"),
            notes=[_("告知书写明核到的情况、为什么、怎样提异议；制作以后处置不能再撤回。")],
        ),
    )  # fmt: skip


def _hit(case_id: int, match_id: int) -> tuple[CaseFile, MatchRow]:
    file = known_case(case_id)
    found = next((row for row in matches_of(case_id) if row.id == match_id and row.outcome == "hit"), None)
    if found is None:
        raise Http404(f"案件 {case_id} 没有核对结果 {match_id}")
    return file, found


def _kept(file: CaseFile, sent: Any, at: datetime) -> int | None:
    if not sent:
        return None
    return keep_attachment(
        file.id, kind="evidence", name=sent.name, content=sent.content, on=today_in_county(), at=at
    ).pk  # fmt: skip


def _closed(file: CaseFile) -> str:
    return "" if file.state in ANSWERED_IN else _("案件已经办结，或者还没有受理。")


def _there(file: CaseFile, match_id: int) -> str:
    return f"{reverse('hits', args=[file.id])}#hit{match_id}"


def _way(file: CaseFile) -> list[Crumb]:
    return [*way_of(file), Crumb(_("差异核对"), reverse("hits", args=[file.id]))]


def _facts(hit: MatchRow) -> list[tuple[str, str]]:
    return [
        (_("谁"), hit.person), (_("来源"), DEPARTMENTS.get(hit.source, hit.source)), (_("核到"), found_words(hit)),
    ]  # fmt: skip


def _objection(row: RecheckRow) -> list[tuple[str, str]]:
    return [
        (_("谁"), row.person), (_("来源"), DEPARTMENTS.get(row.source, row.source)),
        (_("异议人"), _("%(who)s，%(day)s") % {"who": row.objector, "day": row.objected_on}),
        (_("异议理由"), row.ground), (_("应在哪天前告知"), str(row.due_on)),
    ]  # fmt: skip
