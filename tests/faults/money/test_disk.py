"""磁盘满: a bank file that cannot be written whole is not there at all, and is written again with the same bytes."""

import hashlib
import pathlib
from collections.abc import Iterator
from typing import Any

import pytest

from opendibao.payment.ledger import verify
from opendibao.payment.models import BankFile, PayRun
from tests.faults.money.copied import CopiedCounty, copied
from tests.faults.money.county import AUDITOR, many_homes, officer
from tests.faults.money.never import broken
from tests.faults.money.worker import Mother, mother

HOMES, UP_TO_SENDING = 40, 30
ROOMS = (0, 1, 700)  # bytes; the file is larger


@pytest.fixture
def county(django_db_setup: None, django_db_blocker: Any, tmp_path: pathlib.Path) -> Iterator[CopiedCounty]:
    with django_db_blocker.unblock(), copied(tmp_path, lambda: many_homes(HOMES)) as found:
        yield found


def _until_the_file(found: Mother, folder: pathlib.Path, room: int) -> list[tuple[str, str]]:
    """Step by step on a disk with little room, until a step is refused."""
    for _ in range(UP_TO_SENDING):
        said = list(found.ask(folder, 1, file_bytes=room))
        if ("end", "0") not in said:
            return said
    raise AssertionError("the disk was never full")


def test_a_file_for_which_there_is_no_room_is_written_later(county: CopiedCounty, tmp_path: pathlib.Path) -> None:
    folder = tmp_path / "bank"
    folder.mkdir()
    noted: set[str] = set()
    with mother(county.url) as found:
        for room in ROOMS:
            said = _until_the_file(found, folder, room)

            assert ("begin", "send") in said or ("begin", "write_again") in said, said
            assert any(word == "fault" and "OSError" in rest for word, rest in said), said
            assert [file.name for file in folder.iterdir() if file.suffix != ".tmp"] == []
            noted |= whole(county, {"approved", "sent"})

        again = list(found.ask(folder, 1))

    assert ("end", "0") in again, again
    (file,) = [file for file in folder.iterdir() if file.suffix != ".tmp"]
    now = whole(county, {"sent"})
    assert now == {hashlib.sha256(file.read_bytes()).hexdigest()}
    assert noted <= now


def whole(county: CopiedCounty, states: set[str]) -> set[str]:
    """The money agrees and the run is in one of these states; returns what is noted of a file."""
    county.wait_until_alone()
    with officer(AUDITOR):
        assert (broken(), verify().fault) == ([], "")
        assert PayRun.objects.get().state in states
        return set(BankFile.objects.filter(kind="pay").values_list("sha256", flat=True))


@pytest.mark.django_db
def test_nothing_of_it_stays_in_the_tests_own_database() -> None:
    assert not PayRun.objects.exists()
