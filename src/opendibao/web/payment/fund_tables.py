"""到位资金登记表: the entries of a year as a workbook, an empty one to fill in, and a filled one taken whole or not."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.budget.arrival_sheet import COLUMNS, LARGEST, enter_sheet
from opendibao.budget.arrivals import AREAS, SOURCES, ArrivalRow, arrivals
from opendibao.policy.shares import LEVELS
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Label
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.county import asked_of
from opendibao.web.table_files import table_file
from opendibao.web.tables import Cell, Crumb, Head, Table, money
from opendibao.web.templatetags.figures import yuan
from opendibao.web.uploads import Sent

BLANK = "blank"


class TableUpload(forms.FileField):
    """A workbook, whole; what stands in it the action finds out."""

    def __init__(self, label: Label, *, hint: Label) -> None:
        widget = forms.FileInput(attrs={"class": "in", "accept": ".xlsx"})
        super().__init__(label=label, help_text=hint, widget=widget)  # type: ignore[arg-type]

    def clean(self, data: Any, initial: Any = None) -> Sent:
        """Name and bytes. Raises ValidationError naming the field and the remedy."""
        if not isinstance(data, UploadedFile):
            raise ValidationError(_("请选择“%(label)s”") % {"label": self.label})
        if (data.size or 0) > LARGEST:
            said = _("“%(label)s”超过 %(n)d MB，请只留登记表这一张")
            raise ValidationError(said % {"label": self.label, "n": LARGEST // 1_000_000})
        data.seek(0)
        return Sent(data.name or "", data.read())


class TableForm(ActForm):
    """A filled-in table."""

    file = TableUpload(
        gettext_lazy("登记表（xlsx）"),
        hint=gettext_lazy("拖到这里，或选文件。逐行核对；有一行不对，整份不收，并说是哪一行哪一格。"),
    )  # fmt: skip


def arrivals_file(request: HttpRequest) -> HttpResponse:
    """The entries of a year as they stand on their papers; with ?blank=1 only the headings, to fill in."""
    year = asked_of(request).year
    is_blank = request.GET.get(BLANK) == "1"
    listed = [] if is_blank else arrivals(year)
    name = _("到位资金登记表") if is_blank else _("%(year)s 年到位资金") % {"year": year}
    # headings and words are read again by the import: they stay Chinese in every language
    return table_file(name, Table([Head(column) for column in COLUMNS], _rows(listed)))


def _rows(listed: Sequence[ArrivalRow]) -> list[list[Cell]]:
    return [
        [Cell(str(row.year)), Cell(LEVELS[row.level]), Cell(row.number), money(row.fen),
         Cell(row.arrived_on.isoformat()), Cell(row.due_on.isoformat() if row.due_on else ""),
         Cell(AREAS[row.area]), Cell(SOURCES[row.source]), Cell(row.text)]
        for row in listed
    ]  # fmt: skip


@takes_a_form
def taken_arrivals(request: HttpRequest) -> HttpResponse:
    """用表格登记到位资金."""
    return answer(request, table_act())


def table_act() -> Act:
    """What enters the rows of a table."""

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        made = enter_sheet(given["file"].content, division=settings.OPENDIBAO_COUNTY, on=today_in_county(), at=at)
        told = {"n": len(made), "yuan": yuan(sum(one.amount_fen for one in made))}
        said = _("已登记 %(n)s 笔到位资金，共 %(yuan)s 元。") % told
        return Done(f"{reverse('funds')}?year={made[0].year}", said)

    return Act(
        title=_("用表格登记到位资金"), button=_("收下并登记"), form=TableForm, do=do, template="web/take_funds.html",
        way=[Crumb(_("发放批次"), reverse("pay-runs")), Crumb(_("资金"), reverse("funds"))],
        notes=[
            _("列名：%(columns)s。后四列可以空着。") % {"columns": _("、").join(COLUMNS)},
            _("登记过的再收一次会被指出来，不会记两次；冲回不从表格办。"),
        ],
    )  # fmt: skip
