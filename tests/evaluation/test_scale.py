"""The numbers behind scoring carry date and source."""

from datetime import date
from importlib.resources import files

import pytest
import yaml

from opendibao.evaluation import scale


def test_every_number_has_a_date_a_source_and_says_if_it_was_checked() -> None:
    tables = yaml.safe_load((files("opendibao.evaluation") / "scoring.yaml").read_text("utf-8"))
    for table in tables.values():
        assert table["zh"]
        for row in table["rows"]:
            assert isinstance(row["from"], date)
            assert row["source"]
            assert row["verified"] is False


def test_a_day_before_the_first_row_has_no_number() -> None:
    with pytest.raises(scale.NoScale, match="及格门槛"):
        scale.in_force("pass_threshold", date(2021, 8, 17))
    assert scale.in_force("pass_threshold", date(2021, 8, 18)) == "0.60"
