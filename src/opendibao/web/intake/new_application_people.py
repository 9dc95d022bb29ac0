"""申请表上的人: who is on the page, from the registry or typed, how each lives, and what is wrong or missing of him."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from opendibao.kernel.ids import BadIdNumber, IdNumber, mask_id_number, parse_id_number
from opendibao.kernel.month import age_on
from opendibao.registry.queries import MemberRow
from opendibao.rules.vocabulary import RELATIONS as RELATION_CODES
from opendibao.web.intake.new_application_sheet import MEMBER, Row, Sheet, plain
from opendibao.web.labels import DISABILITIES, RELATIONS, Labels

ADULT, NAME_LENGTH = 18, 60
SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?[Ee]\+?[0-9]+")
LIVES = Labels({
    "together": gettext_noop("住在一起"), "apart": gettext_noop("不住在一起"),
    "married_out": gettext_noop("已婚另立家庭"), "prison": gettext_noop("在监狱服刑"),
    "compulsory_rehab": gettext_noop("强制隔离戒毒"), "missing": gettext_noop("宣告失踪"),
    "cleric_over_3_years": gettext_noop("宗教教职人员，离家三年以上"), "tekun": gettext_noop("已是特困人员"),
    "dibao_elsewhere": gettext_noop("已在别处享受低保"), "by_province": gettext_noop("省里规定不计入的人员"),
})  # fmt: skip
STUDY = Labels({
    "": gettext_noop("不在读"), "compulsory": gettext_noop("义务教育"), "senior_high": gettext_noop("高中"),
    "vocational": gettext_noop("中职"), "college": gettext_noop("大专"), "undergraduate": gettext_noop("本科"),
    "postgraduate": gettext_noop("研究生"),
})  # fmt: skip
GRADES = ("1", "2", "3", "4")
_FACTS: Mapping[str, Mapping[str, object]] = {
    "apart": {"lives_together": False}, "married_out": {"married_out": True, "lives_together": False},
    "prison": {"absent": "prison"}, "compulsory_rehab": {"absent": "compulsory_rehab"},
    "missing": {"absent": "missing"}, "cleric_over_3_years": {"absent": "cleric_over_3_years"},
    "tekun": {"already": "tekun"}, "dibao_elsewhere": {"already": "dibao_elsewhere"},
    "by_province": {"excluded_by_province": True},
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """Something to say of a field: the sentence and the field's name on the page ("" for none)."""

    words: str
    name: str = ""


@dataclass(frozen=True)
class Applicant:
    """Somebody on the page; `row` is where. Of a registered person name, number and birth are the registry's."""

    row: Row
    place: int
    name: str
    id: IdNumber | None
    registered: MemberRow | None

    @property
    def born(self) -> date | None:
        """Birthday, None while it is not known."""
        if self.registered:
            return self.registered.born
        return self.id.born if self.id else None

    @property
    def sex(self) -> str:
        """male or female, "" while it is not known."""
        if self.registered:
            return self.registered.sex
        return self.id.sex if self.id else ""

    @property
    def id_number(self) -> str:
        """The number of 18 places, "" while it is not known."""
        if self.registered:
            return self.registered.id_number
        return self.id.text if self.id else ""

    @property
    def masked(self) -> str:
        """The number as a page shows it."""
        return mask_id_number(self.id_number) if self.id_number else ""

    @property
    def words(self) -> str:
        """What he is called: his name, or his place on the page."""
        return self.name or _("第 %(n)s 人") % {"n": self.place}

    @property
    def relation(self) -> str:
        """His relation to the head, as chosen."""
        return self.row["relation"]

    def age(self, on: date) -> int | None:
        """Full years, None while the birthday is not known."""
        return age_on(self.born, on) if self.born else None

    def is_minor(self, on: date) -> bool:
        """Whether he is known to be under age."""
        return self.born is not None and age_on(self.born, on) < ADULT

    @property
    def is_usable(self) -> bool:
        """Whether the rules can read him already."""
        return bool(self.name and self.born and self.relation in RELATION_CODES)

    def facts(self) -> dict[str, Any]:
        """As the rules read him, without income and spending. Only of one who is usable."""
        assert self.born
        found: dict[str, Any] = {
            "name": self.name, "born": self.born.isoformat(), "sex": self.sex, "relation": self.relation,
            **_FACTS.get(self.row["lives"], {}),
        }  # fmt: skip
        if self.row["study"]:
            found["study"] = self.row["study"]
        if self.row["ill"]:
            found["severe_illness"] = True
        if self.row["disability"] in DISABILITIES and self.row["grade"] in GRADES:
            found["disability"] = {"kind": self.row["disability"], "grade": int(self.row["grade"])}
        return found


