"""The worked cases of rules/golden: facts of one household and what must be answered."""

import pathlib
from typing import Any

import yaml

import opendibao.rules

GOLDEN = pathlib.Path(opendibao.rules.__file__).parent / "golden"
NAMES = sorted(file.stem for file in GOLDEN.glob("G*.yaml"))


def worked(name: str) -> dict[str, Any]:
    """`case` as a CASE file has it, `expect` the keys that must hold."""
    found: dict[str, Any] = yaml.safe_load((GOLDEN / f"{name}.yaml").read_text("utf-8"))
    return found


def case_text(name: str) -> str:
    """The case alone, as the text of a CASE file."""
    return yaml.safe_dump(worked(name)["case"], allow_unicode=True, sort_keys=False)
