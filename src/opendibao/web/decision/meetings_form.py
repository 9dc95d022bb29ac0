"""评议会表单: who sat there, and a row of ballots for each case that stood ready."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.decision.seats import (
    NAME_LENGTH,
    OPINIONS_LENGTH,
    PLACE_LENGTH,
    Seat,
    Vote,
    ballots_fault,
    name_of,
    names_in,
)
from opendibao.decision.village_queries import MeetingRow, ReadOut, ReadyCase, SeatRow, kin_of, read_outs
from opendibao.web.act_fields import ActForm, Day, Words
from opendibao.web.decision.fields import Count, Names
from opendibao.web.labels import MEETING_PARTS, OUTCOMES
from opendibao.web.uploads import Paper

NAMES_LENGTH, TALK_LENGTH = 2000, 300
BALLOTS = {
    "for": gettext_lazy("同意"), "against": gettext_lazy("不同意"), "spoiled": gettext_lazy("废票"),
    "missing": gettext_lazy("未交回"),
}  # fmt: skip
SEATS = {"villagers": "villager", "party": "party", "cadres": "cadre", "township": "township"}


@dataclass(frozen=True)
class Item:
    """A case on the list of a meeting: what is read out of it, and who may have to leave."""

    case: ReadyCase
    told: ReadOut | None
    kin: Sequence[str]

    @property
    def who(self) -> str:
        """Group and head, else the number of the case."""
        return f"{self.told.group}{self.told.name}" if self.told and self.told.name else self.case.number

    @property
    def outcome(self) -> str:
        """What the rules answer, in words."""
        return OUTCOMES.get(self.told.outcome, "") if self.told else ""


@dataclass(frozen=True)
class Row:
    """A case of the form with its fields."""

    item: Item
    ballots: Sequence[tuple[str, BoundField]]
    recused: BoundField
    opinions: BoundField
    contested: BoundField


class MeetingForm(ActForm):
    """When, where, who, and the ballots case by case; a case whose row is empty was not voted on."""

    held_on = Day(gettext_lazy("开会日期"))
    place = Words(gettext_lazy("地点"), PLACE_LENGTH, needed=False, hint=gettext_lazy("（选填）例如：村委会会议室"))
    chair = Words(gettext_lazy("主持人"), NAME_LENGTH)
    recorder = Words(gettext_lazy("记录人"), NAME_LENGTH)
    villagers = Names(
        gettext_lazy("到会的村（居）民代表"), NAMES_LENGTH, rows=2, hint=gettext_lazy("姓名之间用顿号隔开")
    )
    entitled = Count(
        gettext_lazy("应到村（居）民代表（人）"), needed=False,
        hint=gettext_lazy("程序规定了到会比例的要填，别处选填"),
    )  # fmt: skip
    party = Names(gettext_lazy("到会的党员代表"), NAMES_LENGTH, rows=2)
    cadres = Names(gettext_lazy("到会的村（社区）干部"), NAMES_LENGTH, rows=2)
    township = Names(
        gettext_lazy("到会的乡镇工作人员"), NAMES_LENGTH, needed=False, hint=gettext_lazy("（选填）也投票的才写")
    )
    unsigned = Names(
        gettext_lazy("没有在记录上签字的人"), NAMES_LENGTH, needed=False, hint=gettext_lazy("（选填）都签了就空着")
    )
    discussion = Words(
        gettext_lazy("讨论情况"), TALK_LENGTH, rows=2, needed=False,
        hint=gettext_lazy("（选填）写进评议记录；记录的其他内容自动生成"),
    )  # fmt: skip
    paper = Paper(gettext_lazy("签字的评议记录"), needed=False, hint=gettext_lazy("（选填）照片或 PDF，可以开完会再补"))

    items: Sequence[Item] = ()

    @property
    def seats(self) -> list[Seat]:
        """Who sat there, class by class."""
        unsigned = set(self.cleaned_data.get("unsigned", []))
        return [
            Seat(name, part, name not in unsigned)
            for field, part in SEATS.items()
            for name in self.cleaned_data.get(field, [])
        ]

    @property
    def head_fields(self) -> Iterator[BoundField]:
        """The fields before the rows."""
        yield from (
            self[name] for name in self.base_fields if not name.rpartition("_")[2].isdigit() and name != "paper"
        )

    @property
    def rows(self) -> Iterator[Row]:
        """The cases with their fields."""
        for item in self.items:
            pk = item.case.id
            ballots = [(str(words), self[f"{name}_{pk}"]) for name, words in BALLOTS.items()]
            yield Row(item, ballots, self[f"recused_{pk}"], self[f"opinions_{pk}"], self[f"contested_{pk}"])

    def clean(self) -> dict[str, Any]:
        """Every row that says anything becomes a vote; each row that does not add up is named."""
        found = super().clean() or self.cleaned_data
        seats = self.seats
        self._refuse_strangers(found, seats)
        votes = [vote for item in self.items if (vote := _vote_of(item, found))]
        numbers = {item.case.id: item for item in self.items}
        are_known = not any(field in self.errors for field in SEATS)
        for vote in votes if are_known else []:
            item = numbers[vote.case_id]
            if not self._has_errors(vote.case_id) and (fault := ballots_fault(item.case.number, vote, len(seats))):
                self.add_error(f"for_{vote.case_id}", f"{item.who}：{fault}")
        if not votes and not self.errors:
            self.add_error(None, _("一件案件的票数也没有填，请照点票结果填写"))
        found["votes"], found["seats"] = votes, seats
        return found

    def _has_errors(self, case_id: int) -> bool:
        return any(f"{name}_{case_id}" in self.errors for name in (*BALLOTS, "recused", "opinions"))

    def _refuse_strangers(self, found: Mapping[str, Any], seats: Sequence[Seat]) -> None:
        there = {seat.name for seat in seats}
        for name in found.get("unsigned", []):
            if name not in there:
                self.add_error("unsigned", _("“%(name)s”不在到会名单上，请核对") % {"name": name})


def _vote_of(item: Item, found: Mapping[str, Any]) -> Vote | None:
    """The row of a case; None where nothing was typed in it. What is left empty beside something counts 0."""
    pk = item.case.id
    counts = [found.get(f"{name}_{pk}") for name in BALLOTS]
    recused = tuple(_recused(found.get(f"recused_{pk}") or ""))
    opinions, contested = found.get(f"opinions_{pk}") or "", bool(found.get(f"contested_{pk}"))
    if all(each is None for each in counts) and not opinions and not contested:
        return None
    agree, against, spoiled, missing = (each or 0 for each in counts)
    return Vote(pk, agree, against, spoiled, missing, recused, opinions=opinions, is_contested=contested)


def _recused(text: str) -> list[str]:
    """Who had to leave; a relation may stand in brackets, and may itself hold commas."""
    found: list[str] = []
    for each in names_in(text.replace("(", "（").replace(")", "）")):
        if found and found[-1].count("（") > found[-1].count("）"):
            found[-1] += f"，{each}"
        else:
            found.append(each)
    return found


def items_of(cases: Sequence[ReadyCase], on: date) -> list[Item]:
    """The cases with what is read out of them and who may have to leave."""
    households = {case.id: case.household_id for case in cases}
    told, kin = read_outs(households, on), kin_of(households, on)
    return [Item(case, told.get(case.id), kin[case.id]) for case in cases]


def form_of(items: Sequence[Item]) -> type[MeetingForm]:
    """The form with a row of fields for each case."""
    fields: dict[str, Any] = {"items": items}
    for item in items:
        pk, who = item.case.id, item.who
        for name, words in BALLOTS.items():
            label = _("%(who)s 的%(words)s票") % {"who": who, "words": words}
            fields[f"{name}_{pk}"] = Count(words, needed=False, said=label)
        fields[f"recused_{pk}"] = _plain(_("%(who)s 的回避人") % {"who": who}, 300)
        fields[f"opinions_{pk}"] = _plain(_("%(who)s 的评议意见") % {"who": who}, OPINIONS_LENGTH)
        box = forms.CheckboxInput(attrs={"aria-label": _("%(who)s 的结果有争议") % {"who": who}})
        fields[f"contested_{pk}"] = forms.BooleanField(
            label=_("%(who)s 的结果有争议") % {"who": who}, required=False, widget=box
        )
    return type("MeetingForm", (MeetingForm,), fields)


def _plain(said: str, most: int) -> Words:
    field = Words(said, most, needed=False)
    field.widget.attrs["aria-label"] = said
    return field


def begun(last: MeetingRow | None, seats: Sequence[SeatRow], items: Sequence[Item], today: date) -> dict[str, object]:
    """What stands in the form from the start: the village's last meeting, and kin who sit there again."""
    names = {part: [seat.name for seat in seats if seat.part == part] for part in MEETING_PARTS}
    found: dict[str, object] = {field: "、".join(names[part]) for field, part in SEATS.items()}
    found["held_on"] = today
    if last:
        found |= {"place": last.place, "chair": last.chair, "recorder": last.recorder, "entitled": last.entitled}
    there = {seat.name for seat in seats}
    for item in items:
        if kin := [each for each in item.kin if name_of(each) in there]:
            found[f"recused_{item.case.id}"] = "；".join(kin)
    return found
