"""填写: the fields of a form, and what is said of each that is not filled in right."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Label = str | Promise
Villages = Sequence[tuple[str, Sequence[tuple[str, str]]]]
EARLIEST = date(2000, 1, 1)
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
"""Marks that turn the direction of reading: with them a text reads differently from what it is."""
BROKEN = "\ufffd"


class Words(forms.CharField):
    """A text of at most so many characters, without what cannot be seen; lines may be kept."""

    def __init__(self, label: Label, most: int, *, rows: int = 1, needed: bool = True, hint: Label = "") -> None:
        widget = forms.Textarea(attrs={"class": "in", "rows": rows}) if rows > 1 else forms.TextInput({"class": "in"})
        super().__init__(label=label, required=needed, help_text=hint, widget=widget)  # type: ignore[arg-type]
        self.most = most

    def to_python(self, value: Any) -> str:
        """The text with one kind of line end."""
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")

    def validate(self, value: Any) -> None:
        """Refuse an empty, too long or partly invisible text."""
        if self.required and not value:
            raise ValidationError(_("请填写“%(label)s”") % {"label": self.label})
        if len(value) > self.most:
            said = _("“%(label)s”最多 %(most)d 个字，现在有 %(n)d 个，请缩短")
            raise ValidationError(said % {"label": self.label, "most": self.most, "n": len(value)})
        if any(_is_unseen(letter) for letter in value):
            raise ValidationError(_("“%(label)s”里有看不见或不能识别的字符，请删去后重填") % {"label": self.label})

    def run_validators(self, value: Any) -> None:
        """All is said in `validate`."""


def _is_unseen(letter: str) -> bool:
    return letter in TURNING or letter == BROKEN or (letter not in "\n\t" and unicodedata.category(letter) == "Cc")


class Day(forms.DateField):
    """A day that has come."""

    def __init__(self, label: Label, *, hint: Label = "") -> None:
        widget = forms.DateInput(attrs={"class": "in", "type": "date"}, format="%Y-%m-%d")
        super().__init__(label=label, help_text=hint, widget=widget, input_formats=["%Y-%m-%d"])  # type: ignore[arg-type]
        self.today: date = date.max

    def stand(self, today: date) -> None:
        """Be told today; the calendar of the browser offers no later day."""
        self.today = today
        self.widget.attrs["max"] = today.isoformat()

    def to_python(self, value: Any) -> date | None:
        """The day. Raises ValidationError naming the field."""
        if value in self.empty_values:
            raise ValidationError(_("请填写“%(label)s”") % {"label": self.label})
        try:
            return super().to_python(value)
        except ValidationError:
            said = _("“%(label)s”不是日期，应写成 2025-01-06 这样")
            raise ValidationError(said % {"label": self.label}) from None

    def validate(self, value: Any) -> None:
        """Refuse a day that is still to come, or of another age."""
        if value > self.today:
            said = _("“%(label)s”%(day)s 还没有到，请填今天（%(today)s）或更早的日期")
            raise ValidationError(said % {"label": self.label, "day": value, "today": self.today})
        if value < EARLIEST:
            raise ValidationError(_("“%(label)s”%(day)s 太早，请核对年份") % {"label": self.label, "day": value})


class Pick(forms.ChoiceField):
    """One of several, none chosen beforehand unless there is only one."""

    def __init__(self, label: Label, options: Mapping[str, Label], *, hint: Label = "") -> None:
        widget = forms.Select(attrs={"class": "in"})
        super().__init__(label=label, help_text=hint, choices=lambda: with_blank(list(options.items())), widget=widget)  # type: ignore[arg-type]

    def validate(self, value: Any) -> None:
        """Refuse what was not chosen or is not offered."""
        if not value:
            raise ValidationError(_("请选择“%(label)s”") % {"label": self.label})
        if not self.valid_value(value):
            raise ValidationError(_("“%(label)s”里没有这一项，请从列出的里面重选") % {"label": self.label})


class MayPick(Pick):
    """One of several, or none."""

    def __init__(self, label: Label, options: Mapping[str, Label], *, hint: Label = "") -> None:
        super().__init__(label, options, hint=hint)
        self.required = False

    def validate(self, value: Any) -> None:
        """Refuse only what is not offered."""
        if value:
            super().validate(value)


class VillagePick(Pick):
    """A village of the officer's own; anything else does not exist for him."""

    def __init__(self, label: Label, *, hint: Label = "") -> None:
        super().__init__(label, {}, hint=hint)

    def offer(self, villages: Villages) -> None:
        """Let the officer choose among these; where there is but one it is chosen."""
        only = [pair for _town, pairs in villages for pair in pairs]
        self.choices = only if len(only) == 1 else with_blank(list(villages))


def with_blank(options: Sequence[Any]) -> list[Any]:
    """Options after an empty one."""
    return [("", _("请选择")), *options]


class ActForm(forms.Form):
    """A form of the site; it knows today and the villages of the officer who fills it in."""

    use_required_attribute = False

    def __init__(self, *args: Any, today: date, villages: Villages = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, Day):
                field.stand(today)
            elif isinstance(field, VillagePick):
                field.offer(villages)

    def typed(self, name: str) -> str:
        """What was typed in a field, in words."""
        found, field = self[name].value() or "", self.fields[name]
        values = [str(each) for each in found] if isinstance(found, list | tuple) else [str(found)]
        if isinstance(field, forms.ChoiceField):
            values = [words_of(field.choices, value) for value in values]
        return _("、").join(values)


def words_of(options: Any, code: str) -> str:
    """The words of a code among options that may stand in groups; the code itself where it is none of them."""
    for value, words in options:
        if isinstance(words, list | tuple):
            found = words_of(words, code)
            if found != code:
                return found
        elif str(value) == code:
            return str(words)
    return code
