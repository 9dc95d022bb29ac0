"""报告办理: figures taken again, paragraphs rewritten or brought back, findings explained, the report made final."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.evaluation.actions import lock_year, sign_note
from opendibao.evaluation.conclusion import NoSheet
from opendibao.evaluation.locking import LONGEST_NOTE, NotFinal, note_subject, snapshot_subject
from opendibao.evaluation.queries import latest_snapshot
from opendibao.evaluation.refusal import EvaluationRefused
from opendibao.evaluation.report_texts import LONGEST_TEXT, BadText, text_history, text_subject, write_text
from opendibao.reporting.content import FindingContent, ReportContent
from opendibao.reporting.drafting.draft import Draft, draft_of
from opendibao.reporting.drafting.marks import Marks
from opendibao.reporting.finalising import finalise
from opendibao.reporting.sentences import DEPARTMENT_EVALUATION
from opendibao.reporting.yearly import write_files
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.tables import Crumb

AUTOMATIC = "automatic"
SHOWN_LETTERS = 40


class TextForm(ActForm):
    """A paragraph in an officer's words."""

    text = Words(
        gettext_lazy("这一段"), LONGEST_TEXT, rows=10,
        hint=gettext_lazy("［ ］里是数字牌：只写数字的名字，印出来的是当时的数，点开是明细。请不要把数直接敲进去"),
    )  # fmt: skip


class NoteForm(ActForm):
    """Why a finding stands as it is."""

    note = Words(gettext_lazy("说明"), LONGEST_NOTE, rows=3, hint=gettext_lazy("为什么不改：会连同姓名印进报告"))


class SureForm(ActForm):
    """Nothing to fill in: the button says it."""


def report_page(year: int) -> str:
    """Where a year's draft is."""
    return f"{reverse('report-editor')}?year={year}"


def _paragraph(year: int, place: str) -> str:
    """Where a paragraph of a year's draft is."""
    return f"{report_page(year)}#at-{place}"


def way_of_report(year: int) -> list[Crumb]:
    """The way to a year's draft."""
    return [
        Crumb(_("绩效评价"), f"{reverse('evaluation')}?year={year}"),
        Crumb(_("%(year)s 年度报告") % {"year": year}, report_page(year)),
    ]


def _draft(year: int) -> Draft:
    snapshot = latest_snapshot(year, settings.OPENDIBAO_COUNTY)
    if snapshot is None:
        raise Http404(f"{year}年度还没有草稿，请先取数")
    return draft_of(snapshot)


@takes_a_form
def retaken_figures(request: HttpRequest, year: int) -> HttpResponse:
    """重新取数."""

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        try:
            locked = lock_year(year, settings.OPENDIBAO_COUNTY, at=at)
        except NoSheet as refusal:
            raise NotFinal(str(refusal)) from None
        said = _("取数完成：快照第 %(version)s 版。数没有变的，还是原来那一版。")
        return Done(report_page(year), said % {"version": locked.version})

    return answer(
        request,
        Act(
            title=_("%(year)s 年度：重新取数") % {"year": year}, button=_("取数"), form=SureForm, do=do,
            way=way_of_report(year), subject=snapshot_subject(year),
            notes=[_("把全部数字再量一遍，存成新的草稿；改写过的段落和签过的说明都留着。要几秒钟。")],
        ),
    )  # fmt: skip


@takes_a_form
def written_text(request: HttpRequest, year: int, place: str) -> HttpResponse:
    """改写一段."""
    draft = _draft(year)
    marks = Marks(draft.content)
    if place not in draft.automatic:
        raise Http404(f"报告里没有“{place}”这一段")
    automatic = marks.shown(marks.of_runs(draft.automatic[place].runs))
    now = marks.shown(draft.texts[place]) if place in draft.texts else automatic

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        kept = marks.kept(given["text"])
        if kept.strip() == marks.of_runs(draft.automatic[place].runs).strip():
            if place not in draft.texts:
                raise BadText(_("这一段没有改动，不另存"))
            kept = ""
        write_text(year, settings.OPENDIBAO_COUNTY, DEPARTMENT_EVALUATION, place, kept, at=at)
        return Done(_paragraph(year, place), _("这一段已改写，原来的文字都留着，可以退回。"))

    return answer(
        request,
        Act(
            title=_("改写一段"), button=_("保存"), form=TextForm, do=do, way=way_of_report(year),
            subject=text_subject(year, place), values=lambda: {"text": now}, initial={"text": now},
            facts=[(_("自动文字"), automatic)],
            notes=[_("可以用的数字牌：%(names)s") % {"names": _listed(marks, draft.content)}],
        ),
    )  # fmt: skip


