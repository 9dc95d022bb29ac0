"""一户的文件: read a case from YAML text; numbers keep the form they were written in, refusals name the line."""

import re
from typing import Any

import yaml

from opendibao.rules.case import Case, parse_case
from opendibao.rules.fields import CaseError

_NULL = "tag:yaml.org,2002:null"
_BOOL = "tag:yaml.org,2002:bool"
_INT = "tag:yaml.org,2002:int"
_PLAIN_INT = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_YES_NO = {"true": True, "false": False}
MOST_CHARACTERS = 1_000_000
MOST_DEPTH = 20
MOST_VALUES = 50_000
"""A household's file lies far below; what lies above is no household, and aliases must not multiply it."""


class CaseText:
    """A YAML text as plain data, and the line each key stands on."""

    def __init__(self, text: str) -> None:
        self.lines: dict[str, int] = {}
        self._values = 0
        if len(text) > MOST_CHARACTERS:
            raise CaseError("文件", f"有{len(text)}个字，一户最多{MOST_CHARACTERS}个，请核对是不是一户的文件")
        try:
            _check_depth(text)
            node = yaml.compose(text, yaml.SafeLoader)
        except yaml.YAMLError as fault:
            mark = getattr(fault, "problem_mark", None)
            said = "不是正确的 YAML 格式，请核对这一行和上一行的缩进（用空格，不用制表符）、冒号后的空格和引号"
            raise CaseError("文件", said, mark.line + 1 if mark else None) from None
        if node is None:
            raise CaseError("文件", "是空的")
        self.data: Any = self._plain(node, "")

    def line_of(self, key: str) -> int | None:
        """The line of a key, or of the nearest thing around it."""
        while key:
            if key in self.lines:
                return self.lines[key]
            key = re.sub(r"(\.[^.\[]*|\[\d+\]|^[^.\[]*)$", "", key)
        return None

    def _plain(self, node: yaml.Node, key: str) -> Any:
        self.lines.setdefault(key, node.start_mark.line + 1)
        self._values += 1
        if self._values > MOST_VALUES or key.count(".") + key.count("[") > MOST_DEPTH:
            raise CaseError("文件", "套的层数或引用（*）太多，请把引用的内容直接写出来", node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, key)
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(item, f"{key}[{place}]") for place, item in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, key: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name_node, value_node in node.value:
            name = str(name_node.value)
            at = f"{key}.{name}" if key else name
            line = name_node.start_mark.line + 1
            if name in found:
                raise CaseError(at, "同一个键写了两次", line)
            self.lines[at] = line
            found[name] = self._plain(value_node, at)
        return found


def _check_depth(text: str) -> None:
    """Refuse what lies deeper than any household's file, before it is composed level by level."""
    depth = 0
    for event in yaml.parse(text, yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MOST_DEPTH:
            raise CaseError(
                "文件",
                f"套了{MOST_DEPTH}层以上，不是一户的文件",
                event.start_mark.line + 1 if event.start_mark else None,
            )


def _scalar(node: yaml.Node) -> Any:
    text = str(node.value)
    if node.tag == _NULL:
        return None
    if node.tag == _BOOL and text.lower() in _YES_NO:
        return _YES_NO[text.lower()]
    if node.tag == _INT and _PLAIN_INT.fullmatch(text):
        return int(text)
    # dates and decimals stay as written: the fields check them, and no binary fraction ever touches money
    return text


def read_case(text: str) -> Case:
    """Read a CASE file; raises CaseError with key and line."""
    found = CaseText(text)
    try:
        return parse_case(found.data)
    except CaseError as fault:
        raise CaseError(fault.key or "文件", fault.reason, found.line_of(fault.key)) from None
