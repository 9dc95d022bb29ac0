"""存稿: a report's content and blocks as plain data, and back again, whatever has been added to them since."""

from collections.abc import Mapping
from dataclasses import MISSING, asdict, fields, is_dataclass, replace
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from opendibao.reporting.blocks import Block
from opendibao.reporting.content import ReportContent

Made = TypeVar("Made")


def content_as_data(content: ReportContent) -> dict[str, Any]:
    """The content without the rows of persons: these are read again where they are wanted."""
    return asdict(replace(content, figures=tuple(replace(one, sample=()) for one in content.figures)))


def blocks_as_data(blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
    """The blocks in order."""
    return [asdict(one) for one in blocks]


def content_from_data(kept: Mapping[str, Any]) -> ReportContent:
    """The content as it was kept."""
    return _made(ReportContent, kept)


def blocks_from_data(kept: list[Mapping[str, Any]]) -> tuple[Block, ...]:
    """The blocks as they were kept."""
    return tuple(_made(Block, one) for one in kept)


@cache
def _hints(of: type) -> Mapping[str, Any]:
    return get_type_hints(of)


def _made(of: type[Made], kept: Mapping[str, Any]) -> Made:
    """A dataclass again: a field that was not kept yet has its default, one that is no longer there is left out."""
    hints = _hints(of)  # type: ignore[arg-type]  # classes are hashable
    known = {one.name: one for one in fields(of)}  # type: ignore[arg-type]
    given = {name: _value(hints[name], cell) for name, cell in kept.items() if name in known}
    needed = {name for name, one in known.items() if one.default is MISSING and one.default_factory is MISSING}
    if lacking := sorted(needed - given.keys()):
        raise ValueError(f"存稿里没有{'、'.join(lacking)}，不能原样重建")
    return of(**given)


def _value(hint: Any, cell: Any) -> Any:
    if cell is None:
        return None
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], one) for one in cell)
    if isinstance(hint, UnionType):
        return _value(next(one for one in get_args(hint) if one is not NoneType), cell)
    return _made(hint, cell) if is_dataclass(hint) and isinstance(hint, type) else cell
