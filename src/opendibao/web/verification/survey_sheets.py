"""核查单的格子: hidden incomes and things of value, one sheet each: how much, how estimated, by what evidence."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.kernel.money import NotMoney, yuan, yuan_text
from opendibao.rules.vocabulary import STRUCTURES
from opendibao.verification.actions import Sheet
from opendibao.verification.item_sheets import MOST_COMPARABLES, NO_RULE, SORTS, TEXT_LENGTH, VALUED, WHOLE_FAMILY
from opendibao.web.act_fields import Words, with_blank
from opendibao.web.intake.new_application_items import ANIMAL, CROP, SHOPS, TRADES, USES, VEHICLES, Blank
from opendibao.web.intake.new_application_sheet import plain
from opendibao.web.verification.survey_fields import Chosen, QuickSelect, Typed, case_value
from opendibao.web.verification.survey_words import GRADES, SHEET_KINDS
from opendibao.web.verification.survey_words import STRUCTURES as STRUCTURE_LABELS

MOST_SHEETS = 4
PRICE = re.compile(r"\s*([0-9][0-9,，]*(?:\.[0-9]{1,2})?)")
# what the number and the price of a sheet are to the rules, by its kind: (field, how it is read)
NUMBERS = {
    "odd_jobs": ("days", "count"), "seasonal_wages": ("months", "count"), "crops": ("mu", "measure"),
    "livestock": ("sold", "count"), "self_employed": ("months", "count"), "land_transfer": ("mu", "measure"),
    "house": ("area_m2", "count"),
}  # fmt: skip
PRICES = {
    "odd_jobs": "day_wage", "seasonal_wages": "amount", "land_transfer": "amount", "vehicle": "price",
    "claims": "amount", "valuables": "amount", "debts": "amount",
}  # fmt: skip
NUMBER = Blank("number", gettext_lazy("数量"), "count", needed=False, hint=gettext_lazy(
    "零工写一年几天，季节工和小生意写几个月，种地和流转写几亩，养殖写卖几头，房屋写几平方米"
))  # fmt: skip
AMOUNT = Blank("price", gettext_lazy("单价或金额（元）"), needed=False, hint=gettext_lazy(
    "日工资、月工资、合同年租金、购车价、债权债务数额；不知道就空着，按当地参数"
))  # fmt: skip
SINCE = Blank("since", gettext_lazy("哪年建、哪天买"), "text", needed=False, hint=gettext_lazy(
    "房屋写年份，如 1998；车辆写日期，如 2019-05-20"
))  # fmt: skip
LOW, HIGH = (Blank("low", gettext_lazy("估价下限（元）"), needed=False),
             Blank("high", gettext_lazy("估价上限（元）"), needed=False))  # fmt: skip
NAMES = ("what", "of", "number", "price", "since", "use", "method", "comparables", "low", "high", "grade", "evidence")


@dataclass(frozen=True)
class Fault:
    """A field of a sheet, and what is wrong with it."""

    name: str
    words: str


def kinds_of_sheets() -> list[tuple[str, list[tuple[str, str]]]]:
    """What a sheet may be about, grouped; a choice carries kind and sort."""
    groups = [
        (SHEET_KINDS["odd_jobs"], [(f"odd_jobs:{code}", words) for code, words in TRADES.items()]),
        (SHEET_KINDS["seasonal_wages"], [(f"seasonal_wages:{code}", words) for code, words in TRADES.items()]),
        (SHEET_KINDS["crops"], [(f"crops:{code}", words) for code, words in CROP.items()]),
        (SHEET_KINDS["livestock"], [(f"livestock:{code}", words) for code, words in ANIMAL.items()]),
        (SHEET_KINDS["self_employed"], [(f"self_employed:{code}", words) for code, words in SHOPS.items()]),
        (_("土地"), [("land_transfer:", SHEET_KINDS["land_transfer"])]),
        (SHEET_KINDS["house"], [
            (f"house:{kind}:{code}", f"{words} · {STRUCTURE_LABELS[code]}")
            for kind, words in (("self_built", _("自建房")), ("bought", _("购买的住房")))
            for code in STRUCTURES
        ]),
        (SHEET_KINDS["vehicle"], [(f"vehicle:{code}", words) for code, words in VEHICLES.items()]),
        (_("其他"), [(f"{code}:", SHEET_KINDS[code]) for code in ("valuables", "claims", "debts")]),
    ]  # fmt: skip
    return [(group, [(code, _option(group, words)) for code, words in options]) for group, options in groups]


def _option(group: str, words: str) -> str:
    return words if words == group else _("%(group)s：%(what)s") % {"group": group, "what": words}


class What(forms.ChoiceField):
    """What a sheet is about."""

    def __init__(self) -> None:
        super().__init__(
            label=_("核查什么"), required=False, choices=with_blank(kinds_of_sheets()),
            widget=QuickSelect({"class": "in"}),
        )  # fmt: skip
        self.error_messages["invalid_choice"] = _("“核查什么”里没有这一项，请从列出的里面选")


def add_sheets(form: forms.Form, names: Sequence[str]) -> None:
    """Give the form its empty sheets."""
    members = {**dict(zip(map(str, range(len(names))), names, strict=True)), "all": _("全家")}
    grades = Blank("grade", _("证据等级"), "pick", options=GRADES)
    for place in range(MOST_SHEETS):
        fields: dict[str, forms.Field] = {
            "what": What(), "of": Chosen(Blank("of", _("谁的"), "pick", options=members)), "number": Typed(NUMBER),
            "price": Typed(AMOUNT), "since": Typed(SINCE),
            "use": Chosen(Blank("use", _("车辆用途"), "pick", options=USES, hint=_("只有车辆要选；不选按自用"))),
            "method": Words(_("怎么估的"), TEXT_LENGTH, needed=False),
            "comparables": Words(
                _("参照"), TEXT_LENGTH * MOST_COMPARABLES, rows=3, needed=False,
                hint=_("每行一个，先写价钱再写是什么，如“3800 隔壁李家 2015 年建”；房屋写每平方米的价钱"),
            ),
            "low": Typed(LOW), "high": Typed(HIGH), "grade": Chosen(grades),
            "evidence": Words(_("看到或听到了什么"), 200, rows=2, needed=False),
        }  # fmt: skip
        form.fields |= {f"k{place}_{name}": one for name, one in fields.items()}


def sheets_of(given: Mapping[str, Any], names: Sequence[str]) -> tuple[list[Sheet], list[Fault]]:
    """The sheets that were begun, and what is wrong with them."""
    sheets, faults = list[Sheet](), list[Fault]()
    for place in range(MOST_SHEETS):
        typed = {name: given.get(f"k{place}_{name}", "") for name in NAMES}
        if not any(typed.values()):
            continue
        wrong = [Fault(f"k{place}_{name}", words) for name, words in _faults(typed, place + 1)]
        if wrong:
            faults += wrong
        else:
            sheets.append(_sheet(typed, names))
    return sheets, faults


def _faults(typed: Mapping[str, Any], number: int) -> Iterator[tuple[str, str]]:
    said = _("第 %(n)s 张核查单：请填“%(what)s”")
    for name, words in _needed(str(typed["what"]).split(":")[0]):
        if not typed[name]:
            yield name, said % {"n": number, "what": words}
    for name in ("low", "high", "price"):
        if typed[name] and _fen(typed[name]) is None:
            wrong = _("第 %(n)s 张核查单：“%(text)s”不是金额，应写成 620 或 620.50")
            yield name, wrong % {"n": number, "text": typed[name]}
    for line in _lines(typed["comparables"]):
        if words := _line_fault(line):
            yield "comparables", _("第 %(n)s 张核查单：%(fault)s") % {"n": number, "fault": words}


def _needed(kind: str) -> Iterator[tuple[str, str]]:
    yield from (
        ("what", _("核查什么")),
        ("of", _("谁的")),
        ("grade", _("证据等级")),
        ("evidence", _("看到或听到了什么")),
    )
    if kind in NUMBERS:
        yield "number", _("数量")
    if kind in ("claims", "debts", "valuables"):
        yield "price", _("单价或金额（元）")


def _line_fault(line: str) -> str:
    if not PRICE.match(line):
        return _("参照“%(line)s”要先写价钱，如“3800 隔壁李家”") % {"line": line[:30]}
    if len(line) > TEXT_LENGTH:
        return _("参照“%(line)s……”超过 %(most)s 字，请缩短") % {"line": line[:20], "most": TEXT_LENGTH}
    return ""


def _sheet(typed: Mapping[str, Any], names: Sequence[str]) -> Sheet:
    kind, *sort = str(typed["what"]).split(":")
    lines = _lines(typed["comparables"])
    member = WHOLE_FAMILY if typed["of"] == "all" else names[int(typed["of"])]
    return Sheet(
        kind=kind, member=member, values=_values(kind, sort, typed, lines), grade=typed["grade"],
        evidence=typed["evidence"], method=typed["method"], comparables=tuple(lines), low_fen=_fen(typed["low"]),
        high_fen=_fen(typed["high"]),
    )  # fmt: skip


def _values(kind: str, sort: Sequence[str], typed: Mapping[str, Any], lines: Sequence[str]) -> dict[str, Any]:
    """The fields of the item as the rules read them."""
    made: dict[str, Any] = {SORTS[kind]: sort[0]} if kind in SORTS else {}
    if kind in NUMBERS:
        name, how = NUMBERS[kind]
        made[name] = case_value(Blank(name, "", how), str(typed["number"]))
    if kind in PRICES and typed["price"]:
        made[PRICES[kind]] = str(typed["price"])
    if kind == "house":
        made |= {"structure": sort[1], "built": case_value(Blank("built", "", "count"), str(typed["since"]))}
    if kind == "vehicle":
        made |= {"use": typed["use"] or "private", **({"bought": plain(typed["since"])} if typed["since"] else {})}
    if kind in ("house", "vehicle") and lines:
        made["comparables"] = [_price(line) for line in lines]
    return made


def _lines(text: str) -> list[str]:
    return [line.strip() for line in str(text).splitlines() if line.strip()]


def _price(line: str) -> str:
    found = PRICE.match(line)
    assert found  # a line without a price was refused
    return found[1].replace(",", "").replace("，", "")


def _fen(text: object) -> int | None:
    if text in (None, ""):
        return None
    try:
        fen = yuan(str(text))
    except NotMoney:
        return None
    return fen if fen >= 0 else None


def range_words(low_fen: int | None, high_fen: int | None) -> str:
    """From so much to so much yuan; "" where nobody said."""
    if low_fen is None or high_fen is None:
        return ""
    named = {"low": yuan_text(low_fen, grouped=True), "high": yuan_text(high_fen, grouped=True)}
    return _("%(low)s 至 %(high)s 元") % named


def counts_words(kind: str) -> str:
    """Whether the rules count what a sheet is about."""
    if kind in NO_RULE:
        return _("只作记录：规则不计这一项，不影响金额")
    return _("按规则计入财产") if kind in VALUED else _("按规则计入收入")
