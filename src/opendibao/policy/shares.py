"""财政分担: the shares of the four treasuries are whole on every day, in a file and after every change."""

from opendibao.policy.pack import BadPolicy, Pack

WHOLE = 10_000
_TREASURIES = ("central", "province", "city", "county")


def check_shares(pack: Pack) -> None:
    """Raise BadPolicy where the shares of a day, in basis points, are not 10,000 together."""
    paths = [path for level in _TREASURIES if (path := f"cost_share.{level}") in pack.paths]
    rows = [row for level in pack.levels for path in paths for row in level.get(path, ())]
    for day in sorted({row.since for row in rows}):
        shares = [int(row.value) for path in paths if (row := pack.find(path, day))]
        if sum(shares) != WHOLE:
            raise BadPolicy(f"{pack.zh}：各级财政分担在 {day} 合计 {sum(shares)}，应为 {WHOLE}")