def _listed(marks: Marks, content: ReportContent) -> str:
    """Every mark with what it prints now."""
    named = [(name, content.figure(figure)) for figure, name in marks.names.items()]
    return _("　").join(f"［{name}］＝{one.value}{one.unit if one.unit != '%' else ''}" for name, one in named if one)


@takes_a_form
def restored_text(request: HttpRequest, year: int, place: str) -> HttpResponse:
    """退回以前的文字."""
    county = settings.OPENDIBAO_COUNTY
    former = text_history(year, county, DEPARTMENT_EVALUATION, place)
    kept = {str(one.number): one.text for one in former if one.text}
    said = _("第 %(n)s 稿，%(officer)s %(day)s：%(text)s")
    options = {AUTOMATIC: _("自动文字")} | {
        str(one.number): said % {
            "n": one.number, "officer": one.officer, "day": f"{one.written_at:%Y-%m-%d %H:%M}",
            "text": one.text[:SHOWN_LETTERS]}
        for one in former if one.text
    }  # fmt: skip
    form = type("RestoreForm", (ActForm,), {"which": Pick(_("退回成"), options)})

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        write_text(year, county, DEPARTMENT_EVALUATION, place, kept.get(given["which"], ""), at=at)
        return Done(_paragraph(year, place), _("已经退回；退回前的文字也还留着。"))

    return answer(
        request,
        Act(
            title=_("退回以前的文字"), button=_("退回"), form=form, do=do, way=way_of_report(year),
            subject=text_subject(year, place), closed="" if former else _("这一段没有改写过。"),
        ),
    )  # fmt: skip


@takes_a_form
def signed_finding(request: HttpRequest, year: int, finding: str) -> HttpResponse:
    """签署说明."""
    where = request.GET.get("where", "")
    found = next((one for one in _draft(year).findings if (one.id, one.where) == (finding, where)), None)
    if found is None:
        raise Http404(f"{year}年度没有“{where}”处的{finding}，也许已经改正")

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        sign_note(year, settings.OPENDIBAO_COUNTY, finding, given["note"], where=where, at=at)
        return Done(report_page(year), _("%(id)s 的说明已签署，会印进报告。") % {"id": finding})

    signed = _("已经签署：%(note)s（%(officer)s）") % {"note": found.note, "officer": found.officer}
    return answer(
        request,
        Act(
            title=_("签署说明：%(id)s") % {"id": finding}, button=_("签署"), form=NoteForm, do=do,
            way=way_of_report(year), subject=note_subject(year, finding), closed=signed if found.note else "",
            facts=[(_("发现"), found.zh), (_("位置"), found.where)],
            notes=[_("能改的请先改：签了说明的错误照样印在体检结果里，写明是谁、为什么。")],
        ),
    )  # fmt: skip


@takes_a_form
def finished_report(request: HttpRequest, year: int) -> HttpResponse:
    """定稿."""
    draft = _draft(year)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        try:
            made = finalise(year, settings.OPENDIBAO_COUNTY, at=at)
        except NoSheet as refusal:
            raise EvaluationRefused(str(refusal)) from None
        list(write_files(made, Path(settings.VAR) / "reports" / str(year)))
        said = _("已定稿：第 %(version)s 版，文件已写好。以后登记的事实不会改动它。")
        return Done(report_page(year), said % {"version": made.version})

    still_open = [_told(one) for one in draft.open_errors]
    facts = [
        (_("得分"), _("%(score)s 分，等级“%(grade)s”") % {"score": draft.content.score, "grade": draft.content.grade}),
        (_("数据截至"), draft.content.as_of),
        (_("改写过的段落"), str(len(draft.texts))),
        (_("手改的数"), str(len(draft.typed))),
    ]
    closed = _("体检还有 %(n)d 项错误，不能定稿，请改正或者签署说明：%(listed)s")
    return answer(
        request,
        Act(
            title=_("%(year)s 年度报告定稿") % {"year": year}, button=_("定稿"), form=SureForm, do=do,
            way=way_of_report(year), subject=snapshot_subject(year), facts=facts,
            closed=closed % {"n": len(still_open), "listed": _("；").join(still_open)} if still_open else "",
            notes=[
                _("定稿前会再取一次数：和草稿不同就停下来，请您看过新的草稿再定。"),
                _("定稿锁住全部数字和文字，接在上一份定稿后面（哈希链），谁也不能再改；以后要改，只能另出一份。"),
            ],
        ),
    )  # fmt: skip


def _told(one: FindingContent) -> str:
    return f"{one.id} {one.where}"
