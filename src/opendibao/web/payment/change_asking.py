"""变动提出: a supplement, a suspension or a recovery is asked for on a family's form, which says what is to be seen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from opendibao.decision.queries import decisions_of
from opendibao.kernel.month import month_text
from opendibao.payment import actions as pay
from opendibao.payment.change_waiting import missed_months
from opendibao.payment.recovery_queries import deciding, overpaid
from opendibao.payment.suspending import next_month
from opendibao.registry.queries import household as household_of
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.labels import DECISIONS
from opendibao.web.payment.change_facts import Facts, yuan
from opendibao.web.payment.change_forms import ClaimForm, SupplementForm, SuspensionForm
from opendibao.web.tables import Crumb

Given = Mapping[str, Any]
LONG_AGO = date(2000, 1, 1)


@dataclass(frozen=True)
class Before:
    """What the form says before anything is typed: facts, what is filled in already, why it cannot be asked ("")."""

    facts: Facts = ()
    initial: Mapping[str, object] = field(default_factory=dict)
    closed: str = ""


@dataclass(frozen=True)
class Asking:
    """What may be asked for: its name, its form, what is said before, what it does, and a note."""

    title: str
    form: type[ActForm]
    before: Callable[[int], Before]
    do: Callable[[int, Given, date, datetime], object]
    note: str


def _before_supplement(household_id: int) -> Before:
    missed = missed_months(household_id)
    if not missed:
        return Before(
            closed=gettext(
                "这一家没有少发的月份：已经送银行的各月，决定的金额都已编入名册、提出补发，或者正在暂停、追缴。"
            )
        )
    return Before(
        [(gettext("%(month)s 少发") % {"month": month_text(one.month)}, yuan(one.fen)) for one in missed],
        {"month": month_text(missed[0].month)},
    )


def _before_suspension(household_id: int) -> Before:
    earliest = month_text(next_month(today_in_county()))
    return Before([(gettext("最早可以从"), gettext("%(month)s 起") % {"month": earliest})], {"first_month": earliest})


def _before_claim(household_id: int) -> Before:
    decision_id = deciding(household_id)
    decision = next((row for row in decisions_of(household_id) if row.pk == decision_id), None)
    if decision is None or decision_id is None:
        return Before(closed=gettext("追缴要有减发、渐退或者停发的决定；这一家还没有，请先作出决定。"))
    said = gettext("%(number)s，%(day)s %(kind)s，以前各月应发 %(yuan)s") % {
        "number": decision.number, "day": decision.decided_on, "kind": DECISIONS[decision.kind],
        "yuan": yuan(decision.amount_fen),
    }  # fmt: skip
    months = overpaid(household_id, decision_id=decision_id, since_month=LONG_AGO)
    nothing = gettext("没有一个月超过应发，或者都已提出追缴；还在银行没有到账的，等银行回盘以后再看。")
    facts = [(gettext("依据的决定"), said)]
    return Before([*facts, *_paid(months)]) if months else Before(facts, closed=nothing)


def _paid(months: Sequence[Any]) -> Facts:
    """What was paid month by month; from which of them on it was too much, the officer says."""
    first, last = month_text(months[0].month), month_text(months[-1].month)
    span = first if first == last else gettext("%(first)s 至 %(last)s") % {"first": first, "last": last}
    told = {"span": span, "n": len(months), "yuan": yuan(months[-1].paid_fen)}
    return [(gettext("各月已发"), gettext("%(span)s %(n)s 个月超过应发，最近一个月 %(yuan)s") % told)]


def _claim(household_id: int, given: Given, on: date, at: datetime) -> object:
    """The newest decision that lowers or stops says what was due; the action refuses where there is none."""
    return pay.ask_claim(
        household_id, decision_id=deciding(household_id) or 0, since_month=given["since_month"], cause=given["cause"],
        words=given["words"], on=on, at=at,
    )  # fmt: skip


ASKING: dict[str, Asking] = {
    "supplement": Asking(
        _("提出补发"), SupplementForm, _before_supplement,
        lambda home, given, on, at: pay.order_supplement(
            home, month=given["month"], cause=given["cause"], on=on, at=at
        ),
        _("金额不用填：决定的金额减去已经编入名册和已经提出的。"),
    ),
    "suspension": Asking(
        _("提出暂停发放"), SuspensionForm, _before_suspension,
        lambda home, given, on, at: pay.ask_suspension(
            home, first_month=given["first_month"], cause=given["cause"], on=on, at=at
        ),
        _("暂停不是停发：查清后恢复，按决定应发的补发。"),
    ),
    "claim": Asking(
        _("提出追缴"), ClaimForm, _before_claim, _claim,
        _("金额不用填：从您写的月份起，各月已发减去按决定应发。人员去世当月的钱是应发的，从下个月起算多发。"),
    ),
}  # fmt: skip


@takes_a_form
def asked_change(request: HttpRequest, matter: str, number: str) -> HttpResponse:
    """提出补发, 暂停 or 追缴 of a household. Raises Http404 where there is no such household or matter."""
    home = household_of(number)
    asking = ASKING.get(matter)
    if home is None or asking is None:
        raise Http404(f"没有家庭“{number}”，或没有“{matter}”这件事")
    before, title = asking.before(home.id), gettext(asking.title)

    def do(given: Given, at: datetime) -> Done:
        asking.do(home.id, given, today_in_county(), at)
        return Done(reverse("money-changes"), gettext("已提出，等另一人批准。"))

    return answer(
        request,
        Act(
            title=gettext("%(title)s：%(who)s") % {"title": title, "who": number}, button=title,
            form=asking.form, do=do, subject=f"家庭 {number}", notes=[gettext(asking.note)], facts=before.facts,
            initial=before.initial, closed=before.closed,
            way=[Crumb(number, reverse("household", args=[number])), Crumb(title)],
        ),
    )  # fmt: skip
