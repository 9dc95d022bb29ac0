"""The worked cases against a changed pack: what was decided before its day holds, later ones are told by name."""

from datetime import date

from opendibao.policy.pack import Pack, Row
from opendibao.policy.reader import load_pack
from opendibao.policy.revisions import revised
from opendibao.rules.golden_gate import GoldenRun, golden_cases, moves_on, run_golden

DECIDED = date(2024, 5, 20)
"""The day of most worked cases."""


def run(path: str, value: int, since: date, *, says: date | None = None) -> GoldenRun:
    """The cases with a number that holds from `since`, of which it is said that it holds from `says`."""

    def after(name: str) -> Pack:
        pack = load_pack(name)
        return revised(pack, [Row(path, "数", pack.unit(path), since, None, value, "某文件第一条", False, "360429")])

    return run_golden({path: says or since}, load_pack, after)


def test_a_number_of_the_far_future_moves_nothing() -> None:
    assert run("grace.months", 9, date(2030, 1, 1)) == GoldenRun(len(golden_cases()), (), (), ())


def test_a_case_decided_on_the_first_day_moves() -> None:
    assert run("grace.months", 9, DECIDED).moved == ("G11",)


def test_a_case_decided_the_day_before_does_not() -> None:
    assert run("grace.months", 9, date(2024, 5, 21)).moved == ()


def test_a_number_that_reaches_back_breaks_the_case() -> None:
    # it is said to hold from tomorrow on and holds today
    assert run("grace.months", 9, DECIDED, says=date(2024, 5, 21)).broken == ("G11",)


def test_the_missing_number_fills_the_case_that_waited_for_it() -> None:
    found = run("exclusion.basic_pension", 10_000, date(2026, 1, 1))

    assert "G15" in found.filled
    assert found.broken == ()


def test_a_family_is_decided_on_the_day_before_and_after() -> None:
    def after(name: str) -> Pack:
        row = Row("standard.rural", "标准", "fen", DECIDED, None, 80_000, "某文件第一条", False, "360429")
        return revised(load_pack(name), [row])

    moves = {move.name: move for move in moves_on(DECIDED, "jx-demo-2024", load_pack, after)}

    # G03: the whole standard of one person; G04 lives in town
    assert (moves["G03"].before_fen, moves["G03"].after_fen, moves["G03"].after_zh) == (74_000, 80_000, "低保")
    assert "G04" not in moves
