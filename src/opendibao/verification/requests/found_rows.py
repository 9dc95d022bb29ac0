"""异地核到的行: rows that another province found, read by the columns of the same source as our own departments'."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from opendibao.verification.requests.messages import Item
from opendibao.verification.sources import SOURCES
from opendibao.verification.sources.adapter import CODE, COUNT, DAY, MEASURE, MONEY, MONTH, Column

WORDS_LENGTH = 500
WHOLE = {MONEY: "应写整数分", COUNT: "应写整数", MEASURE: "应写整数（百分之一）"}
DAYS = {DAY: "不是日期，应写成 2024-03-05 这样", MONTH: "不是月份，应写成 2024-03 这样"}


class BadItem(ValueError):
    """An item of a message cannot be taken; the text says whose and why."""


@dataclass(frozen=True)
class FoundRows:
    """What was found, in words and as a piece of the facts in the format of `assess`; no words: nothing that bears."""

    words: str
    facts: Mapping[str, Any]


def found_rows(item: Item, source: str, as_of: date, who: str) -> FoundRows:
    """What an answer found. Raises BadItem where it contradicts itself or a row is not in the source's columns."""
    rows, said = item.get("rows") or [], str(item.get("words") or "").strip()
    if item["outcome"] != "hit":
        if fault := _silence_fault(item, has_found=bool(rows or said)):
            raise BadItem(f"{who}：{fault}，请对方核对")
        return FoundRows("", {})
    if not rows and not said:
        raise BadItem(f"{who}：核到信息的，应写明核到什么")
    columns = {column.name: column for column in SOURCES[source].columns}
    for place, raw in enumerate(rows, 1):
        _check(raw, columns, f"{who}核到的第{place}行")
    return told([item], source, as_of)


def _silence_fault(item: Item, *, has_found: bool) -> str:
    if has_found:
        return "写着没有核到，却带了核到的内容"
    if item["outcome"] == "no_hit" and not item["complete"]:
        return "没有答全不能写“已核无记录”"
    if item["outcome"] == "not_checked" and item["complete"]:
        return "写着已答全，却是“未核到”"
    return ""


def told(items: Sequence[Item], source: str, as_of: date) -> FoundRows:
    """What several parts of an answer say together; a thing that two of them name is one, as in our own deliveries."""
    own = SOURCES[source]
    columns = {column.name: column for column in own.columns}
    rows = [{name: _kept(raw.get(name, ""), columns[name]) for name in columns} for one in items for raw in
            one.get("rows") or ()]  # fmt: skip
    found = own.found(rows, as_of) if own.found and rows else None
    said = dict.fromkeys(str(one.get("words") or "").strip() for one in items)
    words = "；".join(part for part in (found.words if found else "", *said) if part)
    return FoundRows(words[:WORDS_LENGTH], dict(found.facts) if found else {})


def _check(raw: Mapping[str, Any], columns: Mapping[str, Column], where: str) -> None:
    if strange := sorted(set(raw) - set(columns)):
        raise BadItem(f"{where}有“{'、'.join(strange)}”，这个来源没有这一列（不要带证件号码），请对方删去")
    if lacking := [column.zh for name, column in columns.items() if column.is_needed and raw.get(name) in (None, "")]:
        raise BadItem(f"{where}缺“{'、'.join(lacking)}”，请对方补齐")
    for name, value in raw.items():
        if value not in (None, "") and (fault := _fault(value, columns[name])):
            raise BadItem(f"{where}的“{columns[name].zh}”{fault}，请对方改正")


def _kept(value: Any, column: Column) -> Any:
    """What a department calls a thing by name is kept by its code."""
    return column.choices.get(value, value) if column.kind == CODE else value


def _fault(value: object, column: Column) -> str:
    if column.kind in WHOLE:
        is_whole = isinstance(value, int) and not isinstance(value, bool) and value >= 0
        return "" if is_whole else WHOLE[column.kind]
    if not isinstance(value, str):
        return "应写文字"
    if column.kind in (DAY, MONTH):
        return "" if _is_day(value if column.kind == DAY else f"{value}-01") else DAYS[column.kind]
    if column.kind == CODE and value not in {*column.choices, *column.choices.values()}:
        return f"写着“{value}”，不是这一列里有的"
    return ""


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
