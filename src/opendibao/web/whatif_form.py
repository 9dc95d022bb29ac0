"""假设的情况: the fields in which an officer supposes that a family were otherwise, and the facts that come of it."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from opendibao.kernel.money import yuan_text
from opendibao.web.labels import DISABILITIES, RELATIONS
from opendibao.web.whatif_facts import GONE, Facts, baby, said_disability, said_spending, said_wages, said_yuan, suppose
from opendibao.web.whatif_fields import Amount, AsItIs, Some, Standard

MOST_BABIES = 5
GRADES = ("1", "2", "3", "4")


@dataclass(frozen=True)
class Group:
    """The fields of one member, or of the household, under a heading."""

    words: str
    fields: list[forms.BoundField]


class WhatIfForm(forms.Form):
    """The facts of a family with what may be supposed of each; every field left empty stays as it is."""

    use_required_attribute = False

    def __init__(self, facts: Mapping[str, Any], on: date, *args: Any) -> None:
        super().__init__(*args)
        self.facts, self.on = facts, on
        self.fields["standard"] = Standard(facts["area"], on)
        held = facts.get("property") or {}
        now = _("现在 %(said)s")
        self.fields["deposits"] = Amount(
            _("金融资产（元）"), now % {"said": said_yuan(held.get("financial_assets", 0))}
        )
        self.fields["babies"] = Some(_("新出生的孩子（人）"), 0, MOST_BABIES)
        for place, member in enumerate(facts["members"]):
            for name, one in _member_fields(member).items():
                one.who = member["name"]
                self.fields[f"m{place}_{name}"] = one

    def groups(self) -> Iterator[Group]:
        """The household first, then each member under his name."""
        yield Group(_("全家"), [self[name] for name in ("standard", "deposits", "babies")])
        for place, member in enumerate(self.facts["members"]):
            words = f"{member['name']} · {RELATIONS[member['relation']]}"
            mine = [self[name] for name in self.fields if name.startswith(f"m{place}_")]
            yield Group(words, mine)

    def clean(self) -> dict[str, Any]:
        """A kind of disability and its grade belong together."""
        given = super().clean() or {}
        for place, member in enumerate(self.facts["members"]):
            kind, grade = given.get(f"m{place}_disability", ""), given.get(f"m{place}_grade", "")
            if bool(grade) != (kind not in ("", "none")) and not (grade and member.get("disability") and not kind):
                self.add_error(
                    f"m{place}_grade",
                    _("%(name)s的残疾类别和等级要一起选") % {"name": member["name"]},
                )
        return given

    def supposed_facts(self) -> Facts:
        """The facts as supposed; only of a valid form."""
        facts, given = deepcopy(dict(self.facts)), self.cleaned_data
        if given["deposits"] is not None:
            facts["property"] = {**(facts.get("property") or {}), "financial_assets": yuan_text(given["deposits"])}
        for place, member in enumerate(facts["members"]):
            suppose(member, {name: given[f"m{place}_{name}"] for name in _MEMBER_FIELDS}, self.on)
        facts["members"] += [baby(number, self.on) for number in range(1, (given["babies"] or 0) + 1)]
        return facts


_MEMBER_FIELDS = ("wage", "months", "other", "gone", "disability", "grade", "ill", "medical")


def _member_fields(member: Mapping[str, Any]) -> dict[str, Amount | Some | AsItIs]:
    """The fields of a member; the fieldset says whose they are."""
    now = _("现在 %(said)s")
    return {
        "wage": Amount(_("月工资（元）"), now % {"said": said_wages(member)}),
        "months": Some(_("一年做几个月"), 1, 12, _("不填按 12 个月")),
        "other": Amount(_("每月另外多的收入（元）")),
        "medical": Amount(_("一年自付医疗费（元）"), now % {"said": said_spending(member, "medical_self_paid")}),
        "ill": AsItIs(
            _("重特大疾病"),
            [("yes", _("有")), ("no", _("没有"))],
            now % {"said": _("有") if member.get("severe_illness") else _("没有")},
        ),
        "disability": AsItIs(
            _("残疾类别"), [("none", _("没有")), *DISABILITIES.items()], now % {"said": said_disability(member)}
        ),
        "grade": AsItIs(_("残疾等级"), [(grade, _("%(n)s 级") % {"n": grade}) for grade in GRADES]),
        "gone": AsItIs(_("在不在家"), list(GONE.items())),
    }
