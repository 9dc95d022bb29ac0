"""What the habits are checked on: the project's files, without what is installed, generated or ignored."""

import ast
import pathlib
from collections.abc import Iterator

ROOT = pathlib.Path(__file__).parent.parent.parent
SRC = ROOT / "src" / "opendibao"
_ELSEWHERE = {".git", ".venv", ".tools", "var", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache",
              ".hypothesis", ".import_linter_cache"}  # fmt: skip
_BINARY = {".mo", ".docx", ".pdf", ".png", ".xlsx", ".ico", ".woff2", ".otf", ".ttf", ".parquet"}


def files(folder: pathlib.Path = ROOT) -> Iterator[pathlib.Path]:
    """Every file that is kept, folder by folder, sorted."""
    for entry in sorted(folder.iterdir()):
        if entry.is_dir():
            if entry.name not in _ELSEWHERE and not entry.name.endswith(".egg-info"):
                yield from files(entry)
        else:
            yield entry


def texts(folder: pathlib.Path = ROOT) -> Iterator[tuple[pathlib.Path, str]]:
    """Every text file with its text."""
    for file in files(folder):
        if file.suffix not in _BINARY:
            yield file, file.read_text("utf-8")


def modules(*, migrations: bool = False) -> Iterator[pathlib.Path]:
    """Every Python module of the product."""
    for file in files(SRC):
        if file.suffix == ".py" and (migrations or "migrations" not in file.parts):
            yield file


def tree(file: pathlib.Path) -> ast.Module:
    """A module as Python reads it."""
    return ast.parse(file.read_text("utf-8"))


def name(file: pathlib.Path) -> str:
    """How a finding names a file."""
    return str(file.relative_to(ROOT))
