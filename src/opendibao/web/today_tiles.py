"""今日数字: the counts on top of the day's page; each opens its rows below."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from opendibao.audit.recent import DoneCount
from opendibao.web.today_lines import BANDS
from opendibao.web.today_task import Group, Work

DONE = "done"
KINDS_NAMED = 3
KIND_ENDS = re.compile("：|: | · ")
NO_BREAK = "\u00a0"
TONES = {Group.OVERDUE: "bad", Group.WAITING: "warn"}


@dataclass(frozen=True)
class Tile:
    """A count on top of the page, which opens its rows below."""

    key: str
    words: str
    number: int
    said: str
    tone: str
    href: str
    is_current: bool


def tiles(work: Work, counts: Sequence[DoneCount] | None, *, group: str, place: str) -> list[Tile]:
    """How much stands in each group, then what was done lately (None: not for the viewer)."""
    found = [_tile(work, each, group, place) for each in Group]
    if counts is not None:
        total, most = sum(each.times for each in counts), [(_(each.action), each.times) for each in counts]
        words = _("近 5 个工作日已办")
        found.append(Tile(DONE, words, total, _named(most), "past", _href(DONE, place), group == DONE))
    return found


def _tile(work: Work, group: Group, current: str, place: str) -> Tile:
    tasks = work.of(group)
    kinds = Counter(KIND_ENDS.split(task.what)[0] for task in tasks)
    tone = TONES.get(group, "") if tasks else ""
    return Tile(
        group.value,
        str(BANDS[group][0]),
        len(tasks),
        _named(kinds.most_common()),
        tone,
        _href(group, place),
        current == group,
    )


def _href(group: str, place: str) -> str:
    return "?" + urlencode({"group": str(group), **({"place": place} if place else {})})


def _named(kinds: Sequence[tuple[str, int]]) -> str:
    """The most frequent kinds and how many there are."""
    return " · ".join(f"{kind} {n:,}".replace(" ", NO_BREAK) for kind, n in kinds[:KINDS_NAMED])
