"""信息来源: the departments that are asked; each is a folder with its `source.py`, found by itself."""

from datetime import date

from opendibao.kernel.discovery import NameTaken, modules
from opendibao.verification.sources.adapter import Source


def found_in(package: str) -> dict[str, Source]:
    """All sources of a package by name; a source is named like its folder. Raises NameTaken where it is not."""
    sources = {}
    for folder, module in modules(package, "source.py").items():
        source: Source = module.SOURCE
        if folder != source.name:
            raise NameTaken(f"文件夹 {folder} 里的来源名为“{source.name}”，应与文件夹同名")
        sources[folder] = source
    return sources


SOURCES: dict[str, Source] = found_in(__name__)


def sources_on(day: date) -> dict[str, Source]:
    """The sources that the law lets be asked on a day."""
    return {name: one for name, one in SOURCES.items() if one.since is None or one.since <= day}
