"""样本名单: who is in a sample, who is still to be asked, and the way to each answer; also on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.evaluation.sampled import STATES, MemberRow, Progress, Which, members, members_count, progress
from opendibao.kernel.ids import mask_name, reach_of
from opendibao.kernel.money import yuan_text
from opendibao.web.access import EVALUATORS, SURVEYORS, may
from opendibao.web.asking import Asked, BadQuestion
from opendibao.web.county import asked_of
from opendibao.web.labels import OUTCOMES
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.places import places
from opendibao.web.sample_words import (
    ANSWERS,
    ARRIVALS,
    ASKED,
    AWARENESS,
    CHANNELS,
    PURPOSES,
    QUESTIONS,
    RELIEF,
    YES,
)
from opendibao.web.samples_results import known_purpose
from opendibao.web.tables import (
    Cell,
    Choice,
    Choices,
    Crumb,
    ListPage,
    Table,
    count,
    day,
    heads,
    household,
    money,
    text,
)

CODES = {"satisfaction": ("satisfaction", "relief", "awareness"), "accuracy": ("accuracy",), "arrival": ("arrival",)}
ASKERS = EVALUATORS | SURVEYORS
BY_SHEET = ("satisfaction", "arrival")
"""What can be filled in on paper or in a spreadsheet; a re-survey is a household's whole case."""


def sample_list(request: HttpRequest, purpose: str) -> HttpResponse:
    """All of a sample, those waiting, those who answered; or those whom a figure of a question counts."""
    question, which = asked_of(request), _which(request, known_purpose(purpose))
    done, size = progress(purpose, question.year, which.reach), members_count(purpose, question.year, which)
    found = pager(request, size)
    rows = members(purpose, question.year, which, limit=ROWS_A_PAGE, offset=found.offset)
    said = {
        "n": f"{done.size:,}", "done": f"{done.done:,}", "waiting": f"{done.size - done.done:,}", "missed": done.missed,
    }  # fmt: skip
    lead = _("抽取 %(n)s 个，已答 %(done)s 个，待问 %(waiting)s 个，其中联系过没有问到 %(missed)s 个。") % said
    if which.code:
        lead += _counted(which, size)
    page = ListPage(
        _("%(year)s 年%(name)s样本") % {"year": question.year, "name": PURPOSES[purpose]}, lead,
        _table(purpose, question, rows, may_ask=may(request, ASKERS)), _way(request, question),
        [_states(question, done, which)], acts=_acts(request, purpose, question, rows),
    )  # fmt: skip
    return render(request, "web/rows.html", {"page": page, "pager": found})


def _which(request: HttpRequest, purpose: str) -> Which:
    """Who is asked for. Raises BadQuestion."""
    state, code = request.GET.get("state", ""), request.GET.get("question", "")
    if state not in STATES or (state in ("valid", "hit")) != bool(code) or (code and code not in CODES[purpose]):
        raise BadQuestion(_("没有“%(state)s”这种名单，请从全部、待问、已答里选") % {"state": state})
    division = asked_of(request).division
    return Which(state, code, reach_of(division) if division else "")


def _counted(which: Which, size: int) -> str:
    said = {"n": f"{size:,}", "question": QUESTIONS[which.code], "yes": YES[which.code]}
    if which.state == "hit":
        return _("下面是“%(question)s”里“%(yes)s”的 %(n)s 个。") % said
    return _("下面是“%(question)s”有效回答的 %(n)s 个。") % said


def _way(request: HttpRequest, question: Asked) -> list[Crumb]:
    """Who sees the county comes from the samples' page; a village worker from his work."""
    viewer = request.viewer  # type: ignore[attr-defined]
    if viewer.sees_county:
        return [Crumb(_("抽样"), reverse("samples") + f"?year={question.year}"), Crumb(_("名单"))]
    return [Crumb(_("今日工作"), reverse("today")), Crumb(_("样本名单"))]


def _states(question: Asked, done: Progress, which: Which) -> Choices:
    sizes = {
        "": (_("全部"), done.size), "waiting": (_("待问"), done.size - done.done), "done": (_("已答"), done.done),
    }  # fmt: skip
    options = [
        Choice(f"{words} {size:,}", question.but() + (f"&state={state}" if state else ""), state == which.state)
        for state, (words, size) in sizes.items()
    ]
    return Choices(_("哪些人"), options)


