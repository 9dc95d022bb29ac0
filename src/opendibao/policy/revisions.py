"""参数修订: a pack with the changes that a county has scheduled, named by how many there are and what they say."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from opendibao.policy.pack import BadPolicy, Level, Pack, Row

MARK = "@"
SHOWN = 12
Changes = Callable[[str, int], Sequence[Row]]
"""(name of the pack, number of the revision) → its rows in the order in which they were scheduled."""

_changes: list[Changes] = []
_known: dict[str, Pack] = {}


def provide_changes(changes: Changes) -> None:
    """Say where the rows of a revision are kept; the application does so once, when it starts."""
    _changes[:] = [changes]


def revision_name(pack: Pack, number: int, digest: str) -> str:
    """`jx-demo-2024@7-0123456789ab`: the pack as it is after its 7th step; the end keeps two databases apart."""
    return f"{pack.name.partition(MARK)[0]}{MARK}{number}-{digest[:SHOWN]}"


def revised(pack: Pack, rows: Sequence[Row]) -> Pack:
    """The pack in which these rows hold, each from its day on; of two rows of one day the later in order holds.

    A row of the files that begins later still takes over on its day. Raises BadPolicy for a path the pack lacks.
    """
    newest = {(row.path, row.since): row for row in rows}
    paths = dict.fromkeys(path for path, _ in newest)
    top = {path: _in_turn(pack, [row for row in newest.values() if row.path == path]) for path in paths}
    return replace(pack, levels=(top, *pack.levels))


def _in_turn(pack: Pack, rows: Sequence[Row]) -> tuple[Row, ...]:
    path = rows[0].path
    pack.unit(path)
    nearest: Level = next(level for level in pack.levels if path in level)
    starts = {row.since for row in (*rows, *nearest[path])}
    turns = []
    for row in sorted(rows, key=lambda r: r.since):
        after = min((day for day in starts if day > row.since), default=None)
        turns.append(replace(row, until=after - timedelta(days=1) if after else None))
    return tuple(turns)


def load_revision(pack: Pack, name: str) -> Pack:
    """The pack of a revision by its whole name; raises BadPolicy where it is not kept here, or says something else."""
    if name not in _known:
        number = name.partition(MARK)[2].partition("-")[0]
        if not number.isdecimal() or not _changes:
            raise BadPolicy(f"没有参数包“{name}”：参数的修订只在办理业务的系统里查得到")
        found = revised(pack, _changes[0](pack.name, int(number)))
        if revision_name(pack, int(number), found.digest) != name:
            raise BadPolicy(f"没有参数包“{name}”：本系统第{number}次修订的内容与名称不符")
        _known[name] = replace(found, name=name)
    return _known[name]
