"""断在半路: whoever builds, approves, sends, takes back or sends again is killed at any moment; nothing is half done.

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
from typing import Any

import pytest

from opendibao.payment.ledger import verify
from opendibao.payment.models import BankFile, PayRun
from tests.faults.money.copied import CopiedCounty, copied
from tests.faults.money.county import AUDITOR, many_homes, officer
from tests.faults.money.never import broken, rows
from tests.faults.money.worker import Mother, mother

HOMES = 120
KILLS = int(os.environ.get("OPENDIBAO_KILLS", "10"))
SEED = int(os.environ.get("OPENDIBAO_SEED") or random.SystemRandom().randrange(1_000_000))
STEPS_A_LIFE = 40
KILLED = -signal.SIGKILL
LINES = """
SELECT r.month, count(l.id), count(DISTINCT l.household_id), coalesce(sum(l.amount_fen), 0)::bigint, r.lines_count,
  r.total_fen FROM payment_payrun r LEFT JOIN payment_payline l ON l.run_id = r.id GROUP BY r.id
"""


class Killer:
    """Lets a worker live for a few steps and kills it somewhere within the next one."""

    def __init__(self, found: Mother, seed: int) -> None:
        self.mother, self.dice = found, random.Random(seed)
        self.took: dict[str, list[float]] = defaultdict(lambda: [0.02])
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
                if left == 0:
                    self._kill(pid, step)
            elif word == "end":
                assert int(rest) in (0, KILLED)
                if int(rest) == KILLED:
                    self.killed_in[step] += 1
                    return step
        return ""

    def _kill(self, pid: int, step: str) -> None:
        usual = sorted(self.took[step])[len(self.took[step]) // 2]
        time.sleep(self.dice.uniform(0, 1.3 * usual))
        with suppress(ProcessLookupError):  # it had come to its end; its last words say how
            os.kill(pid, signal.SIGKILL)


def faults(folder: pathlib.Path, expected_fen: int) -> list[str]:
    """What must not be after a kill, before anybody has gone on."""
    with officer(AUDITOR):
        found = [*broken(), verify().fault]
        for month, lines, homes, fen, noted, noted_fen in rows(LINES):
            if (lines, homes, fen, noted, noted_fen) != (HOMES, HOMES, expected_fen, HOMES, expected_fen):
                found.append(f"{month}: {lines} lines of {homes} households, {fen} fen; noted {noted}, {noted_fen}")
        known = dict(BankFile.objects.filter(kind="pay", direction="out").values_list("name", "sha256"))
    for file in folder.iterdir():
        if file.suffix != ".tmp" and known.get(file.name) != hashlib.sha256(file.read_bytes()).hexdigest():
            found.append(f"{file.name} lies there and is not what is noted")
    return [fault for fault in found if fault]


@pytest.fixture
def county(django_db_setup: None, django_db_blocker: Any, tmp_path: pathlib.Path) -> Iterator[CopiedCounty]:
    with django_db_blocker.unblock(), copied(tmp_path, lambda: many_homes(HOMES)) as found:
        yield found


def test_nothing_is_half_done_wherever_the_worker_is_killed(
    county: CopiedCounty, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, owed = tmp_path / "bank", sum(30_000 + n for n in range(HOMES))
    folder.mkdir()
    with capsys.disabled():
        print(f"\n[kills] seed {SEED}")
    with mother(county.url) as found:
        killer = Killer(found, SEED)
        while sum(killer.killed_in.values()) < KILLS:
            step = killer.one_life(folder)
            county.wait_until_alone()
            assert faults(folder, owed) == [], f"after a kill in {step}, seed {SEED}"
        _go_on_to_the_end(found, folder)
        county.wait_until_alone()

    assert faults(folder, owed) == []
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
