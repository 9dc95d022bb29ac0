"""绩效目标: a province's goals and indicator sheet, read strictly from its evaluation.yaml."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

HORIZONS = ("short", "middle", "long")


class BadGoals(ValueError):
    """A county has no evaluation.yaml, or the file is wrong; the text names the place."""


@dataclass(frozen=True)
class Goal:
    """One goal: what is wanted, how its reaching is seen, which indicators serve it (by code).

    A year's own goal also says who is responsible, by when (ISO day), how far it is and in which words.
    """

    text: str
    milestone: str
    serves: tuple[str, ...]
    unit: str = ""
    due: str = ""
    state: str = ""
    progress: str = ""


@dataclass(frozen=True)
class Horizon:
    """The goals of one stretch of time (短期, 中期, 长期)."""

    key: str
    label: str
    items: tuple[Goal, ...]


@dataclass(frozen=True)
class SheetTemplate:
    """One row of the sheet before the year's numbers are filled in: `target` and `text` may hold {…}."""

    indicator: str
    direction: str
    target: str
    text: str
    weight: str


@dataclass(frozen=True)
class Programme:
    """What is evaluated (项目), by whom, towards which goals, and by which sheet."""

    project: str
    department: str
    overall: str
    horizons: tuple[Horizon, ...]
    sheet: tuple[SheetTemplate, ...]

    def goals_of(self, indicator: str) -> tuple[str, ...]:
        """Texts of the goals that an indicator serves."""
        return tuple(goal.text for horizon in self.horizons for goal in horizon.items if indicator in goal.serves)


@cache
def programme(division: str) -> Programme:
    """The programme of the province a county lies in; raises BadGoals."""
    county = division[:6]
    for province in _provinces():
        if (province / "counties" / f"{county}.yaml").is_file() and (province / "evaluation.yaml").is_file():
            return parse_programme((province / "evaluation.yaml").read_text("utf-8"))
    raise BadGoals(f"区划{county}所在的省没有 evaluation.yaml，请在 policy/provinces 补上绩效目标和指标表")


def _provinces() -> Iterator[Traversable]:
    yield from sorted((files("opendibao.policy") / "provinces").iterdir(), key=lambda folder: folder.name)


def parse_programme(text: str) -> Programme:
    """Read evaluation.yaml; raises BadGoals naming the place."""
    try:
        top = _mapping(yaml.safe_load(text), "文件", ("project", "department", "goals", "sheet"))
    except yaml.YAMLError:
        raise BadGoals("evaluation.yaml 不是正确的 YAML 格式") from None
    goals = _mapping(top["goals"], "goals", ("overall", *HORIZONS))
    return Programme(
        project=_text(top, "project", "文件"),
        department=_text(top, "department", "文件"),
        overall=_text(goals, "overall", "goals"),
        horizons=tuple(_horizon(key, goals[key]) for key in HORIZONS),
        sheet=tuple(_template(raw, f"sheet[{place}]") for place, raw in enumerate(_list(top["sheet"], "sheet"))),
    )


def _horizon(key: str, raw: object) -> Horizon:
    given = _mapping(raw, f"goals.{key}", ("label", "items"))
    items = enumerate(_list(given["items"], f"goals.{key}.items"))
    return Horizon(
        key, _text(given, "label", f"goals.{key}"),
        tuple(_goal(item, f"goals.{key}.items[{place}]") for place, item in items),
    )  # fmt: skip


def _goal(raw: object, key: str) -> Goal:
    given = _mapping(raw, key, ("text", "milestone", "serves"))
    serves = tuple(str(code) for code in _list(given["serves"], f"{key}.serves"))
    return Goal(_text(given, "text", key), _text(given, "milestone", key), serves)


def _template(raw: object, key: str) -> SheetTemplate:
    names = ("indicator", "direction", "target", "text", "weight")
    given = _mapping(raw, key, names)
    return SheetTemplate(*(str(given[name]) for name in names))


def _mapping(raw: object, key: str, names: tuple[str, ...]) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping) or set(raw) != set(names):
        raise BadGoals(f"evaluation.yaml 的 {key}：应恰好有这些键：{'、'.join(names)}")
    return raw


def _list(raw: object, key: str) -> list[Any]:
    if not isinstance(raw, list) or not raw:
        raise BadGoals(f"evaluation.yaml 的 {key}：至少要有一项")
    return raw


def _text(given: Mapping[str, Any], name: str, key: str) -> str:
    found = given[name]
    if not isinstance(found, str) or not found.strip():
        raise BadGoals(f"evaluation.yaml 的 {key}.{name}：应填写文字")
    return found.strip()
