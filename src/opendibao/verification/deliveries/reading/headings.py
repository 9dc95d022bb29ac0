"""表头: which row of a file holds the headings, which column is which, and in what unit money stands."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from opendibao.verification.deliveries.reading.sheets import columns_of
from opendibao.verification.deliveries.refusal import DeliveryRefused
from opendibao.verification.sources.adapter import MONEY, Column, Source

WITHIN = 10
"""Titles may stand above the headings, at most so many rows."""
BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^【】]*)】")
UNITS = {"元": "yuan", "人民币元": "yuan", "万元": "wan", "人民币万元": "wan", "分": "fen"}
UNIT_SAID = re.compile(r"单位:?([^\s,;、。()]+)")
WORTH = re.compile(r".*(元|币|镑)")
"""What is a unit of money, known or not."""
SHOWN = 5


@dataclass(frozen=True)
class Headings:
    """Where the headings stand (`row`, from 0), the columns by place, their units of money, what is to be told."""

    row: int
    columns: Mapping[int, Column]
    units: Mapping[str, str]
    remarks: Sequence[str]


def plain_heading(text: str) -> str:
    """A heading without width, spaces, stars and quotes."""
    return re.sub(r"[\s*\"'“”:：]", "", unicodedata.normalize("NFKC", text)).casefold()


def _bare(key: str) -> str:
    return BRACKETS.sub("", key)


def known_headings(source: Source) -> dict[str, Column]:
    """Every heading a source knows, its own first; what stands in brackets may be left away."""
    columns = columns_of(source).values()
    known = {plain_heading(column.zh): column for column in columns}
    for column in columns:
        for said in (*column.also, column.name):
            known.setdefault(plain_heading(said), column)
    for key, column in list(known.items()):
        known.setdefault(_bare(key), column)
    return known


def _matched(texts: Sequence[str], known: Mapping[str, Column]) -> dict[int, Column]:
    found = {}
    for place, text in enumerate(texts):
        key = plain_heading(text)
        column = known.get(key) or known.get(_bare(key))
        if key and column:
            found[place] = column
    return found


def find_headings(rows: Sequence[Sequence[str]], source: Source, others: Iterable[Source] = ()) -> Headings:
    """The headings among the first rows of a file. Raises DeliveryRefused: none, doubled, missing, another source's."""
    top, found = heading_row(rows, source)
    if top < 0:
        _refuse_other(rows, source, others, 0)
        wanted = "、".join(f"“{column.zh}”" for column in [*source.identity[:2], *_needed(source)][:SHOWN])
        raise DeliveryRefused(f"前{WITHIN}行里没有“{source.zh}”的表头（应有{wanted}等列），请用这一来源的空表核对")
    written = {place: rows[top][place].strip() for place in found}
    _refuse_doubled(found, written)
    names = {column.name for column in found.values()}
    if missing := [column.zh for column in _needed(source) if column.name not in names]:
        _refuse_other(rows, source, others, len(found))
        raise DeliveryRefused(f"缺少必有的列：{'、'.join(missing)}，请部门补上这些列后重送")
    if not names & {"id_number", "name"}:
        raise DeliveryRefused("没有“证件号码”也没有“姓名”，认不出是谁的记录，请部门补上后重送")
    if source.columns and not names & {column.name for column in source.columns}:
        _refuse_other(rows, source, others, len(found))
    title = unicodedata.normalize("NFKC", " ".join(" ".join(row) for row in rows[:top]))
    return Headings(top, found, _units(found, written, title), _remarks(rows[top], found, source))


def heading_row(rows: Sequence[Sequence[str]], source: Source) -> tuple[int, dict[int, Column]]:
    """The row that holds most of a source's headings, two at least; -1 where none does."""
    known, best, at = known_headings(source), dict[int, Column](), -1
    for place, row in enumerate(rows[:WITHIN]):
        found = _matched(row, known)
        if len(found) > len(best) and len(found) > 1:
            best, at = found, place
    return at, best


def _needed(source: Source) -> list[Column]:
    return [column for column in columns_of(source).values() if column.is_needed]


def _refuse_doubled(found: Mapping[int, Column], written: Mapping[int, str]) -> None:
    by_name: dict[str, str] = {}
    for place, column in found.items():
        if column.name in by_name:
            raise DeliveryRefused(
                f"“{by_name[column.name]}”和“{written[place]}”两列都是“{column.zh}”，请部门删去一列后重送"
            )
        by_name[column.name] = written[place]


def _refuse_other(rows: Sequence[Sequence[str]], source: Source, others: Iterable[Source], own: int) -> None:
    """Name the source whose headings these are."""
    likely, most = None, own
    for other in others:
        if other.name == source.name:
            continue
        _, found = heading_row(rows, other)
        names = {column.name for column in found.values()}
        is_whole = all(column.name in names for column in _needed(other))
        if is_whole and len(found) > most and names & {column.name for column in other.columns}:
            likely, most = other, len(found)
    if likely:
        raise DeliveryRefused(f"表头是“{likely.zh}”的，不是“{source.zh}”的，请改选来源“{likely.zh}”，或者换一个文件")


def _units(found: Mapping[int, Column], written: Mapping[int, str], title: str) -> dict[str, str]:
    """The unit of each column of money: of its heading, else of the title, else as the source is known for."""
    said = UNIT_SAID.search(title)
    of_all = _unit(said.group(1), said.group(1)) if said else ""
    units = {}
    for place, column in found.items():
        if column.kind == MONEY:
            key = unicodedata.normalize("NFKC", written[place])
            inside = [part for groups in BRACKETS.findall(key) for part in groups if part]
            own = next((unit for unit in (_unit(part, written[place]) for part in inside) if unit), "")
            units[column.name] = own or of_all or column.unit
    return units


def _unit(said: str, heading: str) -> str:
    """A unit of money as it is said; "" where it is none. Raises DeliveryRefused for one that is not kept."""
    word = re.sub(r"\s|单位|:", "", said)
    if word not in UNITS and WORTH.fullmatch(word):
        raise DeliveryRefused(f"“{heading}”的单位“{said}”不能收，请部门换算成元、万元或分后重送")
    return UNITS.get(word, "")


def _remarks(row: Sequence[str], found: Mapping[int, Column], source: Source) -> list[str]:
    """What the file has and we do not keep, and what it lacks."""
    told, names = [], {column.name for column in found.values()}
    if unknown := [text.strip() for place, text in enumerate(row) if place not in found and text.strip()]:
        more = f"等{len(unknown)}列" if len(unknown) > SHOWN else ""
        told.append(f"这些列没有用到，未入库：{'、'.join(one[:20] for one in unknown[:SHOWN])}{more}")
    if absent := [column.zh for column in columns_of(source).values() if column.name not in names]:
        told.append(f"文件里没有这些列，按空处理：{'、'.join(absent)}")
    return told
