"""权重: the weights and thresholds of a day, as data; every link keeps the version it was made by."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

FIELDS: dict[str, tuple[str, ...]] = {
    "id_number": ("same", "other"),
    "name": ("same", "same_short", "sound", "sound_short", "most", "kin", "surname", "other"),
    "region": ("same", "near", "other"),
    "born": ("same", "near", "year", "other"),
    "seq": ("same", "near", "other"),
    "sex": ("same", "other"),
    "phone": ("same", "other"),
    "division": ("village", "township", "county", "other"),
}
"""What is compared, and how it can agree; a field that is empty on either side is not compared and weighs nothing."""
THRESHOLDS = ("automatic", "margin", "review", "offered")


class BadWeights(RuntimeError):
    """The file of weights is incomplete, or no weights are in force on that day; the text says what to do."""


@dataclass(frozen=True)
class Model:
    """Weights by field and level, thresholds, all in hundredths; `offered`: how many persons a person is shown.

    `names`: the levels of the name without which nothing is linked automatically, whatever the weight.
    """

    version: str
    weights: Mapping[str, Mapping[str, int]]
    automatic: int
    margin: int
    review: int
    offered: int
    names: frozenset[str]


def model_on(day: date, source: str = "") -> Model:
    """The weights in force on a day, for a source that may have some of its own. Raises BadWeights."""
    return _model(day, source)


def newest_model(day: date | None, source: str = "") -> Model:
    """The weights of a day, or those that came last when no day is asked for. Raises BadWeights."""
    return model_on(day or date.max, source)


@cache
def _model(day: date, source: str) -> Model:
    rows = [row for row in _versions() if row["from"] <= day]
    if not rows:
        raise BadWeights(f"{day} 还没有生效的认人权重，请在 weights.yaml 里补上")
    return made_of(max(rows, key=lambda row: row["from"]), source)


@cache
def _versions() -> tuple[dict[str, Any], ...]:
    text = (files("opendibao.verification.linkage") / "weights.yaml").read_text("utf-8")
    return tuple(yaml.safe_load(text)["versions"])


def made_of(row: Mapping[str, Any], source: str = "") -> Model:
    """The model of one dated row; what the source has of its own replaces the rest. Raises BadWeights."""
    own = row["sources"].get(source, {})
    weights = {field: {**row["fields"].get(field, {}), **own.get("fields", {}).get(field, {})} for field in FIELDS}
    thresholds = {**row["thresholds"], **own.get("thresholds", {})}
    names = own.get("names", row["names"])
    _check(weights, thresholds, names)
    told = json.dumps([weights, thresholds, sorted(names)], sort_keys=True).encode()
    version = f"{row['from']}-{hashlib.sha256(told).hexdigest()[:8]}"
    return Model(version=version, weights=weights, names=frozenset(names), **thresholds)


def _check(weights: Mapping[str, Mapping[str, int]], thresholds: Mapping[str, int], names: list[str]) -> None:
    for field, levels in FIELDS.items():
        _check_row(f"“{field}”", weights[field], levels)
    _check_row("门槛", thresholds, THRESHOLDS)
    strange = set(names) - set(FIELDS["name"])
    if strange:
        raise BadWeights(f"weights.yaml：names 里没有这种相符程度：{'、'.join(sorted(strange))}")
    if not thresholds["review"] <= thresholds["automatic"]:
        raise BadWeights("weights.yaml：人工认定的门槛（review）不能高于自动认定的门槛（automatic）")


def _check_row(what: str, given: Mapping[str, int], wanted: tuple[str, ...]) -> None:
    if set(given) != set(wanted):
        raise BadWeights(f"weights.yaml：{what}应有且只有 {'、'.join(wanted)}")
    if any(not isinstance(value, int) for value in given.values()):
        raise BadWeights(f"weights.yaml：{what}的数应是整数（百分之一）")
