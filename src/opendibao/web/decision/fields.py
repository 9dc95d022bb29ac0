"""填写评议和公示: counts, lists of names and lists of places in a form, and what is said of each that is wrong."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from opendibao.decision.seats import names_in
from opendibao.web.act_fields import Label, Words

MOST = 999


class Count(forms.Field):
    """A whole number from 0 on; None where it may be and is left empty. Full-width digits are read too."""

    def __init__(self, label: Label, *, needed: bool = True, hint: Label = "", said: str = "") -> None:
        attrs = {"class": "in n", "inputmode": "numeric", "autocomplete": "off", "maxlength": "4"}
        widget = forms.TextInput(attrs | ({"aria-label": said} if said else {}))
        super().__init__(label=label, required=needed, help_text=hint, widget=widget)  # type: ignore[arg-type]
        self.said = said

    def to_python(self, value: Any) -> int | None:
        """The number. Raises ValidationError naming the field."""
        text = unicodedata.normalize("NFKC", str(value or "")).strip()
        name = self.said or self.label
        if not text:
            if self.required:
                raise ValidationError(_("请填写“%(label)s”") % {"label": name})
            return None
        if not (text.isascii() and text.isdigit()) or int(text) > MOST:
            said = _("“%(label)s”应是 0 到 %(most)d 的整数，现在是“%(text)s”")
            raise ValidationError(said % {"label": name, "most": MOST, "text": text})
        return int(text)

    def validate(self, value: Any) -> None:
        """All is said in `to_python`."""


class Names(Words):
    """Names between commas or line ends."""

    def clean(self, value: Any) -> list[str]:
        """The names in their order."""
        return names_in(str(super().clean(value)))


class Lines(Words):
    """One entry a line."""

    def clean(self, value: Any) -> list[str]:
        """The lines that say something."""
        return [line.strip() for line in str(super().clean(value)).split("\n") if line.strip()]


class Ticks(forms.MultipleChoiceField):
    """Which rows of a list are meant; the template writes each box into its row."""

    def __init__(self, label: Label, options: Sequence[tuple[str, str]]) -> None:
        widget = forms.CheckboxSelectMultiple(attrs={"class": "checks"})
        super().__init__(label=label, choices=options, required=False, widget=widget)  # type: ignore[arg-type]

    def to_python(self, value: Any) -> list[str]:
        """The rows that were ticked."""
        return [each for each in super().to_python(value) if each]

    def validate(self, value: list[str]) -> None:
        """Refuse none at all, and what is not offered."""
        if not value:
            raise ValidationError(_("“%(label)s”一件也没有选，请至少勾一件") % {"label": self.label})
        if any(not self.valid_value(each) for each in value):
            raise ValidationError(_("“%(label)s”里有的已经不能办，请刷新后重选") % {"label": self.label})
