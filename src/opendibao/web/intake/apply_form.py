"""网上申请表: what a family fills in on its telephone: short sections, plain words, nothing a department knows."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.intake.online_door import NAME_LENGTH, PHONE_LENGTH
from opendibao.web.act_fields import ActForm, Label, MayPick, VillagePick, Words
from opendibao.web.plan_fields import Several

MOST_MEMBERS, SHOWN_MEMBERS = 7, 3
ID_LENGTH, ADDRESS_LENGTH, TEXT_LENGTH = 18, 80, 300
CAUSES = {
    "illness": gettext_lazy("生病"), "disability": gettext_lazy("残疾"), "labour": gettext_lazy("缺少劳动力"),
    "unemployed": gettext_lazy("失业"), "school": gettext_lazy("孩子上学"), "disaster": gettext_lazy("受灾"),
    "other": gettext_lazy("其他"),
}  # fmt: skip
KIN = {
    "spouse": gettext_lazy("配偶"), "child": gettext_lazy("子女"), "parent": gettext_lazy("父母"),
    "grandparent": gettext_lazy("祖父母"), "grandchild": gettext_lazy("孙子女"), "sibling": gettext_lazy("兄弟姐妹"),
    "other": gettext_lazy("其他"),
}  # fmt: skip
"""What a member is to the applicant; codes of the registry."""


class Pledge(forms.BooleanField):
    """A box that must be ticked."""

    def validate(self, value: Any) -> None:
        """Refuse an empty box."""
        if not value:
            raise ValidationError(_("请勾上“%(label)s”") % {"label": self.label})


@dataclass(frozen=True)
class Section:
    """Questions that belong together, and a sentence about them; `more` are folded away."""

    title: str
    lead: str
    fields: Sequence[BoundField]
    more: Sequence[BoundField] = ()
    more_words: str = ""


class ApplyForm(ActForm):
    """The application; the rows of members are added when the class is made."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=32, initial=lambda: secrets.token_hex(16))
    applicant = Words(gettext_lazy("您的姓名"), NAME_LENGTH)
    id_number = Words(gettext_lazy("您的身份证号"), ID_LENGTH)
    phone = Words(gettext_lazy("联系电话"), PHONE_LENGTH, hint=gettext_lazy("工作人员用这个电话联系您"))
    division = VillagePick(gettext_lazy("住在哪个村（社区）"))
    address = Words(gettext_lazy("住址"), ADDRESS_LENGTH, hint=gettext_lazy("组、门牌号，或者小区、楼、房号"))
    causes = Several(gettext_lazy("为什么困难"), hint=gettext_lazy("可以勾几项"))
    causes.choices = list(CAUSES.items())
    reason = Words(gettext_lazy("请简单说一说"), TEXT_LENGTH, rows=4, hint=gettext_lazy("300 字以内"))
    income = Words(
        gettext_lazy("家里现在靠什么生活（选填）"), TEXT_LENGTH, rows=3, needed=False,
        hint=gettext_lazy("例如：种 3 亩田；父亲养老金每月 200 元"),
    )  # fmt: skip
    property = Words(
        gettext_lazy("家里有什么房子、车、存款（选填）"), TEXT_LENGTH, rows=3, needed=False,
        hint=gettext_lazy("不清楚可以不填，工作人员会上门"),
    )  # fmt: skip
    promise = Pledge(required=False, label=gettext_lazy("以上是真实的，我愿意配合核对和上门调查"))

    def sections(self) -> Iterator[Section]:
        """The form as it is read, one thing after the other."""
        yield Section(_("1. 您是谁"), "", self._named("applicant", "id_number", "phone"))
        yield Section(_("2. 住在哪里"), "", self._named("division", "address"))
        shown = self._members(1, SHOWN_MEMBERS + 1)
        lead = _("除了您自己，还有谁和您一起生活？没有就不填。")
        folded = self._members(SHOWN_MEMBERS + 1, MOST_MEMBERS + 1)
        yield Section(_("3. 家里还有谁"), lead, shown, folded, _("还有更多人"))
        yield Section(_("4. 家里的困难"), "", self._named("causes", "reason"))
        yield Section(_("5. 收入和财产"), "", self._named("income", "property"))

    def _named(self, *names: str) -> list[BoundField]:
        return [self[name] for name in names]

    def _members(self, first: int, end: int) -> list[BoundField]:
        return [self[f"{part}_{place}"] for place in range(first, end) for part in ("name", "relation", "number")]

    def clean(self) -> dict[str, Any]:
        """Whoever has a number or a relation has a name. Raises ValidationError."""
        found: dict[str, Any] = self.cleaned_data
        for place in range(1, MOST_MEMBERS + 1):
            said = (found.get(f"relation_{place}"), found.get(f"number_{place}"))
            if any(said) and not found.get(f"name_{place}"):
                self.add_error(f"name_{place}", _("第 %(n)d 位成员没有填姓名") % {"n": place})
        return found


def _with_members() -> type[ApplyForm]:
    fields: dict[str, forms.Field] = {}
    for place in range(1, MOST_MEMBERS + 1):
        fields[f"name_{place}"] = Words(_numbered(gettext_lazy("姓名"), place), NAME_LENGTH, needed=False)
        fields[f"relation_{place}"] = MayPick(_numbered(gettext_lazy("和您的关系"), place), KIN)
        fields[f"number_{place}"] = Words(_numbered(gettext_lazy("身份证号（选填）"), place), ID_LENGTH, needed=False)
    made: type[ApplyForm] = type("FamilyForm", (ApplyForm,), dict(fields))
    return made


def _numbered(words: Promise, place: int) -> Label:
    """Words with the member's place before them, in the language of the page."""
    return format_lazy(gettext_lazy("第 {n} 人：{words}"), n=place, words=words)


FamilyForm = _with_members()


def content_of(given: Mapping[str, Any]) -> dict[str, object]:
    """What is kept of the form beside name, number, telephone and village."""
    members = [
        {
            "name": given[f"name_{place}"], "relation": given[f"relation_{place}"],
            "id_number": given[f"number_{place}"].strip().upper(),
        }
        for place in range(1, MOST_MEMBERS + 1)
        if given[f"name_{place}"]
    ]  # fmt: skip
    said = {name: given[name] for name in ("address", "reason", "income", "property")}
    return {"members": members, "causes": ",".join(given["causes"]), **said}
