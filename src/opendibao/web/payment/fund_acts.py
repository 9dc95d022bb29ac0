"""登记到位资金: the form of a paper about money that came, and the one that takes an entry back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.budget.arrivals import (
    NUMBER,
    TEXT,
    ArrivalPaper,
    ArrivalRow,
    arrival,
    arrivals,
    enter_arrival,
    take_back_arrival,
)
from opendibao.kernel.money import NotMoney, yuan
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, MayPick, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.asking import EARLIEST_YEAR, LATEST_YEAR
from opendibao.web.context import today_in_county
from opendibao.web.labels import AREAS, LEVELS
from opendibao.web.payment.fund_words import SOURCES
from opendibao.web.plan_fields import AnyDay
from opendibao.web.tables import Crumb
from opendibao.web.templatetags.figures import yuan as yuan_of

AMOUNT_LENGTH, YEAR_LENGTH = 20, 4


def _positive(said: str) -> int:
    """An amount above zero, in fen. Raises ValidationError."""
    try:
        found = yuan(said.replace("，", ","))
    except NotMoney:
        found = 0
    if found <= 0:
        raise ValidationError(_("“金额（元）”应大于零，最多两位小数，如 5259964.00"))
    return found


class ArrivalForm(ActForm):
    """A paper about money that came."""

    level = Pick(gettext_lazy("预算级次"), LEVELS)
    number = Words(gettext_lazy("文号"), NUMBER, hint=gettext_lazy("照下达文件填"))
    yuan = Words(gettext_lazy("金额（元）"), AMOUNT_LENGTH, hint=gettext_lazy("如 5259964.00"))
    arrived_on = Day(gettext_lazy("到位日期"))
    year = Words(gettext_lazy("预算年度"), YEAR_LENGTH, hint=gettext_lazy("提前下达的填下一年，如 2025"))
    due_on = AnyDay(gettext_lazy("应到位日期"), hint=gettext_lazy("只有县级配套要填，用来算晚到几天"))
    area = MayPick(gettext_lazy("城乡"), AREAS, hint=gettext_lazy("（选填）文件没有分城乡的不选"))
    source = MayPick(
        gettext_lazy("资金来源"), SOURCES,
        hint=gettext_lazy("（选填）不选就是当年安排；上年结转只在第一次启用时登记，以后由系统算"),
    )  # fmt: skip
    text = Words(gettext_lazy("摘要"), TEXT, needed=False, hint=gettext_lazy("（选填）"))

    def clean_yuan(self) -> int:
        """In fen, above zero."""
        return _positive(self.cleaned_data["yuan"])

    def clean_year(self) -> int:
        """A year."""
        said = self.cleaned_data["year"]
        if not (said.isascii() and said.isdigit() and EARLIEST_YEAR <= int(said) <= LATEST_YEAR):
            raise ValidationError(_("“%(text)s”不是年度，应写成 2024 这样") % {"text": said})
        return int(said)


class BackForm(ActForm):
    """How much of an entry is taken back, and by which paper."""

    number = Words(gettext_lazy("冲回的文号或凭证号"), NUMBER)
    yuan = Words(gettext_lazy("金额（元）"), AMOUNT_LENGTH, hint=gettext_lazy("冲回多少填多少，不写负号；系统记成红字"))
    arrived_on = Day(gettext_lazy("冲回日期"))
    text = Words(gettext_lazy("原因"), TEXT)

    def clean_yuan(self) -> int:
        """In fen, above zero."""
        return _positive(self.cleaned_data["yuan"])


def _funds(year: int) -> str:
    return f"{reverse('funds')}?year={year}"


@takes_a_form
def entered_arrival(request: HttpRequest) -> HttpResponse:
    """登记到位资金."""
    return answer(request, arrival_act())


def arrival_act() -> Act:
    """What enters an arrival."""

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        paper = ArrivalPaper(
            given["year"], given["level"], given["number"], given["yuan"], given["arrived_on"], given["due_on"],
            given["area"], given["source"] or "allocation", given["text"],
        )  # fmt: skip
        before = _of_the_paper(paper)
        enter_arrival(paper, division=settings.OPENDIBAO_COUNTY, on=today_in_county(), at=at)
        said = {"level": LEVELS[paper.level], "number": paper.number, "yuan": yuan_of(paper.fen)}
        return Done(_funds(paper.year), _("已登记%(level)s到位资金 %(number)s，%(yuan)s 元。") % said + before)

    return Act(
        title=_("登记到位资金"), button=_("登记到位资金"), form=ArrivalForm, do=do,
        way=[Crumb(_("发放批次"), reverse("pay-runs")), Crumb(_("资金"), reverse("funds"))],
        notes=[_("登记后不能改；登错的用“冲回”冲掉，再重新登记。")],
    )  # fmt: skip


def _of_the_paper(paper: ArrivalPaper) -> str:
    """That the same paper brought money of the level before: on another day that is right, twice it is not."""
    same = [row for row in arrivals(paper.year) if (row.number, row.level) == (paper.number, paper.level)]
    if not (fen := sum(row.left_fen for row in same if row.left_fen > 0)):
        return ""
    return _("这个文号以前登记过 %(yuan)s 元，请核对是分次到的，不是重复登记。") % {"yuan": yuan_of(fen)}


@takes_a_form
def taken_back_arrival(request: HttpRequest, arrival_id: int) -> HttpResponse:
    """冲回到位资金."""
    row = arrival(arrival_id)
    if row is None:
        raise Http404(f"没有到位资金 {arrival_id}")
    return answer(request, back_act(row))


def back_act(row: ArrivalRow) -> Act:
    """What takes an entry back, wholly or in part."""

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        take_back_arrival(
            row.id, number=given["number"], fen=given["yuan"], arrived_on=given["arrived_on"], text=given["text"],
            on=today_in_county(), at=at,
        )  # fmt: skip
        said = {"number": row.number, "yuan": yuan_of(given["yuan"])}
        return Done(_funds(row.year), _("已从 %(number)s 冲回 %(yuan)s 元。") % said)

    return Act(
        title=_("冲回到位资金 %(number)s") % {"number": row.number}, button=_("冲回"), form=BackForm, do=do,
        way=[Crumb(_("发放批次"), reverse("pay-runs")), Crumb(_("资金"), _funds(row.year))],
        subject=f"到位资金 {row.number}",
        facts=[
            (_("预算级次"), LEVELS[row.level]), (_("登记的金额"), _("%(yuan)s 元") % {"yuan": yuan_of(row.fen)}),
            (_("还可以冲回"), _("%(yuan)s 元") % {"yuan": yuan_of(row.left_fen)}),
        ],
        closed="" if row.left_fen > 0 else _("这一笔是红字，或者已经全部冲回。"),
    )  # fmt: skip