def _acts(request: HttpRequest, purpose: str, question: Asked, rows: Sequence[MemberRow]) -> list[Crumb]:
    year = f"?year={question.year}"
    acts = []
    if may(request, ASKERS):
        if first := next((row for row in rows if row.done is None), None):
            acts.append(Crumb(_("问下一户"), reverse("ask-sampled", args=[purpose, first.id]) + year))
            if purpose in BY_SHEET:
                acts.append(Crumb(_("一问一屏"), reverse("ask-on-screen", args=[purpose, first.id]) + year))
        if purpose in BY_SHEET:
            acts.append(Crumb(_("导入答卷"), reverse("import-answers", args=[purpose]) + year))
    if purpose in BY_SHEET:
        acts.append(Crumb(_("导出答卷表"), reverse("sample-sheet", args=[purpose]) + year))
        acts.append(Crumb(_("打印问卷"), reverse("sample-paper", args=[purpose]) + year))
    return acts


def _table(purpose: str, question: Asked, rows: Sequence[MemberRow], *, may_ask: bool) -> Table:
    names, is_money = places(), purpose == "arrival"
    columns = heads(
        _("户编号"), _("户主"), _("村社区"), *(["!" + _("发放月"), "#" + _("应到（元）")] if is_money else []),
        "#" + _("入样概率"), "#" + _("没问到"), "!" + _("调查日期"), _("方式"), _("回答"),
    )  # fmt: skip
    cells = [
        [household(row.number), text(mask_name(row.head)), text(names.full(row.division)),
         *([text(row.month), money(row.fen)] if is_money else []), text(_chance(row)), count(row.tried), day(row.done),
         text(CHANNELS[row.channel]), _said(purpose, question, row, may_ask=may_ask)]
        for row in rows
    ]  # fmt: skip
    return Table(
        columns, cells, caption=_("样本名单"), nothing=_("这里没有要列的"),
        empty=_("抽样后，抽到的户会列在这里；都问完了，待问就是空的。"),
    )  # fmt: skip


def _chance(row: MemberRow) -> str:
    """How likely it was to be drawn, in percent; a dash where that was not kept."""
    if row.chance is None:
        return ""
    hundredths = int(row.chance * 10_000 + Fraction(1, 2))
    return f"{hundredths // 100}.{hundredths % 100:02d}%"


def _said(purpose: str, question: Asked, row: MemberRow, *, may_ask: bool) -> Cell:
    if row.done:
        return text(_words(purpose, row.said))
    to = reverse("ask-sampled", args=[purpose, row.id]) + f"?year={question.year}" if may_ask else ""
    return Cell(_("待问"), to, tone="warn")


def _words(purpose: str, said: Sequence[str]) -> str:
    """The answers of one of the sample, question by question."""
    if purpose == "accuracy":
        outcome, fen = said
        return _("%(outcome)s，%(yuan)s 元") % {"outcome": OUTCOMES[outcome], "yuan": yuan_text(int(fen), grouped=True)}
    if purpose == "arrival":
        return ARRIVALS[said[0]]
    every = zip((ANSWERS, RELIEF, AWARENESS), said, strict=True)
    return _("；").join(words[code] for words, code in every)


@dataclass(frozen=True)
class Sheet:
    """A question on paper, and what may be ticked."""

    asked: str
    options: list[str]


def sample_paper(request: HttpRequest, purpose: str) -> HttpResponse:
    """问卷纸: village by village, one block a family, without id number, account, amount of others or illness."""
    question, names = asked_of(request), places()
    if known_purpose(purpose) not in BY_SHEET:
        raise Http404("复查要带家庭的核定情况，没有问卷纸")
    villages: dict[str, list[MemberRow]] = {}
    for row in members(purpose, question.year, Which("waiting")):
        villages.setdefault(names.full(row.division), []).append(row)
    shown = {
        "asked": question, "purpose": purpose, "name": PURPOSES[purpose], "sheets": _sheets(purpose),
        "crumbs": [Crumb(_("名单"), reverse("sample-list", args=[purpose]) + question.but()), Crumb(_("问卷纸"))],
        "villages": [
            (village, [(row, mask_name(row.head)) for row in rows]) for village, rows in villages.items()
        ],
    }  # fmt: skip
    return render(request, "web/sample_paper.html", shown)


def _sheets(purpose: str) -> list[Sheet]:
    if purpose == "arrival":
        return [Sheet(ASKED["arrival"], [words for code, words in ARRIVALS.items() if code != "none"])]
    asked = {"answer": ANSWERS, "relief": RELIEF, "awareness": AWARENESS}
    return [
        Sheet(ASKED[code], [option for value, option in words.items() if value != "none"])
        for code, words in asked.items()
    ]


def file_name(purpose: str, year: int) -> str:
    """The name of a sample's spreadsheet, quoted for a header."""
    return quote(_("%(year)s年%(name)s答卷.xlsx") % {"year": year, "name": PURPOSES[purpose]})
