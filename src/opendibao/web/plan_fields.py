"""方案的一格: a day that may lie ahead, several of a list, and lines of a table typed one below the other."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from opendibao.web.act_fields import Day, Label, Words

LATEST = date(2099, 12, 31)
COMMAS = ("，", ",", "\t")


class AnyDay(Day):
    """A day that has come or lies ahead; it may be left open where it is not needed."""

    def __init__(self, label: Label, *, needed: bool = False, hint: Label = "") -> None:
        super().__init__(label, hint=hint)
        self.required = needed

    def stand(self, today: date) -> None:
        """Any day may be picked."""
        self.today = LATEST

    def to_python(self, value: Any) -> date | None:
        """The day, None where none was named. Raises ValidationError naming the field."""
        return None if value in self.empty_values and not self.required else super().to_python(value)

    def validate(self, value: Any) -> None:
        """Refuse a day of another age."""
        if value is None:
            return
        if value > LATEST:
            raise ValidationError(_("“%(label)s”%(day)s 太晚，请核对年份") % {"label": self.label, "day": value})
        super().validate(value)


class Several(forms.MultipleChoiceField):
    """Several of a list, as boxes to tick; none may be right too."""

    def __init__(self, label: Label, *, hint: Label = "") -> None:
        widget = forms.CheckboxSelectMultiple(attrs={"class": "checks"})
        super().__init__(label=label, help_text=hint, required=False, widget=widget)  # type: ignore[arg-type]

    def validate(self, value: Any) -> None:
        """Refuse what is not offered."""
        for one in value:
            if not self.valid_value(one):
                said = _("“%(label)s”里没有“%(one)s”，请从列出的里面重选")
                raise ValidationError(said % {"label": self.label, "one": one})


class Lines(Words):
    """Lines of so many parts each, parted by commas; an empty line counts nothing."""

    def __init__(self, label: Label, heads: Sequence[Label], *, rows: int = 6, hint: Label = "") -> None:
        super().__init__(label, 4000, rows=rows, hint=hint)
        self.heads = heads

    def parts(self, text: str) -> list[tuple[str, ...]]:
        """The parts line by line. Raises ValidationError naming the line."""
        found = []
        for number, line in enumerate(text.split("\n"), 1):
            if not line.strip():
                continue
            for comma in COMMAS[1:]:
                line = line.replace(comma, COMMAS[0])
            cells = tuple(cell.strip() for cell in line.split(COMMAS[0]))
            if len(cells) != len(self.heads) or not all(cells):
                said = _("“%(label)s”第 %(n)d 行应有 %(many)d 项：%(heads)s，中间用逗号隔开，现在是“%(line)s”")
                heads = _("，").join(str(head) for head in self.heads)
                raise ValidationError(
                    said % {"label": self.label, "n": number, "many": len(self.heads), "heads": heads, "line": line}
                )
            found.append(cells)
        return found
