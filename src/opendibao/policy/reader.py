"""政策参数文件: read the parameter files of nation, province and county; refuse gaps and overlaps at once."""

import itertools
import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import jsonschema
import yaml

from opendibao.policy.pack import BadPolicy, InForce, Level, Pack, Row, RuleGap

__all__ = ["BadPolicy", "InForce", "Pack", "Row", "RuleGap", "load_pack", "pack_names", "pack_of_division", "value"]

NATION = "00"
WORD = "word"
WHOLE = 10_000
_PACKAGE = "opendibao.policy"
_NOT_PARAMETERS = ("evaluation.yaml",)  # the sheet has a reader of its own
_LEVELS = ("central", "province", "city", "county")


@lru_cache(maxsize=1)
def _schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((files(_PACKAGE) / "schema.json").read_text("utf-8"))
    return loaded


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads dates as text, so that the schema sees what stands in the file."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in known if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:float")]
    for first, known in _Loader.yaml_implicit_resolvers.items()
}


def read_file(text: str, name: str) -> dict[str, Any]:
    """Read one parameter file and check its form; raises BadPolicy naming file and place."""
    content = yaml.load(text, _Loader)
    try:
        jsonschema.validate(content, _schema())
    except jsonschema.ValidationError as fault:
        place = ".".join(str(p) for p in fault.absolute_path)
        raise BadPolicy(f"{name} 的 {place or '开头'}：{fault.message}") from None
    found: dict[str, Any] = content
    return found


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
        _check_shares(own, province.name)
        for county in _yaml_files(province / "counties"):
            content = read_file(county.read_text("utf-8"), county.name)
            rows = rows_of(content, county.name)
            pack = content.get("pack", content["division"])
            if pack in found:
                raise BadPolicy(f"两个参数包同名“{pack}”")
            synthetic = content.get("synthetic", False)
            found[pack] = Pack(pack, content["division"], content["zh"], synthetic, (rows, own, nation))
    return found


def _check_shares(own: Level, name: str) -> None:
    paths = [f"cost_share.{level}" for level in _LEVELS if f"cost_share.{level}" in own]
    for day in sorted({row.since for path in paths for row in own[path]}):
        shares = [int(r.value) for path in paths for r in own[path] if r.is_in_force(day)]
        if sum(shares) != WHOLE:
            raise BadPolicy(f"{name}：各级财政分担在 {day} 合计 {sum(shares)}，应为 {WHOLE}")


def load_pack(name: str) -> Pack:
    """The pack of that name; raises BadPolicy when there is none."""
    packs = _packs()
    if name not in packs:
        raise BadPolicy(f"没有参数包“{name}”，现有：{'、'.join(packs)}")
    return packs[name]


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
