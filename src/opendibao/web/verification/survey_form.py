"""入户调查表: one form, filled with what the family declared or the last visit found, for a phone at a home."""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.rules.fields import CaseError
from opendibao.verification.actions import Sheet, Visit
from opendibao.verification.computing import given as computed
from opendibao.verification.item_sheets import with_sheets
from opendibao.verification.surveying import CONCLUSION_LENGTH, PLACE_LENGTH, REASON_LENGTH
from opendibao.verification.surveyors import NAME_LENGTH
from opendibao.web.act_fields import ActForm, Day, Pick, Words
from opendibao.web.clock import COUNTY_TIME
from opendibao.web.uploads import Paper, Photo
from opendibao.web.verification.survey_fields import Facts, Tick
from opendibao.web.verification.survey_items import (
    ItemRow,
    add_money,
    add_new_rows,
    add_rows,
    item_faults,
    with_items,
)
from opendibao.web.verification.survey_people import (
    add_people,
    add_supporters,
    people_faults,
    with_people,
    with_supporters,
)
from opendibao.web.verification.survey_refusals import refused_item
from opendibao.web.verification.survey_sheets import add_sheets, sheets_of
from opendibao.web.verification.survey_words import HOME, WAYS

TIME = re.compile(r"([01]?[0-9]|2[0-3])[:：]([0-5][0-9])")
PHOTOS = ("photo1", "photo2", "photo3", "photo4")
TEXT = 200
NEEDED_TEXTS = ("housing", "food")


@dataclass(frozen=True)
class Known:
    """What is known before the visit: facts, from where ("申报" or "上次"), who may answer, what was kept already."""

    facts: Facts
    source: str
    respondents: Mapping[str, str]
    has_signed_paper: bool = False
    rows: Sequence[ItemRow] = field(default_factory=tuple)


class Degrees(forms.CharField):
    """A coordinate in degrees, or none."""

    def __init__(self, label: Any, most: int) -> None:
        widget = forms.TextInput({"class": "in", "inputmode": "decimal", "autocomplete": "off"})
        super().__init__(label=label, required=False, max_length=20, widget=widget)
        self.most = most

    def clean(self, value: Any) -> Decimal | None:
        """The degrees, six places. Raises ValidationError naming the field."""
        text = str(super().clean(value) or "").strip()
        if not text:
            return None
        try:
            degrees = Decimal(text)
        except InvalidOperation:
            degrees = Decimal("NaN")
        if not degrees.is_finite() or abs(degrees) > self.most:
            raise ValidationError(_("“%(label)s”不是经纬度，请重新定位或空着") % {"label": self.label})
        return degrees.quantize(Decimal("0.000001"))


