"""财政分担: the four treasuries, their shares, which are whole on every day, and what each gives of a sum."""

from collections.abc import Sequence

from opendibao.policy.pack import BadPolicy, Pack

WHOLE = 10_000
LEVELS = {"central": "中央", "province": "省级", "city": "市级", "county": "县级"}
COUNTY = "county"
SHARING = tuple(level for level in LEVELS if level != COUNTY)
"""The treasuries above the county, which have a share; the county gives what their rounding leaves."""


def share_out(fen: int, shares: Sequence[int]) -> dict[str, int]:
    """What each treasury gives of a sum, in fen that add up to it; `shares` in basis points in the order of SHARING."""
    parts = {level: fen * share // WHOLE for level, share in zip(SHARING, shares, strict=True)}
    return {**parts, COUNTY: fen - sum(parts.values())}


def check_shares(pack: Pack) -> None:
    """Raise BadPolicy where the shares of a day, in basis points, are not 10,000 together."""
    paths = [path for level in LEVELS if (path := f"cost_share.{level}") in pack.paths]
    rows = [row for level in pack.levels for path in paths for row in level.get(path, ())]
    for day in sorted({row.since for row in rows}):
        shares = [int(row.value) for path in paths if (row := pack.find(path, day))]
        if sum(shares) != WHOLE:
            raise BadPolicy(f"{pack.zh}：各级财政分担在 {day} 合计 {sum(shares)}，应为 {WHOLE}")
