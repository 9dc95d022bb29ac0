"""两版之差: which figures and which paragraphs differ between two versions of a year's report."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from opendibao.evaluation.snapshot import REPORT, Snapshot
from opendibao.reporting.blocks import plain_text
from opendibao.reporting.drafting.draft import draft_of

NONE = "—"


@dataclass(frozen=True)
class MovedFigure:
    """A figure that prints another value or rests on another number of rows; empty on the side that lacks it."""

    id: str
    zh: str
    before: str
    after: str
    rows_before: str
    rows_after: str


@dataclass(frozen=True)
class MovedText:
    """Lines that one version has in place of others; either side may have none."""

    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Differences:
    """Everything that differs."""

    figures: tuple[MovedFigure, ...]
    texts: tuple[MovedText, ...]


def differences(before: Snapshot, after: Snapshot, *, now: bool = False) -> Differences:
    """What differs from one version to another, or to the draft of now from the figures of that other.

    Raises NoSheet, UnknownMark.
    """
    later = plain_text(draft_of(after).blocks) if now else text_of(after)
    return Differences(tuple(_figures(before, after)), tuple(_texts(text_of(before), later)))


def text_of(snapshot: Snapshot) -> str:
    """The text of a version: of a final one as it was locked, of a draft as it would be printed now."""
    if snapshot.is_final:
        return str(snapshot.content[REPORT]["text"])
    return plain_text(draft_of(snapshot).blocks)


def _figures(before: Snapshot, after: Snapshot) -> Iterator[MovedFigure]:
    then, now = (_by_id(one) for one in (before, after))
    for figure in dict.fromkeys((*then, *now)):
        old, new = then.get(figure, {}), now.get(figure, {})
        if (old.get("value"), old.get("rows")) != (new.get("value"), new.get("rows")):
            values = (str(one.get("value", NONE)) for one in (old, new))
            rows = (str(one.get("rows", NONE)) for one in (old, new))
            yield MovedFigure(figure, (new or old)["zh"], *values, *rows)


def _by_id(snapshot: Snapshot) -> dict[str, Mapping[str, Any]]:
    return {one["id"]: one for one in snapshot.content["figures"]}


def _texts(before: str, after: str) -> Iterator[MovedText]:
    then, now = before.splitlines(), after.splitlines()
    for tag, a, b, c, d in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        if tag != "equal":
            yield MovedText(tuple(then[a:b]), tuple(now[c:d]))
