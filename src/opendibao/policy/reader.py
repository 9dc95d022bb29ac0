"""政策参数文件: read the parameter files of nation, province and county; refuse gaps and overlaps at once."""

import itertools
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from opendibao.policy.file_form import read_file
from opendibao.policy.pack import BadPolicy, InForce, Level, Pack, Row, RuleGap
from opendibao.policy.revisions import MARK, load_revision
from opendibao.policy.shares import WHOLE, check_shares

__all__ = [
    "WHOLE",
    "BadPolicy",
    "InForce",
    "Pack",
    "Row",
    "RuleGap",
    "load_pack",
    "pack_names",
    "pack_of_division",
    "read_file",
    "value",
]

WORD = "word"
_PACKAGE = "opendibao.policy"
_NOT_PARAMETERS = ("evaluation.yaml",)  # the sheet has a reader of its own


def rows_of(content: Mapping[str, Any], name: str) -> dict[str, tuple[Row, ...]]:
    """The rows of a file by path, each path without overlap or gap between its rows."""
    found = {}
    for path, spec in content["parameters"].items():
        rows = [_row(path, spec, raw, content["division"], name) for raw in spec["rows"]]
        found[path] = _without_gap(sorted(rows, key=lambda r: r.since), name)
    return found


def _row(path: str, spec: Mapping[str, Any], raw: Mapping[str, Any], division: str, name: str) -> Row:
    try:
        since = date.fromisoformat(raw["from"])
        until = date.fromisoformat(raw["until"]) if "until" in raw else None
    except ValueError:
        raise BadPolicy(f"{name} 的 {path}：日期写错了，应为 2024-01-01 这样") from None
    if until and until < since:
        raise BadPolicy(f"{name} 的 {path}：{since} 起的一条在起始日之前就结束")
    if (spec["unit"] == WORD) != isinstance(raw["value"], str):
        raise BadPolicy(f"{name} 的 {path}：数值与单位“{spec['unit']}”不合")
    return Row(path, spec["zh"], spec["unit"], since, until, raw["value"], raw["source"], raw["verified"], division)


def _without_gap(rows: Sequence[Row], name: str) -> tuple[Row, ...]:
    for earlier, later in itertools.pairwise(rows):
        if earlier.until is None or earlier.until >= later.since:
            raise BadPolicy(f"{name} 的 {earlier.path}：{later.since} 起的一条与前一条重叠，请给前一条写 until")
        if earlier.until + timedelta(days=1) != later.since:
            raise BadPolicy(f"{name} 的 {earlier.path}：{earlier.until} 之后到 {later.since} 之前没有数值")
    return tuple(rows)


def _level(folder: Sequence[Traversable]) -> dict[str, tuple[Row, ...]]:
    found: dict[str, tuple[Row, ...]] = {}
    for file in folder:
        for path, rows in rows_of(read_file(file.read_text("utf-8"), file.name), file.name).items():
            if path in found:
                raise BadPolicy(f"{file.name} 的 {path}：同一级别的另一个文件已经写了它")
            found[path] = rows
    return found


def _yaml_files(folder: Traversable) -> list[Traversable]:
    return sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)


@lru_cache(maxsize=1)
def _packs() -> dict[str, Pack]:
    root = files(_PACKAGE)
    nation = _level(_yaml_files(root / "national"))
    found: dict[str, Pack] = {}
    for province in sorted((root / "provinces").iterdir(), key=lambda f: f.name):
        if not (province / "counties").is_dir():
            continue
        own = _level([file for file in _yaml_files(province) if file.name not in _NOT_PARAMETERS])
        cities = _cities(province / "cities")
        for file in _yaml_files(province / "counties"):
            pack = _county(file, cities, (own, nation))
            if pack.name in found:
                raise BadPolicy(f"两个参数包同名“{pack.name}”")
            found[pack.name] = pack
    return found


def _cities(folder: Traversable) -> dict[str, Level]:
    """What the cities of a province fix for their counties, by the first four digits of the code."""
    if not folder.is_dir():
        return {}
    return {file.name.removesuffix(".yaml"): _level([file]) for file in _yaml_files(folder)}


def _county(file: Traversable, cities: Mapping[str, Level], above: tuple[Level, ...]) -> Pack:
    """A county's pack: its own rows, its city's where the city has any, its province's, the nation's."""
    content = read_file(file.read_text("utf-8"), file.name)
    division = content["division"]
    city = [cities[division[:4]]] if division[:4] in cities else []
    levels = (rows_of(content, file.name), *city, *above)
    pack = Pack(content.get("pack", division), division, content["zh"], content.get("synthetic", False), levels)
    check_shares(pack)
    return pack


def load_pack(name: str) -> Pack:
    """The pack of that name, a revision of it where the name says so; raises BadPolicy when there is none."""
    packs, base = _packs(), name.partition(MARK)[0]
    if base not in packs:
        raise BadPolicy(f"没有参数包“{name}”，现有：{'、'.join(packs)}")
    return packs[base] if base == name else load_revision(packs[base], name)


def pack_names() -> list[str]:
    """All packs that can be chosen."""
    return sorted(_packs())


def pack_of_division(division: str) -> Pack:
    """The pack of the county a 6- or 12-digit code lies in; raises BadPolicy when there is none."""
    for pack in _packs().values():
        if division.startswith(pack.division):
            return pack
    raise BadPolicy(f"区划 {division} 没有参数包")


def value(path: str, *, on: date, division: str) -> int:
    """The number in force in a division on a day, the nearest division's first; raises RuleGap."""
    return pack_of_division(division).value(path, on)
