"""入户派单: two surveyors are sent to a family, between a day and a day."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.kernel.workdays import add_workdays
from opendibao.verification.actions import order_survey
from opendibao.verification.survey_queries import OrderRow, orders_of
from opendibao.verification.surveyors import NAME_LENGTH
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.labels import CASE_STATES
from opendibao.web.verification.known_case import back, known_case, subject_of, way_of

USUAL_WORKDAYS = 3


class ComingDay(Day):
    """A day from today on."""

    def stand(self, today: date) -> None:
        """Be told today; the calendar of the browser offers no earlier day."""
        self.today = today
        self.widget.attrs["min"] = today.isoformat()

    def validate(self, value: Any) -> None:
        """Refuse a day that is past."""
        if value < self.today:
            said = _("“%(label)s”%(day)s 已经过去，请填今天（%(today)s）或以后的日期")
            raise ValidationError(said % {"label": self.label, "day": value, "today": self.today})


class OrderForm(ActForm):
    """Who goes, and when."""

    first = Words(gettext_lazy("调查人一"), NAME_LENGTH)
    second = Words(
        gettext_lazy("调查人二"), NAME_LENGTH,
        hint=gettext_lazy("两人以上（57号第十六条）；和这一户有近亲属备案的、负责审核确认的不能去"),
    )  # fmt: skip
    from_day = ComingDay(gettext_lazy("从哪天起"))
    to_day = ComingDay(gettext_lazy("到哪天为止"))


@takes_a_form
def ordered_survey(request: HttpRequest, case_id: int) -> HttpResponse:
    """派单."""
    file, today = known_case(case_id), today_in_county()
    orders = orders_of(file.id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        order_survey(
            file.id, surveyors=(given["first"], given["second"]), from_day=given["from_day"],
            to_day=given["to_day"], on=today, at=at,
        )  # fmt: skip
        return Done(back(file), _("已派单：%(said)s。") % {"said": order_words(orders_of(file.id)[-1])})

    last = orders[-1] if orders else None
    said = _("案件现在是“%(state)s”，受理后、入户调查前才派单。") % {"state": CASE_STATES[file.state]}
    return answer(
        request,
        Act(
            title=_("入户派单"), button=_("派单"), form=OrderForm, do=do, way=way_of(file), subject=subject_of(file),
            values=lambda: _now(file.id), closed="" if file.state == "accepted" else said,
            initial={"first": request.viewer.name, "from_day": today,  # type: ignore[attr-defined]
                     "to_day": add_workdays(today, USUAL_WORKDAYS)},
            facts=[(_("现在的派单"), order_words(last) if last else _("还没有派")), (_("户编号"), file.household)],
            notes=[_("再派一次就以新的为准，原来的单都留着。")],
        ),
    )  # fmt: skip


def order_words(order: OrderRow) -> str:
    """An order in words."""
    named = {"first": order.first_surveyor, "second": order.second_surveyor, "from": order.from_day, "to": order.to_day}
    return _("%(first)s、%(second)s，%(from)s 至 %(to)s 入户") % named


def _now(case_id: int) -> dict[str, str]:
    orders = orders_of(case_id)
    if not orders:
        return {}
    last = orders[-1]
    return {"first": last.first_surveyor, "second": last.second_surveyor, "from_day": str(last.from_day),
            "to_day": str(last.to_day)}  # fmt: skip
