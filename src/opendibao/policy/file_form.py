"""参数文件的格式: the text of a parameter file as checked data; what is wrong is told with file, line and place."""

import json
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

import jsonschema
import yaml
from jsonschema.exceptions import best_match

from opendibao.policy.pack import BadPolicy

PARAMETERS = "opendibao.policy/schema.json"


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads dates and fractions as text, so that the schema sees what stands in the file."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in known if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:float")]
    for first, known in _Loader.yaml_implicit_resolvers.items()
}


@lru_cache
def _form(schema: str) -> jsonschema.Draft202012Validator:
    """What every file of a kind must look like; `package/file` of its schema."""
    package, _, file = schema.partition("/")
    return jsonschema.Draft202012Validator(json.loads((files(package) / file).read_text("utf-8")))


def read_file(text: str, name: str, schema: str = PARAMETERS) -> dict[str, Any]:
    """Read one file, of parameters unless said otherwise, and check its form.

    Raises BadPolicy naming file, line and place.
    """
    try:
        content = yaml.load(text, _Loader)
        _refuse_twice(yaml.compose(text, _Loader), name)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadPolicy(f"{name} 第{line}行：不是正确的 YAML 格式") from None
    if (fault := best_match(_form(schema).iter_errors(content))) is not None:
        place = ".".join(str(p) for p in fault.absolute_path)
        line = _line(text, list(fault.absolute_path))
        raise BadPolicy(f"{name} 第{line}行 的 {place or '开头'}：{fault.message}")
    found: dict[str, Any] = content
    return found


def _refuse_twice(node: yaml.Node | None, name: str) -> None:
    """A key that stands twice would silently hide the first."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _refuse_twice(item, name)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                raise BadPolicy(f"{name} 第{key.start_mark.line + 1}行 的 {key.value}：同一个键写了两次")
            seen.add(key.value)
            _refuse_twice(value, name)


def _line(text: str, place: Sequence[object]) -> int:
    """The line on which a place of the file begins, or the nearest thing around it."""
    node, line = yaml.compose(text, _Loader), 1
    for step in place:
        if isinstance(node, yaml.MappingNode):
            key, node = next(pair for pair in node.value if pair[0].value == step)
            line = key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
            line = node.start_mark.line + 1
    return int(line)
