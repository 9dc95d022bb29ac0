"""假如: what a family would get if it or the standard were otherwise, beside what it gets now; nothing is kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.audit.actions import record_view
from opendibao.decision.assessing import answer_on
from opendibao.decision.queries import DecisionRow, decision_in_force
from opendibao.decision.refusal import DecisionRefused
from opendibao.policy.pack import RuleGap
from opendibao.registry.queries import household as household_of
from opendibao.rules.answer import Answer, Reason
from opendibao.web.clock import now_in_county
from opendibao.web.context import today_in_county
from opendibao.web.labels import OUTCOMES
from opendibao.web.parts import render_either, wants_part
from opendibao.web.tables import Cell, Crumb, Table, count, heads, money, more
from opendibao.web.whatif_form import WhatIfForm
from opendibao.web.whatif_standard import overrides_of

WRONG = 422


@dataclass(frozen=True)
class Compared:
    """Now and then: the answers, the figures side by side, the reasons that only one of them has."""

    now: Answer
    then: Answer
    table: Table
    gone: list[Reason]
    new: list[Reason]

    @property
    def difference_fen(self) -> int:
        """How much more a month, fen; negative for less."""
        return self.then.monthly_benefit_fen - self.now.monthly_benefit_fen

    @property
    def outcomes(self) -> tuple[str, str]:
        """Both outcomes in words."""
        return OUTCOMES[self.now.outcome], OUTCOMES[self.then.outcome]


def what_if(request: HttpRequest, number: str) -> HttpResponse:
    """The page, or its answer alone while somebody types."""
    found = household_of(number)
    if found is None:
        raise Http404(f"没有家庭“{number}”")
    today = today_in_county()
    record_view(number, found.division, "试算", at=now_in_county())
    decision = decision_in_force(found.id, today)
    shown = {
        "number": number,
        "decision": decision,
        "crumbs": [Crumb(_("家庭 %(number)s") % {"number": number}, reverse("household", args=[number])),
                   Crumb(_("试算"))],
        **(_supposed(request, decision, today) if decision else {}),
    }  # fmt: skip
    response = render_either(request, "web/whatif.html", "web/_whatif_answer.html", shown)
    if shown.get("faults") and not wants_part(request):
        response.status_code = WRONG
    return response


def _supposed(request: HttpRequest, decision: DecisionRow, today: date) -> dict[str, object]:
    """The form and its answer; only why not, where the facts are not known or not to be read."""
    if "lacks" in decision.facts or not decision.facts.get("members"):
        return {"why_not": _("这个决定没有留下可以重算的情况，不能试算。")}
    try:
        form = WhatIfForm(decision.facts, today, request.GET)
        now = answer_on(decision.facts, today)
    except (DecisionRefused, RuleGap) as refusal:
        return {"why_not": str(refusal)}
    asked = {"form": form, "groups": list(form.groups()), "today": today, "now": now}
    if not form.is_valid():
        return {**asked, "faults": [said for lines in form.errors.values() for said in lines]}
    try:
        then = answer_on(_with_standard(form, today), today)
    except DecisionRefused as refusal:
        return {**asked, "faults": [str(refusal)]}
    return {**asked, "compared": compared(now, then)}


def _with_standard(form: WhatIfForm, today: date) -> Mapping[str, Any]:
    return {**form.supposed_facts(), "overrides": overrides_of([form.cleaned_data["standard"]], today)}


def compared(now: Answer, then: Answer) -> Compared:
    """Two answers side by side."""
    table = Table(
        heads(_("项目"), "#" + _("现在"), "#" + _("假如"), "#" + _("相差")), list(_lines(now, then)),
        caption=_("现在和假如"),
    )  # fmt: skip
    return Compared(now, then, table, _without(now.reasons, then.reasons), _without(then.reasons, now.reasons))


def _lines(now: Answer, then: Answer) -> Iterator[list[Cell]]:
    yield [Cell(_("计入的人数")), count(now.members), count(then.members), _signed(then.members - now.members)]
    for words, before, after in (
        (_("家庭年收入（元）"), now.income_year_fen, then.income_year_fen),
        (_("月保障标准（元）"), now.standard_fen, then.standard_fen),
        (_("全家年保障线（元）"), now.line_year_fen, then.line_year_fen),
        (_("补差或分档（元/月）"), now.base_benefit_fen, then.base_benefit_fen),
        (_("分类施保（元/月）"), now.supplement_fen, then.supplement_fen),
        (_("每月保障金（元）"), now.monthly_benefit_fen, then.monthly_benefit_fen),
    ):
        yield [Cell(words), money(before), money(after), more(after - before)]


def _signed(number: int) -> Cell:
    return Cell(f"+{number}" if number > 0 else str(number).replace("-", "−") if number else "0")


def _without(these: Sequence[Reason], those: Sequence[Reason]) -> list[Reason]:
    """Reasons that the other answer does not give in these words."""
    known = {reason.zh for reason in those}
    return [reason for reason in these if reason.zh not in known]
