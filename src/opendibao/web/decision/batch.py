"""成批确认办理: what would be confirmed is shown with whom it leaves out, then done in one go; and taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.decision.batches import Preview, approve_batch, preview
from opendibao.decision.letter_queries import batch, batch_letters
from opendibao.decision.refusal import DecisionRefused
from opendibao.decision.voiding import void_batch
from opendibao.kernel.money import in_words, yuan_text
from opendibao.registry.queries import heads_of
from opendibao.web.access import CONFIRMERS, may, takes_a_form
from opendibao.web.acts import Act, Done, answer
from opendibao.web.asking import BadQuestion
from opendibao.web.clock import today_in_county
from opendibao.web.decision.approval_acts import NothingForm, ReasonForm
from opendibao.web.decision.approval_words import totals
from opendibao.web.decision.fields import Ticks
from opendibao.web.places import places
from opendibao.web.tables import Cell, Crumb, Table, count, day, heads, money, text

MOST_DIGITS = 12


class BatchForm(NothingForm):
    """The cases meant, as the preview showed them."""

    cases = Ticks(gettext_lazy("一起确认的案件"), [])


@dataclass(frozen=True)
class BatchAct(Act):
    """The act with its preview: the ids that would be confirmed, included and left out each as a table."""

    chosen: Sequence[str] = ()
    included: Table | None = None
    excluded: Table | None = None


@takes_a_form
def confirmed_batch(request: HttpRequest) -> HttpResponse:
    """预览和成批确认."""
    today, ids = today_in_county(), _ids(request)
    try:
        seen = preview(ids, on=today) if ids else Preview((), ())
    except DecisionRefused as refusal:
        raise BadQuestion(str(refusal)) from None
    chosen = [str(one.case.id) for one in seen.included]

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        made = approve_batch([int(each) for each in given["cases"]], on=today, at=at)
        said = {"n": made.households, "persons": made.persons, "yuan": yuan_text(made.monthly_fen, grouped=True)}
        words = _("已确认 %(n)s/%(n)s 户，%(persons)s 人，每月 %(yuan)s 元。告知书送达以前可以撤销。") % said
        return Done(reverse("approval-batch", args=[made.pk]), words)

    # whoever sends it again is led to what was done; whatever changed meanwhile is refused by name
    known = [str(each) for each in ids] if request.method == "POST" else chosen
    return answer(request, _act(seen, chosen, known, do, is_asked=bool(ids)))


def _act(seen: Preview, chosen: Sequence[str], known: Sequence[str], do: Any, *, is_asked: bool) -> BatchAct:
    said = totals(seen.included) | {"out": str(len(seen.excluded))}
    field = Ticks(gettext_lazy("一起确认的案件"), [(each, each) for each in known])
    return BatchAct(
        title=_("成批确认"), button=_("确认这 %(n)s 户") % said, form=type("BatchForm", (BatchForm,), {"cases": field}),
        do=do, way=[Crumb(_("审核确认"), reverse("approvals"))], initial={"cases": list(chosen)},
        facts=[
            (_("合计"), _("%(n)s 户 · %(persons)s 人 · 每月 %(yuan)s 元；%(out)s 户排除") % said),
            *([(_("每月大写"), in_words(seen.monthly_fen))] if chosen else []),
            *([] if chosen else [(one.case.number, why) for one, why in seen.excluded]),
        ],
        notes=[_("每户一个决定、一份通知书；要么都确认，要么一户也不确认。金额由规则算出，下月起发放。")],
        closed="" if chosen else (
            _("没有可以一起确认的案件，请回清单重选。") if is_asked else _("一件也没有选，请回清单勾选。")
        ),
        template="web/batch.html", chosen=chosen, included=_included(seen), excluded=_excluded(seen),
    )  # fmt: skip


def _ids(request: HttpRequest) -> list[int]:
    """The cases that are asked for. Raises BadQuestion."""
    asked = request.POST.getlist("cases") if request.method == "POST" else request.GET.getlist("case")
    if bad := [each for each in asked if not (each.isascii() and each.isdigit() and len(each) <= MOST_DIGITS)]:
        raise BadQuestion(_("“%(text)s”不是案件，请从审核确认的清单里勾选") % {"text": bad[0]})
    return [int(each) for each in asked]


def _included(seen: Preview) -> Table:
    names = heads_of([one.case.household for one in seen.included])
    where = places()
    rows = [
        [Cell(names.get(one.case.household, one.case.household), reverse("approval", args=[one.case.id])),
         text(where.full(one.case.division)), count(one.ruled.persons), money(one.ruled.monthly_fen)]
        for one in seen.included
        if one.ruled
    ]  # fmt: skip
    return Table(
        heads(_("家庭"), _("村社区"), "#" + _("人数"), "#" + _("每月（元）")), rows,
        [text(_("合计")), text(""), count(seen.persons), money(seen.monthly_fen)], caption=_("要一起确认的"),
        nothing=_("没有可以一起确认的"), empty=_("请回清单重选。"),
    )  # fmt: skip


def _excluded(seen: Preview) -> Table | None:
    if not seen.excluded:
        return None
    names = heads_of([one.case.household for one, _why in seen.excluded])
    rows = [
        [Cell(names.get(one.case.household, one.case.household), reverse("approval", args=[one.case.id])),
         text(one.case.number), text(why)]
        for one, why in seen.excluded
    ]  # fmt: skip
    return Table(heads(_("家庭"), "!" + _("案号"), _("为什么排除")), rows, caption=_("排除的"))


def one_batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """What a batch confirmed, and whether it can still be taken back."""
    found = batch(batch_id)
    if found is None:
        raise Http404(f"没有成批确认 {batch_id}")
    rows = batch_letters(batch_id)
    names, where = heads_of([row.household for row in rows]), places()
    table = Table(
        heads(_("家庭"), _("村社区"), "!" + _("决定文号"), "#" + _("每月（元）"), "!" + _("告知书"), "!" + _("撤销")),
        [[Cell(names.get(row.household, row.household), reverse("household", args=[row.household])),
          text(where.full(row.division)), Cell(row.number, reverse("decision-letter", args=[row.decision_id])),
          money(row.amount_fen), day(row.delivered_on) if row.delivered_on else text(_("还没有送达")),
          Cell(str(row.voided_on), tone="warn") if row.voided_on else text("")]
         for row in rows],
        caption=_("这一批的决定"),
    )  # fmt: skip
    valid = [row for row in rows if row.voided_on is None]
    return render(request, "web/approval_batch.html", {
        "batch": found, "table": table, "may_void": may(request, CONFIRMERS) and bool(valid)
        and not any(row.delivered_on for row in valid), "voided": len(rows) - len(valid),
        "crumbs": [Crumb(_("审核确认"), reverse("approvals")), Crumb(str(found.approved_on))],
    })  # fmt: skip


@takes_a_form
def voided_batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """撤销成批确认."""
    found, today = batch(batch_id), today_in_county()
    if found is None:
        raise Http404(f"没有成批确认 {batch_id}")

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        number = void_batch(batch_id, reason=given["reason"], on=today, at=at)
        return Done(reverse("approvals"), _("已撤销 %(n)s 个决定，案件回到等审核确认。") % {"n": number})

    valid = [row for row in batch_letters(batch_id) if row.voided_on is None]
    said = {"n": found.households, "persons": found.persons, "yuan": yuan_text(found.monthly_fen, grouped=True)}
    return answer(
        request,
        Act(
            title=_("撤销成批确认"), button=_("撤销这一批"), form=ReasonForm, do=do, subject=f"成批确认 {batch_id}",
            way=[Crumb(_("审核确认"), reverse("approvals")),
                 Crumb(str(found.approved_on), reverse("approval-batch", args=[batch_id]))],
            facts=[(_("这一批"), _("%(n)s 户 · %(persons)s 人 · 每月 %(yuan)s 元") % said),
                   (_("还有效的决定"), str(len(valid)))],
            notes=[_("有一份告知书已经签收、已经上报或者已编入发放名册，就整批不能撤销，请以新决定逐户调整。")],
            closed="" if valid else _("这一批的决定都已撤销。"),
        ),
    )  # fmt: skip
