"""NDJSON: one object a line; keys are headings."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from opendibao.verification.deliveries.reading.cells import EXACT_DIGITS, SPACES
from opendibao.verification.deliveries.reading.headings import Headings, find_headings
from opendibao.verification.deliveries.reading.sheets import BATCH, RAW, Batch, Fault, NumberText, Sheet
from opendibao.verification.deliveries.refusal import DeliveryRefused
from opendibao.verification.sources.adapter import Source

KEYS_WITHIN = 1_000
"""The keys of so many lines are what the file has for headings; a later line may not bring new ones we keep."""
NO_OBJECT = "不是一个完整的 JSON 对象；请部门核对这一行"


class _Number(str):
    """The digits of a number as they stand."""

    __slots__ = ()


def read_json_lines(text: str, encoding: str, source: Source, others: Iterable[Source] = ()) -> Sheet:
    """A text of one JSON object a line. Raises DeliveryRefused."""
    lines = [(place + 1, line) for place, line in enumerate(text.split("\n")) if line.strip()]
    if lines[0][1].lstrip().startswith("["):
        raise DeliveryRefused("文件是一个 JSON 数组，应为每行一条记录（NDJSON）；请部门改好后重送")
    keys = list(dict.fromkeys(key for _, line in lines[:KEYS_WITHIN] for key in _object(line) or ()))
    found = find_headings([keys], source, others)
    if _object(lines[-1][1]) is None:
        raise DeliveryRefused(f"最后一行（第{lines[-1][0]}行）不完整，文件没有传完；请部门重送")
    columns = {column.name: column for column in found.columns.values()}
    names = {keys[place]: column.name for place, column in found.columns.items()}
    remarks = list(found.remarks)
    return Sheet("ndjson", encoding, columns, found.units, _batches(lines, names, found), remarks)


def _object(line: str) -> Mapping[str, object] | None:
    try:
        found = json.loads(line, parse_int=_Number, parse_float=_Number, parse_constant=_Number)
    except json.JSONDecodeError:
        return None
    return found if isinstance(found, dict) else None


def _batches(lines: Iterable[tuple[int, str]], names: Mapping[str, str], found: Headings) -> Iterator[Batch]:
    lines = iter(lines)
    while chunk := list(islice(lines, BATCH)):
        yield _batch(chunk, names, found)


def _batch(lines: Sequence[tuple[int, str]], names: Mapping[str, str], found: Headings) -> Batch:
    heads = {column.name: column.zh for column in found.columns.values()}
    columns: dict[str, list[str]] = {name: [] for name in names.values()}
    raw, broken = [""] * len(lines), dict[int, Fault]()
    for place, (_, line) in enumerate(lines):
        item = _object(line)
        if item is None:
            broken[place], raw[place], item = Fault("整行", NO_OBJECT), line, {}
        for key, name in names.items():
            value = item.get(key)
            if isinstance(value, dict | list):
                broken.setdefault(place, Fault(heads[name], "是一组值，应为一个值；请部门改好后重送"))
            columns[name].append(_text(value))
    return Batch([number for number, _ in lines], {**columns, RAW: raw}, broken)


def _text(value: object) -> str:
    """A value as text; a number of more than fifteen places is marked: what wrote it has lost the last of them."""
    if value is None or isinstance(value, dict | list):
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, _Number):
        return _number_text(value)
    return str(value).strip(SPACES)


def _number_text(said: str) -> str:
    digits = said.lstrip("-").partition(".")[0]
    if digits.isdigit() and len(digits) > EXACT_DIGITS:
        return NumberText(f"{digits[0]}.{digits[1:EXACT_DIGITS]}E+{len(digits) - 1}")
    return str(said)
