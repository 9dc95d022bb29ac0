"""省份: the provinces that can be asked, by their two digits (GB/T 2260)."""

from functools import cache
from importlib.resources import files

import yaml


@cache
def provinces() -> dict[str, str]:
    """All provinces by code, in the order of the standard."""
    found: dict[str, str] = yaml.safe_load((files(__package__) / "provinces.yaml").read_text("utf-8"))
    return found


def province_of(division: str) -> str:
    """The province's code of a division."""
    return division[:2]


def province_zh(code: str) -> str:
    """The name of a province; the code itself where there is none of that code."""
    return provinces().get(code, code)