class Clock(forms.CharField):
    """A time of day."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label, required=False, max_length=5, widget=forms.TextInput({"class": "in", "type": "time"})
        )

    def clean(self, value: Any) -> time | None:
        """The time, None where nothing was typed. Raises ValidationError naming the field."""
        text = str(value or "").strip()
        if not text:
            return None
        if not (found := TIME.fullmatch(text)):
            raise ValidationError(_("“%(label)s”不是时间，应写成 14:30 这样") % {"label": self.label})
        return time(int(found[1]), int(found[2]))


class FactsForm(ActForm):
    """What is known of a family, to be found so or otherwise; `known` is set for each form."""

    known: Known
    is_visit = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        facts = self.known.facts
        add_people(self, facts, is_visit=self.is_visit)
        add_rows(self, self.known.rows)
        add_new_rows(self, self.names())
        add_money(self, facts)
        add_supporters(self, facts)

    def names(self) -> list[str]:
        """The members' names in their order."""
        return [member["name"] for member in self.known.facts["members"]]

    def clean(self) -> dict[str, Any]:
        """What belongs together is there together; what was found can be computed."""
        given = super().clean() or {}
        people = people_faults(given, self.known.facts, is_visit=self.is_visit)
        for name, words in (*people, *item_faults(self, given, self.known.rows), *self.more_faults(given)):
            self.add_error(name, words)
        if not self.errors:
            given["facts"] = self.found(given)
            self._refuse_what_cannot_be_computed(given)
        return given

    def more_faults(self, given: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """(field, what is wrong) of the fields that this form has beside the facts."""
        yield from ()

    def found(self, given: Mapping[str, Any]) -> Facts:
        """What was found, as the rules read it."""
        facts = deepcopy(self.known.facts)
        with_people(facts, given)
        with_items(facts, given, self.known.rows)
        with_supporters(facts, given)
        return facts

    def _refuse_what_cannot_be_computed(self, given: Mapping[str, Any]) -> None:
        try:
            computed(given["facts"], given["on"])
        except CaseError as refusal:
            fault = refused_item(refusal, given["facts"], given, self.known.rows)
            self.add_error(fault.name if fault.name in self.fields else None, fault.words)


class SurveyForm(FactsForm):
    """The whole form of a visit."""

    on = Day(gettext_lazy("调查日期"))
    arrived = Clock(gettext_lazy("到达时间"))
    way = Pick(gettext_lazy("调查方式"), WAYS)
    way_reason = Words(
        gettext_lazy("没有入户的理由"), REASON_LENGTH, needed=False,
        hint=gettext_lazy("只有发生重大突发事件时才能用电话、视频（57号第十六条）；入户的不用写"),
    )  # fmt: skip
    place = Words(gettext_lazy("调查地点"), PLACE_LENGTH)
    latitude = Degrees(gettext_lazy("纬度"), 90)
    longitude = Degrees(gettext_lazy("经度"), 180)
    first = Words(gettext_lazy("调查人一"), NAME_LENGTH)
    second = Words(gettext_lazy("调查人二"), NAME_LENGTH)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_sheets(self, self.names())
        for name, words in HOME.items():
            self.fields[f"home_{name}"] = Words(words, TEXT, rows=2, needed=name in NEEDED_TEXTS)
        self.fields["conclusion"] = Words(_("调查结论"), CONCLUSION_LENGTH, rows=3)
        self.fields["respondent"] = Pick(_("在场签字的家庭成员"), self.known.respondents)
        self.fields["signed"] = Tick(_("两名调查人和在场家庭成员都已在纸质表上签字"))
        needs_paper = not self.known.has_signed_paper
        self.fields["paper"] = Paper(_("签字的调查表"), needed=needs_paper, hint=_("拍下签字的那一页，或扫描成 PDF"))
        for number, name in enumerate(PHOTOS, 1):
            self.fields[name] = Photo(_("入户照片 %(n)s") % {"n": number}, needed=False)

    def more_faults(self, given: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Two surveyors, signatures, sheets."""
        if given.get("first") and given.get("first") == given.get("second"):
            yield "second", _("“调查人二”和“调查人一”是同一个人，请写同去的那一位")
        if not given.get("signed"):
            yield "signed", _("签了字才能保存：请在场的人签好字，再勾上（57号第十六条）")
        given["sheets"], faults = sheets_of(given, self.names())
        for fault in faults:
            yield fault.name, fault.words

    def found(self, given: Mapping[str, Any]) -> Facts:
        """What was found, the sheets' items in it."""
        return with_sheets(super().found(given), given["sheets"])


def visit_of(given: Mapping[str, Any], sheets: Sequence[Sheet], facts: Facts) -> Visit:
    """How the family was visited. Only of a valid form."""
    on: date = given["on"]
    arrived: time | None = given["arrived"]
    return Visit(
        started_at=datetime.combine(on, arrived, COUNTY_TIME) if arrived else None, way=given["way"],
        way_reason=given["way_reason"], place=given["place"], latitude=given["latitude"],
        longitude=given["longitude"], home=_home(given, facts), conclusion=given["conclusion"], sheets=sheets,
    )  # fmt: skip


def _home(given: Mapping[str, Any], facts: Facts) -> dict[str, Any]:
    texts = {name: given[f"home_{name}"] for name in HOME if given.get(f"home_{name}")}
    seen = list(_seen(given, facts))
    return {**texts, **({"members": seen} if seen else {})}


def _seen(given: Mapping[str, Any], facts: Facts) -> Iterator[dict[str, Any]]:
    for place, member in enumerate(facts["members"]):
        note = given.get(f"m{place}_note", "")
        if given.get(f"m{place}_seen"):
            yield {"name": member["name"], "seen": given[f"m{place}_seen"] == "yes", **({"note": note} if note else {})}