def people_of(sheet: Sheet, registered: Sequence[MemberRow], on: date) -> list[Applicant]:
    """Everybody on the page, in the order of the page."""
    known = {str(row.person_id): row for row in registered}
    return [
        _applicant(row, place, known.get(row["person"]), on) for place, row in enumerate(sheet.rows(MEMBER), start=1)
    ]


def _applicant(row: Row, place: int, known: MemberRow | None, on: date) -> Applicant:
    if known:
        return Applicant(row, place, known.name, None, known)
    try:
        number = parse_id_number(plain(row["id"]), on=on)
    except BadIdNumber:
        number = None
    return Applicant(row, place, row["name"], number, None)


def people_missing(people: Sequence[Applicant]) -> Iterator[Said]:
    """What is still to be filled in of each."""
    for one in people:
        if not one.name:
            yield Said(_("%(who)s：还没有填姓名") % {"who": one.words}, one.row.at("name"))
        if not one.registered and not one.row["id"]:
            yield Said(_("%(who)s：还没有填身份证号") % {"who": one.words}, one.row.at("id"))
        if not one.relation:
            yield Said(_("%(who)s：还没有选与户主关系") % {"who": one.words}, one.row.at("relation"))


def people_faults(people: Sequence[Applicant], on: date) -> Iterator[Said]:
    """What is wrong with each, and with all together."""
    if not people:
        yield Said(_("还没有家庭成员，请先加一人"), "add")
    twice = Counter(one.id_number for one in people if one.id_number)
    for one in people:
        if fault := _number_fault(one, on):
            yield Said(_("%(who)s：%(fault)s") % {"who": one.words, "fault": fault}, one.row.at("id"))
        elif twice[one.id_number] > 1:
            yield Said(_("%(who)s：同一个身份证号填了两次，请删去一个") % {"who": one.words}, one.row.at("id"))
        if len(one.name) > NAME_LENGTH:
            said = _("%(who)s：姓名最多 %(most)s 个字，请缩短")
            yield Said(said % {"who": one.name[:8] + "……", "most": NAME_LENGTH}, one.row.at("name"))
        yield from _picked_wrong(one)
    yield from _head_faults(people)


def _number_fault(one: Applicant, on: date) -> str:
    text = plain(one.row["id"])
    if one.registered or one.id or not text:
        return ""
    if SCIENTIFIC.fullmatch(text):
        return _("“%(text)s”是表格软件把身份证号变成了科学计数，后面几位已经丢了，请对照证件重填") % {"text": text}
    try:
        parse_id_number(text, on=on)
    except BadIdNumber as fault:
        return str(fault)
    return ""


def _picked_wrong(one: Applicant) -> Iterator[Said]:
    for name, options, words in (
        ("relation", RELATIONS, _("与户主关系")), ("lives", LIVES, _("怎样生活")), ("study", STUDY, _("在读")),
        ("disability", DISABILITIES, _("残疾类别")),
    ):  # fmt: skip
        if one.row[name] and one.row[name] not in options:
            said = _("%(who)s的“%(what)s”里没有这一项，请从列出的里面选")
            yield Said(said % {"who": one.words, "what": words}, one.row.at(name))
    if bool(one.row["disability"]) != (one.row["grade"] in GRADES):
        yield Said(_("%(who)s：残疾类别和等级要一起选") % {"who": one.words}, one.row.at("grade"))


def _head_faults(people: Sequence[Applicant]) -> Iterator[Said]:
    heads = [one for one in people if one.relation == "head"]
    if people and not heads and all(one.relation for one in people):
        yield Said(_("没有户主，请把一人的“与户主关系”选成户主"), people[0].row.at("relation"))
    if len(heads) > 1:
        who = _("、").join(one.words for one in heads)
        yield Said(_("户主只能有一个，现在有%(who)s，请改正") % {"who": who}, heads[1].row.at("relation"))
