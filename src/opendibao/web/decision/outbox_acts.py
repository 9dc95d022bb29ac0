"""上报办理: a file is made, receipts are looked through and taken, what came back is put right."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.decision.outbox import CORRECTION_LENGTH, correct_return, make_reporting_file
from opendibao.decision.outbox_queries import entry_lines_count, returns_of
from opendibao.decision.receipts import LARGEST_BYTES, RECEIPT_COLUMNS, Effect, preview_receipts, take_receipt_file
from opendibao.decision.refusal import DecisionRefused
from opendibao.decision.reporting_layouts import layouts
from opendibao.kernel.ids import is_division, reach_of
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick, Words
from opendibao.web.acts import Act, Done, SeeOther, answer
from opendibao.web.asking import BadQuestion
from opendibao.web.clock import today_in_county
from opendibao.web.decision.outbox_words import way
from opendibao.web.places import places
from opendibao.web.tables import Cell, Crumb, Table, heads, text

KEPT = "receipts"
"""Where a file of receipts lies between being shown and being taken: in the session of who sent it."""
EFFECTS = {
    "accepted": (gettext_lazy("接收"), "ok"), "returned": (gettext_lazy("退回，等改正"), "bad"),
    "known": (gettext_lazy("以前来过，不变"), ""),
}  # fmt: skip
SHOWN_LINES = 200


class SendForm(ActForm):
    """Up to which day, in which layout."""

    layout = Pick(gettext_lazy("版式"), {})
    upto = Day(gettext_lazy("报到哪一天"), hint=gettext_lazy("这天和以前作出的、还没有上报的决定都写进文件"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["layout"].choices = [  # type: ignore[attr-defined]
            (one.key, one.zh if one.is_verified else _("%(layout)s（未核对）") % {"layout": one.zh})
            for one in layouts().values()
        ]


class CorrectForm(ActForm):
    """What was put right."""

    correction = Words(gettext_lazy("改正了什么"), CORRECTION_LENGTH, rows=3)
    on = Day(gettext_lazy("改正日期"))


class TakeForm(ActForm):
    """The file that was shown, by its hash: another one may lie there by now."""

    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)

    kept = ""

    def clean_sha256(self) -> str:
        """Refuse to take another file than was looked through."""
        if self.cleaned_data["sha256"] != self.kept:
            raise ValidationError(_("这份回执已经不是您预览的那一份，请回到“导入回执”重新选文件"))
        return self.kept


@dataclass(frozen=True)
class TakeAct(Act):
    """The act with what each line would do."""

    lines: Table | None = None


@takes_a_form
def made_reporting_file(request: HttpRequest) -> HttpResponse:
    """生成上报文件."""
    division, today = request.GET.get("division", ""), today_in_county()
    if division and not is_division(division):
        raise BadQuestion(_("“%(code)s”不是区划代码，请从列出的乡镇里选") % {"code": division})
    reach = reach_of(division) if division else ""
    waiting = entry_lines_count(state="waiting", reach=reach)
    returned = entry_lines_count(state="returned", reach=reach)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        made = make_reporting_file(upto=given["upto"], on=today, at=at, layout=given["layout"], division=division)
        if made is None:
            raise DecisionRefused(_("%(day)s 以前没有等上报的决定，没有生成文件") % {"day": given["upto"]})
        said = _("已生成“%(name)s”，%(n)d 条。请下载后导入上级系统，拿到回执再来导入。")
        return Done(reverse("reporting-files"), said % {"name": made.name, "n": made.events})

    facts = [
        (_("等上报"), _("%(n)d 条") % {"n": waiting}),
        (_("退回待改正"), _("%(n)d 条，改正后才能重报") % {"n": returned}),
    ]
    if division:
        facts = [(_("范围"), places().full(division)), *facts]
    return answer(
        request,
        Act(
            title=_("生成上报文件"), button=_("生成文件"), form=SendForm, do=do, way=way(),
            initial={"upto": today, "layout": next(iter(layouts()))}, facts=facts,
            notes=[_("撤销的决定不写进文件。同样的决定、同样的版式，文件每个字节都一样。")],
            closed="" if waiting or request.method == "POST" else _("现在没有等上报的决定。"),
        ),
    )  # fmt: skip


@takes_a_form
def imported_receipts(request: HttpRequest) -> HttpResponse:
    """导入回执: choose the file; what is wrong with it is said, else it is shown line by line."""
    fault = ""
    if request.method == "POST":
        sent = request.FILES.get("file")
        try:
            content = _content(sent)
            preview_receipts(content, sent.name or "", on=today_in_county())  # type: ignore[union-attr]
        except DecisionRefused as refusal:
            fault = str(refusal)
        else:
            name = (sent.name or "")[:120]  # type: ignore[union-attr]
            request.session[KEPT] = [name, base64.b64encode(content).decode("ascii")]
            return SeeOther(reverse("take-receipts"))
    shown = {
        "faults": [one for one in fault.split("；") if one], "crumbs": way(Crumb(_("导入回执"))),
        "columns": RECEIPT_COLUMNS,
    }  # fmt: skip
    return render(request, "web/receipts_import.html", shown, status=422 if fault else 200)


def _content(sent: object) -> bytes:
    if not isinstance(sent, UploadedFile):
        raise DecisionRefused(_("没有选文件，请选上级系统给的回执文件（CSV）"))
    if (sent.size or 0) > LARGEST_BYTES:
        raise DecisionRefused(_("文件超过 %(mb)s MB，请分成几份") % {"mb": LARGEST_BYTES // 1_000_000})
    return bytes(sent.read())


@takes_a_form
def taken_receipts(request: HttpRequest) -> HttpResponse:
    """预览回执，接收."""
    name, content = _kept(request)
    digest, today = hashlib.sha256(content).hexdigest() if content else "", today_in_county()

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        made = take_receipt_file(content, name, on=today, at=at)
        said = _(
            "已导入回执：接收 %(accepted)d 条，退回 %(returned)d 条，以前来过 %(known)d 条。退回的等经办人改正后重报。"
        )
        return Done(reverse("outbox"), said % vars(made))

    effects, closed = _previewed(content, name)
    return answer(
        request,
        TakeAct(
            title=_("预览回执：%(name)s") % {"name": name}, button=_("接收这份回执"),
            form=type("TakeForm", (TakeForm,), {"kept": digest}), do=do,
            way=way(Crumb(_("导入回执"), reverse("import-receipts"))), initial={"sha256": digest},
            facts=_counts(effects), closed=closed, template="web/receipts_take.html", lines=_lines(effects),
            notes=[_("整份接收，或者一行也不接收。")],
        ),
    )  # fmt: skip


def _kept(request: HttpRequest) -> tuple[str, bytes]:
    """The file that waits in the session; nothing where none was chosen."""
    name, packed = request.session.get(KEPT) or ("", "")
    return str(name), base64.b64decode(packed)


def _previewed(content: bytes, name: str) -> tuple[Sequence[Effect], str]:
    """What each line would do, or why nothing can be done."""
    if not content:
        return [], _("还没有选回执文件，请回到“导入回执”选文件。")
    try:
        return preview_receipts(content, name, on=today_in_county()), ""
    except DecisionRefused as refusal:
        return [], str(refusal)


def _counts(effects: Sequence[Effect]) -> list[tuple[str, str]]:
    return [
        (str(words), _("%(n)d 条") % {"n": sum(one.effect == key for one in effects)})
        for key, (words, _tone) in EFFECTS.items()
    ]


def _lines(effects: Sequence[Effect]) -> Table:
    rows = [
        [text(one.receipt.number), Cell(str(EFFECTS[one.effect][0]), tone=EFFECTS[one.effect][1]),
         text(one.receipt.day), text(one.receipt.receipt or one.receipt.reason)]
        for one in effects[:SHOWN_LINES]
    ]  # fmt: skip
    caption = _("前 %(n)d 行") % {"n": SHOWN_LINES} if len(effects) > SHOWN_LINES else _("逐行预览")
    return Table(
        heads("!" + _("决定文号"), "!" + _("结果"), "!" + _("接收日期"), _("回执号或原因")), rows, caption=caption
    )


@takes_a_form
def corrected_return(request: HttpRequest, decision_id: int) -> HttpResponse:
    """改正退回."""
    rows = returns_of(decision_id)
    if not rows:
        raise Http404(f"决定 {decision_id} 没有被上级系统退回")
    last = rows[-1]

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        correct_return(decision_id, correction=given["correction"], on=given["on"], at=at)
        return Done(reverse("outbox"), _("已登记改正：%(number)s，等着重报。") % {"number": last.decision})

    done = {"day": last.corrected_on, "who": last.corrected_by, "said": last.correction}
    return answer(
        request,
        Act(
            title=_("改正退回的上报：%(number)s") % {"number": last.decision}, button=_("登记改正"),
            form=CorrectForm, do=do, way=way(), subject=f"决定 {last.decision}", initial={"on": today_in_county()},
            facts=[(_("户编号"), last.household), (_("退回日期"), str(last.returned_on)), (_("退回原因"), last.reason),
                   (_("上报文件"), last.file), (_("退回次数"), str(len(rows)))],
            closed=_("已于 %(day)s 由 %(who)s 改正：%(said)s") % done if last.corrected_on else "",
            notes=[_("先在家庭页或案件页把情况改对，再在这里写明改正了什么；县里下次生成上报文件时重报。")],
        ),
    )  # fmt: skip
