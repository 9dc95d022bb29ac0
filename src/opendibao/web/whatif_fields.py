"""假设的一格: a field that leaves things as they are while nothing is typed in it, and refuses by its own name."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from opendibao.kernel.money import NotMoney, yuan, yuan_text
from opendibao.policy.pack import RuleGap
from opendibao.web.labels import AREAS
from opendibao.web.whatif_standard import BadStandard, Supposed, supposed_standard

MOST_FEN = 1_000_000_000


class Named:
    """A field that refuses by its label and whose it is, because the list of faults stands far from the fieldset."""

    who = ""
    label: Any

    @property
    def said(self) -> str:
        """The field in a sentence of its own."""
        return _("%(name)s：%(what)s") % {"name": self.who, "what": self.label} if self.who else str(self.label)


class Amount(Named, forms.CharField):
    """Yuan, nothing where it stays as it is."""

    def __init__(self, label: str, hint: str = "") -> None:
        widget = forms.TextInput(attrs={"class": "in", "inputmode": "decimal", "autocomplete": "off"})
        super().__init__(label=label, required=False, help_text=hint, widget=widget)

    def clean(self, value: Any) -> int | None:
        """Fen, None where nothing was typed. Raises ValidationError naming the field."""
        text = str(value or "").strip()
        if not text:
            return None
        try:
            fen = yuan(text)
        except NotMoney as fault:
            raise ValidationError(f"{self.said}：{fault}") from None
        if not 0 <= fen <= MOST_FEN:
            said = _("%(label)s：应在 0 到 %(most)s 元之间")
            raise ValidationError(said % {"label": self.said, "most": yuan_text(MOST_FEN, grouped=True)})
        return fen


class Some(Named, forms.CharField):
    """A whole number within bounds, nothing where it stays as it is."""

    def __init__(self, label: str, least: int, most: int, hint: str = "") -> None:
        widget = forms.TextInput(attrs={"class": "in", "inputmode": "numeric", "autocomplete": "off"})
        super().__init__(label=label, required=False, help_text=hint, widget=widget)
        self.least, self.most = least, most

    def clean(self, value: Any) -> int | None:
        """The number. Raises ValidationError naming the field."""
        text = str(value or "").strip()
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) < 4 and self.least <= int(text) <= self.most):
            said = _("%(label)s：应为 %(least)s 到 %(most)s 的整数")
            raise ValidationError(said % {"label": self.said, "least": self.least, "most": self.most})
        return int(text)


class AsItIs(Named, forms.ChoiceField):
    """One of several; the first leaves it as it is."""

    def __init__(self, label: str, options: Sequence[tuple[str, str]], hint: str = "") -> None:
        choices = [("", _("照现在的")), *options]
        super().__init__(
            label=label, required=False, choices=choices, help_text=hint, widget=forms.Select({"class": "in"})
        )

    def validate(self, value: Any) -> None:
        """Refuse what is not offered."""
        if value and not self.valid_value(value):
            raise ValidationError(_("%(label)s：没有这一项，请从列出的里面选") % {"label": self.said})


class Standard(forms.CharField):
    """The area's standard: +8% or 700, nothing where it stays as it is."""

    def __init__(self, area: str, on: date) -> None:
        widget = forms.TextInput(attrs={"class": "in", "autocomplete": "off"})
        label = _("%(area)s标准") % {"area": AREAS[area]}
        super().__init__(label=label, required=False, widget=widget)
        self.area, self.on = area, on
        now = supposed_standard(area, "", on).now_fen
        said = _("现在 %(n)s 元；可写 +8%% 或 700")
        self.help_text = said % {"n": yuan_text(now, grouped=True)}

    def clean(self, value: Any) -> Supposed:
        """The standard now and then. Raises ValidationError naming the field."""
        try:
            return supposed_standard(self.area, str(value or ""), self.on)
        except (BadStandard, RuleGap) as fault:
            raise ValidationError(f"{self.label}：{fault}") from None
