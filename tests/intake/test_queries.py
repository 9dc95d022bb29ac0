"""查受理: a household's cases, and one by its id."""

from datetime import date

import pytest

from opendibao.intake.ending import withdraw_case
from opendibao.intake.queries import case, cases_of, declared
from opendibao.intake.refusal import IntakeRefused
from tests.conftest import ActAs
from tests.intake.builders import ACCEPTED, APPLIED, DECLARED, accepted, submitted
from tests.registry.builders import FAR_VILLAGE, VILLAGE, at, divisions, household

LATER = date(2024, 3, 8)


@pytest.mark.usefixtures("places")
def test_cases_of_a_household_come_latest_first() -> None:
    first = accepted()
    withdraw_case(first.pk, reason="不再申请", on=LATER, at=at(LATER))
    second = submitted(first.household_id, on=LATER)

    rows = cases_of(first.household_id)

    assert [(r.number, r.state, r.accepted_on, r.closed_on) for r in rows] == [
        ("受〔2024〕00002号", "submitted", None, None),
        ("受〔2024〕00001号", "withdrawn", ACCEPTED, LATER),
    ]
    assert case(second.pk) == rows[0]
    assert (rows[1].applied_on, rows[1].division, rows[1].area, rows[1].channel) == (
        APPLIED, VILLAGE, "rural", "counter",
    )  # fmt: skip
    assert declared(second.pk) == DECLARED


def test_another_townships_case_is_not_to_be_seen(act_as: ActAs) -> None:
    with act_as("360429"):
        divisions()
        other = submitted(household(division=FAR_VILLAGE))
    with act_as("360429100"):
        assert cases_of(other.household_id) == []
        with pytest.raises(IntakeRefused, match="不在本人可见"):
            case(other.pk)
