"""Counties built by the real command, once for all scenarios of a run."""

from collections.abc import Iterator

import pytest

from tests.built import BuiltCounty, build, folder
from tests.demo.builders import targets_text


@pytest.fixture(scope="session")
def hukou_county() -> Iterator[BuiltCounty]:
    """The demonstration county."""
    with folder("hukou") as place:
        county = build(place / "var", year=2024)
        yield county
        county.server.stop()


@pytest.fixture(scope="session")
def small_county() -> Iterator[BuiltCounty]:
    """A county of 200 households."""
    with folder("small") as place:
        targets = place / "targets.yaml"
        targets.write_text(targets_text(), "utf-8")
        county = build(place / "var", year=2024, targets=targets)
        yield county
        county.server.stop()
