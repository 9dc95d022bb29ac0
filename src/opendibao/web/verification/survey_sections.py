"""调查表的分节: the fields of the form under the headings of the paper form, in the order of a visit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.rules.holdings import MONEY_KINDS
from opendibao.verification.corrections import REASON_LENGTH
from opendibao.web.act_fields import Day, Pick, Words
from opendibao.web.labels import RELATIONS
from opendibao.web.verification.survey_form import PHOTOS, FactsForm, Known, SurveyForm
from opendibao.web.verification.survey_items import MORE_INCOMES, MORE_SPENDINGS, MORE_VEHICLES, ItemRow, rows_of
from opendibao.web.verification.survey_sheets import MOST_SHEETS, NAMES


@dataclass(frozen=True)
class Group:
    """Fields that belong together; `said` is what stood there before, `source` where; a folded one opens by a touch."""

    fields: Sequence[forms.BoundField]
    legend: str = ""
    said: str = ""
    source: str = ""
    is_folded: bool = False

    @property
    def is_open(self) -> bool:
        """Whether a folded group is shown: something is typed or wrong in it."""
        return any(one.errors or one.value() not in (None, "", False) for one in self.fields)


@dataclass(frozen=True)
class Section:
    """A heading of the form with its groups."""

    key: str
    title: str
    groups: Sequence[Group] = field(default_factory=tuple)
    note: str = ""


class CorrectionForm(FactsForm):
    """A signed form put right: what was found, since when and why, and who of the family agrees."""

    is_visit = False
    on = Day(gettext_lazy("更正日期"))
    reason = Words(gettext_lazy("为什么更正"), REASON_LENGTH, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed_by"] = Pick(_("确认更正的家庭成员"), self.known.respondents)

    def sections(self) -> list[Section]:
        """The facts, then why."""
        return [
            Section("people", _("1 家庭成员"), list(_people(self))),
            Section("income", _("2 收入"), [*_items(self, "income"),
                    *_more(self, "ni", MORE_INCOMES, _("另外查到的收入")), *_supporters(self)]),
            Section("property", _("3 财产"), [Group(_fields(self, " ".join(f"p_{kind}" for kind in MONEY_KINDS))),
                    Group(_fields(self, "p_dwellings p_companies")), *_things(self, "houses"),
                    *_things(self, "vehicles"), *_more(self, "nv", MORE_VEHICLES, _("另外查到的车辆")),
                    *_things(self, "exempt_assets")]),
            Section("spending", _("4 支出"), [*_items(self, "spending"),
                    *_more(self, "ns", MORE_SPENDINGS, _("另外查到的支出"))]),
            Section("end", _("5 为什么更正"), [Group(_fields(self, "on reason agreed_by"))]),
        ]  # fmt: skip


def correction_form(known: Known) -> type[CorrectionForm]:
    """The form that corrects one survey."""
    return type("CorrectionForm", (CorrectionForm,), {"known": replace(known, rows=tuple(rows_of(known.facts)))})


class SectionedForm(SurveyForm):
    """The form as its page lays it out."""

    def sections(self) -> list[Section]:
        """The sections in their order."""
        return sections_of(self)


def survey_form(known: Known) -> type[SectionedForm]:
    """The form of one visit."""
    return type("SurveyForm", (SectionedForm,), {"known": replace(known, rows=tuple(rows_of(known.facts)))})


def sections_of(form: SurveyForm) -> list[Section]:
    """All sections, each field of the form in one of them."""
    return [
        Section("visit", _("1 走访"), [Group(_fields(form, "on arrived way way_reason place first second")),
                Group(_fields(form, "latitude longitude"), _("位置（选填）"), is_folded=True)]),
        Section("people", _("2 家庭成员和见到的人"), [*_people(form), Group(_homes(form, "others unseen"))]),
        Section("housing", _("3 住房"), [Group(_homes(form, "housing")), *_things(form, "houses"),
                Group(_fields(form, "p_dwellings"))]),
        Section("things", _("4 家电和车辆"), [Group(_homes(form, "appliances")), *_things(form, "vehicles"),
                *_more(form, "nv", MORE_VEHICLES, _("另外查到的车辆"))]),
        Section("income", _("5 收入"), [*_items(form, "income"), *_more(form, "ni", MORE_INCOMES, _("另外查到的收入")),
                *_supporters(form), Group(_homes(form, "land"))],
                _("照申报填好了，查到的不一样就改；查不到的勾“查无此项”。")),
        Section("sheets", _("6 核查单"), list(_sheets(form)),
                _("打零工、种养、小生意，和房屋、旧车、贵重物品、债权债务，一件一张；只有本人陈述（D）不能单独把收入核得比申报高。")),
        Section("property", _("7 财产"), [Group(_fields(form, " ".join(f"p_{kind}" for kind in MONEY_KINDS))),
                Group(_fields(form, "p_companies")), *_things(form, "exempt_assets")]),
        Section("spending", _("8 支出"), [*_items(form, "spending"),
                *_more(form, "ns", MORE_SPENDINGS, _("另外查到的支出")), Group(_homes(form, "spending"))]),
        Section("living", _("9 健康、上学和生活"), [Group(_homes(form, "food health school"))]),
        Section("neighbours", _("10 邻居"), [Group(_homes(form, "neighbours"))],
                _("单独走访邻居的，另在案件页“邻里访问”里登记。")),
        Section("end", _("11 结论和签字"), [Group(_fields(form, "conclusion respondent signed paper")),
                Group(_fields(form, " ".join(PHOTOS)), _("入户照片"))]),
    ]  # fmt: skip


def _fields(form: FactsForm, names: str) -> list[forms.BoundField]:
    return [form[name] for name in names.split()]


def _homes(form: SurveyForm, names: str) -> list[forms.BoundField]:
    return [form[f"home_{name}"] for name in names.split()]


def _people(form: FactsForm) -> Iterator[Group]:
    for place, member in enumerate(form.known.facts["members"]):
        words = f"{member['name']} · {RELATIONS[member['relation']]}"
        yield Group([form[name] for name in form.fields if name.startswith(f"m{place}_")], words)


def _items(form: FactsForm, name: str) -> Iterator[Group]:
    members = form.known.facts["members"]
    for row in form.known.rows:
        if row.list_name == name and row.member is not None:
            who = members[row.member]["name"]
            yield _row(form, row, _("%(who)s的%(what)s") % {"who": who, "what": row.words})


def _things(form: FactsForm, name: str) -> Iterator[Group]:
    for row in form.known.rows:
        if row.list_name == name:
            yield _row(form, row, row.words)


def _row(form: FactsForm, row: ItemRow, words: str) -> Group:
    return Group([form[name] for name in row.names()], words, row.said, form.known.source)


def _more(form: FactsForm, letters: str, number: int, words: str) -> Iterator[Group]:
    for place in range(number):
        prefix, legend = f"{letters}{place}_", f"{words} {place + 1}"
        yield Group([form[name] for name in form.fields if name.startswith(prefix)], legend, is_folded=True)


def _supporters(form: FactsForm) -> Iterator[Group]:
    for place, one in enumerate(form.known.facts.get("supporters") or ()):
        words = _("家庭以外的义务人 %(name)s") % {"name": one.get("name", "")}
        yield Group(_fields(form, f"u{place}_income u{place}_pays"), words)


def _sheets(form: SurveyForm) -> Iterator[Group]:
    for place in range(MOST_SHEETS):
        fields = [form[f"k{place}_{name}"] for name in NAMES]
        yield Group(fields, _("核查单 %(n)s") % {"n": place + 1}, is_folded=True)
