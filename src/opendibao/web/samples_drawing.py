"""抽取样本: the form that draws a sample, and the page on which a draw is made again to be checked."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.evaluation.frames import frame
from opendibao.evaluation.sample_size import sample_size
from opendibao.evaluation.sampled import draws, progress, repeat
from opendibao.evaluation.sampling import Plan, draw_sample
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.asking import Asked
from opendibao.web.county import asked_of
from opendibao.web.evaluation_tabs import evaluation_tabs
from opendibao.web.sample_words import HOW, METHODS, PURPOSES
from opendibao.web.samples_results import crumbs, known_purpose
from opendibao.web.tables import Crumb

CONFIDENCES = {"9500": "95%", "9000": "90%", "9900": "99%"}
USUAL = {"satisfaction": "stratified", "accuracy": "simple", "arrival": "pps"}
MARGINS = (300, 500, 1000)
OFFERED = 95


class DrawForm(ActForm):
    """How a sample is to be drawn."""

    method = Pick(
        gettext_lazy("抽样方法"), METHODS, hint=gettext_lazy("满意度通常分层，准确率通常简单随机，到账通常按金额")
    )
    margin = Words(gettext_lazy("误差限（%）"), 5, hint=gettext_lazy("通常 5；越小要问的越多"))
    confidence = Pick(gettext_lazy("置信度"), CONFIDENCES)
    response = Words(gettext_lazy("预计应答率（%）"), 6, hint=gettext_lazy("预计多少人会回答，没有把握时填 90"))
    size = Words(gettext_lazy("样本量"), 7, needed=False, hint=gettext_lazy("（选填）空着就按误差限、置信度和应答率算"))
    seed = Words(gettext_lazy("种子"), 18, hint=gettext_lazy("一个事先公开的整数，如当天日期；同一种子抽出同样的户"))
    on = Day(gettext_lazy("名单截至"), hint=gettext_lazy("按这一天的在保家庭（到账核实：这一天前到账的发放）抽"))

    def clean_margin(self) -> int:
        """In basis points."""
        return _basis_points(self.cleaned_data["margin"], _("误差限"))

    def clean_response(self) -> int:
        """In basis points."""
        return _basis_points(self.cleaned_data["response"], _("预计应答率"))

    def clean_size(self) -> int | None:
        """A count, None to work it out."""
        text = str(self.cleaned_data["size"])
        return _whole(text, _("样本量")) if text else None

    def clean_seed(self) -> int:
        """A whole number."""
        return _whole(str(self.cleaned_data["seed"]), _("种子"))


def _whole(text: str, label: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ValidationError(_("“%(label)s”应是整数，如 20241202") % {"label": label})
    return int(text)


def _basis_points(text: str, label: str) -> int:
    try:
        found = Decimal(text) * 100
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or found % 1 or not 0 <= found <= 10_000:
        raise ValidationError(_("“%(label)s”应是 0 到 100 的数，最多两位小数") % {"label": label})
    return int(found)


@takes_a_form
def drawn_sample(request: HttpRequest, purpose: str) -> HttpResponse:
    """抽样."""
    question, name = asked_of(request), PURPOSES[known_purpose(purpose)]

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        plan = Plan(
            given["method"], given["seed"], given["size"], given["margin"], int(given["confidence"]), given["response"]
        )
        made = draw_sample(purpose, question.year, plan, on=given["on"], at=at)
        said = _("已从 %(all)s 个里抽取 %(n)s 个。") % {"all": f"{made.population:,}", "n": f"{made.size:,}"}
        return Done(f"{reverse('sample-list', args=[purpose])}?year={question.year}", said)

    day = question.as_of
    return answer(
        request,
        Act(
            title=_("抽%(year)s年%(name)s样本") % {"year": question.year, "name": name}, button=_("抽取"),
            form=DrawForm, do=do, way=crumbs(question), facts=_facts(purpose, day), closed=_drawn(purpose, question),
            initial={
                "method": USUAL[purpose], "margin": "5", "confidence": "9500", "response": str(OFFERED),
                "seed": f"{day:%Y%m%d}", "on": day,
            },
            notes=[f"{METHODS[method]}：{HOW[method]}" for method in METHODS]
            + [_("一年一个用途只抽一次；方法、种子、名单的校验码都会留下，谁都可以重抽核对。")],
        ),
    )  # fmt: skip


def _drawn(purpose: str, question: Asked) -> str:
    if not progress(purpose, question.year).size:
        return ""
    return _("%(year)s 年的%(name)s样本已经抽取，不能重抽。") % {"year": question.year, "name": PURPOSES[purpose]}


def _facts(purpose: str, day: date) -> list[tuple[str, str]]:
    """How many there are, and how many must be asked for the usual margins."""
    there = len(frame(purpose, day))
    unit = _("笔") if purpose == "arrival" else _("户")
    facts = [(_("名单"), _("%(day)s 有 %(n)s %(unit)s") % {"day": day, "n": f"{there:,}", "unit": unit})]
    if not there:
        return facts
    for margin in MARGINS:
        found = sample_size(there, margin, 9500)
        words = _("误差 %(margin)s%%、置信 95%%") % {"margin": margin // 100}
        facts.append((words, _("要 %(n)s %(unit)s。%(formula)s") % {
            "n": f"{found.n:,}", "unit": unit, "formula": found.formula,
        }))  # fmt: skip
    return facts


def repeated_sample(request: HttpRequest, purpose: str) -> HttpResponse:
    """重抽核对."""
    question, name = asked_of(request), PURPOSES[known_purpose(purpose)]
    kept = draws(question.year, settings.OPENDIBAO_COUNTY).get(purpose)
    if kept is None:
        raise Http404(f"{question.year}年度没有留下{name}样本的抽取记录")
    title = _("重抽核对：%(year)s 年%(name)s") % {"year": question.year, "name": name}
    shown = {
        "asked": question, "purpose": purpose, "title": title, "found": repeat(kept), "method": METHODS[kept.method],
        "how": HOW[kept.method], "crumbs": [*crumbs(question), Crumb(_("重抽核对"))],
        "tabs": evaluation_tabs(request, "samples", question.year),
    }  # fmt: skip
    return render(request, "web/sample_repeat.html", shown)
