"""登记复核: two people visited the household and nothing has changed; what has changed goes by a case instead."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.kernel.month import month_of
from opendibao.registry.queries import household as household_of
from opendibao.reviews.actions import record_reverifications_kept
from opendibao.reviews.queries import DueRow, open_reviews
from opendibao.reviews.refusal import ReviewRefused
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.labels import REVIEW_CLASSES
from opendibao.web.tables import Crumb

NAME_LENGTH = 20


class ReviewForm(ActForm):
    """Who visited and when; that nothing has changed is what is signed."""

    done_on = Day(gettext_lazy("入户日期"))
    first = Words(gettext_lazy("调查人一"), NAME_LENGTH)
    second = Words(
        gettext_lazy("调查人二"), NAME_LENGTH, hint=gettext_lazy("入户要两人以上（57号第十六条），写同去的那一位")
    )

    def clean(self) -> dict[str, Any]:
        """Two persons are two names."""
        given = super().clean() or {}
        if given.get("first") and given.get("first") == given.get("second"):
            self.add_error("second", ValidationError(_("“调查人二”和“调查人一”是同一个人，请写同去的那一位")))
        return given


@takes_a_form
def kept_review(request: HttpRequest, number: str) -> HttpResponse:
    """登记复核不变."""
    found = household_of(number)
    if found is None:
        raise Http404(f"没有家庭“{number}”")
    due = next(iter(open_reviews(found.id)), None)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        assert due  # a closed form is never sent
        if given["done_on"] < (opens := month_of(due.due_on)):
            said = _("“入户日期”%(day)s 早于这次复核开始的 %(opens)s，请填这次走访的日期")
            raise ReviewRefused(said % {"day": given["done_on"], "opens": opens})
        surveyors = f"{given['first']}、{given['second']}"  # stored, so the same in every language
        record_reverifications_kept([due.pk], on=given["done_on"], surveyors=surveyors, at=at)
        return Done(reverse("household", args=[number]), _("已登记定期复核：不变。"))

    return answer(
        request,
        Act(
            title=_("登记定期复核"), button=_("登记：不变"), form=ReviewForm, do=do,
            way=[Crumb(_("家庭 %(number)s") % {"number": number}, reverse("household", args=[number]))],
            subject=f"家庭 {number}", facts=_facts(due),
            initial={"done_on": today_in_county(), "first": request.viewer.name},  # type: ignore[attr-defined]
            closed=_closed(due, today_in_county()),
            notes=[_("人口、收入、财产或住址有变化的，不在这里登记：要立复核案件，查清后由县局决定增发、减发或停发。")],
        ),
    )  # fmt: skip


def _facts(due: DueRow | None) -> list[tuple[str, str]]:
    return [(_("复核"), str(REVIEW_CLASSES[due.review_class])), (_("期限"), str(due.due_on))] if due else []


def _closed(due: DueRow | None, today: date) -> str:
    """Why nothing can be entered: there is no open review, or its month has not begun."""
    if due is None:
        return _("这一户没有到期的定期复核。")
    opens = month_of(due.due_on)
    return _("这次复核从 %(day)s 起才能办。") % {"day": opens} if opens > today else ""
