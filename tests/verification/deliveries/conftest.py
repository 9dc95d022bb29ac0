"""The bank of nobody among the departments."""

import pytest

from opendibao.verification.deliveries import filing
from tests.verification.deliveries.files import BANK, LAND


@pytest.fixture
def bank(county: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A county officer files what two departments of nobody send."""
    monkeypatch.setattr(filing, "SOURCES", {BANK.name: BANK, LAND.name: LAND})
