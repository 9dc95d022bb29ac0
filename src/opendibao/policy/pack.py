"""参数包: the dated numbers that hold in one county; the nearest division wins, a missing day is refused."""

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property


class BadPolicy(ValueError):
    """A parameter file is wrong: form, overlap, gap, unknown division."""


class RuleGap(LookupError):
    """No row of a parameter is in force on the day; nobody may guess it."""

    def __init__(self, path: str, on: date, zh: str = "", last: "Row | None" = None) -> None:
        self.path, self.on, self.zh, self.last = path, on, zh, last
        ended = f"，最近一条到{last.until}为止（{last.source}）" if last and last.until else ""
        super().__init__(f"参数“{zh or path}”（{path}）在{on}没有有效的数值{ended}，请规则管理员补上后再办")


@dataclass(frozen=True)
class Row:
    """A parameter's value for a time: from when, until when (both counted), and where it is written."""

    path: str
    zh: str
    unit: str
    since: date
    until: date | None
    value: int | str
    source: str
    is_verified: bool
    division: str

    def is_in_force(self, on: date) -> bool:
        """Whether this row holds on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


Level = Mapping[str, tuple[Row, ...]]


class InForce(Mapping[str, int]):
    """The numbers in force on a day, by path; asking for one that is not raises RuleGap."""

    def __init__(self, pack: "Pack", on: date, rows: Mapping[str, Row], values: dict[str, int]) -> None:
        self.pack, self.on, self.rows, self.values_by_path = pack, on, rows, values

    def __getitem__(self, path: str) -> int:
        try:
            return self.values_by_path[path]
        except KeyError:
            raise self.pack.gap(path, self.on) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_by_path)

    def __len__(self) -> int:
        return len(self.values_by_path)

    def has(self, paths: Sequence[str]) -> bool:
        """Whether all of these are in force."""
        return all(path in self.values_by_path for path in paths)


@dataclass(frozen=True)
class Pack:
    """The parameters that hold in one county: its own rows, its province's, the nation's."""

    name: str
    division: str
    zh: str
    is_synthetic: bool
    levels: tuple[Level, ...]

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Every parameter known at any level."""
        return tuple(sorted({path for level in self.levels for path in level}))

    def find(self, path: str, on: date) -> Row | None:
        """The row in force, of the nearest division that has one; None when there is none."""
        for level in self.levels:
            for row in level.get(path, ()):
                if row.is_in_force(on):
                    return row
        return None

    def ending(self, path: str, on: date) -> Row | None:
        """The row of a day, or the last before it, that ends with none after it; None where the number goes on."""
        found = self.find(path, on) or self.gap(path, on).last
        if found is None or found.until is None or self.find(path, max(on, found.until + timedelta(days=1))):
            return None
        return found

    def row(self, path: str, on: date) -> Row:
        """The row in force; raises RuleGap when there is none."""
        found = self.find(path, on)
        if found is None:
            raise self.gap(path, on)
        return found

    def value(self, path: str, on: date) -> int:
        """The number in force; raises RuleGap when there is none."""
        found = self.row(path, on).value
        if not isinstance(found, int):
            raise BadPolicy(f"参数 {path} 不是数字")
        return found

    def word(self, path: str, on: date) -> str:
        """The word in force (a way of proceeding); raises RuleGap when there is none."""
        return str(self.row(path, on).value)

    def gap(self, path: str, on: date) -> RuleGap:
        """The refusal for a parameter that is not in force, naming its last row."""
        rows = [r for level in self.levels for r in level.get(path, ())]
        last = max((r for r in rows if r.since <= on), key=lambda r: r.since, default=None)
        return RuleGap(path, on, rows[0].zh if rows else "", last)

    def unit(self, path: str) -> str:
        """The unit of a parameter; raises BadPolicy when there is no such path."""
        return self._any(path).unit

    def zh_of(self, path: str) -> str:
        """What a parameter is called; raises BadPolicy when there is no such path."""
        return self._any(path).zh

    def _any(self, path: str) -> Row:
        for level in self.levels:
            if path in level:
                return level[path][0]
        raise BadPolicy(f"没有“{path}”这个参数")

    def on(self, day: date) -> InForce:
        """All numbers in force on a day."""
        place = bisect_right(self._changes, day)
        if place not in self._between:
            found = {path: row for path in self.paths if (row := self.find(path, day))}
            values = {path: row.value for path, row in found.items() if isinstance(row.value, int)}
            self._between[place] = (found, values)
        return InForce(self, day, *self._between[place])

    @cached_property
    def _changes(self) -> list[date]:
        rows = [r for level in self.levels for path in level for r in level[path]]
        return sorted({r.since for r in rows} | {r.until + timedelta(days=1) for r in rows if r.until})

    @cached_property
    def _between(self) -> dict[int, tuple[dict[str, Row], dict[str, int]]]:
        return {}

    @cached_property
    def digest(self) -> str:
        """SHA-256 over every row, overrides included."""
        rows = [
            [r.path, str(r.since), str(r.until), r.value, r.source, r.is_verified, r.division]
            for level in self.levels
            for path in sorted(level)
            for r in level[path]
        ]
        return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()

    def with_overrides(self, rows: Mapping[str, Sequence[tuple[date, int]]]) -> "Pack":
        """A what-if pack: from each given day on the path has the given number, in the parameter's own unit.

        Raises BadPolicy for a path that does not exist.
        """
        top = {path: self._laid_over(path, changes) for path, changes in rows.items()}
        return replace(self, levels=(top, *self.levels))

    def _laid_over(self, path: str, changes: Sequence[tuple[date, int]]) -> tuple[Row, ...]:
        unit, zh = self.unit(path), self.zh_of(path)
        ordered, rows = sorted(changes), []
        for place, (since, number) in enumerate(ordered):
            after = ordered[place + 1][0] if place + 1 < len(ordered) else None
            if after == since:
                raise BadPolicy(f"参数 {path} 在 {since} 有两个假设值")
            until = after - timedelta(days=1) if after else None
            rows.append(Row(path, zh, unit, since, until, number, "假设（overrides）", False, "what-if"))
        return tuple(rows)
