"""材料清单: what an application needs, what may not be asked for, why one is not accepted, what is matched.

All of it is data with its clause (papers.yaml), so that a place can see what it may ask for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

from opendibao.policy.file_form import read_file
from opendibao.policy.pack import RuleGap

FILE, SCHEMA = "papers.yaml", "opendibao.intake/papers.schema.json"


@dataclass(frozen=True)
class PaperKind:
    """A paper an application needs: when it is asked for, and what knows of it ("" the officer looks at it)."""

    key: str
    zh: str
    asked: str
    known: str
    source: str


@dataclass(frozen=True)
class NeverAsked:
    """A paper a family may not be asked for, what it is called, and who knows instead."""

    zh: str
    words: tuple[str, ...]
    by: str
    source: str


@dataclass(frozen=True)
class Ground:
    """Why an application may not be accepted, and what the family can do then."""

    key: str
    zh: str
    remedy: str
    source: str


@lru_cache(maxsize=1)
def _content() -> dict[str, Any]:
    return read_file((files("opendibao.intake") / FILE).read_text("utf-8"), FILE, SCHEMA)


def paper_kinds() -> list[PaperKind]:
    """The papers of an application in the order in which a window looks at them."""
    return [PaperKind(row["key"], row["zh"], row["asked"], row["known"], row["source"]) for row in _content()["papers"]]


def never_asked() -> list[NeverAsked]:
    """What departments or platforms know (社会救助法 第六十二条, 57号 第十条)."""
    return [NeverAsked(row["zh"], tuple(row["words"]), row["by"], row["source"]) for row in _content()["never"]]


def grounds() -> dict[str, Ground]:
    """The grounds on which an application is not accepted, by key; there are no others."""
    return {
        row["key"]: Ground(row["key"], row["zh"], row["remedy"], row["source"]) for row in _content()["grounds"]
    }  # fmt: skip


def match_scope(on: date) -> Sequence[str]:
    """What an authorisation signed on a day lets the county ask about. Raises RuleGap before there was any."""
    for row in _content()["scope"]:
        if date.fromisoformat(row["from"]) <= on <= date.fromisoformat(row.get("until", date.max.isoformat())):
            found: Sequence[str] = row["items"]
            return found
    raise RuleGap("consent.scope", on, "授权核对的范围")
