"""生活状况对比: a household's living conditions this year against last, from its decisions and its money."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.audit.actions import record_view
from opendibao.evaluation.living_conditions import YearOfLife, living_conditions
from opendibao.registry.queries import household as household_of
from opendibao.web.asking import Asked
from opendibao.web.context import now_in_county, today_in_county
from opendibao.web.county import asked_of
from opendibao.web.tables import Cell, Crumb, Table, count, heads, money, more, text

Row = list[Cell]


def household_years(request: HttpRequest, number: str) -> HttpResponse:
    """Two years of one household side by side."""
    found, question = household_of(number), asked_of(request)
    if found is None:
        raise Http404(f"没有家庭“{number}”")
    record_view(number, found.division, "生活状况对比", at=now_in_county())
    shown = {
        "number": number, "asked": question, "table": conditions_table(found.id, question.year),
        "sentences": list(_sentences(found.id, question)),
        "crumbs": [Crumb(number, reverse("household", args=[number])), Crumb(_("今年和去年"))],
    }  # fmt: skip
    return render(request, "web/living_conditions.html", shown)


def conditions_table(household_id: int, year: int) -> Table:
    """Income, benefit, gap, housing and spending at the end of two years."""
    before, now = living_conditions(household_id, year, today_in_county())
    return Table(
        heads(_("项目"), "#" + _day(before.on), "#" + _day(now.on), "#" + _("变化")), list(_rows(before, now)),
        caption=_("%(before)s 年末和 %(now)s 年的生活状况") % {"before": before.year, "now": now.year},
    )  # fmt: skip


def _day(on: date) -> str:
    return _("%(year)s 年（%(day)s）") % {"year": on.year, "day": f"{on:%m-%d}"}


def _sentences(household_id: int, question: Asked) -> Iterator[str]:
    before, now = living_conditions(household_id, question.year, today_in_county())
    if before.income_fen is None or now.income_fen is None:
        yield _("有一年没有记下核定的收入，收入和缺口不能比较；金额照发放账列出。")
        return
    yield (
        _("人均核定月收入由 %(before)s 元变为 %(now)s 元，每月保障金由 %(benefit_before)s 元变为 %(benefit)s 元。")
        % {
            "before": money(before.income_fen).text,
            "now": money(now.income_fen).text,
            "benefit_before": money(_benefit(before) or 0).text,
            "benefit": money(_benefit(now) or 0).text,
        }
    )


def _rows(before: YearOfLife, now: YearOfLife) -> Iterator[Row]:
    yield _counted(_("在保人数"), _persons(before), _persons(now))
    yield _money(_("人均核定月收入（元）"), before.income_fen, now.income_fen)
    yield _money(_("月保障标准（元/人）"), before.standard_fen, now.standard_fen)
    yield _money(_("每月保障金（元）"), _benefit(before), _benefit(now))
    yield _money(_("全年到账（元）"), before.paid_fen, now.paid_fen)
    yield _counted(_("到账月数"), before.paid_months, now.paid_months)
    yield _money(_("补差前缺口（元/月）"), before.gap_fen, now.gap_fen)
    yield [Cell(_("缺口弥补")), text(_percent(before.closed)), text(_percent(now.closed)), text("")]
    yield _counted(_("住房（套）"), _homes(before), _homes(now))
    yield _money(_("金融资产（元）"), before.assets_fen, now.assets_fen)
    yield _money(_("登记的年支出（元）"), before.spending_fen, now.spending_fen)
    yield _counted(_("重病人数"), before.severely_ill, now.severely_ill)
    yield _counted(_("残疾人数"), before.disabled, now.disabled)


def _persons(one: YearOfLife) -> int | None:
    return one.decision.persons if one.decision else None


def _benefit(one: YearOfLife) -> int | None:
    return one.decision.amount_fen if one.decision else None


def _homes(one: YearOfLife) -> int | None:
    return one.dwellings if one.dwellings is not None else one.houses


def _percent(share: Fraction | None) -> str:
    if share is None:
        return ""
    hundredths = int(share * 10_000 + Fraction(1, 2))
    return f"{hundredths // 100}.{hundredths % 100:02d}%"


def _money(words: str, before: int | None, now: int | None) -> Row:
    both = before is not None and now is not None
    return [Cell(words), _or_dash(before), _or_dash(now), more((now or 0) - (before or 0)) if both else text("")]


def _or_dash(fen: int | None) -> Cell:
    return text("") if fen is None else money(fen)


def _counted(words: str, before: int | None, now: int | None) -> Row:
    both = before is not None and now is not None
    difference = (now or 0) - (before or 0)
    said = f"+{difference}" if difference > 0 else f"{difference}".replace("-", "−")
    cells = [text("") if one is None else count(one) for one in (before, now)]
    return [Cell(words), *cells, text(said) if both else text("")]
