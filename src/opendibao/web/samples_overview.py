"""抽样总页: the year's samples with how they were drawn, how far they are worked and what they say."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.evaluation.sample_results import Result, results
from opendibao.evaluation.sampled import DrawRow, Progress, draws, interviews_count, progress
from opendibao.web.access import EVALUATORS, may
from opendibao.web.asking import Asked
from opendibao.web.county import asked_of
from opendibao.web.evaluation_tabs import evaluation_tabs
from opendibao.web.sample_words import METHODS, PURPOSES, QUESTIONS
from opendibao.web.tables import Cell, Crumb, Table, count, heads, text


def samples(request: HttpRequest) -> HttpResponse:
    """All three purposes, and the talks."""
    question = asked_of(request)
    drawn = draws(question.year, settings.OPENDIBAO_COUNTY)
    worked = {purpose: progress(purpose, question.year) for purpose in PURPOSES}
    missing = [purpose for purpose in PURPOSES if not worked[purpose].size]
    shown = {
        "asked": question,
        "tabs": evaluation_tabs(request, "samples", question.year),
        "crumbs": [Crumb(_("绩效评价"), reverse("evaluation") + f"?year={question.year}"), Crumb(_("抽样"))],
        "draws": _draws(question, drawn, worked),
        "answers": _answers(question, [purpose for purpose in PURPOSES if worked[purpose].size]),
        "to_draw": [(purpose, PURPOSES[purpose]) for purpose in missing] if may(request, EVALUATORS) else [],
        "talks": interviews_count(question.year),
    }
    return render(request, "web/samples.html", shown)


def _draws(question: Asked, drawn: dict[str, DrawRow], worked: dict[str, Progress]) -> Table:
    rows = [
        _draw(question, purpose, drawn.get(purpose), worked[purpose]) for purpose in PURPOSES if worked[purpose].size
    ]
    return Table(
        heads(_("用途"), _("方法"), "!" + _("抽取日期"), "#" + _("样本"), "#" + _("总体"), "#" + _("已答"),
              "#" + _("待问"), _("种子"), _("核对")),
        rows, caption=_("抽取和登记"), nothing=_("今年还没有抽样"),
        empty=_("抽样后，这里列出怎样抽的、问了多少户、还差多少户。"),
    )  # fmt: skip


def _draw(question: Asked, purpose: str, kept: DrawRow | None, done: Progress) -> list[Cell]:
    listed = f"{reverse('sample-list', args=[purpose])}?year={question.year}"
    how = [text(METHODS[kept.method]), Cell(str(kept.drawn_on)) if kept else text("")] if kept else [text(""), text("")]
    again = (
        Cell(_("重抽核对"), f"{reverse('repeat-sample', args=[purpose])}?year={question.year}") if kept else text("")
    )
    return [
        Cell(PURPOSES[purpose], f"{reverse('sample-results', args=[purpose])}?year={question.year}"), *how,
        count(done.size, listed), count(kept.population) if kept else text(""),
        count(done.done, f"{listed}&state=done"), count(done.size - done.done, f"{listed}&state=waiting"),
        text(kept.seed if kept else ""), again,
    ]  # fmt: skip


def _answers(question: Asked, purposes: list[str]) -> Table:
    found = [one for purpose in purposes for one in results(purpose, question.year, settings.OPENDIBAO_COUNTY)]
    return Table(
        heads(_("问的是"), "#" + _("比例"), "#" + _("95% 区间"), "#" + _("符合"), "#" + _("有效回答"),
              "#" + _("应答率"), _("指标值")),
        [_answer(question, one) for one in found], caption=_("结果"), nothing=_("还没有结果"),
        empty=_("登记回答后，这里列出比例和它可能的范围。"),
    )  # fmt: skip


def _answer(question: Asked, found: Result) -> list[Cell]:
    rate, purpose = found.estimate.whole, found.question.purpose
    to = f"{reverse('sample-results', args=[purpose])}?year={question.year}#{found.question.code}"
    listed = f"{reverse('sample-list', args=[purpose])}?year={question.year}&question={found.question.code}&state="
    unmeasured = Cell(_("未测得"), to, tone="warn")
    return [
        text(QUESTIONS[found.question.code]), Cell(f"{rate.value}%", to) if rate.value is not None else unmeasured,
        text(f"{rate.low}%—{rate.high}%" if rate.low is not None else ""), count(rate.hits, f"{listed}hit"),
        count(rate.valid, f"{listed}valid"), text(f"{rate.response}%" if rate.response is not None else ""),
        target_cell(found),
    ]  # fmt: skip


def target_cell(found: Result) -> Cell:
    """How the sample stands to the sheet's target."""
    if found.target is None:
        return text("")
    states = {"met": (_("已达到"), "ok"), "unsure": (_("下限低于指标值"), "warn"), "missed": (_("未达到"), "bad")}
    words, tone = states[found.target.state]
    return Cell(f"{found.target.text} {words}", tone=tone)
