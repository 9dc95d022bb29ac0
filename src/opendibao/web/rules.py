"""规则: every rule in force on a day, by layer, with its formula in words, its clause and the numbers it reads."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from opendibao.formula.graph import Rule
from opendibao.policy.pack import Row
from opendibao.web.context import today_in_county
from opendibao.web.labels import Labels
from opendibao.web.rules_words import formula_of
from opendibao.web.standards import Search, Section, asked_search
from opendibao.web.standards_law import pack_in_county, plan_on, tabs
from opendibao.web.tables import Cell, Table, day, heads, text

LAYERS = Labels({
    "members": gettext_noop("家庭成员"), "income": gettext_noop("收入"), "property": gettext_noop("财产"),
    "eligibility": gettext_noop("资格"), "benefit": gettext_noop("金额"), "entitlement": gettext_noop("还能申请什么"),
})  # fmt: skip
ENTITIES = Labels({
    "household": gettext_noop("全家"), "member": gettext_noop("每个成员"), "job": gettext_noop("每份工作"),
    "odd_job": gettext_noop("每份零工"), "season": gettext_noop("每份季节工"), "crop": gettext_noop("每种作物"),
    "herd": gettext_noop("每种畜禽"), "shop": gettext_noop("每个摊店"), "plot": gettext_noop("每块流转地"),
    "receipt": gettext_noop("每笔接受的钱物"), "compensation": gettext_noop("每笔一次性补偿"),
    "supporter": gettext_noop("每个义务人"), "house": gettext_noop("每套房屋"), "vehicle": gettext_noop("每辆车"),
    "exempt_asset": gettext_noop("每项豁免的财产"),
})  # fmt: skip
LAYER_PLACE = 2  # opendibao.rules.<layer>.<name>.rule


def rules(request: HttpRequest) -> HttpResponse:
    """The rules of a day."""
    asked = asked_search(request)
    plan, numbers = plan_on(asked.day), pack_in_county().on(asked.day).rows
    told = [(rule, formula_of(plan, rule, numbers)) for rule in plan.order]
    found = [(rule, formula) for rule, formula in told if asked.finds(rule.zh, rule.name, rule.clause, formula)]
    shown = {
        "asked": asked,
        "tabs": tabs(request, "rules", asked.tail),
        "is_today": asked.day == today_in_county(),
        "sections": _sections(found, numbers, asked),
        "found": len(found),
    }
    return render(request, "web/rules.html", shown)


def _sections(told: Sequence[tuple[Rule, str]], numbers: Mapping[str, Row], asked: Search) -> list[Section]:
    named = heads(_("规则"), _("对谁"), _("算式"), _("依据"), _("用到的数"), "!" + _("起"))
    by_layer = {layer: [one for one in told if layer_of(one[0]) == layer] for layer in LAYERS}
    return [
        Section(LAYERS[layer], Table(named, [_line(*one, numbers, asked) for one in found], caption=LAYERS[layer]))
        for layer, found in by_layer.items()
        if found
    ]


def layer_of(rule: Rule) -> str:
    """The layer whose folder the rule lies in."""
    return rule.module.split(".")[LAYER_PLACE]


def _line(rule: Rule, formula: str, numbers: Mapping[str, Row], asked: Search) -> list[Cell]:
    read = _("、").join(numbers[path].zh if path in numbers else path for path in rule.parameters)
    return [
        Cell(rule.zh, reverse("rule", args=[rule.entity, rule.name]) + asked.tail), entity_cell(rule.entity),
        text(formula), text(rule.clause), Cell(read), day(rule.since),
    ]  # fmt: skip


def entity_cell(entity: str) -> Cell:
    """Whose value a rule gives, in words."""
    return Cell(ENTITIES.get(entity, entity))
