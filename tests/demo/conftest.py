"""The demonstration county and a small one, planned once for all tests of this folder."""

import pytest

from opendibao.demo.county import plan_county
from opendibao.demo.plan import CountyPlan
from opendibao.demo.targets import default_targets, parse_targets
from tests.demo.builders import targets_text


@pytest.fixture(scope="session")
def hukou() -> CountyPlan:
    """The demonstration county."""
    return plan_county(default_targets())


@pytest.fixture(scope="session")
def small() -> CountyPlan:
    """A county of 200 households."""
    return plan_county(parse_targets(targets_text()))
