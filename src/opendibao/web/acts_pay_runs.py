"""发放办理: the month's run is computed, counted again by another officer, and released by finance."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.kernel.money import yuan_text
from opendibao.kernel.month import NotAMonth, month_text, parse_month
from opendibao.payment.actions import approve_run, check_run, compute_run
from opendibao.payment.queries import run_of
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.counted import control_totals
from opendibao.web.labels import AREAS, RUNS
from opendibao.web.tables import Crumb

TOTAL_LENGTH = 20


class MonthForm(ActForm):
    """The month is typed once more, so that nobody freezes a month by a slip of the hand."""

    month = Words(gettext_lazy("发放月"), 7, hint=gettext_lazy("再写一遍要编制的月份，如 2025-01"))


class TotalForm(ActForm):
    """The total is typed from the control sheet, not pressed."""

    total = Words(gettext_lazy("合计金额（元）"), TOTAL_LENGTH, hint=gettext_lazy("抄控制数的合计，如 5040808.00"))

    def clean_total(self) -> str:
        """An amount in yuan without thousands marks."""
        total = str(self.cleaned_data["total"]).replace(",", "").replace("，", "")
        if not total.replace(".", "", 1).isascii() or not total.replace(".", "", 1).isdigit():
            raise ValidationError(_("“合计金额”不是数字，应写成 5040808.00 这样"))
        return total


Run = Any  # payment's PayRun, which pages never import
Step = Callable[[int, datetime], Run]


@takes_a_form
def computed_run(request: HttpRequest, month: str) -> HttpResponse:
    """编制."""
    when = _month(month)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        made = compute_run(when, on=today_in_county(), at=at, maker=_name(request))
        said = _("已编制 %(n)s 笔，%(yuan)s 元，请另一人复核。")
        return Done(_run_page(month), said % {"n": f"{made.lines_count:,}", "yuan": _yuan(made.total_fen)})

    run = run_of(when)
    return answer(
        request,
        Act(
            title=_("编制 %(month)s 发放") % {"month": month}, button=_("编制"), form=_that(MonthForm, "month", month),
            do=do, way=_way(month) if run else _way(month)[:1], subject=f"发放批次 {month}",
            closed=_("%(month)s 已有发放批次，一个月只发一次。") % {"month": month} if run else "",
            notes=[_("按今天有效的决定冻结名册和账户；此后的决定进下个月或补发。上个月关账后才能编制。")],
        ),
    )  # fmt: skip


@takes_a_form
def checked_run(request: HttpRequest, month: str) -> HttpResponse:
    """复核."""
    return _second_look(
        request, month, "computed", _("复核 %(month)s 发放"), _("复核通过"),
        lambda pk, at: check_run(pk, on=today_in_county(), at=at, checker=_name(request)), _("已复核，请财政审核。"),
    )  # fmt: skip


@takes_a_form
def approved_run(request: HttpRequest, month: str) -> HttpResponse:
    """财政审核."""
    return _second_look(
        request, month, "checked", _("财政审核 %(month)s 发放"), _("审核通过"),
        lambda pk, at: approve_run(pk, on=today_in_county(), at=at, finance=_name(request)),
        _("财政已审核，可以出盘。"),
    )  # fmt: skip


def _second_look(
    request: HttpRequest, month: str, state: str, title: str, button: str, step: Step, said: str
) -> HttpResponse:
    """A step by another person, who types the total he has counted; another total stops it."""
    run = run_of(_month(month))
    if run is None:
        raise Http404(f"{month} 还没有发放批次")

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        step(run.pk, at)
        return Done(_run_page(month), said)

    closed = _("这个批次现在是“%(state)s”，不在这一步。") % {"state": RUNS[run.state]} if run.state != state else ""
    return answer(
        request,
        Act(
            title=title % {"month": month}, button=button,
            form=_that(TotalForm, "total", yuan_text(run.total_fen)), do=do, way=_way(month),
            subject=f"发放批次 {month}", facts=_control(run), closed=closed,
            notes=[_("编制、复核、财政审核由三个人办；核对月度等式和控制数后再通过。")],
        ),
    )  # fmt: skip


def _that(form: type[ActForm], name: str, wanted: str) -> type[ActForm]:
    """The form, refusing any other value of one field than the one that is meant."""

    class Meant(form):  # type: ignore[misc, valid-type]
        def clean(self) -> dict[str, Any]:
            given: dict[str, Any] = super().clean() or {}
            if name in given and given[name] != wanted:
                said = _("“%(label)s”写的是 %(typed)s，和批次的 %(wanted)s 不符，请核对后重填")
                told = {"label": self.fields[name].label, "typed": given[name], "wanted": wanted}
                self.add_error(name, ValidationError(said % told))
            return given

    return Meant


def _control(run: Run) -> list[tuple[str, str]]:
    rows = [
        (str(AREAS[each.area]), _("%(n)s 户 %(persons)s 人 %(yuan)s 元")
         % {"n": f"{each.households:,}", "persons": f"{each.persons:,}", "yuan": _yuan(each.fen)})
        for each in control_totals(run.pk)
    ]  # fmt: skip
    return [(_("编制人"), run.maker), (_("复核人"), run.checker or _("还没有复核")), *rows]


def _month(month: str) -> date:
    try:
        when = parse_month(month)
    except NotAMonth as refusal:
        raise Http404(str(refusal)) from None
    if month_text(when) != month:
        raise Http404(f"没有月份“{month}”")
    return when


def _name(request: HttpRequest) -> str:
    return str(request.viewer.name)  # type: ignore[attr-defined]


def _yuan(fen: int) -> str:
    return yuan_text(fen, grouped=True)


def _run_page(month: str) -> str:
    return reverse("pay-run", args=[month])


def _way(month: str) -> list[Crumb]:
    return [Crumb(_("发放批次"), reverse("pay-runs")), Crumb(month, _run_page(month))]
