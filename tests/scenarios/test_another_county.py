"""另一个县: other places, standards, stock and sums, from another targets file; and targets that cannot be."""

import pathlib
from decimal import Decimal

import pytest

from tests.built import build, command, folder
from tests.demo.builders import targets_text

HILLS = {
    "county": '"999901"', "year": 2025, "policy": "demo-hills-2024", "seed": 7,
    "opening": "{households: 310, persons: 640}", "entered": "{households: 25, persons: 60}",
    "left": "{households: 31, persons: 75}",
    "closing": "{rural: {households: 240, persons: 500}, urban: {households: 64, persons: 125}}",
    "paid_wan_yuan": '{rural: "246.02", urban: "86.13", total: "332.15"}',
    "sheet": "{rural_paid: 250, urban_paid: 85, rural_persons: 520, urban_persons: 130, trainings: 3}",
}  # fmt: skip


def _targets(folder: pathlib.Path, **changes: object) -> pathlib.Path:
    path = folder / "targets.yaml"
    path.write_text(targets_text(**changes), "utf-8")
    return path


def test_another_targets_file_gives_another_county_that_meets_it(tmp_path: pathlib.Path) -> None:
    with folder("hills") as place:
        county = build(place / "var", year=2025, targets=_targets(tmp_path, **HILLS))
        figures = {name: one["value"] for name, one in county.figures.items()}
        standards = county.rows("SELECT DISTINCT area, standard_fen FROM budget_budgetline ORDER BY area")
        county.server.stop()

    assert (figures["opening.households"], figures["opening.persons"]) == ("310", "640")
    assert (figures["entered.households"], figures["entered.persons"]) == ("25", "60")
    assert (figures["left.households"], figures["left.persons"]) == ("31", "75")
    assert (figures["rural.households"], figures["rural.persons"]) == ("240", "500")
    assert (figures["urban.households"], figures["urban.persons"]) == ("64", "125")
    assert [figures[name] for name in ("paid.rural", "paid.urban", "paid")] == ["246.02", "86.13", "332.15"]
    assert Decimal(figures["paid.rural"]) + Decimal(figures["paid.urban"]) == Decimal(figures["paid"])
    assert standards == [("rural", 61000), ("urban", 82000)]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"left": "{households: 22, persons: 55}"}, "人数不平"),
        ({"paid_wan_yuan": '{rural: "177.84", urban: "56.06", total: "233.95"}'}, "怎样舍入都不会"),
        ({"paid_wan_yuan": '{rural: "977.84", urban: "56.06", total: "1033.90"}'}, "超出这些家庭"),
        ({"opening": "{households: 200, persons: 180}"}, "一户至少一人"),
        ({"policy": "no-such-pack"}, "no-such-pack"),
        ({"county": '"110101"'}, "110101"),
        ({"seed": "一"}, "第4行"),
        ({"wishes": 1}, "没有这个键"),
    ],
)
def test_targets_that_cannot_be_met_are_refused_with_the_reason(
    tmp_path: pathlib.Path, changes: dict[str, object], reason: str
) -> None:
    with folder("refused") as place:
        targets = str(_targets(tmp_path, **changes))
        done = command("demo", "--targets", targets, "--out", str(place / "var"), "--no-serve", var=place)

    assert done.returncode == 1
    assert reason in done.stderr
    assert "Traceback" not in done.stderr
