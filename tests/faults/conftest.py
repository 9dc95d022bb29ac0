"""A county and a village, for rows that need a place."""

import pytest

from tests.faults.promises import COUNTY, VILLAGE, insert


@pytest.fixture
def places(db: None) -> None:
    insert("registry.Division", {"code": COUNTY, "name": "县", "level": "county"})
    insert("registry.Division", {"code": VILLAGE, "name": "村", "level": "village"})
