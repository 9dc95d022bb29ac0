"""记号: says which county a folder holds, so that the demonstration is built once and then reused."""

import hashlib
import json
from pathlib import Path

from opendibao.demo.targets import Targets

NAME = "demo.json"


class AnotherCounty(ValueError):
    """The folder holds a county made from other targets."""


def _fingerprint(targets: Targets) -> str:
    return hashlib.sha256(repr(targets).encode()).hexdigest()


def is_built(targets: Targets, out: Path, *, has_own_database: bool = True) -> bool:
    """Whether the folder holds this very county, whole; its database lies in it unless it is a server's.

    Raises AnotherCounty for another county.
    """
    mark = out / NAME
    if not mark.exists():
        return False
    if json.loads(mark.read_text("utf-8"))["targets"] != _fingerprint(targets):
        raise AnotherCounty(f"{out} 里是按另一份目标合成的县，请用 --out 换一个目录，或先用 --remove 删除它")
    return not has_own_database or (out / "pg").exists()


def set_mark(targets: Targets, out: Path) -> None:
    """Say that the county is whole; the last thing that is done."""
    text = json.dumps({"targets": _fingerprint(targets), "county": targets.county, "year": targets.year})
    (out / NAME).write_text(text, "utf-8")
