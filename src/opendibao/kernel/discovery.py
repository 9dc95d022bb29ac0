"""发现: find the folders that hold a rule, source, indicator or report; two of one name stop the start."""

import importlib
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import ModuleType


class NameTaken(RuntimeError):
    """Two folders claim the same name."""


def folders(package: str, marker: str) -> dict[str, Traversable]:
    """All folders below `package` that hold a file `marker`, by folder name, in stable order.

    Raises NameTaken when two folders have the same name.
    """
    found: dict[str, Traversable] = {}
    _walk(files(package), marker, found)
    return dict(sorted(found.items()))


def _walk(folder: Traversable, marker: str, found: dict[str, Traversable]) -> None:
    for entry in folder.iterdir():
        if not entry.is_dir() or entry.name.startswith(("_", ".")):
            continue
        if (entry / marker).is_file():
            if entry.name in found:
                raise NameTaken(f"两个文件夹同名“{entry.name}”：{found[entry.name]} 与 {entry}")
            found[entry.name] = entry
        _walk(entry, marker, found)


def modules(package: str, marker: str) -> dict[str, ModuleType]:
    """Import the marker module of every folder one level below `package`, by folder name."""
    name = marker.removesuffix(".py")
    return {folder: importlib.import_module(f"{package}.{folder}.{name}") for folder in folders(package, marker)}
