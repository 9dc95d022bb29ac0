"""信息来源: the departments that are asked; each is a folder with its `source.py`, found by itself."""

from dataclasses import dataclass

from opendibao.kernel.discovery import NameTaken, modules


@dataclass(frozen=True)
class Source:
    """A department that answers: `name` is stored with its answers, `zh` is shown, `holds` says what it knows."""

    name: str
    zh: str
    holds: str


def _found() -> dict[str, Source]:
    """All sources by name; a source is named like its folder."""
    sources = {}
    for folder, module in modules(__name__, "source.py").items():
        if folder != module.NAME:
            raise NameTaken(f"文件夹 {folder} 里的来源名为“{module.NAME}”，应与文件夹同名")
        sources[folder] = Source(module.NAME, module.ZH, module.HOLDS)
    return sources


SOURCES: dict[str, Source] = _found()
