"""问题台账页: the twelve problems with number, line, cause and remedy as of today; each opens its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.evaluation.figure import Figure, Measured
from opendibao.evaluation.problem_ledger import Problem, UnknownProblem, judge, problem
from opendibao.evaluation.rows import page as rows_of
from opendibao.evaluation.together import measure_together
from opendibao.web.asking import Asked, BadQuestion
from opendibao.web.county import asked_of
from opendibao.web.evaluation_tabs import evaluation_tabs
from opendibao.web.figure import evidence_table
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.problem_lines import ProblemLine, live_period, problem_lines, shown
from opendibao.web.tables import Choice, Choices, Crumb


@dataclass(frozen=True)
class Group:
    """The problems of one kind."""

    title: str
    lines: Sequence[ProblemLine]


def problems(request: HttpRequest) -> HttpResponse:
    """The whole ledger of a year."""
    question = asked_of(request)
    lines = problem_lines(request, question)
    groups = [Group(title, list(own)) for title, own in groupby(lines, key=lambda one: one.line.group)]
    said = {
        "asked": question,
        "tabs": evaluation_tabs(request, "problems", question.year),
        "groups": groups,
        "exists": sum(one.line.exists for one in lines),
        "unmeasured": sum(one.line.judged == "unmeasured" for one in lines),
        "crumbs": [Crumb(_("绩效评价"), reverse("evaluation") + f"?year={question.year}"), Crumb(_("问题台账"))],
    }
    return render(request, "web/problems.html", said)


def one_problem(request: HttpRequest, problem_id: str) -> HttpResponse:
    """One problem: how it is judged, and the rows of each of its numbers as of today."""
    question = asked_of(request)
    try:
        meant = problem(f"problem.{problem_id}")
    except UnknownProblem as unknown:
        raise Http404(str(unknown)) from None
    asked = live_period(question)
    measured = measure_together(meant.figures, asked)
    opened = _opened(request, measured)
    found = pager(request, opened.rows)
    rows = rows_of(opened.figure, asked, limit=ROWS_A_PAGE, offset=found.offset)
    line = shown(judge(meant, measured, asked.as_of), request, question)
    said = {
        "asked": question,
        "problem": line,
        "law": meant.line(asked.as_of),
        "measured": measured,
        "opened": opened,
        "choices": _choices(meant, opened.figure, question),
        "table": evidence_table(opened.figure, rows),
        "pager": found,
        "crumbs": [
            Crumb(_("绩效评价"), reverse("evaluation") + f"?year={question.year}"),
            Crumb(_("问题台账"), reverse("problems") + f"?year={question.year}"), Crumb(line.line.number),
        ],
    }  # fmt: skip
    return render(request, "web/problem.html", said)


def _opened(request: HttpRequest, measured: Sequence[Measured]) -> Measured:
    """The number whose rows are shown: the one that judges unless another is named. Raises BadQuestion."""
    name = request.GET.get("figure", measured[0].figure.id)
    for one in measured:
        if one.figure.id == name:
            return one
    raise BadQuestion(_("这个问题没有名为“%(name)s”的数，请从页上的选项里选") % {"name": name})


def _choices(meant: Problem, opened: Figure, question: Asked) -> Choices | None:
    if len(meant.figures) == 1:
        return None
    options = [
        Choice(_(one.zh), f"?year={question.year}&figure={one.id}", one.id == opened.id) for one in meant.figures
    ]
    return Choices(_("看哪个数的行"), options)
