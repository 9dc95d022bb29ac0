"""调查表的格子: a blank of an item as a form field; what is typed becomes what the rules read."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from opendibao.rules.fields import FIRST_YEAR
from opendibao.web.act_fields import with_blank
from opendibao.web.intake.new_application_items import Blank
from opendibao.web.intake.new_application_sheet import plain

WHOLE = re.compile(r"[0-9]{1,6}")
MODES = {"money": "decimal", "count": "numeric", "measure": "decimal"}
LONGEST = 60
Facts = dict[str, Any]


class QuickSelect(forms.Select):
    """A select that is written out here: the form has six hundred options, and each costs a template of its own."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The select as markup, everything in it escaped."""
        context = self.get_context(name, value, attrs)["widget"]
        parts = [f'<select name="{escape(name)}"{flatatt(context["attrs"])}>']
        for group, options, _place in context["optgroups"]:
            parts += [f'<optgroup label="{escape(group)}">'] if group else []
            parts += [_option(one) for one in options]
            parts += ["</optgroup>"] if group else []
        return mark_safe("".join([*parts, "</select>"]))


def _option(one: Mapping[str, Any]) -> str:
    chosen = " selected" if one["selected"] else ""
    return f'<option value="{escape(one["value"])}"{chosen}>{escape(one["label"])}</option>'


class Typed(forms.CharField):
    """A short text of an item; numbers are read by the rules, which refuse them by name."""

    def __init__(self, blank: Blank, *, hint: str = "") -> None:
        attrs = {"class": "in", "autocomplete": "off"}
        if mode := MODES.get(blank.kind):
            attrs["inputmode"] = mode
        if blank.kind == "day":
            attrs |= {"type": "date", "min": f"{FIRST_YEAR}-01-01"}
        super().__init__(
            label=str(blank.words), required=False, max_length=LONGEST, help_text=hint or str(blank.hint),
            widget=forms.TextInput(attrs),
        )  # fmt: skip
        self.error_messages["max_length"] = _("“%(label)s”太长，请核对") % {"label": blank.words}
        self.blank = blank

    def clean(self, value: Any) -> object:
        """As a case writes it; "" where nothing was typed. Raises ValidationError naming the field."""
        return case_value(self.blank, str(super().clean(value) or ""))


class Chosen(forms.ChoiceField):
    """One of an item's options, or none yet."""

    def __init__(self, blank: Blank, *, label: str = "", hint: str = "") -> None:
        options = with_blank(list((blank.options or {}).items()))
        super().__init__(
            label=label or str(blank.words), required=False, choices=options, help_text=hint or str(blank.hint),
            widget=QuickSelect({"class": "in"}),
        )  # fmt: skip
        self.error_messages["invalid_choice"] = _("“%(label)s”里没有这一项，请从列出的里面选") % {"label": self.label}
        self.blank = blank


class Tick(forms.BooleanField):
    """A box to tick, never needed by itself."""

    def __init__(self, label: str, *, hint: str = "") -> None:
        super().__init__(label=label, required=False, help_text=hint)


def field_of(blank: Blank) -> forms.Field:
    """The form field of a blank."""
    return Chosen(blank) if blank.kind == "pick" else Typed(blank)


def case_value(blank: Blank, text: str) -> object:
    """What was typed as a case writes it."""
    if blank.kind == "text" or not text:
        return text.strip()
    said = plain(text)
    if blank.kind == "count" and WHOLE.fullmatch(said):
        return int(said)
    return said.replace("，", ",") if blank.kind == "money" else said


def said_of(blanks: Iterable[Blank], raw: Mapping[str, Any]) -> str:
    """An item in words, field by field."""
    said = [_said(blank, raw[blank.name]) for blank in blanks if raw.get(blank.name) not in (None, "")]
    return _("，").join(said)


def _said(blank: Blank, value: object) -> str:
    words = str((blank.options or {}).get(str(value), value))
    return words if blank.kind == "pick" else _("%(what)s %(value)s") % {"what": blank.words, "value": words}


def missing(blanks: Iterable[Blank], given: Mapping[str, object]) -> list[Blank]:
    """What is needed and was left empty."""
    return [blank for blank in blanks if blank.needed and given.get(blank.name) in (None, "")]
