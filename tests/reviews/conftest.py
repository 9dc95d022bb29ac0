"""A county officer in a county whose divisions are known."""

import pytest

from tests.registry.builders import divisions


@pytest.fixture
def places(county: None) -> None:
    divisions()
