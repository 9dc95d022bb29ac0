"""抽样结果: each question of a sample in words and numbers, township by township, and against the year before."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.evaluation.estimates import Rate, differ
from opendibao.evaluation.sample_results import Result, results
from opendibao.evaluation.sampled import DrawRow, draws, mismatches, progress
from opendibao.web.asking import Asked
from opendibao.web.county import asked_of
from opendibao.web.evaluation_tabs import evaluation_tabs
from opendibao.web.places import places
from opendibao.web.sample_words import ARRIVALS, METHODS, PURPOSES, QUESTIONS, YES
from opendibao.web.samples_overview import target_cell
from opendibao.web.tables import Cell, Crumb, Table, count, day, heads, household, money, text


@dataclass(frozen=True)
class Told:
    """A question as its page tells it."""

    code: str
    title: str
    rate: Rate
    sentences: list[str]
    target: str
    table: Table


def known_purpose(purpose: str) -> str:
    """A purpose of samples. Raises Http404."""
    if purpose not in PURPOSES:
        raise Http404(f"没有抽样用途“{purpose}”")
    return purpose


def sample_results(request: HttpRequest, purpose: str) -> HttpResponse:
    """What the sample of a purpose says."""
    question, name = asked_of(request), PURPOSES[known_purpose(purpose)]
    drawn = draws(question.year, settings.OPENDIBAO_COUNTY).get(purpose)
    shown = {
        "asked": question, "purpose": purpose, "name": name, "draw": drawn,
        "method": METHODS[drawn.method] if drawn else "",
        "progress": progress(purpose, question.year),
        "tabs": evaluation_tabs(request, "samples", question.year),
        "crumbs": crumbs(question, name),
        "told": [_told(one, question, drawn) for one in results(purpose, question.year, settings.OPENDIBAO_COUNTY)],
        "mismatches": _mismatches(question.year) if purpose == "arrival" else None,
    }  # fmt: skip
    return render(request, "web/sample_results.html", shown)


def crumbs(question: Asked, *names: str) -> list[Crumb]:
    """The way to a page of samples."""
    year = f"?year={question.year}"
    way = [Crumb(_("绩效评价"), reverse("evaluation") + year), Crumb(_("抽样"), reverse("samples") + year)]
    return [*way, *(Crumb(name) for name in names)]


def _told(found: Result, question: Asked, drawn: DrawRow | None) -> Told:
    code = found.question.code
    return Told(
        code, QUESTIONS[code], found.estimate.whole, list(_sentences(found, question, drawn)),
        target_cell(found).html if found.target else "", _townships(found, question),
    )  # fmt: skip


def _sentences(found: Result, question: Asked, drawn: DrawRow | None) -> Iterator[str]:
    rate = found.estimate.whole
    if rate.value is None:
        yield _("抽了 %(asked)s 个，还没有有效回答，未测得。") % {"asked": rate.asked}
        return
    said = {
        "asked": f"{rate.asked:,}", "reached": f"{rate.reached:,}", "response": rate.response,
        "valid": f"{rate.valid:,}",
        "yes": YES[found.question.code], "value": rate.value, "low": rate.low, "high": rate.high,
    }  # fmt: skip
    yield (
        _(
            "抽 %(asked)s 个，问到 %(reached)s 个（应答率 %(response)s%%）。"
            "%(valid)s 个有效回答里，%(value)s%% 是“%(yes)s”。"
        )
        % said
    )
    yield (
        _(
            "没有问到其他人，全体的比例不会正好是这个数：这样抽 100 次、算 100 个区间，约有 95 个包含全体的比例。"
            "这一次的区间是 %(low)s%% 到 %(high)s%%（威尔逊区间）。"
        )
        % said
    )
    if rate.is_small:
        yield _("有效回答不到 30 个，样本少，只作参考。")
    if drawn:
        yield from _weighted(found, drawn)
    yield from _target(found)
    yield _before(found, question)


def _weighted(found: Result, drawn: DrawRow) -> Iterator[str]:
    weighted = found.estimate.weighted
    if weighted is None or drawn.method == "simple":
        return
    said = {
        "value": weighted.value, "low": weighted.low, "high": weighted.high, "effective": weighted.effective,
        "stands": weighted.stands_for,
    }  # fmt: skip
    yield (
        _(
            "按入样概率加权（哈耶克估计 Σ(y÷π)÷Σ(1÷π)，代表 %(stands)s 个）：%(value)s%%，"
            "区间 %(low)s%% 到 %(high)s%%，相当于简单随机问了 %(effective)s 个。"
        )
        % said
    )
    if drawn.method == "pps":
        yield _("按金额抽的样本，不加权的比例说的是每一元钱，加权的比例说的是每一笔。")


def _target(found: Result) -> Iterator[str]:
    if found.target is None:
        return
    words = {
        "met": _("指标值%(target)s：区间下限也达到了。"),
        "unsure": _("指标值%(target)s：点估计达到了，区间下限 %(low)s%% 低于指标值，这份样本还不能断定达到。"),
        "missed": _("指标值%(target)s：没有达到。"),
    }
    yield words[found.target.state] % {"target": found.target.text, "low": found.estimate.whole.low}


def _before(found: Result, question: Asked) -> str:
    before, year = found.before, question.year - 1
    changed = differ(found.estimate.whole, before)
    if changed is None:
        return _("%(year)s 年没有测得，不能比较。") % {"year": year}
    said = {"year": year, "value": before.value, "hits": before.hits, "valid": before.valid}
    if changed:
        return _("%(year)s 年是 %(value)s%%（%(hits)s/%(valid)s）：两年的区间没有重叠，确有变化。") % said
    return _("%(year)s 年是 %(value)s%%（%(hits)s/%(valid)s）：两年的区间有重叠，不能说变了。") % said


def _townships(found: Result, question: Asked) -> Table:
    names = places()
    rows = [_township(names.full(town), town, rate, found, question) for town, rate in found.estimate.strata.items()]
    return Table(
        heads(_("乡镇"), "#" + _("抽取"), "#" + _("问到"), "#" + _("有效回答"), "#" + YES[found.question.code],
              "#" + _("比例"), "#" + _("95% 区间"), _("说明")),
        rows, caption=_("按乡镇"), nothing=_("还没有样本"), empty=_("抽样后按乡镇列出。"),
    )  # fmt: skip


def _township(name: str, town: str, rate: Rate, found: Result, question: Asked) -> list[Cell]:
    listed = f"{reverse('sample-list', args=[found.question.purpose])}?year={question.year}&division={town}"
    of_question = f"{listed}&question={found.question.code}&state="
    small = Cell(_("样本少，只作参考"), tone="warn") if rate.is_small else text("")
    return [
        Cell(name), count(rate.asked, listed), count(rate.reached, f"{listed}&state=done"),
        count(rate.valid, f"{of_question}valid"), count(rate.hits, f"{of_question}hit"),
        text(f"{rate.value}%" if rate.value is not None else ""),
        text(f"{rate.low}%—{rate.high}%" if rate.low is not None else ""), small,
    ]  # fmt: skip


def _mismatches(year: int) -> Table:
    names = places()
    rows = [
        [household(row.number), text(names.full(row.division)), text(row.month), money(row.fen),
         Cell(ARRIVALS[row.answer], tone="bad"), money(row.said_fen) if row.said_fen is not None else text(""),
         day(row.asked_on)]
        for row in mismatches(year)
    ]  # fmt: skip
    return Table(
        heads(_("户编号"), _("村社区"), "!" + _("发放月"), "#" + _("应到（元）"), _("群众说"),
              "#" + _("群众说的（元）"), "!" + _("调查日期")),
        rows, caption=_("对不上的发放"), nothing=_("没有对不上的"),
        empty=_("群众说没有收到、金额不符的发放会列在这里，逐笔查银行回单。"),
    )  # fmt: skip
