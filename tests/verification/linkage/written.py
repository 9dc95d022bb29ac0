"""People and rows as they are written, with numbers that can belong to nobody."""

from collections.abc import Collection
from datetime import date

import pyarrow as pa

from opendibao.kernel.ids import make_id_number
from opendibao.verification.linkage.engine import Linked, link
from opendibao.verification.linkage.model import Model, made_of
from opendibao.verification.linkage.normalising import GIVEN, normalise

Written = dict[str, str]

# weights of the tests themselves, so that the sums below are worked out by hand and stay right when the file changes
ROW = {
    "from": date(2020, 1, 1),
    "fields": {
        "id_number": {"same": 3000, "other": -800},
        "name": {"same": 1000, "same_short": 850, "sound": 800, "sound_short": 700, "most": 250, "kin": 240,
                 "surname": -200, "other": -800},
        "region": {"same": 500, "near": 200, "other": -300},
        "born": {"same": 1400, "near": 600, "year": 150, "other": -600},
        "seq": {"same": 1100, "near": 210, "other": -500},
        "sex": {"same": 100, "other": -400},
        "phone": {"same": 1600, "other": -110},
        "division": {"village": 400, "township": 220, "county": 50, "other": -50},
    },
    "thresholds": {"automatic": 2400, "margin": 600, "review": 1600, "offered": 3},
    "names": ["same", "same_short", "sound", "sound_short", "most"],
    "sources": {},
}  # fmt: skip
MODEL: Model = made_of(ROW)

ZHANG = make_id_number("999999", date(1960, 3, 5), 123)  # 99999919600305123X
WANG = make_id_number("999999", date(1971, 11, 20), 22)


def table(*rows: Written) -> pa.Table:
    """Rows in canonical form; columns that are not given are empty."""
    return normalise(pa.table({name: pa.array([row.get(name) for row in rows], pa.string()) for name in GIVEN}))


def zhang(**other: str) -> Written:
    return {"key": "zhang", "name": "张建国", "id_number": ZHANG, **other}


def row(name: str = "张建国", id_number: str = "", key: str = "r", **other: str) -> Written:
    return {"key": key, "name": name, "id_number": id_number, **other}


def linked(persons: list[Written], *rows: Written, never: Collection[tuple[str, str]] = ()) -> list[Linked]:
    return link(table(*persons), table(*rows), MODEL, never=never)


def told(found: Linked) -> dict[str, str]:
    """The levels of the evidence by field."""
    return {str(one["field"]): str(one["level"]) for one in found.evidence}
