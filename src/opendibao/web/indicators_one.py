"""一个指标的卡片: what it asks, over what it counts, how it is scored, who asks for it, its query and its cases."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from opendibao.evaluation.figure import Figure, Measured, Total
from opendibao.evaluation.library import (
    IndicatorReading,
    UnknownIndicator,
    library_card,
    public_figures,
    worked_cases,
)
from opendibao.evaluation.queries import latest_snapshot
from opendibao.web.asking import Asked
from opendibao.web.county import asked_of
from opendibao.web.evaluation_tabs import evaluation_tabs
from opendibao.web.figure import words_of_head
from opendibao.web.indicators import value_cell
from opendibao.web.labels import Labels
from opendibao.web.tables import Cell, Crumb, Table, count, heads, text
from opendibao.web.templatetags.figures import grouped, yuan

FEN = "（分）"
DIRECTIONS = Labels({
    "at_least": gettext_noop("越高越好（指标值写“不低于”）"), "at_most": gettext_noop("越低越好（指标值写“不高于”）"),
    "equal": gettext_noop("等于指标值为好"),
})  # fmt: skip
SCORINGS = Labels({
    "proportional": gettext_noop("按完成比例"), "direct": gettext_noop("直接赋分"),
    "threshold": gettext_noop("设及格门槛"), "satisfaction": gettext_noop("按满意度区间"),
    "judged": gettext_noop("定性分档，要有文字和依据"),
})  # fmt: skip
FORMULAS = Labels({
    "ratio": gettext_noop("%(numerator)s ÷ %(denominator)s × 100%%，四舍五入到两位小数"),
    "average": gettext_noop("%(numerator)s ÷ %(denominator)s，折成元，四舍五入到分"),
    "count": gettext_noop("有多少行就是多少%(unit)s"),
    "sum": gettext_noop("各行的数相加"),
    "fen": gettext_noop("各行的金额按分相加，折成万元，四舍五入到两位小数"),
})  # fmt: skip


@dataclass(frozen=True)
class Part:
    """A figure of the card: what it counts over what, in words and as locked; `said` is empty before the lock."""

    figure: Figure
    formula: str
    said: Measured | None
    href: str
    numerator: str
    denominator: str

    @property
    def over(self) -> tuple[str, str]:
        """What numerator and denominator are, without the fen that nobody reads here."""
        return self.figure.numerator.removesuffix(FEN), self.figure.denominator.removesuffix(FEN)

    @property
    def columns(self) -> list[str]:
        """The heads of its rows, as the page of rows shows them."""
        return [words_of_head(head) for head in self.figure.columns]


def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator; 404 where there is none of this code."""
    question = asked_of(request)
    try:
        one = library_card(code, question.year, settings.OPENDIBAO_COUNTY)
    except UnknownIndicator as unknown:
        raise Http404(str(unknown)) from None
    meant, asked = one.indicator, f"?year={question.year}"
    shown = {
        "asked": question,
        "tabs": evaluation_tabs(request, "indicators", question.year),
        "snapshot": latest_snapshot(question.year, settings.OPENDIBAO_COUNTY),
        "one": one,
        "indicator": meant,
        "value": value_cell(one, question),
        "parts": list(_parts(one, question)),
        "direction": "" if meant.is_judged else DIRECTIONS[meant.good],
        "scorings": [SCORINGS[way] for way in meant.scorings],
        "cases": _cases(one),
        "crumbs": [
            Crumb(_("绩效评价"), reverse("evaluation") + asked), Crumb(_("指标库"), reverse("indicators") + asked),
            Crumb(meant.name),
        ],
    }  # fmt: skip
    return render(request, "web/indicator.html", shown)


def _parts(one: IndicatorReading, question: Asked) -> Iterable[Part]:
    locked = {said.figure.id: said for said in one.measured}
    for figure in public_figures(one):
        said = locked.get(figure.id)
        href = reverse("figure", args=[figure.id]) + f"?year={question.year}" if said else ""
        is_counted = bool(said and said.value is not None)
        yield Part(
            figure, _formula(figure), said, href,
            _amount(said.rows if figure.total is Total.COUNT else said.n, figure.numerator, figure)
            if said and is_counted else "",
            _amount(said.d, figure.denominator, None) if said and is_counted and figure.has_denominator else "",
        )  # fmt: skip


def _formula(figure: Figure) -> str:
    return FORMULAS[figure.total.value] % {
        "numerator": figure.numerator.removesuffix(FEN), "denominator": figure.denominator.removesuffix(FEN),
        "unit": figure.unit,
    }  # fmt: skip


def _amount(number: int, named: str, figure: Figure | None) -> str:
    """A number as people read it: money in yuan, which its name or its figure says is in fen."""
    if named.endswith(FEN) or (figure and figure.total is Total.FEN):
        return _("%(amount)s 元") % {"amount": yuan(number)}
    return grouped(str(number))


def _cases(one: IndicatorReading) -> Table:
    lines = [
        [
            Cell(case.name),
            Cell("；".join(_given(each) for each in case.given)),
            Cell(grouped(case.text)),
            text(case.note),
        ]
        for case in worked_cases(one.indicator)
    ]
    named = heads(_("例子"), _("数到的"), "#" + _("印出"), _("说明"))
    return Table(named, lines, caption=_("算好的例子"))


def _given(one: Measured) -> str:
    figure, rows = one.figure, count(one.rows).text
    if figure.total is Total.COUNT:
        return _("%(rows)s 行") % {"rows": rows}
    numerator = _amount(one.n, figure.numerator, figure)
    if not figure.has_denominator:
        return _("%(rows)s 行，合计 %(numerator)s") % {"rows": rows, "numerator": numerator}
    said = {"rows": rows, "numerator": numerator, "denominator": _amount(one.d, figure.denominator, None)}
    return _("%(rows)s 行，%(numerator)s ÷ %(denominator)s") % said
