"""一户的文件: read a case from YAML text; numbers keep the form they were written in, refusals name the line."""

import re
from typing import Any

import yaml

from opendibao.rules.case import Case, parse_case
from opendibao.rules.fields import CaseError

_NULL = "tag:yaml.org,2002:null"
_BOOL = "tag:yaml.org,2002:bool"
_INT = "tag:yaml.org,2002:int"
_PLAIN_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_YES_NO = {"true": True, "false": False}


class CaseText:
    """A YAML text as plain data, and the line each key stands on."""

    def __init__(self, text: str) -> None:
        self.lines: dict[str, int] = {}
        try:
            node = yaml.compose(text, yaml.SafeLoader)
        except yaml.YAMLError as fault:
            mark = getattr(fault, "problem_mark", None)
            raise CaseError("文件", "不是正确的 YAML 格式", mark.line + 1 if mark else None) from None
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
