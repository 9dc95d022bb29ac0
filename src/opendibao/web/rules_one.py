"""一条规则: its formula in words, clause, the numbers and values it reads, who reads it, its texts and examples."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.formula.graph import Plan, Rule
from opendibao.policy.pack import Row
from opendibao.web.context import today_in_county
from opendibao.web.rules import ENTITIES, LAYERS, entity_cell, layer_of
from opendibao.web.rules_examples import examples_of
from opendibao.web.rules_words import Name, formula_of, needed_by, needs_of, texts_of
from opendibao.web.standards import row_cells, row_heads
from opendibao.web.standards_changes import hands
from opendibao.web.standards_law import asked_day, pack_in_county, plan_on
from opendibao.web.tables import Cell, Crumb, Table, day, heads, text


def rule(request: HttpRequest, entity: str, rule_name: str) -> HttpResponse:
    """One rule on a day; where it has no text that day its nearest text is shown, and said so."""
    on, texts = asked_day(request, "on", today_in_county()), texts_of(entity, rule_name)
    if not texts:
        raise Http404(f"没有规则“{entity}.{rule_name}”")
    plan, numbers = plan_on(on), pack_in_county().on(on).rows
    found = next((text for text in texts if text.is_in_force(on)), texts[-1])
    shown = {
        "rule": found,
        "day": on,
        "in_force": found.is_in_force(on),
        "layer": LAYERS.get(layer_of(found), ""),
        "whose": ENTITIES.get(entity, entity),
        "formula": formula_of(plan, found, numbers),
        "numbers": _numbers(found, numbers, on),
        "needs": _names(needs_of(plan, found), on),
        "readers": _rules(needed_by(plan, found), on),
        "texts": _texts(plan, texts, numbers, on),
        "examples": examples_of(plan, found),
        "crumbs": [Crumb(_("规则"), reverse("rules") + f"?on={on}"), Crumb(found.zh)],
    }
    return render(request, "web/rule.html", shown)


def _numbers(found: Rule, numbers: Mapping[str, Row], on: date) -> Table:
    through = hands()
    rows = [
        [Cell(row.zh, reverse("standard", args=[row.path]) + f"?on={on}"), *row_cells(row, through)]
        for row in (numbers[path] for path in found.parameters if path in numbers)
    ]
    return Table(row_heads(_("数")), rows, caption=_("用到的数"))


def _names(names: Sequence[Name], on: date) -> Table:
    rows = [
        [Cell(one.zh, _rule_link(one.entity, one.name, on) if one.is_rule else ""),
         Cell(_("规则") if one.is_rule else _("查明的情况")), entity_cell(one.entity)]
        for one in names
    ]  # fmt: skip
    return Table(heads(_("名称"), _("是什么"), _("对谁")), rows, caption=_("它要先知道的"))


def _rules(found: Sequence[Rule], on: date) -> Table:
    rows = [[Cell(one.zh, _rule_link(one.entity, one.name, on)), entity_cell(one.entity)] for one in found]
    return Table(heads(_("规则"), _("对谁")), rows, caption=_("用到它的规则"))


def _rule_link(entity: str, name: str, on: date) -> str:
    return reverse("rule", args=[entity, name]) + f"?on={on}"


def _texts(plan: Plan, texts: Sequence[Rule], numbers: Mapping[str, Row], on: date) -> Table:
    rows = [
        [day(one.since), Cell(str(one.until or "")), text(one.clause), text(formula_of(plan, one, numbers)),
         Cell(_("现行"), tone="ok") if one.is_in_force(on) else Cell("")]
        for one in reversed(texts)
    ]  # fmt: skip
    named = heads("!" + _("起"), "!" + _("止"), _("依据"), _("算式"), "!" + _("这一天"))
    return Table(named, rows, caption=_("各个时期的文本"))
