"""动一处，只动该动的: one member's income before the year, one ledger line after it, and what follows from each."""

import json
import pathlib
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest

from opendibao.config import embedded
from tests.built import BuiltCounty, environment, folder
from tests.demo.builders import targets_text

TEN_YUAN_A_MONTH = 12 * 1000  # fen in the year: the benefit of a household on the gap falls as its income rises
MOVED_BY_INCOME = {
    "paid", "paid.rural",  # the money itself
    "indicator.01",  # 农村低保金
    "indicator.11",  # 资金使用率: executed over budget
    "indicator.12",  # 专款专用: nothing misdirected of all that was paid, which is less
    "indicator.13",  # 缺口弥补率: benefit and gap both fall
    "indicator.execution_rate", "indicator.wrongly_paid",  # over the budget, and of all that was paid
    "indicator.execution_of_arrived",  # the same money over what has come
    "indicator.average_benefit", "deviation.mix.rural",  # what a person gets a month
    "problem.04",  # what the standard costs, of all that was due
    "deviation.persons.rural",  # person-months at the planned average, which rests on the opening stock
    "budget.proposed",  # the forecast rests on the opening stock's average benefit
}  # fmt: skip
OPEN_ALL = """
import json, sys
from opendibao.commands.setup import django_setup
django_setup()
from opendibao.audit.session import acting
from opendibao.evaluation.evidence import known_ids, open_figure
from opendibao.kernel.duties import Duty
with acting("审计", "360429", {Duty.AUDIT}):
    opened = [open_figure(line.split("\\t")[0], int(sys.argv[1])).measured for line in known_ids(int(sys.argv[1]))]
print(json.dumps({one.figure.id: [one.rows, one.n, one.d] for one in opened}))
"""
MOVED_BY_A_BOOKING = {
    "paid", "paid.rural", "indicator.01", "indicator.11", "indicator.execution_rate", "indicator.average_benefit",
    "indicator.execution_of_arrived",
}  # fmt: skip


@pytest.fixture(scope="module")
def richer_county() -> Iterator[BuiltCounty]:
    """The small county, but one person earns ten yuan a month more."""
    program = pathlib.Path(__file__).parent / "altered.py"
    with folder("richer") as place:
        (place / "targets.yaml").write_text(targets_text(), "utf-8")
        done = subprocess.run(
            [sys.executable, str(program), str(place / "targets.yaml"), str(place / "var")],
            env=environment(place / "var"), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        county = BuiltCounty(place / "var", 2024, done.stdout, embedded.start(place / "var" / "pg"))
        yield county
        county.server.stop()


def _values(county: BuiltCounty) -> dict[str, tuple[object, ...]]:
    """What every figure shows: printed value and rows."""
    return {name: (one["value"], one["rows"]) for name, one in county.figures.items()}


def _sums(county: BuiltCounty) -> dict[str, list[object]]:
    """What every figure is counted from now, to the fen: rows, numerator, denominator; one process opens them all."""
    done = subprocess.run(
        [sys.executable, "-c", OPEN_ALL, str(county.year)],
        env=environment(county.var), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, list[object]] = json.loads(done.stdout)
    return found


def test_an_income_moves_its_household_and_the_figures_that_rest_on_it(
    small_county: BuiltCounty, richer_county: BuiltCounty
) -> None:
    household = json.loads(richer_county.said.splitlines()[-1])["household"]
    lines = """
        SELECT l.month, l.amount_fen FROM payment_payline l JOIN registry_household h ON h.id = l.household_id
        WHERE h.number {} %s ORDER BY h.number, l.month
    """

    before, after = _sums(small_county), _sums(richer_county)

    moved = {name for name in before if before[name] != after[name]}
    assert moved == MOVED_BY_INCOME
    assert after["paid.rural"][1] - before["paid.rural"][1] == -TEN_YUAN_A_MONTH
    assert after["paid"][1] - before["paid"][1] == -TEN_YUAN_A_MONTH
    was, now = (county.rows(lines.format("="), household) for county in (small_county, richer_county))
    assert [fen for _, fen in now] == [fen - 1000 for _, fen in was]
    assert len(now) == 12
    assert small_county.rows(lines.format("<>"), household) == richer_county.rows(lines.format("<>"), household)


def test_a_booking_after_the_year_moves_only_the_money_is_named_and_can_only_be_booked_back(
    richer_county: BuiltCounty,
) -> None:
    before, locked = _sums(richer_county), _values(richer_county)
    e2e, run, division = richer_county.rows(
        "SELECT a.e2e, l.run_id, l.division FROM payment_attempt a JOIN payment_payline l ON l.id = a.line_id"
        " WHERE l.area = 'rural' AND a.state = 'paid' ORDER BY a.e2e LIMIT 1"
    )[0]

    _book(richer_county, run, division, e2e, 5000)

    after, verified = _sums(richer_county), richer_county.run("ledger", "verify")
    assert {name for name in before if before[name] != after[name]} == MOVED_BY_A_BOOKING
    assert after["paid.rural"][1] - before["paid.rural"][1] == 5000
    assert _values(richer_county) == locked
    assert verified.returncode == 1
    assert e2e in verified.stderr or e2e.split("-", 1)[1].rsplit("-", 3)[0] in verified.stderr

    with pytest.raises(psycopg.errors.IntegrityError, match="只能追加"):
        _as_owner(richer_county, "DELETE FROM payment_ledgerleg WHERE fen = 5000")
    _book(richer_county, run, division, e2e, -5000)

    assert richer_county.run("ledger", "verify").returncode == 0


def _as_owner(county: BuiltCounty, sql: str, *parameters: object) -> None:
    with psycopg.connect(county.server.url("county", role=embedded.OWNER)) as owner:
        owner.execute(sql, parameters)  # type: ignore[call-overload]


def _book(county: BuiltCounty, run: int, division: str, e2e: str, fen: int) -> None:
    """Book fen from 在途 to 已付 for one sending that was booked already."""
    _as_owner(
        county,
        """
        WITH entry AS (
          INSERT INTO payment_ledgerentry (run_id, division, booked_on, text)
          VALUES (%s, '360429000000', '2024-12-20', '试一笔') RETURNING id)
        INSERT INTO payment_ledgerleg (entry_id, division, account, area, attempt_id, booked_on, fen)
        SELECT entry.id, %s, side.account, 'rural', %s, '2024-12-20', side.fen
        FROM entry, (VALUES ('transit', -%s), ('paid', %s)) AS side (account, fen)
        """,
        run, division, e2e, fen, fen,
    )  # fmt: skip
