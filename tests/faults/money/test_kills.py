"""断在半路: whoever moves money is killed at any moment, from the list to the bank, in a claim or a new standard.

Nothing is half done, and whoever comes after him goes on.

Longer: make test-faults, or OPENDIBAO_KILLS=200; the same moments again: OPENDIBAO_SEED=….
"""

import hashlib
import os
import pathlib
import random
import signal
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any

import pytest

from opendibao.decision.models import Decision
from opendibao.payment.ledger import verify
from opendibao.payment.models import BankFile, PayRun
from tests.faults.money.copied import CopiedCounty, copied
from tests.faults.money.county import AUDITOR, many_homes, new_standard, officer
from tests.faults.money.never import broken, rows
from tests.faults.money.worker import Mother, mother

HOMES, TILLS = 120, 6
RAISED_FROM = date(2023, 2, 1)
KILLS = int(os.environ.get("OPENDIBAO_KILLS", "14"))
SEED = int(os.environ.get("OPENDIBAO_SEED") or random.SystemRandom().randrange(1_000_000))
STEPS_A_LIFE = 40
KILLED = -signal.SIGKILL
LINES = """
SELECT r.month, count(*) FILTER (WHERE l.kind = 'regular'),
  count(DISTINCT l.household_id) FILTER (WHERE l.kind = 'regular'),
  coalesce(sum(l.amount_fen) FILTER (WHERE l.kind = 'regular'), 0)::bigint, count(l.id),
  coalesce(sum(l.amount_fen), 0)::bigint, r.lines_count, r.total_fen
FROM payment_payrun r LEFT JOIN payment_payline l ON l.run_id = r.id GROUP BY r.id
"""
SOUGHT = ("approve_uprating", "approve_claim", "back_pay", "ask_claim", "approve_orders", "enter_cash_return")
"""What comes seldom, and is killed when it first comes."""
EVERY_MONTH = ("approve_uprating", "approve_claim", "ask_claim")
"""What is killed in any case: should a worker be quicker than the kill, it comes again in the next month."""
USUAL_S = {"approve_uprating": 0.3, "back_pay": 0.1}
"""How long what was never seen to end may take."""


class Killer:
    """Lets a worker live for a few steps and kills it somewhere within the next one."""

    def __init__(self, found: Mother, seed: int) -> None:
        self.mother, self.dice = found, random.Random(seed)
        self.took: dict[str, list[float]] = defaultdict(list)
        self.killed_in: Counter[str] = Counter()

    def one_life(self, folder: pathlib.Path) -> str:
        """The step within which the worker was killed; empty where it had ended before."""
        left, pid, began, step = self.dice.randint(1, 8), 0, 0.0, ""
        for word, rest in self.mother.ask(folder, STEPS_A_LIFE):
            assert word != "fault", f"{step}: {rest}"
            if word == "pid":
                pid = int(rest)
            elif word == "done":
                self.took[rest].append(time.monotonic() - began)
            elif word == "begin":
                began, step, left = time.monotonic(), rest, left - 1
                if left == 0 or (step in SOUGHT and step not in self.killed_in):
                    self._kill(pid, step)
            elif word == "end":
                assert int(rest) in (0, KILLED)
                if int(rest) == KILLED:
                    self.killed_in[step] += 1
                    return step
        return ""

    def _kill(self, pid: int, step: str) -> None:
        took = sorted(self.took[step]) or [USUAL_S.get(step, 0.02)]
        usual = took[len(took) // 2]
        late = 1.3 if step in self.killed_in or step not in SOUGHT else 0.6
        time.sleep(self.dice.uniform(0, late * usual))
        with suppress(ProcessLookupError):  # it had come to its end; its last words say how
            os.kill(pid, signal.SIGKILL)


def faults(folder: pathlib.Path) -> list[str]:
    """What must not be after a kill, before anybody has gone on."""
    with officer(AUDITOR):
        found = [*broken(), verify().fault]
        granted = list(Decision.objects.exclude(amount_fen=0).values_list("first_month", "last_month", "amount_fen"))
        for month, lines, homes, fen, *counted, noted, noted_fen in rows(LINES):
            owed = sum(each for since, last, each in granted if since <= month <= (last or month))
            if (lines, homes, fen, *counted) != (HOMES, HOMES, owed, noted, noted_fen):
                found.append(f"{month}: {lines} lines of {homes} households, {fen} fen for {owed}; {counted} in all")
        known = dict(BankFile.objects.filter(kind="pay", direction="out").values_list("name", "sha256"))
    for file in folder.iterdir():
        if file.suffix != ".tmp" and known.get(file.name) != hashlib.sha256(file.read_bytes()).hexdigest():
            found.append(f"{file.name} lies there and is not what is noted")
    return [fault for fault in found if fault]


@pytest.fixture
def county(django_db_setup: None, django_db_blocker: Any, tmp_path: pathlib.Path) -> Iterator[CopiedCounty]:
    with django_db_blocker.unblock(), copied(tmp_path, _filled) as found:
        yield found


def _filled() -> None:
    """Some of the households can be reckoned, and a new standard raises them from the first month on."""
    many_homes(HOMES, tills=TILLS)
    new_standard(RAISED_FROM, date(2023, 1, 5))


def test_nothing_is_half_done_wherever_the_worker_is_killed(
    county: CopiedCounty, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "bank"
    folder.mkdir()
    with capsys.disabled():
        print(f"\n[kills] seed {SEED}")
    with mother(county.url) as found:
        killer = Killer(found, SEED)
        while sum(killer.killed_in.values()) < KILLS or not set(EVERY_MONTH) <= killer.killed_in.keys():
            step = killer.one_life(folder)
            county.wait_until_alone()
            assert faults(folder) == [], f"after a kill in {step}, seed {SEED}"
        _go_on_to_the_end(found, folder)
        county.wait_until_alone()

    assert faults(folder) == []
    with officer(AUDITOR):
        assert PayRun.objects.order_by("month").last().state == "closed"  # type: ignore[union-attr]
        sent = set(BankFile.objects.filter(kind="pay", direction="out").values_list("name", flat=True))
    # whoever goes on writes again what a killed one had noted and not yet written; faults() has compared the hashes
    assert sent <= {file.name for file in folder.iterdir()}
    with capsys.disabled():
        told = dict(sorted(killer.killed_in.items()))
        print(f"\n[kills] seed {SEED}: {sum(killer.killed_in.values())} kills {told}, {len(sent)} files")


def _go_on_to_the_end(found: Mother, folder: pathlib.Path) -> None:
    """Step by step until the month is closed."""
    for _ in range(STEPS_A_LIFE):
        said = list(found.ask(folder, 1))
        assert ("end", "0") in said, said
        if ("done", "close") in said:
            return
    raise AssertionError("the month does not come to its end")


@pytest.mark.django_db
def test_nothing_of_it_stays_in_the_tests_own_database() -> None:
    assert not PayRun.objects.exists()
